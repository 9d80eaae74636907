"""The record day by day, and the summary that /progress tells from it."""

import random
from datetime import date, timedelta
from math import sqrt
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.practice.progress import Arrow, Consistency, Momentum, MomentumLevel
from bot.practice.record import Day, Occasion, Practised, Start, lay_out
from bot.practice.strength import Strength, StrengthLevel, strength
from bot.practice.summary import Summary, Window, summarise

TODAY = date(2026, 11, 25)
DONE, TINY, PARTLY, MISSED, PAUSED = Occasion


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def every_day(first: int, last: int = 0) -> list[date]:
    return [ago(days) for days in range(first, last - 1, -1)]


def summary(practices: list[Practised], planned: list[date], window: Window = Window.WEEK) -> Summary:
    return summarise(practices, planned, TODAY, window)


def test_a_day_counts_once_as_its_best_outcome() -> None:
    logged = [Practised(ago(1), PARTLY), Practised(ago(1), DONE), Practised(ago(1), TINY)]
    assert lay_out(logged, [], frozenset(), ago(1)) == (Day(ago(1), planned=False, occasion=DONE),)


def test_every_kind_of_day() -> None:
    logged = [
        Practised(ago(5), TINY),
        Practised(ago(4), MISSED),
        Practised(ago(2)),
        Practised(ago(0), MISSED),
    ]
    found = lay_out(logged, [ago(5), ago(4), ago(1), ago(0)], {ago(3), ago(2), ago(1)}, TODAY)
    assert [day.occasion for day in found] == [TINY, MISSED, PAUSED, DONE, PAUSED, None]
    assert [day.planned for day in found] == [True, True, False, False, True, True]


def test_today_is_no_miss_until_it_is_over() -> None:
    assert lay_out([], [TODAY], frozenset(), TODAY)[-1].occasion is None
    assert lay_out([], [ago(1)], frozenset(), TODAY)[0].occasion is MISSED


def test_days_to_come_are_left_out() -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert lay_out([Practised(tomorrow)], [tomorrow], frozenset(), TODAY) == ()
    assert summary([Practised(tomorrow)], [tomorrow]).practices == 0


def test_a_start_without_a_nudge_is_by_itself() -> None:
    assert [start.by_itself for start in Start] == [False, True, True]


def test_with_no_practice_nothing_is_claimed() -> None:
    found = summary([], [])
    assert (found.practices, found.minutes, found.days_practised) == (0, 0, 0)
    assert found.recent == Consistency(0, 0)
    assert (found.change, found.momentum, found.strength) == (None, None, None)
    assert [point.day.day for point in found.points] == every_day(6)
    assert all(point.momentum is None for point in found.points)


def test_the_first_practice_is_counted_not_averaged() -> None:
    found = summary([Practised(TODAY, TINY, minutes=2, before=7, after=5)], [TODAY])
    assert (found.practices, found.minutes, found.days_practised) == (1, 2, 1)
    assert found.recent == found.kept == Consistency(1, 1)
    assert found.change is None
    assert found.momentum is not None
    assert (found.momentum.level, found.momentum.arrow) == (MomentumLevel.GETTING_GOING, Arrow.RISING)
    assert found.strength is not None
    assert found.strength.level is StrengthLevel.NEW


@pytest.mark.parametrize(("pairs", "change"), [(2, None), (4, None), (5, -2.0), (6, -2.0)])
def test_change_is_told_from_five_pairs_on(pairs: int, change: float | None) -> None:
    rated = [(7, 5), (8, 5), (6, 6), (7, 4), (5, 3), (9, 7)][:pairs]
    logged = [Practised(ago(9 - n), before=before, after=after) for n, (before, after) in enumerate(rated)]
    assert summary([Practised(ago(10), before=4), *logged], []).change == change


