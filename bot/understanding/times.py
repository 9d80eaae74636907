"""When to be reminded: from words to rules, or to one short question.

Every word must be understood; a text with one that is not is declined. The grammar is the same for every
language, its words are data. All local: the zone is that of `now`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.understanding.lexicon import Lexicon, Token, lexicon

LONGEST = 300
_DAY_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAYSETS = (frozenset(range(7)), frozenset(range(5)), frozenset((5, 6)))
_NOON = 12


@dataclass(frozen=True, slots=True)
class Recurring:
    """One rule: local wall times (sorted) on the days of an RFC 5545 rule, from the local day `starts` on."""

    days: str
    times: tuple[time, ...]
    starts: date


@dataclass(frozen=True, slots=True)
class Moment:
    """Once, at an aware instant; `exact` unless it is meant as a wall-clock time ("tomorrow at 8")."""

    at: datetime
    exact: bool


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


class _Declined(Exception):
    def __init__(self, reason: Reason, words: str = "") -> None:
        super().__init__(reason)
        self.reason, self.words = reason, words


@dataclass(frozen=True, slots=True)
class _Clock:
    """A time of day; `bare` if the hour may be meant twice a day, `place` in the list of tokens."""

    minutes: int
    bare: bool
    first: int
    last: int


@dataclass
class _Meant:
    """What the tokens have said so far."""

    clocks: list[_Clock] = field(default_factory=list)
    days: set[int] = field(default_factory=set)
    single_days: int = 0
    excepted: set[int] = field(default_factory=set)
    every: int = 0
    unit: int | None = None
    monthday: int | None = None
    once: date | None = None
    following: bool = False
    delay: timedelta | None = None
    session: bool = False
    part: int | None = None
    asked_times: int = 0


def read_when(text: str, *, now: datetime, language: str = "en") -> Reading:
    """Reads when to be reminded. `now` is aware, in the person's zone."""
    words = lexicon(language)
    tokens = words.tokens(text[:LONGEST]) if len(text) <= LONGEST else []
    if not tokens:
        return NotUnderstood(Reason.NOTHING)
    try:
        return _reading(tokens, now, language, words)
    except _Declined as declined:
        return NotUnderstood(declined.reason, declined.words)


def half_of_day(text: str, language: str = "en") -> int | None:
    """The half that a text names and nothing else: 0 for the morning, 12 for after noon; None for neither."""
    tokens = [token for token in lexicon(language).tokens(text[:LONGEST]) if token.kind != "filler"]
    if len(tokens) != 1 or tokens[0].kind not in ("part", "half", "tonight"):
        return None
    token = tokens[0]
    return token.value if token.kind == "half" else (0 if token.value < _NOON * 100 else _NOON)


def _reading(tokens: list[Token], now: datetime, language: str, words: Lexicon) -> Reading:
    meant = _Reader(tokens, now, words).read()
    clocks = _settled_by_part(meant)
    unsettled = [clock for clock in clocks if clock.bare]
    if unsettled and not _on_a_full_day_clock(clocks):
        return _ask_half(tokens, unsettled, now, language)
    return Understood(_rules(meant, sorted({clock.minutes for clock in clocks}), now))


