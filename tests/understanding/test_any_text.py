"""Whatever is typed, nothing raises and nothing takes long; what Limber says back is understood the same."""

import sys
from collections.abc import Callable
from datetime import time as wall_time
from functools import partial
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.answers import read_answer, read_choice, read_rating
from bot.understanding.durations import read_minutes, read_until
from bot.understanding.places import find_place
from bot.understanding.times import Recurring, Understood, read_when
from tests.understanding.compact import NOW
from tests.understanding.corpus_rows import Row, rows

LANGUAGES = ("en", "de", "es", "fr", "pt")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORDS = sorted({word for row in rows() if row.kind == "times" for word in row.phrase.split()})
UNITS = ("x", "monday ", "7 ", "(", "é", "👍", "7/10 ", "half an hour ", "\n", "abcdefgh ", "did it ago, ")
MOST = 10_000
MOST_STEPS = 800_000
"""Calls for all readers together."""
TYPED = st.text(max_size=2_000) | st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
TIMES = st.lists(
    st.times().map(lambda at: at.replace(second=0, microsecond=0)), min_size=1, max_size=3, unique=True
)


def _read_all(text: str, language: str) -> None:
    read_when(text, now=NOW, language=language)
    read_answer(text, now=NOW, language=language, skills={"box breathing": "box"})
    read_until(text, now=NOW, language=language)
    read_minutes(text, language)
    read_choice(text, language)
    read_rating(text)


@settings(max_examples=150, deadline=None)
@given(TYPED, st.sampled_from(LANGUAGES))
def test_nothing_raises(text: str, language: str) -> None:
    _read_all(text, language)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_no_place_raises(text: str) -> None:
    find_place(text)


@pytest.mark.parametrize("unit", UNITS)
def test_a_long_text_is_read_and_kept_whole(unit: str) -> None:
    text = (unit * 10_000)[:10_000]
    _read_all(text, "en")
    assert find_place(text) == find_place(text[:100])
    assert read_answer(text, now=NOW).text == text


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from(WORDS) | st.text(max_size=8), min_size=1, max_size=5), st.sampled_from(LANGUAGES)
)
def test_the_work_for_a_long_text_is_bounded(parts: list[str], language: str) -> None:
    text = f"{' '.join(parts)} " * MOST
    _read_all(text[:MOST], language)
    assert _steps(partial(_read_all, text[:MOST], language)) < MOST_STEPS


@pytest.mark.parametrize("unit", UNITS)
def test_twice_as_long_a_text_takes_no_more_work(unit: str) -> None:
    text = unit * 2 * MOST
    _read_all(text[:MOST], "en")
    once, twice = (_steps(partial(_read_all, text[:length], "en")) for length in (MOST, 2 * MOST))
    assert twice <= once * 1.1


def _steps(work: Callable[[], None]) -> int:
    """How many functions are called, Python's own too; unlike time, the same on any machine."""
    calls = 0

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=1, max_size=6, unique=True), TIMES)
def test_a_weekly_rule_said_back_is_the_same(days: list[int], times: list[wall_time]) -> None:
    told = f"every {_listed([DAYS[day] for day in sorted(days)])} at {_told(times)}"
    assert _rules(told) == [
        (f"FREQ=WEEKLY;BYDAY={','.join(CODES[day] for day in sorted(days))}", _sorted(times))
    ]


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 60), TIMES)
def test_an_interval_said_back_is_the_same(number: int, times: list[wall_time]) -> None:
    assert _rules(f"every {number} days at {_told(times)}") == [
        (f"FREQ=DAILY;INTERVAL={number}", _sorted(times))
    ]


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 28), TIMES)
def test_a_monthly_rule_said_back_is_the_same(day: int, times: list[wall_time]) -> None:
    told = f"every month on the {day}. at {_told(times)}"
    assert _rules(told) == [(f"FREQ=MONTHLY;BYMONTHDAY={day}", _sorted(times))]


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from([row for row in rows() if row.kind == "times"]),
    st.sampled_from(["xyzzy", "unless", "12345"]),
)
def test_a_word_that_is_not_known_is_never_passed_over(row: Row, word: str) -> None:
    """Before a text; behind it there may be a clause that tells why, whose words need not be known."""
    read = read_when(f"{word} {row.phrase}", now=NOW, language=row.language)
    assert not isinstance(read, Understood)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from([row for row in rows() if row.kind == "times" and row.language == "en"]),
    st.sampled_from(["unless", "12345", "if i can"]),
)
def test_a_word_that_binds_or_counts_is_never_passed_over(row: Row, word: str) -> None:
    read = read_when(f"{row.phrase} {word}", now=NOW, language=row.language)
    assert not isinstance(read, Understood)


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _sorted(times: list[wall_time]) -> tuple[wall_time, ...]:
    return tuple(sorted(times))


def _told(times: list[wall_time]) -> str:
    return _listed([f"{at:%H:%M}" for at in sorted(times)])


def _rules(text: str) -> list[tuple[str, tuple[wall_time, ...]]]:
    read = read_when(text, now=NOW)
    assert isinstance(read, Understood), text
    return [(rule.days, rule.times) for rule in read.rules if isinstance(rule, Recurring)]
