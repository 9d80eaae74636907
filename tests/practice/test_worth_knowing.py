"""The one thing worth knowing, what goes together, and what is shown of ratings."""

from collections.abc import Sequence
from datetime import date, time, timedelta

import pytest

from bot.practice.insight import Facts, Kind, eased, facts, worth_knowing
from bot.practice.ratings import Reading
from bot.practice.record import Occasion, Practised, Start
from bot.practice.summary import Window
from bot.practice.together import Contrast, goes_together

TODAY = date(2026, 11, 25)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def rated(days: int, before: int = 7, after: int = 4, **more: object) -> Practised:
    return Practised(ago(days), before=before, after=after, measure="distress", **more)  # type: ignore[arg-type]


def found(
    practices: Sequence[Practised],
    window: Window = Window.MONTH,
    planned: Sequence[date] = (),
    readings: Sequence[Reading] = (),
    paused: frozenset[date] = frozenset(),
) -> Facts:
    return facts(practices, planned, TODAY, window, readings=readings, paused=paused)


DAILY = [Practised(ago(n)) for n in range(6, -1, -1)]


@pytest.mark.parametrize(
    ("practices", "kind"),
    [
        ([], Kind.NOTHING),
        ([Practised(ago(3), Occasion.MISSED)], Kind.NOTHING),
        ([Practised(ago(3))], Kind.FIRST),
        ([Practised(ago(9)), Practised(ago(3))], Kind.FEW),
        ([rated(9 - n) for n in range(4)], Kind.FEW),
        ([Practised(ago(60 + n)) for n in range(9, -1, -1)], Kind.RESTED),
        ([rated(9 - n) for n in range(6)], Kind.CHANGE),
        ([Practised(ago(9 - n)) for n in range(6)], Kind.DAYS),
        ([*DAILY[:-1], Practised(ago(0), real=True)], Kind.REAL),
        ([*(Practised(ago(40 + n)) for n in range(6, 0, -1)), Practised(ago(1))], Kind.CAME_BACK),
    ],
)
def test_the_one_thing_fits_what_there_is(practices: list[Practised], kind: Kind) -> None:
    assert worth_knowing(found(practices)).kind is kind


def test_planned_days_are_told_from_half_of_them_on_and_never_as_a_lack() -> None:
    planned = [ago(n) for n in range(8)]
    kept = worth_knowing(found([Practised(ago(n)) for n in (6, 5, 4, 2, 1)], planned=planned))
    assert (kept.kind, dict(kept.args)) == (Kind.PLANNED, {"kept": 5, "n": 7})
    few = [*(Practised(ago(20 - n)) for n in range(4)), Practised(ago(1))]
    assert worth_knowing(found(few, Window.WEEK, planned)).kind is Kind.CAME_BACK
    assert (
        worth_knowing(found([*few[:-1], Practised(ago(12)), few[-1]], Window.YEAR, planned)).kind is Kind.DAYS
    )


def test_each_window_says_what_suits_it() -> None:
    practices = [rated(9 - n, real=n == 9) for n in range(10)]
    readings = [Reading(ago(60 - 10 * n), value) for n, value in enumerate((3, 3, 4, 5, 6, 6))]
    kinds = [worth_knowing(found(practices, window, readings=readings)).kind for window in Window]
    assert kinds == [Kind.REAL, Kind.CHANGE, Kind.CONFIDENCE]


def test_confidence_is_told_on_top_only_where_it_grew() -> None:
    practices = [Practised(ago(9 - n)) for n in range(10)]
    falling = [Reading(ago(60 - 10 * n), value) for n, value in enumerate((6, 6, 5, 4, 3, 3))]
    assert worth_knowing(found(practices, Window.YEAR, readings=falling)).kind is Kind.DAYS


def test_a_gap_that_was_planned_is_none_to_come_back_from() -> None:
    weekly = [Practised(ago(7 * n)) for n in range(6, -1, -1)]
    assert not found(weekly, planned=[one.day for one in weekly]).came_back
    assert found(weekly, planned=[ago(n) for n in range(60)]).came_back
    assert found(weekly).came_back


def test_a_pause_is_no_gap_to_come_back_from() -> None:
    practices = [*(Practised(ago(20 - n)) for n in range(6)), Practised(ago(0))]
    assert found(practices).came_back
    assert not found(practices, paused=frozenset(ago(n) for n in range(14, 0, -1))).came_back


def test_better_is_less_distress_and_more_confidence() -> None:
    assert eased(found([rated(9 - n) for n in range(5)]).summary) == 3
    lifted = [Practised(ago(9 - n), before=4, after=6, measure="mood") for n in range(5)]
    assert eased(found(lifted).summary) == 2
    assert eased(found([]).summary) is None


def test_ratings_of_different_things_are_not_mixed() -> None:
    mixed = [rated(20 - n) for n in range(5)]
    mixed += [Practised(ago(9 - n), before=2, after=9, measure="confidence") for n in range(4)]
    summary = found(mixed).summary
    assert (summary.measure, summary.change) == ("distress", -3)


def test_ratings_are_shown_from_five_pairs_on_and_by_month_over_a_year() -> None:
    assert found([rated(n) for n in range(4, 0, -1)]).changes == ()
    month = found([rated(n) for n in range(20, 0, -1)])
    assert [change.on for change in month.changes] == [ago(n) for n in range(12, 0, -1)]
    year = found([rated(n, before=9 if n > 60 else 7) for n in range(120, 0, -1)], Window.YEAR)
    assert [(change.on.month, change.before, change.after) for change in year.changes] == [
        (8, 9, 4),
        (9, 9, 4),
        (10, 7, 4),
        (11, 7, 4),
    ]
    assert sum(change.count for change in year.changes) == 116, "July has four, which is too few"
    assert all(
        change.count == 1 for change in found([rated(n) for n in range(9, 0, -1)], Window.YEAR).changes
    )


def _mornings(number: int, after: int) -> list[Practised]:
    return [rated(n, after=after, wall=time(8)) for n in range(number)]


def _evenings(number: int, after: int) -> list[Practised]:
    return [rated(n, after=after, wall=time(20)) for n in range(number)]


@pytest.mark.parametrize(
    ("practices", "told"),
    [
        ([*_mornings(10, 3), *_evenings(10, 5)], (Contrast.MORNING, -4, 10, -2, 10)),
        ([*_mornings(9, 3), *_evenings(30, 5)], None),
        ([*_mornings(30, 4), *_evenings(30, 4)], None),
        ([rated(n, after=3, start=Start.REMEMBERED) for n in range(12)], None),
        (
            [
                rated(n, after=3 if n < 12 else 6, start=Start.REMEMBERED if n < 12 else Start.PROMPTED)
                for n in range(24)
            ],
            (Contrast.UNPROMPTED, -4, 12, -1, 12),
        ),
        (
            [rated(n, after=2 if ago(n).weekday() >= 5 else 6) for n in range(42)],
            (Contrast.WEEKEND, -5, 12, -1, 30),
        ),
    ],
)
def test_what_goes_together_needs_ten_on_each_side_and_a_point_between(
    practices: list[Practised], told: tuple[object, ...] | None
) -> None:
    seen = goes_together(practices)
    assert (seen and (seen.contrast, seen.with_it, seen.times, seen.without, seen.other_times)) == told