class _Reader:
    """Reads tokens from left to right; each method takes what it understands."""

    def __init__(self, tokens: list[Token], now: datetime, words: Lexicon) -> None:
        self._tokens = tokens
        self._now = now
        self._words = words
        self._index = 0
        self._meant = _Meant()

    def read(self) -> _Meant:
        while self._index < len(self._tokens):
            if not self._take():
                self._decline()
        return self._meant

    def _take(self) -> bool:
        steps = (self._relative, self._spoken, self._clock, self._date, self._days, self._every, self._other)
        return any(step() for step in steps)

    def _decline(self) -> None:
        token = self._tokens[self._index]
        raise _Declined(Reason.WORD, token.written)

    def _kinds(self, *kinds: str) -> list[Token] | None:
        """The next tokens, if they are of these kinds."""
        part = self._tokens[self._index : self._index + len(kinds)]
        if len(part) == len(kinds) and all(
            each.kind in kind.split("|") for each, kind in zip(part, kinds, strict=True)
        ):
            return part
        return None

    def _relative(self) -> bool:
        """ "in 2 hours", "in half an hour", "in 1 h 30 min"."""
        if not self._kinds("relative"):
            return False
        start, self._index = self._index, self._index + 1
        delay = timedelta()
        while (found := self._amount()) is not None:
            delay += found
            if self._kinds("and", "number|halfhour|clock"):
                self._index += 1
        if not delay:
            self._index = start
            return False
        self._meant.delay = delay
        return True

    def _amount(self) -> timedelta | None:
        found = self._kinds("halfhour")
        if found is not None:
            self._index += 1
            return timedelta(minutes=found[0].value)
        found = self._kinds("hour")
        if found is not None:
            self._index += 1
            return timedelta(hours=found[0].value)
        found = self._kinds("number", "unit")
        if found is None:
            return None
        self._index += 2
        number, unit = found[0].value, found[1].value
        if unit > 3 or number > 1_000:
            raise _Declined(Reason.UNSUPPORTED, f"{found[0].written} {found[1].written}")
        return (timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1))[
            unit
        ] * number

    def _spoken(self) -> bool:
        """ "half past seven", "quarter to eight"."""
        found = self._kinds("spoken", "number")
        if found is None or not 1 <= found[1].value <= 12:
            return False
        minutes = found[1].value % 12 * 60 + found[0].value
        self._add_clock(minutes % 720, bare=True, length=2)
        return True

    def _clock(self) -> bool:
        found = self._kinds("clock") or self._kinds("hour") or self._kinds("clockword")
        if found is not None:
            return self._exact(found[0])
        found = self._kinds("number")
        if found is None or self._kinds("number", "month|unit"):
            return False
        token = found[0]
        if len(token.written) == 4 and token.written.isdigit():
            return self._exact(token)
        return token.value <= 24 and self._bare_hour(token)

    def _exact(self, token: Token) -> bool:
        hour, minute = divmod(token.value, 100) if token.kind != "hour" else (token.value, 0)
        if minute > 59 or hour > 24 or (hour == 24 and minute):
            raise _Declined(Reason.IMPOSSIBLE, token.written)
        half = self._half(1)
        if half is not None and not 1 <= hour <= 12:
            raise _Declined(Reason.IMPOSSIBLE, token.written)
        minutes = (hour % 12 * 60 + minute + half * 60) if half is not None else hour % 24 * 60 + minute
        self._add_clock(minutes, bare=False, length=1 + (half is not None))
        return True

    def _bare_hour(self, token: Token) -> bool:
        hour = token.value
        half = self._half(1)
        if half is not None:
            if not 1 <= hour <= 12:
                raise _Declined(Reason.IMPOSSIBLE, token.written)
            self._add_clock((hour % 12 + half) * 60, bare=False, length=2)
            return True
        bare = 1 <= hour <= 11 and not token.written.startswith("0")
        length = 2 if self._kinds("number", "oclock") else 1
        self._add_clock(hour % 24 * 60, bare=bare, length=length)
        return True

    def _half(self, ahead: int) -> int | None:
        following = self._tokens[self._index + ahead : self._index + ahead + 1]
        return following[0].value if following and following[0].kind == "half" else None

    def _add_clock(self, minutes: int, *, bare: bool, length: int) -> None:
        last = self._index + length - 1
        self._meant.clocks.append(_Clock(minutes, bare, self._index, last))
        self._index += length

    def _date(self) -> bool:
        found = self._kinds("day")
        if found is not None:
            return self._on(self._now.date() + timedelta(days=found[0].value), 1)
        found = self._kinds("tonight")
        if found is not None:
            self._meant.part = 1900
            return self._on(self._now.date(), 1)
        found = self._kinds("number|ordinal", "month") or self._kinds("month", "number|ordinal")
        if found is None:
            return False
        day, month = (found[0], found[1]) if found[1].kind == "month" else (found[1], found[0])
        return self._on(self._next_date(month.value, day.value, day.written), 2)

    def _next_date(self, month: int, day: int, written: str) -> date:
        today = self._now.date()
        for year in range(today.year, today.year + 9):
            try:
                found = date(year, month, day)
            except ValueError:
                continue
            if found >= today:
                return found
        raise _Declined(Reason.IMPOSSIBLE, written)

    def _on(self, day: date, length: int) -> bool:
        if self._meant.once is not None:
            raise _Declined(Reason.UNSUPPORTED, self._tokens[self._index].written)
        self._meant.once = day
        self._index += length
        return True

    def _days(self) -> bool:
        """Weekdays, ranges of them, sets of them, and what is left out."""
        excepting = bool(self._kinds("except"))
        ahead = 1 if excepting else 0
        self._index += ahead
        found = self._day_set()
        if found is None:
            self._index -= ahead
            return False
        if excepting:
            self._meant.excepted |= found
            while self._kinds("and", "weekday|weekly"):
                self._index += 1
                self._meant.excepted |= self._day_set() or set()
            self._meant.days = self._meant.days or set(range(7))
        else:
            self._meant.days |= found
        return True

    def _day_set(self) -> set[int] | None:
        found = self._kinds("weekday|weekly", "through", "weekday|weekly")
        if found is not None:
            first, last = found[0].value, found[2].value
            self._index += 3
            self._meant.single_days += 2
            return {day % 7 for day in range(first, last + 1 if last >= first else last + 8)}
        found = self._kinds("weekday|weekly")
        if found is not None:
            self._index += 1
            self._meant.single_days += 2 if found[0].kind == "weekly" else 1
            return {found[0].value}
        found = self._kinds("dayset")
        if found is None:
            return None
        self._index += 1
        self._meant.single_days += 2
        return set(_DAYSETS[found[0].value])

    def _every(self) -> bool:
        """ "every", "every other day", "every 3 days", "every second week", "next", "monthly"."""
        meant = self._meant
        found = self._kinds("every", "number", "unit")
        if found is not None:
            meant.every, meant.unit = found[1].value, found[2].value
            self._index += 3
            return True
        found = self._kinds("every", "unit")
        if found is not None:
            meant.every, meant.unit = found[0].value, found[1].value
            self._index += 2
            return True
        found = self._kinds("every")
        if found is not None:
            meant.every = max(meant.every, found[0].value)
            meant.unit = 3 if found[0].value == 2 else meant.unit
            meant.single_days += 2
            self._index += 1
            return True
        return self._monthly()

    def _monthly(self) -> bool:
        found = self._kinds("ordinal")
        if found is not None and 1 <= found[0].value <= 31:
            self._meant.monthday = found[0].value
            self._index += 1
            return True
        if self._kinds("monthly"):
            self._meant.unit = 4
            self._index += 1
            return True
        return False

    def _other(self) -> bool:
        token = self._tokens[self._index]
        if token.kind == "part":
            self._meant.part = token.value
        elif token.kind == "next":
            self._meant.following = True
        elif token.kind == "session":
            self._meant.session = True
        elif token.kind == "twice":
            self._meant.asked_times = token.value
            self._meant.days |= set(range(7))
            self._meant.single_days += 2
        elif token.kind not in ("and", "filler", "oclock"):
            return False
        self._index += 1
        return True


