"""Everything /progress tells, in words and in the picture, from one pass over a person's record."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from bot.practice.progress import (
    Consistency,
    Momentum,
    Rhythm,
    consistency,
    momentum,
    momentum_series,
    rhythm,
)
from bot.practice.ratings import usual_change
from bot.practice.record import Day, Occasion, Practised, each_day, lay_out, occasions
from bot.practice.strength import Strength, strength

_NOBODY: AbstractSet[date] = frozenset()
_TARGET_DAYS = 28


class Window(StrEnum):
    """How far back a summary looks: 7, 30 or 365 days, today included."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"

    @property
    def days(self) -> int:
        """Return its length in days."""
        return _LENGTHS[self]


_LENGTHS = {Window.WEEK: 7, Window.MONTH: 30, Window.YEAR: 365}


class Point(NamedTuple):
    """One day of the picture: its record, and momentum (0-100) at its end, None before the first practice."""

    day: Day
    momentum: float | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What a person's practice came to from `first` to `last`, both included.

    Counted inside the window: `outcomes` (every logged occasion by outcome), `practices` (those that
    count as practice), `minutes` (where given), `days_practised`, `kept` (practice on planned days that
    are over), and `points`, one a day.
    Counted over the whole record, since they carry their own span: `recent` (the last seven planned
    days), `change` (see `usual_change`) of what was rated most often, `measure`, `momentum`, `strength`, and
    `rhythm`, told only to those who ask for it. None where there is too little to say.
    """

    window: Window
    first: date
    last: date
    outcomes: Mapping[Occasion, int]
    practices: int
    minutes: int
    days_practised: int
    kept: Consistency
    recent: Consistency
    measure: str | None
    change: float | None
    momentum: Momentum | None
    strength: Strength | None
    rhythm: Rhythm
    points: tuple[Point, ...]


def summarise(
    practices: Sequence[Practised],
    planned: Collection[date],
    today: date,
    window: Window,
    paused: AbstractSet[date] = _NOBODY,
    target: int | None = None,
    after_treatment: AbstractSet[date] = _NOBODY,
) -> Summary:
    """Sum up `practices` (oldest first) for `window`, which ends today.

    `planned` are the planned days so far, `paused` the days of pauses, all of them a person's days.
    `target` is practised days a week for habit strength; None reads it from the planned days of the last
    four weeks. `after_treatment` are the days on which only the ladder nudged, for habit strength too.
    Practices after today are left out. Linear in the length of the record.
    """
    first = today - timedelta(days=window.days - 1)
    known = [practice for practice in practices if practice.day <= today]
    inside = [practice for practice in known if practice.day >= first]
    days = lay_out(known, planned, paused, today)
    shown = days[-window.days :]
    counted = occasions(days)
    series = momentum_series(counted)
    outcomes = _outcomes(inside)
    measure, rated = rated_most(known)
    return Summary(
        window=window,
        first=first,
        last=today,
        outcomes=outcomes,
        practices=sum(count for occasion, count in outcomes.items() if occasion.practised),
        minutes=sum(practice.minutes or 0 for practice in inside),
        days_practised=sum(day.practised for day in shown),
        kept=consistency(shown, last=window.days),
        recent=consistency(days),
        measure=measure,
        change=usual_change([practice.pair for practice in rated if practice.pair is not None]),
        momentum=momentum(series),
        strength=strength_of(days, target, after_treatment),
        rhythm=rhythm(counted),
        points=_points(shown, series, each_day(first, today)),
    )


def strength_of(
    days: Sequence[Day], target: int | None = None, after_treatment: AbstractSet[date] = _NOBODY
) -> Strength | None:
    """Return habit strength after days that follow each other; for the rest see `summarise`."""
    return strength(_regularity(days), target or _target(days), _numbers(days, after_treatment))


def rated_most(practices: Sequence[Practised]) -> tuple[str | None, list[Practised]]:
    """Return what was rated before and after most often, and the practices on which it was, in order."""
    paired = [one for one in practices if one.before is not None and one.after is not None]
    if not paired:
        return None, []
    (measure, _), *_ = Counter(practice.measure for practice in paired).most_common(1)
    return measure, [one for one in paired if one.measure == measure]


def _outcomes(practices: Sequence[Practised]) -> Counter[Occasion]:
    counts: Counter[Occasion] = Counter()
    for practice in practices:
        counts[practice.occasion] += practice.times
    return counts


def _regularity(days: Sequence[Day]) -> list[bool | None]:
    """Return each day for habit strength; today takes part from its first practice on."""
    closed = days if days and days[-1].practised else days[:-1]
    return [None if day.occasion is Occasion.PAUSED else day.practised for day in closed]


def _numbers(days: Sequence[Day], chosen: AbstractSet[date]) -> frozenset[int]:
    return frozenset(number for number, day in enumerate(days) if day.day in chosen)


def _target(days: Sequence[Day]) -> int:
    """Return planned days a week over the last 28 days outside pauses, 1 to 7; 7 where none was planned."""
    recent = [day for day in days if day.occasion is not Occasion.PAUSED][-_TARGET_DAYS:]
    planned = sum(day.planned for day in recent)
    return max(1, round(7 * planned / max(7, len(recent)))) if planned else 7


def _points(shown: Sequence[Day], series: Sequence[float], window: Iterable[date]) -> tuple[Point, ...]:
    """Return each day of the window with momentum at its end; `series` ends where `shown` does."""
    begin = len(series) - sum(day.counted for day in shown)
    value = series[begin - 1] if begin else 0.0
    values = iter(series[begin:])
    by_day: dict[date, Point] = {}
    for day in shown:
        if day.counted:
            value = next(values)
        by_day[day.day] = Point(day, value or None)  # 0 until the first practice, and never again
    return tuple(by_day.get(day) or Point(Day(day, False, None), None) for day in window)
