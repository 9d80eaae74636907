"""Reference values of EVIDENCE 2.5 to the printed digit, and what no day may do to a measure."""

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.practice.progress import (
    Arrow,
    Consistency,
    MomentumLevel,
    Rhythm,
    consistency,
    momentum,
    momentum_level,
    momentum_series,
    rhythm,
)
from bot.practice.record import Day, Occasion

LETTERS = {
    "d": Occasion.DONE,
    "t": Occasion.TINY,
    "p": Occasion.PARTLY,
    "m": Occasion.MISSED,
    "x": Occasion.PAUSED,
}
OCCASIONS = st.lists(st.sampled_from(list(Occasion)), max_size=60)


def occasions(letters: str) -> list[Occasion]:
    return [LETTERS[letter] for letter in letters]


def printed(letters: str) -> list[str]:
    return [f"{value:.1f}" for value in momentum_series(occasions(letters))]


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("ddddddd", "9.4 18.0 25.7 32.7 39.0 44.8 50.0"),
        ("dddmddd", "9.4 18.0 25.7 25.7 32.7 39.0 44.8"),
        ("dddmmdd", "9.4 18.0 25.7 25.7 24.5 38.0 43.9"),
        ("dddddddmmmmmdd", "9.4 18.0 25.7 32.7 39.0 44.8 50.0 50.0 47.6 43.1 39.0 35.4 47.0 52.0"),
        ("ddxxxdd", "9.4 18.0 18.0 18.0 18.0 25.7 32.7"),
        ("tptdptd", "9.4 18.0 25.7 32.7 39.0 44.8 50.0"),
        ("mmm", "0.0 0.0 0.0"),
        ("", ""),
    ],
)
def test_momentum_after_each_occasion(letters: str, expected: str) -> None:
    assert printed(letters) == expected.split()


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("d" * 14, "75.0"),
        ("d" * 7 + "m" * 14, "14.5"),
        ("dm" * 30, "64.3"),
        ("ddm" * 20, "77.4"),
        ("dddddmm" * 10, "81.1"),
        ("ddddddm" * 10, "99.7"),
    ],
)
def test_momentum_in_the_long_run(letters: str, expected: str) -> None:
    assert printed(letters)[-1] == expected


@pytest.mark.parametrize(
    ("letters", "level", "arrow"),
    [
        ("d", MomentumLevel.GETTING_GOING, Arrow.RISING),
        ("ddd", MomentumLevel.WARMING_UP, Arrow.RISING),
        ("d" * 7, MomentumLevel.ROLLING, Arrow.RISING),
        ("d" * 14, MomentumLevel.STEADY, Arrow.RISING),
        ("d" * 40, MomentumLevel.STEADY, Arrow.LEVEL),
        ("d" * 40 + "m", MomentumLevel.STEADY, Arrow.LEVEL),
        ("d" * 14 + "mmm", MomentumLevel.ROLLING, Arrow.EASING),
        ("dddmm", MomentumLevel.GETTING_GOING, Arrow.LEVEL),
        ("d" * 40 + "mmm" + "d", MomentumLevel.STEADY, Arrow.LEVEL),
    ],
)
def test_momentum_in_words(letters: str, level: MomentumLevel, arrow: Arrow) -> None:
    found = momentum(momentum_series(occasions(letters)))
    assert found is not None
    assert (found.level, found.arrow) == (level, arrow)


def test_no_momentum_before_the_first_practice() -> None:
    assert momentum([]) is None
    assert momentum(momentum_series(occasions("mm"))) is None


@pytest.mark.parametrize(
    ("value", "level"),
    [
        (0, "getting_going"),
        (24.4, "getting_going"),
        (25, "warming_up"),
        (49.4, "warming_up"),
        (50, "rolling"),
        (74.4, "rolling"),
        (74.6, "steady"),
        (100, "steady"),
    ],
)
def test_the_word_belongs_to_the_number_shown(value: float, level: str) -> None:
    assert momentum_level(value) == level


@given(OCCASIONS, st.data())
def test_a_pause_changes_nothing(lived: list[Occasion], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(lived)))
    paused = [*lived[:place], Occasion.PAUSED, *lived[place:]]
    assert momentum_series([Occasion.PAUSED, *paused])[-1] == momentum_series([Occasion.PAUSED, *lived])[-1]
    assert rhythm(paused) == rhythm(lived)


@given(OCCASIONS)
def test_a_miss_takes_no_more_than_the_formula_says(lived: list[Occasion]) -> None:
    before = momentum_series([*lived, Occasion.PAUSED])[-1]
    after = momentum_series([*lived, Occasion.MISSED])[-1]
    assert 0 <= after <= before
    assert after >= before * math.pow(0.5, 1 / 7) - 1e-9


@given(OCCASIONS)
def test_practice_never_lowers_anything(lived: list[Occasion]) -> None:
    before, after = (
        momentum_series([*lived, Occasion.PAUSED])[-1],
        momentum_series([*lived, Occasion.TINY])[-1],
    )
    assert before < after <= 100
    assert rhythm([*lived, Occasion.TINY]).current == rhythm(lived).current + 1


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("", Rhythm(0, 0, 0, 0)),
        ("ddd", Rhythm(3, 3, 3, 0)),
        ("dddm", Rhythm(0, 3, 3, 0)),
        ("d" * 7, Rhythm(7, 7, 7, 1)),
        ("d" * 7 + "md", Rhythm(8, 8, 8, 0)),
        ("d" * 7 + "mmd", Rhythm(1, 7, 8, 0)),
        ("d" * 21, Rhythm(21, 21, 21, 2)),
        ("d" * 21 + "xxxmm" + "d", Rhythm(22, 22, 22, 0)),
        ("ddxxdd", Rhythm(4, 4, 4, 0)),
    ],
)
def test_rhythm(letters: str, expected: Rhythm) -> None:
    assert rhythm(occasions(letters)) == expected


def week(letters: str, planned: str | None = None) -> list[Day]:
    flags = planned or "y" * len(letters)
    return [
        Day(date(2026, 11, 1) + timedelta(days=n), flag == "y", LETTERS.get(letter))
        for n, (letter, flag) in enumerate(zip(letters, flags, strict=True))
    ]


@pytest.mark.parametrize(
    ("letters", "planned", "expected"),
    [
        ("dmddmdd", None, Consistency(5, 7)),
        ("mmmdddddd", None, Consistency(6, 7)),
        ("dxxdmtp", None, Consistency(4, 5)),
        ("ddd.", None, Consistency(3, 3)),
        ("d.d.m", "ynyny", Consistency(2, 3)),
        ("ddddd", "ynnny", Consistency(2, 2)),
        ("....", None, Consistency(0, 0)),
    ],
)
def test_consistency_counts_planned_days_that_are_over(
    letters: str, planned: str | None, expected: Consistency
) -> None:
    assert consistency(week(letters, planned)) == expected
