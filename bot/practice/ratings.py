"""What ratings from 0 to 10 say: change around practice, and growth of confidence.

Nothing is said from one reading: no average of one (EVIDENCE sections 2.1 and 2.8).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean, median

_PAIRS = 5
_AVERAGED = 3
_HEADLINE = 1.0
_SOME_WEEKS = timedelta(weeks=3)
_TOLD_LATELY = timedelta(weeks=8)


@dataclass(frozen=True, slots=True)
class Reading:
    """One answer of a check-in on a person's day, 0 to 10."""

    day: date
    value: float


@dataclass(frozen=True, slots=True)
class Growth:
    """Confidence from the first reading to the latest.

    `moved` is how far the average of three moved, from the first three to the latest three; None while it
    moved by less than 1, or while there are not six readings to compare.
    """

    first: Reading
    latest: Reading
    moved: float | None


def usual_change(pairs: Sequence[tuple[int, int]]) -> float | None:
    """Return the median change of the last five (before, after) pairs, None under five (EVIDENCE 2.1).

    In points of the 0-10 scale, after minus before: -2.0 means that distress usually eases by 2.
    (7,5) (8,5) (6,6) (7,4) (5,3) gives -2.0.
    """
    if len(pairs) < _PAIRS:
        return None
    return float(median(after - before for before, after in pairs[-_PAIRS:]))


def growth(readings: Sequence[Reading]) -> Growth | None:
    """Return how confidence grew over `readings`, oldest first; None under two (EVIDENCE 2.8)."""
    if len(readings) < 2:
        return None
    return Growth(readings[0], readings[-1], _moved([reading.value for reading in readings]))


def lately_grown(readings: Sequence[Reading]) -> tuple[Reading, Reading] | None:
    """Return the reading of some weeks ago and the latest where it is worth telling that confidence grew.

    It is where the average of three rose by 1 or more (EVIDENCE 2.8) against the three up to a reading at
    least three weeks older, the latest is above that one, and it was not so within the eight weeks before:
    what grew is told once, then left alone (our choice).
    """
    found = _grown(readings)
    if found is None:
        return None
    lately = readings[-1].day - _TOLD_LATELY
    earlier = [readings[:end] for end in range(1, len(readings)) if readings[end - 1].day > lately]
    return None if any(_grown(each) for each in earlier) else found


def _grown(readings: Sequence[Reading]) -> tuple[Reading, Reading] | None:
    old = [each for each in readings if each.day <= readings[-1].day - _SOME_WEEKS]
    if len(old) < _AVERAGED:
        return None
    then, latest = old[-1], readings[-1]
    grew = fmean(each.value for each in readings[-_AVERAGED:]) - fmean(
        each.value for each in old[-_AVERAGED:]
    )
    return (then, latest) if grew >= _HEADLINE and latest.value > then.value else None


def _moved(values: Sequence[float]) -> float | None:
    if len(values) < 2 * _AVERAGED:
        return None
    moved = fmean(values[-_AVERAGED:]) - fmean(values[:_AVERAGED])
    return moved if abs(moved) >= _HEADLINE else None