def _settled_by_part(meant: _Meant) -> list[_Clock]:
    """Bare hours settled by a part of the day: "7 in the evening"; with no hour, the part is the time."""
    part = meant.part
    if part is None:
        return meant.clocks
    if not meant.clocks:
        return [_Clock(part // 100 * 60 + part % 100, bare=False, first=0, last=0)]
    later = 0 if part // 100 < _NOON else 720
    return [
        _Clock(each.minutes % 720 + later, bare=False, first=each.first, last=each.last)
        if each.bare
        else each
        for each in meant.clocks
    ]


def _on_a_full_day_clock(clocks: Sequence[_Clock]) -> bool:
    """ "9, 13 and 18": an hour after noon, told in full, says how the others are meant."""
    return any(not each.bare and each.minutes >= 13 * 60 for each in clocks) and any(
        each.bare for each in clocks
    )


def _ask_half(tokens: list[Token], unsettled: list[_Clock], now: datetime, language: str) -> Reading:
    """Morning or evening? Each option is the same text with its times told in full."""
    options = []
    for later in (0, 720):
        written = [token.written for token in tokens]
        for clock in unsettled:
            minutes = (clock.minutes % 720 + later) % 1440
            written[clock.first] = f"{minutes // 60:02}:{minutes % 60:02}"
            for index in range(clock.first + 1, clock.last + 1):
                written[index] = ""
        text = " ".join(each for each in written if each)
        read = read_when(text, now=now, language=language)
        if isinstance(read, Understood):
            options.append(Option(text, read.rules))
    if not options:
        raise _Declined(Reason.PAST)
    return Question(Asked.AM_OR_PM, tuple(options))


def _rules(meant: _Meant, minutes: list[int], now: datetime) -> tuple[Rule, ...]:
    if meant.session:
        return (AfterSession(0),)
    if meant.delay is not None:
        return _after(meant, minutes, now)
    if not minutes:
        raise _Declined(Reason.NO_TIME)
    if meant.asked_times and len(minutes) != meant.asked_times:
        raise _Declined(Reason.NO_TIME)
    times = tuple(time(each // 60, each % 60) for each in minutes)
    if _comes_once(meant):
        return _moments(_day(meant, now, times), times, now)
    return (Recurring(_days_rule(meant), times, now.date()),)


def _after(meant: _Meant, minutes: list[int], now: datetime) -> tuple[Rule, ...]:
    delay = meant.delay or timedelta()
    if meant.days or meant.every or meant.once is not None or meant.monthday is not None:
        raise _Declined(Reason.UNSUPPORTED)
    if not minutes:
        at = now + delay
        rounded = at if not at.microsecond else at.replace(microsecond=0) + timedelta(seconds=1)
        return (Moment(rounded, exact=True),)
    if delay % timedelta(days=1):
        raise _Declined(Reason.UNSUPPORTED)
    times = tuple(time(each // 60, each % 60) for each in minutes)
    return _moments((now + delay).date(), times, now)


def _comes_once(meant: _Meant) -> bool:
    if meant.once is not None or meant.following:
        return True
    return meant.single_days == 1 and not meant.every and meant.monthday is None


def _day(meant: _Meant, now: datetime, times: tuple[time, ...]) -> date:
    if meant.once is not None:
        if meant.days or meant.every or meant.monthday is not None:
            raise _Declined(Reason.UNSUPPORTED)
        return meant.once
    if len(meant.days) != 1:
        raise _Declined(Reason.UNSUPPORTED)
    (weekday,) = meant.days
    ahead = (weekday - now.weekday()) % 7
    if ahead == 0 and (meant.following or times[0] <= now.time()):
        ahead = 7
    return now.date() + timedelta(days=ahead)


def _moments(day: date, times: tuple[time, ...], now: datetime) -> tuple[Rule, ...]:
    moments = tuple(Moment(datetime.combine(day, each, now.tzinfo), exact=False) for each in times)
    if any(moment.at <= now for moment in moments):
        raise _Declined(Reason.PAST)
    return moments


def _days_rule(meant: _Meant) -> str:
    days = meant.days - meant.excepted
    if meant.excepted and not days:
        raise _Declined(Reason.IMPOSSIBLE)
    if meant.unit == 4 or meant.monthday is not None:
        return _monthly_rule(meant, days)
    named = ",".join(_DAY_NAMES[day] for day in sorted(days))
    if meant.every > 1:
        return _interval_rule(meant, days, named)
    if not days or len(days) == 7:
        return "FREQ=DAILY"
    return f"FREQ=WEEKLY;BYDAY={named}"


def _monthly_rule(meant: _Meant, days: set[int]) -> str:
    if days or meant.monthday is None or meant.every > 1:
        raise _Declined(Reason.UNSUPPORTED)
    return f"FREQ=MONTHLY;BYMONTHDAY={meant.monthday}"


def _interval_rule(meant: _Meant, days: set[int], named: str) -> str:
    if meant.unit == 2 and not days and meant.every <= 365:
        return f"FREQ=DAILY;INTERVAL={meant.every}"
    if meant.unit == 3 and meant.every <= 52 and days:
        return f"FREQ=WEEKLY;INTERVAL={meant.every};BYDAY={named}"
    raise _Declined(Reason.UNSUPPORTED)
