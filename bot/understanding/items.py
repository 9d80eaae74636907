"""The things a text about times says, one class each."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.understanding.clocks import Clock, Window


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day, by the time that stands for it, such as 1900."""

    value: int
    written: str


@dataclass(frozen=True, slots=True)
class Days:
    """Days of the week, 0 Monday; `weekly` where the words themselves say that it is every week."""

    days: frozenset[int]
    weekly: bool


@dataclass(frozen=True, slots=True)
class Except:
    """Days left out."""

    days: frozenset[int]


@dataclass(frozen=True, slots=True)
class Every:
    """ "every", "every other", "every 3 days"; `unit` as in the lexicon, None where days or parts follow."""

    number: int
    unit: int | None
    written: str


@dataclass(frozen=True, slots=True)
class Monthday:
    """A day of the month: of the next that has it, unless every month is named."""

    day: int
    written: str


@dataclass(frozen=True, slots=True)
class On:
    """A date."""

    day: date


@dataclass(frozen=True, slots=True)
class Starts:
    """The day from which a rule holds."""

    day: date


@dataclass(frozen=True, slots=True)
class Delay:
    """From now, or after a session; `exact` where hours or minutes are named, not days and weeks alone."""

    by: timedelta
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Times:
    """How many times a day."""

    number: int


@dataclass(frozen=True, slots=True)
class TimesAWeek:
    """On how many days a week."""

    number: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A word that stands for itself: and, next, next_week, this_weekend, session, once."""

    kind: str
    written: str


Item = (
    Clock | Window | Part | Days | Except | Every | Monthday | On | Starts | Delay | Times | TimesAWeek | Mark
)
