"""Reference values of EVIDENCE 2.4 to the printed digit, and the less-than-daily case."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.practice.strength import StrengthLevel, next_strength, strength, strength_level, strength_series

DAYS = st.lists(st.sampled_from([True, False, None]), max_size=90)
TARGETS = st.integers(1, 7)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (1, "5.2"),
        (7, "31.1"),
        (14, "52.6"),
        (21, "67.4"),
        (30, "79.8"),
        (60, "95.9"),
        (66, "97.0"),
        (90, "99.2"),
    ],
)
def test_daily_practice(day: int, expected: str) -> None:
    assert f"{strength_series([True] * 90)[day - 1]:.1f}" == expected


def test_a_miss_at_80_and_the_practice_after() -> None:
    missed = next_strength(80.0, 0)
    assert f"{missed:.1f} {next_strength(missed, 1):.1f}" == "75.8 77.1"


def test_five_of_seven_for_ever_swings() -> None:
    last = strength_series(([True] * 5 + [False] * 2) * 60)[-7:]
    assert f"{min(last):.1f} {max(last):.1f}" == "67.5 75.1"


def test_once_a_week_with_the_target_always_met() -> None:
    value = 0.0
    for _ in range(90):
        value = next_strength(value, 1.0, per_day=1 / 7)
    assert f"{value:.1f}" == "83.7"


@pytest.mark.parametrize("target", [1, 3, 5])
def test_keeping_a_smaller_target_is_full_strength_in_the_end(target: int) -> None:
    weekly = [day < target for day in range(7)]
    assert strength_series(weekly * 150, target)[-1] == pytest.approx(100, abs=0.1)


def test_a_doubled_window_forgives_an_uneven_week() -> None:
    even = [True, False, True, False, True, False, False] * 20
    uneven = ([True] * 6 + [False] * 8) * 10
    assert strength_series(uneven, target=3)[-1] == pytest.approx(
        strength_series(even, target=3)[-1], abs=1.5
    )


def test_the_first_practice_of_a_weekly_plan_is_half_the_doubled_target() -> None:
    kept = math.pow(0.5, math.sqrt(1 / 7) / 13)
    assert strength_series([True], target=1)[0] == pytest.approx(100 * 0.5 * (1 - kept))


@given(DAYS, TARGETS, st.data())
def test_a_pause_changes_nothing(days: list[bool | None], target: int, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(days)))
    assert strength([*days[:place], None, *days[place:]], target) == strength(days, target)


@given(DAYS, TARGETS)
def test_the_rolling_window_counted_afresh_each_day(days: list[bool | None], target: int) -> None:
    """Second count: sum the window anew for each day that is not paused."""
    lived = [day for day in days if day is not None]
    window, wanted = (1, 1) if target == 7 else (14, 2 * target)
    value = 0.0
    for end in range(1, len(lived) + 1):
        met = min(1.0, sum(lived[max(0, end - window) : end]) / wanted)
        value = next_strength(value, met, target / 7)
    found = strength_series(days, target)
    assert not found or found[-1] == pytest.approx(value)


@given(DAYS, TARGETS)
def test_strength_stays_in_bounds_and_a_miss_takes_no_more_than_it_may(
    days: list[bool | None], target: int
) -> None:
    series = strength_series([None, *days, False], target)
    kept = math.pow(0.5, math.sqrt(target / 7) / 13)
    assert all(0 <= value <= 100 for value in series)
    assert series[-1] >= series[-2] * kept - 1e-9


@pytest.mark.parametrize(
    ("value", "level"),
    [
        (0, "new"),
        (19.4, "new"),
        (20, "taking_root"),
        (45, "growing"),
        (69.4, "growing"),
        (70, "strong"),
        (90, "deep_rooted"),
    ],
)
def test_the_word_belongs_to_the_number_shown(value: float, level: str) -> None:
    assert strength_level(value) == level


def test_nothing_is_said_before_the_first_practice() -> None:
    assert strength([]) is None
    assert strength([False, None, False]) is None
    first = strength([True])
    assert first is not None
    assert first.level is StrengthLevel.NEW


@pytest.mark.parametrize("target", [0, 8])
def test_a_target_is_days_of_a_week(target: int) -> None:
    with pytest.raises(ValueError, match="1 to 7 days a week"):
        strength_series([True], target)


def test_after_treatment_one_practice_in_eight_weeks_keeps_it() -> None:
    practised = [True] * 100
    ladder = [day % 56 == 0 for day in range(336)]
    after = range(100, 436)
    kept = strength_series(practised + ladder, 7, after)
    assert min(kept[100:]) > kept[99]
    left = strength_series(practised + [False] * 336, 7, after)
    assert left[99 + 110] > left[99]
    assert left[-1] < 30
    assert strength_series(practised + [False] * 336)[-1] < 1


@given(DAYS, TARGETS)
def test_no_day_after_treatment_is_no_difference(days: list[bool | None], target: int) -> None:
    assert strength_series(days, target, ()) == strength_series(days, target)
