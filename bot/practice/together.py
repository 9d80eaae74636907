"""What goes together: when practice changed more, told as two medians with their counts, never as a cause.

Correlations of one person's own record (EVIDENCE section 1: "what goes together for you"). The contrasts
are few and fixed, so that looking does not become searching; thresholds are design choices.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from statistics import median

from bot.practice.record import Practised
from bot.practice.summary import rated_most

ENOUGH = 10
"""Practices with a rating before and after that each side needs."""

_APART = 1.0
_NOON = time(12)
_SATURDAY = 5


class Contrast(StrEnum):
    """What is held against what, in the order in which they are looked at."""

    MORNING = "morning"
    UNPROMPTED = "unprompted"
    WEEKEND = "weekend"


@dataclass(frozen=True, slots=True)
class Together:
    """Median change (after minus before) with the contrast and without, and how often each."""

    contrast: Contrast
    measure: str | None
    with_it: float
    times: int
    without: float
    other_times: int


def goes_together(practices: Sequence[Practised]) -> Together | None:
    """Return the first contrast whose sides, of ten or more each, lie a point or more apart; else None."""
    measure, rated = rated_most(practices)
    found = (_held_against(contrast, measure, rated) for contrast in Contrast)
    return next((each for each in found if each is not None), None)


def _held_against(contrast: Contrast, measure: str | None, rated: Sequence[Practised]) -> Together | None:
    sides: dict[bool, list[int]] = {True: [], False: []}
    for practice in rated:
        side = _SIDES[contrast](practice)
        if side is not None and practice.pair is not None:
            sides[side].append(practice.pair[1] - practice.pair[0])
    if min(map(len, sides.values())) < ENOUGH:
        return None
    inside, outside = float(median(sides[True])), float(median(sides[False]))
    if abs(inside - outside) < _APART:
        return None
    return Together(contrast, measure, inside, len(sides[True]), outside, len(sides[False]))


def _morning(practice: Practised) -> bool | None:
    return None if practice.wall is None else practice.wall < _NOON


def _unprompted(practice: Practised) -> bool | None:
    return None if practice.start is None else practice.start.by_itself


def _weekend(practice: Practised) -> bool | None:
    return practice.day.weekday() >= _SATURDAY


_SIDES: dict[Contrast, Callable[[Practised], bool | None]] = {
    Contrast.MORNING: _morning,
    Contrast.UNPROMPTED: _unprompted,
    Contrast.WEEKEND: _weekend,
}
