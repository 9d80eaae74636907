"""What is worth knowing of a stretch of time: one thing, chosen by rules from what is true.

The facts are what both the words and the picture of /progress draw from. Order and thresholds: EVIDENCE
sections 2.1, 2.8 and 4.4; nothing is said from one reading, and no gap is ever counted.
"""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from statistics import fmean, median

from bot.practice.ratings import Growth, Reading, growth
from bot.practice.record import Practised
from bot.practice.summary import Summary, Window, rated_most, summarise
from bot.practice.together import Together, goes_together

FEW = 5
"""Under so many practices, how many there were is what there is to say."""

_ENOUGH_PLANNED = 3
_A_GAP = timedelta(days=7)
_BACK_LATELY = timedelta(days=3)
_SHOWN_CHANGES = 12
_PAIRS = 5
_MONTHS = 3
_AVERAGED = 3


class Kind(StrEnum):
    """What the sentence is about; the words for it live in the catalogue."""

    NOTHING = "nothing"
    FIRST = "first"
    FEW = "few"
    RESTED = "rested"
    CAME_BACK = "came_back"
    CONFIDENCE = "confidence"
    CHANGE = "change"
    REAL = "real"
    PLANNED = "planned"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Worth:
    """The one thing worth knowing, and the numbers in it."""

    kind: Kind
    args: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """Ratings before and after: of one practice, or, with `count` above 1, the medians of a month's."""

    on: date
    before: float
    after: float
    count: int = 1


@dataclass(frozen=True, slots=True)
class Facts:
    """What a stretch of time came to, for all practice or for a part of it.

    `ever` counts practices and `first_day` is the day of the first, over the whole record. Inside the
    window: `real` holds the days on which a skill was used when it mattered and `uses` how often;
    `confidence` the readings; `growth` how they moved; `changes` the ratings to show, oldest first, empty
    under five. `came_back` says that the latest practice ended a gap of a week or more, in which
    it was planned at least twice, if it was planned at all.
    """

    summary: Summary
    ever: int
    first_day: date | None
    real: tuple[date, ...]
    uses: int
    confidence: tuple[Reading, ...]
    growth: Growth | None
    changes: tuple[Change, ...]
    came_back: bool
    together: Together | None


def facts(
    practices: Sequence[Practised],
    planned: Collection[date],
    today: date,
    window: Window,
    *,
    paused: AbstractSet[date] = frozenset(),
    target: int | None = None,
    readings: Sequence[Reading] = (),
    after_treatment: AbstractSet[date] = frozenset(),
) -> Facts:
    """Gather the facts of `window`, which ends `today`; see `summarise` for what is given.

    `practices` and confidence `readings` are oldest first.
    """
    summary = summarise(practices, planned, today, window, paused, target, after_treatment)
    done = [one for one in practices if one.occasion.practised and one.day <= today]
    inside = [one for one in done if one.day >= summary.first]
    confidence = tuple(one for one in readings if summary.first <= one.day <= today)
    return Facts(
        summary=summary,
        ever=sum(one.times for one in done),
        first_day=min((one.day for one in done), default=None),
        real=tuple(sorted({one.day for one in inside if one.real})),
        uses=sum(one.times for one in inside if one.real),
        confidence=confidence,
        growth=growth(confidence),
        changes=_changes(inside, window),
        came_back=_came_back(sorted({one.day for one in done}), planned, today, paused | after_treatment),
        together=goes_together(inside),
    )


def worth_knowing(found: Facts) -> Worth:
    """Choose the one thing to say of `found`."""
    if not found.ever:
        return Worth(Kind.NOTHING)
    if found.ever == 1:
        return Worth(Kind.FIRST)
    if found.ever < FEW:
        return Worth(Kind.FEW, {"n": found.ever})
    if not found.summary.practices:
        return Worth(Kind.RESTED, {"n": found.ever})
    candidates = (_RULES[kind](found) for kind in _ORDER[found.summary.window])
    days = Worth(Kind.DAYS, {"n": found.summary.days_practised})
    return next((each for each in candidates if each is not None), days)


