"""One explained suggestion from what got in the way; confirmed by the person, never done unasked.

The barriers are those families named (Bunnell et al. 2020, EVIDENCE section 1); what is answered to each is
content (`bot/content/en/nudges.toml`).
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

_LOOK_BACK = timedelta(days=28)
_TOO_HARD_TIMES = 2
_FORGOT_TIMES = 3
_OFTEN = 3
_NEAR_MINUTES = 60
_DAY_MINUTES = 24 * 60


class Barrier(StrEnum):
    """What got in the way of a practice."""

    FORGOT = "forgot"
    NO_TIME = "no_time"
    TOO_HARD = "too_hard"
    NO_MOTIVATION = "no_motivation"
    UNWELL = "unwell"
    NOT_NEEDED = "not_needed"
    BORING = "boring"
    UNCLEAR_HOW = "unclear_how"
    UNCLEAR_WHY = "unclear_why"
    NO_REWARD = "no_reward"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A barrier named on a person's day; `nudged_at` is the local wall time of the nudge, if one came."""

    day: date
    barrier: Barrier
    nudged_at: time | None = None


@dataclass(frozen=True, slots=True)
class Smaller:
    """ "Too hard" came `times` times: the tiny version for a week?"""

    times: int


@dataclass(frozen=True, slots=True)
class Move:
    """ "Forgot" came `times` times at `away_from`; practice often happens around `to`: move the nudge?"""

    times: int
    away_from: time
    to: time


def suggest(
    obstacles: Sequence[Obstacle],
    practised_at: Sequence[time],
    today: date,
    declined: Collection[type[Smaller | Move]] = (),
) -> Smaller | Move | None:
    """Return one suggestion for a plan, None where nothing speaks for one.

    Counted over the last 28 days. Too hard twice: the tiny version. Forgot three times at the same nudge
    time while at least three practices began around another full hour, over an hour away: move there.
    `obstacles` are those since the plan last changed, `practised_at` local wall times of practices;
    `declined` names what the person turned down.
    """
    recent = [obstacle for obstacle in obstacles if obstacle.day > today - _LOOK_BACK]
    found = (_smaller(recent), _move(recent, practised_at))
    return next((one for one in found if one is not None and type(one) not in declined), None)


def _smaller(obstacles: Sequence[Obstacle]) -> Smaller | None:
    times = sum(obstacle.barrier is Barrier.TOO_HARD for obstacle in obstacles)
    return Smaller(times) if times >= _TOO_HARD_TIMES else None


def _move(obstacles: Sequence[Obstacle], practised_at: Sequence[time]) -> Move | None:
    forgotten = Counter(
        obstacle.nudged_at
        for obstacle in obstacles
        if obstacle.barrier is Barrier.FORGOT and obstacle.nudged_at is not None
    )
    for away_from, times in forgotten.most_common(1):
        to = _often_around(practised_at, away_from)
        if times >= _FORGOT_TIMES and to is not None:
            return Move(times, away_from, to)
    return None


def _often_around(practised_at: Sequence[time], away_from: time) -> time | None:
    hours = Counter(time(((_minutes(wall) + 30) // 60) % 24) for wall in practised_at)
    far = [(hour, count) for hour, count in hours.most_common() if _apart(hour, away_from) > _NEAR_MINUTES]
    return far[0][0] if far and far[0][1] >= _OFTEN else None


def _minutes(wall: time) -> int:
    return wall.hour * 60 + wall.minute


def _apart(one: time, other: time) -> int:
    """Return the minutes between two wall times, around the clock the shorter way."""
    distance = abs(_minutes(one) - _minutes(other))
    return min(distance, _DAY_MINUTES - distance)
