"""What a text about times may turn out to mean: rules, one short question, or a reason why not."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Recurring:
    """One rule: local wall times (sorted) on the days of an RFC 5545 rule, from the local day `starts` on.

    Where `until` is set there is one time, and it is meant at some minute from it to `until`, later that day.
    """

    days: str
    times: tuple[time, ...]
    starts: date
    until: time | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """Once, at an aware instant; `exact` unless it is meant as a wall-clock time ("tomorrow at 8").

    Where `until` is set, at some minute from then to that wall time of the same day.
    """

    at: datetime
    exact: bool
    until: time | None = None


@dataclass(frozen=True, slots=True)
class AfterSession:
    """After the next therapy session, by so many minutes."""

    delay_minutes: int


Rule = Recurring | Moment | AfterSession


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question: a text that is understood by itself, and what it is understood as."""

    text: str
    means: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """The rules that were meant."""

    rules: tuple[Rule, ...]


class Asked(StrEnum):
    """What is left to ask."""

    AM_OR_PM = "am_or_pm"
    WHICH_TIME = "which_time"
    WHICH_DAYS = "which_days"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True)
class Question:
    """What is left to ask, with the likeliest answers."""

    kind: Asked
    options: tuple[Option, ...]


class Reason(StrEnum):
    """Why a text was not understood."""

    NOTHING = "nothing"
    WORD = "word"
    NO_TIME = "no_time"
    IMPOSSIBLE = "impossible"
    UNSUPPORTED = "unsupported"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A text that was declined: why, and the words it was for."""

    reason: Reason
    words: str = ""


Reading = Understood | Question | NotUnderstood


class Declined(Exception):
    """Raised inside the grammar where a text cannot be understood; it never leaves `read_when`."""

    def __init__(self, reason: Reason, words: str = "") -> None:
        super().__init__(reason)
        self.reason, self.words = reason, words