def averages(readings: Sequence[Reading]) -> tuple[float, float]:
    """Return the mean of the first three and of the latest three readings."""
    values = [reading.value for reading in readings]
    return fmean(values[:_AVERAGED]), fmean(values[-_AVERAGED:])


def _came_back_told(found: Facts) -> Worth | None:
    return Worth(Kind.CAME_BACK) if found.came_back else None


def _confidence(found: Facts) -> Worth | None:
    """It is told on top where it grew; where it sank it stands among the details."""
    if found.growth is None or found.growth.moved is None or found.growth.moved <= 0:
        return None
    before, after = averages(found.confidence)
    return Worth(Kind.CONFIDENCE, {"before": round(before, 1), "after": round(after, 1)})


def _change(found: Facts) -> Worth | None:
    points = eased(found.summary)
    return Worth(Kind.CHANGE, {"points": points}) if points is not None and points > 0 else None


def _real(found: Facts) -> Worth | None:
    return Worth(Kind.REAL, {"n": found.uses}) if found.uses else None


def _planned(found: Facts) -> Worth | None:
    """Told on top from half of the planned days on."""
    recent, lately = found.summary.recent, found.summary.kept.planned
    if min(recent.planned, lately) < _ENOUGH_PLANNED or 2 * recent.practised < recent.planned:
        return None
    return Worth(Kind.PLANNED, {"kept": recent.practised, "n": recent.planned})


_RULES = {
    Kind.CAME_BACK: _came_back_told,
    Kind.CONFIDENCE: _confidence,
    Kind.CHANGE: _change,
    Kind.REAL: _real,
    Kind.PLANNED: _planned,
}
_ORDER: Mapping[Window, tuple[Kind, ...]] = {
    Window.WEEK: (Kind.CAME_BACK, Kind.REAL, Kind.PLANNED),
    Window.MONTH: (Kind.CAME_BACK, Kind.CHANGE, Kind.REAL, Kind.CONFIDENCE, Kind.PLANNED),
    Window.YEAR: (Kind.CONFIDENCE, Kind.CHANGE, Kind.REAL, Kind.PLANNED),
}


def eased(summary: Summary) -> float | None:
    """Return by how many points things usually got better: distress down, anything else up; None unknown."""
    if summary.change is None:
        return None
    return summary.change if summary.measure in RISING else -summary.change


RISING = frozenset(("confidence", "mood"))
"""What is rated that is better when it is more."""


def _came_back(
    days: Sequence[date], planned: Collection[date], today: date, paused: AbstractSet[date]
) -> bool:
    """Tell whether the latest day of practice is recent and followed a gap, paused days left out."""
    if len(days) < 2 or today - days[-1] > _BACK_LATELY:
        return False
    asked = sum(days[-2] < day < days[-1] and day not in paused for day in planned)
    if planned and asked < 2:
        return False
    rested = sum(days[-2] < day < days[-1] for day in paused)
    return days[-1] - days[-2] - timedelta(days=rested) >= _A_GAP


def _changes(practices: Sequence[Practised], window: Window) -> tuple[Change, ...]:
    _, rated = rated_most(practices)
    paired = [(one.day, one.pair) for one in rated if one.pair is not None]
    if len(paired) < _PAIRS:
        return ()
    if window is Window.YEAR:
        by_month = _by_month(paired)
        if len(by_month) >= _MONTHS:
            return by_month
    return tuple(Change(day, *pair) for day, pair in paired[-_SHOWN_CHANGES:])


def _by_month(paired: Sequence[tuple[date, tuple[int, int]]]) -> tuple[Change, ...]:
    """Return the medians of each month that has five pairs or more."""
    months: dict[date, list[tuple[int, int]]] = {}
    for day, pair in paired:
        months.setdefault(day.replace(day=1), []).append(pair)
    return tuple(
        Change(month, median(each[0] for each in pairs), median(each[1] for each in pairs), len(pairs))
        for month, pairs in sorted(months.items())
        if len(pairs) >= _PAIRS
    )
