"""Change around practice, growth of confidence, and the way back from a slip."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.practice.ratings import Growth, Reading, growth, lately_grown, usual_change
from bot.practice.slips import recovery


def readings(*values: float) -> list[Reading]:
    return [Reading(date(2026, 1, 5) + timedelta(weeks=n), value) for n, value in enumerate(values)]


def test_the_last_five_pairs_make_the_change() -> None:
    eased = [(7, 5), (8, 5), (6, 6), (7, 4), (5, 3)]
    assert usual_change(eased[:4]) is None
    assert usual_change(eased) == -2.0
    assert usual_change([(0, 10)] * 20 + eased) == -2.0


@pytest.mark.parametrize(
    ("values", "moved"),
    [
        ((3, 5), None),
        ((3, 3, 4, 5, 5), None),
        ((3, 3, 3, 5, 5, 5), 2.0),
        ((3, 3, 3, 9, 9, 9, 4, 4, 4), 1.0),
        ((3, 4, 4, 4, 4, 5), None),
        ((6, 6, 6, 4, 4, 4), -2.0),
    ],
)
def test_growth_has_a_headline_when_three_readings_moved_by_one(
    values: tuple[float, ...], moved: float | None
) -> None:
    asked = readings(*values)
    assert growth(asked) == Growth(asked[0], asked[-1], moved)


def test_growth_needs_two_readings() -> None:
    assert growth([]) is None
    assert growth(readings(4)) is None


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ((3, 3, 3, 5, 5), None),
        ((3, 3, 3, 4, 4, 4), (3, 4)),
        ((3, 3, 3, 4, 4, 3), None),
        ((3, 3, 3, 3, 4, 5, 5), None),
        ((6, 6, 6, 4, 4, 4), None),
        ((3, 3, 3, 4, 4, 4, 4, 5, 5, 5), None),
        ((3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5), (4, 5)),
    ],
)
def test_growth_is_told_once_against_some_weeks_ago(
    values: tuple[float, ...], told: tuple[float, float] | None
) -> None:
    found = lately_grown(readings(*values))
    assert (found and (found[0].value, found[1].value)) == told
    assert found is None or (found[1].day - found[0].day).days >= 21


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 3, 1, tzinfo=UTC) + timedelta(days=day, hours=hour)


def test_back_on_track_usually() -> None:
    found = recovery([at(20), at(1), at(10)], [at(1, 12), at(22, 12), at(11, 6), at(0)], ridden_out=4)
    assert found.back_within == 2
    assert found.latest == timedelta(hours=60)
    assert found.between is None
    assert found.ridden_out == 4


def test_within_a_day_is_one() -> None:
    slips = [at(1), at(5), at(9), at(20)]
    found = recovery(slips, [slip + timedelta(minutes=30) for slip in slips])
    assert found.back_within == 1
    assert found.between == timedelta(days=4)


@pytest.mark.parametrize("slips", [[], [at(1)], [at(1), at(2)]])
def test_usually_is_not_said_of_less_than_three(slips: list[datetime]) -> None:
    found = recovery(slips, [at(30)])
    assert (found.back_within, found.between) == (None, None)


def test_a_slip_without_practice_since_has_no_time_yet() -> None:
    assert recovery([at(1)], [at(0)]).latest is None


@given(st.lists(st.integers(0, 400), max_size=8), st.lists(st.integers(0, 400), max_size=8))
def test_order_does_not_matter(slips: list[int], practised: list[int]) -> None:
    forward = recovery([at(0, n) for n in slips], [at(0, n) for n in practised])
    assert recovery([at(0, n) for n in slips[::-1]], [at(0, n) for n in practised[::-1]]) == forward