def test_a_week_of_a_longer_record() -> None:
    logged = [Practised(day, minutes=10) for day in every_day(30) if day not in (ago(2), ago(3), ago(20))]
    extra = [Practised(ago(1), TINY), Practised(ago(2), MISSED)]
    found = summary([*logged, *extra], every_day(30))
    assert found.outcomes == {DONE: 5, TINY: 1, MISSED: 1}
    assert (found.practices, found.minutes, found.days_practised) == (6, 50, 5)
    assert found.kept == found.recent == Consistency(5, 7)
    assert (found.first, found.last) == (ago(6), TODAY)
    assert [point.day.occasion for point in found.points] == [DONE, DONE, DONE, MISSED, MISSED, DONE, DONE]


def test_three_times_in_one_entry_are_three_practices_on_one_day() -> None:
    found = summary([Practised(ago(1), TINY, minutes=6, times=3)], [ago(1)])
    assert (found.practices, found.outcomes[TINY], found.minutes, found.days_practised) == (3, 3, 6, 1)


@pytest.mark.parametrize("count", [0, 1, 2, 6])
def test_few_unrated_practices_are_counted_and_nothing_more_is_claimed(count: int) -> None:
    found = summary([Practised(ago(6 - n)) for n in range(count)], [])
    assert (found.practices, found.days_practised, found.minutes) == (count, count, 0)
    assert found.change is None
    assert found.recent == found.kept == Consistency(0, 0)


@pytest.mark.parametrize(("window", "length"), [(Window.WEEK, 7), (Window.MONTH, 30), (Window.YEAR, 365)])
def test_the_picture_has_a_point_a_day(window: Window, length: int) -> None:
    found = summary([Practised(day) for day in every_day(9)], every_day(9), window)
    assert len(found.points) == length
    assert found.points[-1].momentum == found.momentum.value if found.momentum else False


def test_a_target_is_read_from_the_planned_days() -> None:
    weekdays = [day for day in every_day(55) if day.weekday() in (0, 2, 4)]
    logged = [Practised(day) for day in weekdays]
    days = [day in weekdays for day in every_day(54)]
    assert summary(logged, weekdays).strength == strength(days, 3)
    assert summarise(logged, weekdays, TODAY, Window.WEEK, target=7).strength == strength(days, 7)


def test_unplanned_practice_is_measured_as_daily() -> None:
    assert summary([Practised(day) for day in every_day(6)], []).strength == strength([True] * 7)


def test_today_still_open_does_not_lower_strength() -> None:
    kept = [Practised(day) for day in every_day(30, 1)]
    assert summary(kept, every_day(30)).strength == strength([True] * 30)


RECORDS = st.lists(
    st.builds(
        Practised,
        day=st.integers(0, 60).map(ago),
        occasion=st.sampled_from([DONE, TINY, PARTLY, MISSED]),
        minutes=st.none() | st.integers(1, 60),
        before=st.none() | st.integers(0, 10),
        after=st.none() | st.integers(0, 10),
        times=st.integers(1, 3),
    ),
    max_size=40,
).map(lambda records: sorted(records, key=lambda practice: practice.day))
PLANNED = st.lists(st.integers(0, 60).map(ago), max_size=60)
WINDOWS = st.sampled_from(Window)


@settings(max_examples=80)
@given(RECORDS, PLANNED, WINDOWS, st.data())
def test_undo_restores_every_measure(
    logged: list[Practised], planned: list[date], window: Window, data: st.DataObject
) -> None:
    more = data.draw(st.lists(st.integers(0, 60).map(ago).map(Practised), max_size=3))
    before = summarise(logged, planned, TODAY, window)
    summarise([*logged, *more], planned, TODAY, window)
    assert summarise([*logged, *more][: len(logged)], planned, TODAY, window) == before


@settings(max_examples=80)
@given(RECORDS, PLANNED, WINDOWS, st.randoms())
def test_backdating_is_as_good_as_logging_in_time(
    logged: list[Practised], planned: list[date], window: Window, chance: random.Random
) -> None:
    unrated = [Practised(one.day, one.occasion, one.minutes) for one in logged]
    backdated = chance.sample(unrated, len(unrated))
    assert summarise(backdated, planned, TODAY, window) == summarise(unrated, planned, TODAY, window)


