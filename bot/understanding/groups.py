"""Things said, sorted into rules: "weekdays at 7:30, weekends at 10:00" are two.

Whoever begins with the days goes on to the next rule with the next days, whoever begins with the time, with
the next time. What may belong to either rule is declined.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from bot.understanding.clocks import Clock, Told, Window, is_within, standing_for, within
from bot.understanding.items import (
    Days,
    Delay,
    Every,
    Except,
    Item,
    Mark,
    Monthday,
    On,
    Part,
    Starts,
    Times,
    TimesAWeek,
)
from bot.understanding.meaning import Declined, Reason

_DAYLIKE = (Days, Every, Monthday, On)
_HOURLIKE = (Clock, Window)
_WEEKS = 3
_WEEK = range(7)
Said = TypeVar("Said")


@dataclass
class Group:
    """What was said for one rule."""

    clocks: list[Clock] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    days: set[int] = field(default_factory=set)
    weekly: bool = False
    excepted: set[int] = field(default_factory=set)
    every: Every | None = None
    monthdays: list[Monthday] = field(default_factory=list)
    dates: list[date] = field(default_factory=list)
    starts: date | None = None
    joined: bool = False
    weekend: bool = False
    perhaps_weekly: bool = False
    onces: int = 0
    following: bool = False
    next_week: bool = False
    delay: Delay | None = None
    session: bool = False
    times: int = 0
    days_a_week: int = 0
    part_of_clocks: bool = False

    def unsettled(self) -> list[Clock]:
        """Clocks that may be meant in the morning or the evening; none where another is on 24 hours."""
        told = [*self.clocks, *(end for window in self.windows for end in (window.first, window.last))]
        of_24 = any(clock.of_24 for clock in told)
        return [] if of_24 else [clock for clock in told if clock.told is Told.BARE]

    def says_days(self) -> bool:
        """Whether days, or how often, were said."""
        return bool(
            self.days
            or self.days_a_week
            or self.every
            or self.monthdays
            or self.dates
            or self.next_week
            or self.weekend
        )

    def says_time(self) -> bool:
        """Whether a time, or a part of the day, was said."""
        return bool(self.clocks or self.windows or self.parts)

    def tells_hours(self) -> bool:
        """Whether hours were said, be it two that a time may be between."""
        return bool(self.clocks or self.windows)


def grouped(said: Sequence[Item]) -> list[Group]:
    """The groups, each with all it says. Raises Declined where things said do not go together."""
    sorter = _Sorter()
    for before, item, after in _with_neighbours(said):
        sorter.add(before, item, after)
    groups = sorter.groups
    for group in groups:
        _finish(group)
    if len(groups) > 1 and not all(group.says_days() and group.tells_hours() for group in groups):
        raise Declined(Reason.NO_TIME)
    return groups


def _with_neighbours(said: Sequence[Item]) -> Iterator[tuple[Item | None, Item, Item | None]]:
    return zip((None, *said[:-1]), said, (*said[1:], None), strict=True)


def _finish(group: Group) -> None:
    """A part of the day with no hour stands for its usual time; beside one, it tells no habit."""
    group.perhaps_weekly = group.perhaps_weekly and not group.tells_hours()
    if group.parts and not group.part_of_clocks:
        if group.tells_hours() and not _repeat(group.parts, group.clocks):
            raise Declined(Reason.NO_TIME, group.parts[0].written)
        if group.tells_hours():
            return
        group.clocks = [standing_for(part.value) for part in group.parts]


def _repeat(parts: list[Part], clocks: list[Clock]) -> bool:
    """ "8am, first thing in the morning": a part that says nothing but what the one hour does."""
    if len(parts) != 1 or len(clocks) != 1 or clocks[0].told is Told.BARE:
        return False
    return is_within(clocks[0].minutes, parts[0].value)


class _Sorter:
    def __init__(self) -> None:
        self.groups = [Group()]
        self._days_first: bool | None = None

    def add(self, before: Item | None, item: Item, after: Item | None) -> None:
        if self._begins(item, after):
            self.groups.append(Group())
        if self._days_first is None and isinstance(item, (*_DAYLIKE, *_HOURLIKE, Part)):
            self._days_first = isinstance(item, _DAYLIKE)
        group = self.groups[-1]
        if isinstance(before, Except) and isinstance(item, _HOURLIKE) and group.tells_hours():
            raise Declined(Reason.UNSUPPORTED)
        if isinstance(item, Clock):
            group.clocks.append(_in_part(group, item))
        elif isinstance(item, Window):
            group.windows.append(Window(_in_part(group, item.first), _in_part(group, item.last)))
        elif isinstance(item, Part):
            _add_part(group, item, before, after)
        elif isinstance(item, Mark):
            _mark(group, item.kind)
        else:
            _add_other(group, item)

    def _begins(self, item: Item, after: Item | None) -> bool:
        group = self.groups[-1]
        if not (group.says_days() and group.says_time()):
            return False
        if self._days_first:
            return isinstance(item, _DAYLIKE) and not _goes_with(group, item, after)
        return isinstance(item, _HOURLIKE) or (isinstance(item, Part) and isinstance(after, _HOURLIKE))


def _goes_with(group: Group, item: Item, after: Item | None) -> bool:
    """ "Mondays at 9:00 every two weeks", "at 9:00 on the 15th of every month"."""
    if not isinstance(item, Every) or isinstance(after, Days) or group.every is not None:
        return False
    return (item.unit == _WEEKS and bool(group.days)) or (item.unit == _WEEKS + 1 and bool(group.monthdays))


def _in_part(group: Group, clock: Clock) -> Clock:
    """The clock, in the part of the day that was told before it."""
    if len(group.parts) > 1:
        raise Declined(Reason.UNSUPPORTED, group.parts[1].written)
    if not group.parts:
        return clock
    group.part_of_clocks = True
    return within(clock, group.parts[0].value, group.parts[0].written)


def _add_part(group: Group, part: Part, before: Item | None, after: Item | None) -> None:
    """A part of the day belongs to the hours just before it, else to those that follow."""
    if isinstance(before, Clock):
        group.clocks[-1] = within(group.clocks[-1], part.value, part.written)
    elif isinstance(before, Window):
        group.windows[-1] = _window_within(before, part)
    elif _tells_earlier(group, before, after):
        group.clocks = [within(clock, part.value, part.written) for clock in group.clocks]
        group.windows = [_window_within(window, part) for window in group.windows]
    elif group.part_of_clocks:
        group.parts, group.part_of_clocks = [part], isinstance(after, _HOURLIKE)
    else:
        group.parts.append(part)


def _tells_earlier(group: Group, before: Item | None, after: Item | None) -> bool:
    """ "At 8 on Mondays, in the morning": a part told after the days is of the hours told before them."""
    followed = isinstance(after, _HOURLIKE)
    return group.tells_hours() and isinstance(before, _DAYLIKE) and not group.parts and not followed


def _window_within(window: Window, part: Part) -> Window:
    return Window(*(within(end, part.value, part.written) for end in (window.first, window.last)))


def _add_other(
    group: Group, item: Days | Except | Every | Monthday | On | Starts | Delay | Times | TimesAWeek
) -> None:
    match item:
        case Days(days, weekly):
            _add_days(group, days, weekly)
        case Except(days):
            group.excepted |= days
        case On(day):
            group.dates.append(day)
        case Starts(day):
            group.starts = _only(group.starts, day)
        case Delay():
            group.delay = _only(group.delay, item)
        case Times(number):
            group.times = number
            group.weekly = True
        case TimesAWeek(number):
            group.days_a_week = number
            group.weekly = True
        case Monthday():
            group.monthdays.append(item)
        case _:
            group.every = _merged(group.every, item)


def _add_days(group: Group, days: frozenset[int], weekly: bool) -> None:
    """ "Every day, Monday to Friday" is Monday to Friday; "starting Monday, every day" is not understood."""
    if not group.days & days or group.days == days:
        group.weekly = group.weekly or weekly or bool(group.days)
        group.days |= days
        return
    narrower = group.days & days
    if max(len(group.days), len(days)) < len(_WEEK) or len(narrower) < 2:
        raise Declined(Reason.UNSUPPORTED)
    group.days, group.weekly = set(narrower), True


def _mark(group: Group, kind: str) -> None:
    if kind == "next":
        group.following = True
    elif kind == "next_week":
        group.next_week = True
    elif kind == "session":
        group.session = True
    elif kind == "habit":
        group.weekly = True
    elif kind == "perhaps_habit":
        group.perhaps_weekly = True
    elif kind == "this_weekend":
        group.weekend = True
    elif kind == "and":
        group.joined = True
    else:
        group.onces += 1


def _only(before: Said | None, said: Said) -> Said:
    if before is not None:
        raise Declined(Reason.UNSUPPORTED)
    return said


def _merged(before: Every | None, every: Every) -> Every:
    """ "Every Monday and every Friday" is one interval, "every 2 days every week" is not."""
    if before is None:
        return every
    if before.number != every.number or (None not in (before.unit, every.unit) and before.unit != every.unit):
        raise Declined(Reason.UNSUPPORTED, every.written)
    return every if before.unit is None else before
