"""Times of day as they are told: in full, or so that they may be meant twice a day."""

from dataclasses import dataclass, replace
from enum import Enum

from bot.understanding.meaning import Declined, Reason


class Told(Enum):
    """How surely a time was told."""

    BARE = "an hour that may be meant in the morning or the evening"
    LOOSE = "such as 7:30: taken as it stands unless a part of the day says otherwise"
    FIRM = "with am or pm, with a leading zero, or on the clock of 24 hours"


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in minutes; `first` and `last` are its place in the list of tokens.

    `of_24` says that its hour, from 13 on, shows a clock of 24 hours; `midnight` that it was told by that
    word or as an hour from then on of a night, which some mean at the beginning of a day and some at its end;
    `linked` that it ends a window; `occasion` that it is the usual time of lunch or of going to bed.
    """

    minutes: int
    told: Told
    first: int
    last: int
    of_24: bool = False
    midnight: bool = False
    linked: bool = False
    occasion: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """From one time of day to another, some time between."""

    first: Clock
    last: Clock


NEAR = 2 * 60
"""Minutes by which lunch or bedtime may be earlier or later than they mostly are."""
_NIGHT, _MORNING = 2100, 6
_HOURS = {
    300: frozenset(range(1, 7)),
    800: frozenset(range(1, 12)),
    1000: frozenset(range(6, 12)),
    1200: frozenset(range(11, 15)),
    1500: frozenset(range(12, 21)),
    1900: frozenset(range(15, 24)),
    2100: frozenset((*range(17, 24), *range(6))),
}
"""The hours that belong to a part of the day, by the time that stands for it."""


def within(clock: Clock, part: int, written: str) -> Clock:
    """The clock as meant in a part of the day ("7" in the evening). Raises Declined where it cannot be."""
    hour, minute = divmod(clock.minutes, 60)
    meant = (hour,) if clock.told is Told.FIRM else (hour % 12, hour % 12 + 12)
    fitting = [each for each in meant if each in _HOURS[part]]
    if len(fitting) != 1:
        raise Declined(Reason.IMPOSSIBLE, f"{hour}:{minute:02} {written}")
    small = part == _NIGHT and fitting[0] < _MORNING and (clock.told is not Told.FIRM or clock.minutes > 0)
    midnight = clock.midnight or small
    return replace(clock, minutes=fitting[0] * 60 + minute, told=Told.FIRM, midnight=midnight)


def is_within(minutes: int, part: int) -> bool:
    """Whether a time is in a part of the day, or near what stands for itself, such as lunch."""
    if part in _HOURS:
        return minutes // 60 in _HOURS[part]
    return abs(minutes - standing_for(part).minutes) <= NEAR


def standing_for(part: int) -> Clock:
    """The time a part of the day stands for where no hour is told."""
    return Clock(part // 100 * 60 + part % 100, Told.FIRM, 0, 0)
