"""What the person of the year does: the words her calendar is written in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta


@dataclass(frozen=True, slots=True)
class Says:
    """Types a message."""

    words: str


@dataclass(frozen=True, slots=True)
class Taps:
    """Presses the newest button of this label."""

    label: str


@dataclass(frozen=True, slots=True)
class Edits:
    """Edits the message typed last."""

    words: str


@dataclass(frozen=True, slots=True)
class Waits:
    """Does nothing for a while."""

    span: timedelta


Act = Says | Taps | Edits | Waits


@dataclass(frozen=True, slots=True)
class On:
    """What is done at a local time of a day, one act after another."""

    day: date
    at: time
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Nudged:
    """What is done with the first nudge of a day instead of what is usual, from some minutes after it."""

    day: date
    acts: tuple[Act, ...]
    minutes: int = 6


@dataclass(frozen=True, slots=True)
class Usual:
    """How nudges are answered from a day on: a word for each day of the week, week after week.

    `tap` Did it; `tap+` the same, with a line; `tiny`, `tiny+`; `words` a message of her own; `late` one
    hours later; `later` in 30 minutes; `no` Not today; `own` begun before the nudge of `at`; `-` nothing.
    `evening` is about nudges from 15:00 on.
    """

    since: date
    at: time
    weeks: tuple[str, ...]
    evening: bool = False

    def on(self, day: date) -> str:
        """The word for a day."""
        week = (day - self.since + timedelta(days=self.since.weekday())).days // 7 % len(self.weeks)
        return self.weeks[week].split()[day.weekday()]


@dataclass(frozen=True, slots=True)
class Ramp:
    """A number that changes from day to day as told: the newest one counts."""

    steps: tuple[tuple[date, int], ...]

    def on(self, day: date) -> int:
        """The number of a day."""
        return [number for since, number in self.steps if since <= day][-1]


@dataclass(frozen=True, slots=True)
class Script:
    """A year: what happens, how nudges are answered, and what is said to what Limber asks now and then."""

    name: str
    zone: str
    ends: datetime
    events: tuple[On, ...]
    nudged: tuple[Nudged, ...]
    usual: tuple[Usual, ...]
    lines: Mapping[str, tuple[str, ...]]
    ratings: Mapping[str, Ramp]
    replies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    whole: tuple[tuple[date, date], ...] = ()
    paused: tuple[tuple[datetime, datetime], ...] = ()
    wall_times: frozenset[time] = frozenset()
