"""How regular a skill has become over months: habit strength.

The published formula of Loop Habit Tracker, written anew from its description (EVIDENCE 2.4). It
measures regularity, not automaticity: for that see `second_nature`.
"""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

_HALF_LIFE = 13
"""Days after which a daily habit that is left alone has half its strength."""

_LADDER_DAYS = 56
"""After treatment one practice in eight weeks, the last rung of the ladder, is what is aimed at."""


class StrengthLevel(StrEnum):
    """Habit strength in a word, by the percent it starts at: 0, 20, 45, 70, 90."""

    NEW = "new"
    TAKING_ROOT = "taking_root"
    GROWING = "growing"
    STRONG = "strong"
    DEEP_ROOTED = "deep_rooted"


_FROM = (0, 20, 45, 70, 90)


@dataclass(frozen=True, slots=True)
class Strength:
    """Habit strength now: 0 to 100 percent, and the word for it."""

    value: float
    level: StrengthLevel


def next_strength(previous: float, value: float, per_day: float = 1.0) -> float:
    """Return strength (0 to 100) after one more day.

    m = 0.5 ** (sqrt(per_day) / 13); s = s * m + value * (1 - m). `value` (0 to 1) is how far the target
    was met, `per_day` the target repetitions a day. Daily, at 80: a miss gives 75.8, a practice then 77.1.
    """
    kept = _kept(per_day)
    return previous * kept + 100 * value * (1 - kept)


def strength_series(
    days: Iterable[bool | None], target: int = 7, after_treatment: Collection[int] = ()
) -> list[float]:
    """Return strength after each calendar day, 0 to 100, starting from 0.

    `days` are consecutive: practised, not practised, or None for a paused day, which changes nothing
    and takes up no place in the window. `target` is practised days a week, 1 to 7. At 7 a day's value is
    1 or 0. Below, it is min(1, sum / target) over the last week, both doubled to forgive uneven weeks:
    at 3 a week, practised days of the last 14 by 6. The days numbered in `after_treatment` (from 0) go by
    one practice in 56 days instead, so that rarer nudges don't read as a habit that is lost.

    Daily practice reaches 31.1 after 7 days, 79.8 after 30 and 97.0 after 66.
    """
    if not 1 <= target <= 7:
        raise ValueError(f"a target is 1 to 7 days a week, not {target}")
    usual = (1, 1, 1.0) if target == 7 else (14, 2 * target, target / 7)
    rare = (2 * _LADDER_DAYS, 2, 1 / _LADDER_DAYS)
    practised_until = [0]
    strength = 0.0
    series: list[float] = []
    for number, practised in enumerate(days):
        if practised is not None:
            window, wanted, per_day = rare if number in after_treatment else usual
            practised_until.append(practised_until[-1] + practised)
            inside = practised_until[-1] - practised_until[max(0, len(practised_until) - 1 - window)]
            strength = next_strength(strength, min(1.0, inside / wanted), per_day)
        series.append(strength)
    return series


def strength(
    days: Sequence[bool | None], target: int = 7, after_treatment: Collection[int] = ()
) -> Strength | None:
    """Return habit strength after `days` (see `strength_series`), None before the first practice."""
    if not any(days):
        return None
    value = strength_series(days, target, after_treatment)[-1]
    return Strength(value, strength_level(value))


def strength_level(value: float) -> StrengthLevel:
    """Return the word for `value` percent, by the whole number that is shown."""
    reached = sum(round(value) >= start for start in _FROM)
    return list(StrengthLevel)[reached - 1]


@cache
def _kept(per_day: float) -> float:
    """Return the share of strength that one day keeps."""
    return math.pow(0.5, math.sqrt(per_day) / _HALF_LIFE)