PAUSES = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=4, unique_by=lambda each: each[0]
)


@settings(max_examples=80)
@given(RECORDS, PLANNED, PAUSES, st.integers(1, 7))
def test_pauses_change_no_measure(
    logged: list[Practised], planned: list[date], pauses: list[tuple[int, int]], target: int
) -> None:
    """Put pauses, with planned days inside them, before days of a life, and compare.

    A pause is so many days ago, in the life without pauses, and so many days long.
    """

    def moved(day: date) -> date:
        since = sum(length for place, length in pauses if day < ago(place))
        return day - timedelta(days=since)

    pause = [
        moved(ago(place)) - timedelta(days=number)
        for place, length in pauses
        for number in range(1, length + 1)
    ]
    lived = [one._replace(day=moved(one.day)) for one in logged]
    plans = [*map(moved, planned), *pause]
    paused = summarise(lived, plans, TODAY, Window.YEAR, paused=set(pause), target=target)
    assert _measures(paused) == _measures(summarise(logged, planned, TODAY, Window.YEAR, target=target))


def _measures(found: Summary) -> tuple[object, ...]:
    counted = (found.practices, found.minutes, found.days_practised, found.outcomes)
    return (*counted, found.recent, found.kept, found.change, found.momentum, found.strength, found.rhythm)


@settings(max_examples=80)
@given(RECORDS, PLANNED, st.integers(1, 7))
def test_a_missed_day_lowers_nothing_by_more_than_its_formula_says(
    logged: list[Practised], planned: list[date], target: int
) -> None:
    """The day before it is over and the day after: what is shown has moved as the formulas allow."""
    done = [one for one in logged if one.day < TODAY]
    plans = [*planned, TODAY]
    before = summarise(done, plans, TODAY, Window.YEAR, target=target)
    after = summarise(done, plans, TODAY + timedelta(days=1), Window.YEAR, target=target)
    k, m = 0.5 ** (1 / 7), 0.5 ** (sqrt(target / 7) / 13)
    assert _value(after.momentum) >= k * _value(before.momentum) - 1e-9
    assert _value(after.strength) >= m * _value(before.strength) - 1e-9
    assert after.recent.practised >= before.recent.practised - 1
    assert (after.kept.practised, after.kept.planned) == (before.kept.practised, before.kept.planned + 1)
    assert (after.change, after.outcomes, after.minutes) == (before.change, before.outcomes, before.minutes)
    assert (after.practices, after.days_practised) == (before.practices, before.days_practised)
    assert (after.rhythm.best, after.rhythm.practised) == (before.rhythm.best, before.rhythm.practised)
    spent = before.rhythm.grace > 0
    assert after.rhythm.current == (before.rhythm.current if spent else 0)
    assert after.rhythm.grace == before.rhythm.grace - spent


def _value(measure: Momentum | Strength | None) -> float:
    return measure.value if measure is not None else 0.0


@settings(max_examples=80)
@given(RECORDS, PLANNED, WINDOWS)
def test_words_and_picture_agree(logged: list[Practised], planned: list[date], window: Window) -> None:
    found = summarise(logged, planned, TODAY, window)
    assert found.days_practised == sum(point.day.practised for point in found.points) <= found.practices
    assert found.practices == sum(n for outcome, n in found.outcomes.items() if outcome.practised)
    assert found.points[-1].momentum == (found.momentum.value if found.momentum else None)


def test_the_cost_grows_with_the_record_and_no_faster() -> None:
    assert _seconds(years=10) < 3 * _seconds(years=5)


def _seconds(years: int) -> float:
    """Return the least CPU seconds of some runs over daily records of so many years."""
    planned = every_day(years * 365)
    logged = [Practised(day, minutes=5, before=7, after=4) for day in planned if day.toordinal() % 3]
    runs = []
    for _ in range(5):
        start = process_time()
        summarise(logged, planned, TODAY, Window.YEAR)
        runs.append(process_time() - start)
    return min(runs)
