"""How practice goes of late: consistency, momentum, and rhythm for those who ask for it.

All three count planned occasions, not calendar days; a paused one changes nothing. Formulas: EVIDENCE
sections 2.5 and 2.6, which call momentum and rhythm design choices: no study stands behind the numbers.
"""

import math
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.practice.record import Day, Occasion

_KEPT = math.pow(0.5, 1 / 7)
"""What seven occasions halve, one occasion keeps this share of."""
_FREE_MISS_WINDOW = 6
_ARROW_OCCASIONS = 3
_START = (0.0,) * _ARROW_OCCASIONS
_ARROW_POINTS = 3.0
_GRACE_EVERY = 7
_GRACE_HELD = 2


@dataclass(frozen=True, slots=True)
class Consistency:
    """On how many of the last planned days there was practice: "5 of your last 7 planned days"."""

    practised: int
    planned: int


class MomentumLevel(StrEnum):
    """Momentum in a word, by the points it starts at: 0, 25, 50, 75."""

    GETTING_GOING = "getting_going"
    WARMING_UP = "warming_up"
    ROLLING = "rolling"
    STEADY = "steady"


class Arrow(StrEnum):
    """Where momentum is heading; it eases, it never falls."""

    RISING = "rising"
    LEVEL = "level"
    EASING = "easing"


@dataclass(frozen=True, slots=True)
class Momentum:
    """Momentum now: 0 to 100 points, the word for it, and where it is heading."""

    value: float
    level: MomentumLevel
    arrow: Arrow


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Occasions in a row with practice, now and at best, over a lifetime of practised occasions.

    `grace` is how many misses the run would bear. When `current` is 0, show `practised` and `best`.
    """

    current: int
    best: int
    practised: int
    grace: int


def consistency(days: Sequence[Day], last: int = 7) -> Consistency:
    """Count practice on the `last` planned days that are over; fewer where there are fewer.

    Paused days are not counted. Of seven planned days with two missed: Consistency(5, 7).
    """
    recent = [day for day in days if day.planned and day.counted][-last:]
    return Consistency(sum(day.practised for day in recent), len(recent))


def momentum_series(occasions: Iterable[Occasion]) -> list[float]:
    """Return momentum after each occasion, 0 to 100, starting from 0 (EVIDENCE 2.5).

    With k = 0.5 ** (1/7):
    practised: M = 100 - (100 - M) * k, and twice when it follows two or more misses in a row;
    paused: unchanged, not counted;
    the first miss, with none in the six occasions before: unchanged;
    other first or second miss in a row: M = M * sqrt(k); third or later: M = M * k.

    Seven practised: 50.0. Three practised, one missed, three practised: 44.8, as if it had not been.
    """
    value, misses = 0.0, 0
    recent: deque[bool] = deque(maxlen=_FREE_MISS_WINDOW)
    series: list[float] = []
    for occasion in occasions:
        if occasion.practised:
            value = _raise(_raise(value) if misses >= 2 else value)
            misses = 0
        elif occasion is Occasion.MISSED:
            misses += 1
            value *= _kept_after_miss(misses, any(recent))
        if occasion is not Occasion.PAUSED:
            recent.append(occasion is Occasion.MISSED)
        series.append(value)
    return series


def momentum(series: Sequence[float]) -> Momentum | None:
    """Return momentum at the end of a `momentum_series` without paused occasions, None while it is 0.

    The arrow compares it with three occasions ago: 3 points more is rising, 3 less easing, unless the last
    occasion went the other way. So coming back never reads as easing (our choice).
    """
    if not series or not series[-1]:
        return None
    padded = [*_START, *series]
    now = padded[-1]
    return Momentum(now, momentum_level(now), _arrow(now - padded[-1 - _ARROW_OCCASIONS], now - padded[-2]))


def momentum_level(value: float) -> MomentumLevel:
    """Return the word for `value` points, by the whole number that is shown."""
    return list(MomentumLevel)[min(3, round(value) // 25)]


def rhythm(occasions: Iterable[Occasion]) -> Rhythm:
    """Return the run of occasions with practice, with grace days (EVIDENCE 2.6); off unless asked for.

    One grace day is earned with every seventh practised occasion, at most two are held, and a miss
    spends one by itself: the run neither ends nor grows. A pause freezes it. Seven practised, one
    missed, one practised: a run of 8, no grace day left.
    """
    current = best = practised = grace = 0
    for occasion in occasions:
        if occasion.practised:
            current, practised = current + 1, practised + 1
            best = max(best, current)
            grace = min(_GRACE_HELD, grace + (practised % _GRACE_EVERY == 0))
        elif occasion is Occasion.MISSED:
            current, grace = (current, grace - 1) if grace else (0, 0)
    return Rhythm(current, best, practised, grace)


def _raise(value: float) -> float:
    return 100 - (100 - value) * _KEPT


def _kept_after_miss(misses: int, missed_lately: bool) -> float:
    if misses == 1 and not missed_lately:
        return 1.0
    return math.sqrt(_KEPT) if misses <= 2 else _KEPT


def _arrow(points: float, last_step: float) -> Arrow:
    if points >= _ARROW_POINTS and last_step >= 0:
        return Arrow.RISING
    return Arrow.EASING if points <= -_ARROW_POINTS and last_step < 0 else Arrow.LEVEL
