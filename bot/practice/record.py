"""What was practised, laid out day by day: the input of every measure.

Days are a person's days (see `schedule.local_day`), never UTC dates. Every measure is a function of
these records alone, so taking one back restores all of them.
"""

from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, time
from enum import StrEnum
from typing import NamedTuple


class Occasion(StrEnum):
    """What became of one occasion to practise."""

    DONE = "done"
    TINY = "tiny"
    PARTLY = "partly"
    MISSED = "missed"
    PAUSED = "paused"

    @property
    def practised(self) -> bool:
        """Tell whether it counts as practice: the tiny version and a part of it do, in full."""
        return self in _PRACTISED


_PRACTISED = (Occasion.DONE, Occasion.TINY, Occasion.PARTLY)
"""The outcomes that count, the one that stands for a day first."""


class Start(StrEnum):
    """What started a practice: the nudge, the person's own memory, or nothing in particular."""

    PROMPTED = "prompted"
    REMEMBERED = "remembered"
    JUST_HAPPENED = "just_happened"

    @property
    def by_itself(self) -> bool:
        """Tell whether it began without a nudge."""
        return self is not Start.PROMPTED


class Practised(NamedTuple):
    """One logged occasion on a person's day; MISSED is an answered "not today".

    `minutes` (in all) and the ratings `before` and `after` (0-10) are None where they were not given, and
    `measure` names what they rate. `times` is how often, for "breathing, three times"; a day counts once all
    the same. `wall` is the local time, `real` says that it was used when it mattered, `start` what began it.
    """

    day: date
    occasion: Occasion = Occasion.DONE
    minutes: int | None = None
    before: int | None = None
    after: int | None = None
    times: int = 1
    measure: str | None = None
    wall: time | None = None
    real: bool = False
    start: Start | None = None

    @property
    def pair(self) -> tuple[int, int] | None:
        """Return the ratings before and after, None unless both were given."""
        return None if self.before is None or self.after is None else (self.before, self.after)


class Day(NamedTuple):
    """One calendar day of a person's record.

    `occasion` is None where there was nothing to count: nothing planned and nothing done, or a planned
    day that is not over.
    """

    day: date
    planned: bool
    occasion: Occasion | None

    @property
    def counted(self) -> bool:
        """Tell whether there was an occasion: no paused day, no free one, no planned one still open."""
        return self.occasion is not None and self.occasion is not Occasion.PAUSED

    @property
    def practised(self) -> bool:
        """Tell whether there was any practice on this day."""
        return self.occasion in _PRACTISED


def lay_out(
    practices: Sequence[Practised], planned: Collection[date], paused: AbstractSet[date], today: date
) -> tuple[Day, ...]:
    """Return every day from the first practised or planned one to `today`, in order, without gaps.

    A day with practice counts as practised, planned or not, paused or not, and once however often. Any
    other day of a pause is PAUSED. A planned day is MISSED once it is over. Later days are left out.
    """
    best = _best_by_day(practices)
    due = frozenset(planned)
    known = [day for day in (*best, *due) if day <= today]
    if not known:
        return ()
    first = min(known)
    return tuple(
        Day(day, day in due, best.get(day) or _without_practice(day, due, paused, today))
        for day in each_day(first, today)
    )


def each_day(first: date, last: date) -> Iterator[date]:
    """Yield the days from `first` to `last`, both included."""
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def occasions(days: Sequence[Day]) -> list[Occasion]:
    """Return what there was to count on `days`, in order; a paused day is not counted."""
    return [day.occasion for day in days if day.occasion is not None and day.occasion is not Occasion.PAUSED]


def _best_by_day(practices: Sequence[Practised]) -> dict[date, Occasion]:
    best: dict[date, Occasion] = {}
    for occasion in reversed(_PRACTISED):
        best.update((practice.day, occasion) for practice in practices if practice.occasion is occasion)
    return best


def _without_practice(
    day: date, planned: AbstractSet[date], paused: AbstractSet[date], today: date
) -> Occasion | None:
    if day in paused:
        return Occasion.PAUSED
    return Occasion.MISSED if day in planned and day < today else None
