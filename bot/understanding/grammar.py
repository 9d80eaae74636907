"""From tokens to what a text says: clocks, days, intervals, dates, delays; every token is accounted for."""

from datetime import date, timedelta

from bot.understanding.clocks import Clock, Told
from bot.understanding.items import Days, Delay, Every, Except, Item, Mark, Monthday, On, Part, Starts, Times
from bot.understanding.lexicon import Token
from bot.understanding.meaning import Declined, Reason

_DAYSETS = (frozenset(range(7)), frozenset(range(5)), frozenset((5, 6)))
_SPANS = (timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1))
_LARGEST_AMOUNT = 1_000
_A_DAY = 2
_SMALL_HOURS = range(100, 600)
_SMALLEST_HOUR = 100
_NOON = 12 * 60
_SPOKEN_MINUTES = (10, 15, 20, 30, 40, 45, 50)
_SAYING_NOTHING = ("filler", "article", "oclock", "of", "through", "starting")
_ALONE = frozenset(
    ("part", "habit", "perhaps_habit", "twice", "and", "next", "nextweek", "this_weekend", "session", "once")
) | frozenset(("filler", "article", "oclock", "of", "starting"))
_AFTER_AN_HOUR_OR_DATE = frozenset(("half", "oclock", "hours", "unit", "month", "of", "later"))
_YEARS = range(2000, 2101)


def items(tokens: list[Token], today: date) -> list[Item]:
    """What the tokens say, in order. Raises Declined for a token that is not understood."""
    reader = _Reader(tokens, today)
    found: list[Item] = []
    while reader.left():
        found.extend(reader.take())
    return found


class _Reader:
    """Reads from left to right; each method takes what it understands, or nothing."""

    def __init__(self, tokens: list[Token], today: date) -> None:
        self._tokens = tokens
        self._today = today
        self._at = 0
        self._after_clock = False

    def left(self) -> bool:
        return self._at < len(self._tokens)

    def take(self) -> list[Item]:
        steps = (self._delay, self._starting, self._date, self._every, self._days, self._clock, self._other)
        for step in steps:
            found = step()
            if found is not None:
                self._after_clock = isinstance(found[-1], Clock) if found else self._after_clock
                return found
        raise Declined(Reason.WORD, self._tokens[self._at].written)

    def _next(self, *kinds: str) -> list[Token] | None:
        """The next tokens, if they are of these kinds ("a|b": one of them)."""
        part = self._tokens[self._at : self._at + len(kinds)]
        fits = len(part) == len(kinds) and all(
            each.kind in kind.split("|") for each, kind in zip(part, kinds, strict=True)
        )
        return part if fits else None

    def _taken(self, *kinds: str) -> list[Token] | None:
        found = self._next(*kinds)
        if found is not None:
            self._at += len(found)
        return found

    def _follows(self, ahead: int, kinds: frozenset[str]) -> bool:
        """Whether the token so many places ahead is of these kinds."""
        return any(token.kind in kinds for token in self._tokens[self._at + ahead : self._at + ahead + 1])

    def _delay(self) -> list[Item] | None:
        """ "in 2 hours", "2 hours from now", "30 minutes after my session"."""
        start = self._at
        leading = self._taken("relative") is not None
        delay = self._amounts()
        trailing = self._taken("hence") is not None
        told = leading != trailing or (not leading and self._next("session") is not None)
        if not delay or not told:
            self._at = start
            return None
        exact = any(token.kind in ("unit", "hours") and token.value < _A_DAY for token in self._since(start))
        alone = not any(token.kind == "unit" for token in self._since(start))
        return [Delay(delay, exact or alone)]

    def _since(self, start: int) -> list[Token]:
        return self._tokens[start : self._at]

    def _amounts(self) -> timedelta:
        total = timedelta()
        while True:
            start = self._at
            if total:
                self._taken("and")
            found = self._amount(total)
            if found is None:
                self._at = start
                return total
            total += found

    def _amount(self, before: timedelta) -> timedelta | None:
        one = self._next("number", "halfhour")
        if one is not None and (one[0].value, one[1].value) == (1, 90):
            self._at += 1
        found = self._taken("halfhour")
        if found is not None:
            return timedelta(minutes=found[0].value)
        found = self._taken("hour")
        if found is not None:
            return timedelta(hours=found[0].value)
        found = self._taken("number|one", "unit|hours")
        if found is not None:
            return self._span(found[0].value, found[1])
        return self._compact(before)

    def _compact(self, before: timedelta) -> timedelta | None:
        """ "1h30", and the thirty of "1 hour 30"."""
        clock = self._next("clock")
        if clock is not None and "h" in clock[0].written:
            self._at += 1
            return timedelta(hours=clock[0].value // 100, minutes=clock[0].value % 100)
        number = self._next("number|later")
        after_hours = (
            timedelta(hours=1) <= before < timedelta(days=1) and before % timedelta(hours=1) == timedelta()
        )
        if number is not None and after_hours and number[0].value in _SPOKEN_MINUTES:
            self._at += 1
            return timedelta(minutes=number[0].value)
        return None

    def _span(self, number: int, unit: Token) -> timedelta:
        if unit.value >= len(_SPANS) or number > _LARGEST_AMOUNT:
            raise Declined(Reason.UNSUPPORTED, f"{number} {unit.written}")
        return _SPANS[unit.value] * number

    def _starting(self) -> list[Item] | None:
        """ "starting tomorrow", "from 3 March"."""
        start = self._at
        if self._taken("starting") is None:
            return None
        found = self._date()
        if found is not None and isinstance(found[0], On):
            return [Starts(found[0].day)]
        weekday = self._taken("weekday")
        if weekday is None:
            self._at = start
            return None
        return [Starts(self._today + timedelta(days=(weekday[0].value - self._today.weekday()) % 7))]

    def _date(self) -> list[Item] | None:
        found = self._taken("day")
        if found is not None:
            return [On(self._today + timedelta(days=found[0].value))]
        found = self._taken("tonight")
        if found is not None:
            return [On(self._today), Part(found[0].value, found[0].written)]
        found = self._taken("date")
        if found is not None:
            year, monthday = divmod(found[0].value, 10_000)
            return [On(self._dated(monthday // 100, monthday % 100, year, found[0].written))]
        return self._named_month()

    def _named_month(self) -> list[Item] | None:
        """ "3 May", "May 3rd", "the 3rd of May 2027"."""
        start = self._at
        first = self._taken("number|ordinal|month")
        self._taken("of")
        second = self._taken("month") if first and first[0].kind != "month" else self._taken("number|ordinal")
        if first is None or second is None:
            self._at = start
            return None
        day, month = (second[0], first[0]) if first[0].kind == "month" else (first[0], second[0])
        return [On(self._dated(month.value, day.value, self._year(), day.written))]

    def _year(self) -> int:
        start = self._at
        self._taken("and|of")
        found = self._next("number")
        if found is not None and len(found[0].written) == 4 and found[0].value in _YEARS:
            self._at += 1
            return found[0].value
        self._at = start
        return 0

    def _dated(self, month: int, day: int, year: int, written: str) -> date:
        for each in (year,) if year else range(self._today.year, self._today.year + 9):
            try:
                found = date(each, month, day)
            except ValueError:
                continue
            if year or found >= self._today:
                return found
        raise Declined(Reason.IMPOSSIBLE, written)

    def _every(self) -> list[Item] | None:
        found = self._taken("every", "number|ordinal", "unit|hours")
        if found is not None:
            return [_interval(found[1].value, found)]
        if self._next("every", "number"):
            raise Declined(Reason.UNSUPPORTED, _written(self._tokens[self._at : self._at + 3]))
        found = self._taken("every", "unit|hours")
        if found is not None:
            return [_interval(found[0].value, found)]
        found = self._taken("every")
        if found is not None:
            return [Every(found[0].value, None, found[0].written)]
        return self._by_itself()

    def _by_itself(self) -> list[Item] | None:
        """Words that are an interval by themselves, and days of the month."""
        found = self._taken("weeks")
        if found is not None:
            return [Every(found[0].value, 3, found[0].written)]
        found = self._taken("everydays")
        if found is not None:
            return [Every(found[0].value, 2, found[0].written)]
        found = self._taken("monthly")
        if found is not None:
            return [Every(1, 4, found[0].written)]
        if self._next("article", "number|ordinal") and not self._follows(2, _AFTER_AN_HOUR_OR_DATE):
            self._at += 2
            day = self._tokens[self._at - 1]
            return [Monthday(day.value, day.written)]
        found = self._taken("ordinal")
        return [Monthday(found[0].value, found[0].written)] if found is not None else None

    def _days(self) -> list[Item] | None:
        if not self._next("except"):
            found = self._day_set()
            return [found] if found is not None else None
        self._at += 1
        left_out = self._day_set()
        if left_out is None:
            raise Declined(Reason.WORD, self._tokens[self._at - 1].written)
        days = left_out.days
        while self._next("and", "weekday|weekly"):
            self._at += 1
            more = self._day_set()
            days |= more.days if more is not None else frozenset()
        return [Except(days)]

    def _day_set(self) -> Days | None:
        """Weekdays, ranges of them, sets of them."""
        found = self._taken("weekday|weekly", "through", "weekday|weekly")
        if found is not None:
            first, last = found[0].value, found[2].value
            return Days(frozenset(day % 7 for day in range(first, last + (1 if last >= first else 8))), True)
        found = self._taken("weekday|weekly")
        if found is not None:
            return Days(frozenset((found[0].value,)), found[0].kind == "weekly")
        found = self._taken("dayset")
        return Days(_DAYSETS[found[0].value], True) if found is not None else None

    def _clock(self) -> list[Item] | None:
        first = self._at
        midnight = self._next("clockword") is not None and self._tokens[self._at].value == 0
        clock = self._base()
        if clock is None:
            return None
        minutes, told = self._with_minutes(*clock)
        self._taken("oclock")
        half = self._taken("half")
        if half is not None:
            minutes, told = _on_half(minutes, half[0], told), Told.FIRM
        of_24 = half is None and minutes >= 13 * 60
        return [Clock(minutes % 1440, told, first, self._at - 1, of_24, midnight)]

    def _base(self) -> tuple[int, Told] | None:
        """The hour, with its minutes where they are told before it or written to it."""
        found = self._taken("spoken", "number")
        if found is not None:
            return _relative_to(found[1], found[0].value)
        found = self._taken("spoken", "clockword") or self._taken("spoken", "article", "clockword")
        if found is not None:
            return (_exact(found[-1]) + found[0].value) % 1440, Told.FIRM
        found = self._taken("clockword")
        if found is not None:
            return _exact(found[0]), Told.FIRM
        found = self._taken("clock")
        if found is not None:
            return _exact(found[0]), _told_minutes(found[0])
        if self._next("number", "month|unit|session"):
            return None
        found = self._taken("hour|number")
        return self._number(found[0]) if found is not None else None

    def _number(self, token: Token) -> tuple[int, Told]:
        digits = len(token.written) if token.written.isdigit() else 0
        if digits < 3 and token.value in (0, 24) and not self._next("oclock|hours|half"):
            raise Declined(Reason.IMPOSSIBLE, token.written)
        if digits == 3 and token.value >= _SMALLEST_HOUR and not self._next("half"):
            return _exact(token), Told.BARE
        if digits == 4 or (digits == 3 and self._next("half")):
            return _exact(token), Told.FIRM
        return _relative_to(token, 0)

    def _with_minutes(self, minutes: int, told: Told) -> tuple[int, Told]:
        """Minutes that follow the hour: "seven thirty", "7 Uhr 30", "las 7 y media"."""
        if minutes % 60:
            return minutes, told
        whole = self._taken("oclock|hours") is not None
        after = self._taken("later")
        if after is not None:
            return _with_later(minutes, after[0].value, told)
        number = self._next("number")
        if number is None or self._next("number", "unit|hours|month") or not _tells_minutes(number[0], whole):
            return minutes, told
        self._at += 1
        loose = told is Told.BARE and number[0].written.isdigit()
        return minutes + number[0].value, Told.LOOSE if loose else told

    def _is_preposition(self, token: Token) -> bool:
        """ "à 8:00": a word for "to" that also means "at", except between two hours."""
        return token.kind == "through" and token.value == 1 and not self._after_clock

    def _other(self) -> list[Item] | None:
        token = self._tokens[self._at]
        if token.kind not in _ALONE and not self._is_preposition(token):
            return None
        self._at += 1
        if token.kind in ("habit", "perhaps_habit"):
            return [Part(token.value, token.written), Mark(token.kind, token.written)]
        if token.kind == "nextweek":
            return [Mark("next_week", token.written)]
        if token.kind == "part":
            return [Part(token.value, token.written)]
        if token.kind == "twice":
            return [Times(token.value)]
        if token.kind in _SAYING_NOTHING:
            return []
        week = self._taken("unit") if token.kind == "next" else None
        if week is None:
            return [Mark(token.kind, token.written)]
        if week[0].value != 3:
            raise Declined(Reason.UNSUPPORTED, f"{token.written} {week[0].written}")
        return [Mark("next_week", token.written)]


def _interval(number: int, tokens: list[Token]) -> Every:
    """An interval whose unit is the last of the tokens; there is none in minutes or hours."""
    unit, written = tokens[-1].value, _written(tokens)
    if unit < 2:
        raise Declined(Reason.UNSUPPORTED, written)
    return Every(number, unit, written)


def _written(tokens: list[Token]) -> str:
    return " ".join(token.written for token in tokens)


def _relative_to(token: Token, minutes: int) -> tuple[int, Told]:
    """An hour as told, with minutes before or after it."""
    if token.value > 24:
        raise Declined(Reason.IMPOSSIBLE, token.written)
    told = token.value * 60 + minutes
    if token.written.startswith("0") or token.value > 12:
        return told % 1440, Told.FIRM
    if (token.value == 12 or token.kind == "hour") and not minutes:
        return told, Told.LOOSE
    return told % 720, Told.BARE


def _with_later(minutes: int, added: int, told: Told) -> tuple[int, Told]:
    """An hour with the minutes told after it: half past twelve is after noon, five to twelve may be not."""
    after_noon = minutes == _NOON and added > 0
    if told is Told.FIRM or after_noon:
        return (minutes + added) % 1440, told
    return (minutes + added) % 720, Told.BARE


def _tells_minutes(token: Token, whole: bool) -> bool:
    """Whether a number after an hour tells its minutes: spelt out, or in two digits that are no hour."""
    if not token.written.isdigit():
        return token.value in _SPOKEN_MINUTES
    return len(token.written) == 2 and token.value < 60 and (whole or token.value > 24)


def _exact(token: Token) -> int:
    hour, minute = divmod(token.value, 100)
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        raise Declined(Reason.IMPOSSIBLE, token.written)
    return hour * 60 + minute


def _told_minutes(token: Token) -> Told:
    """ "7:30" is loose, "07:30" and "19:30" are firm; "3:30" may be meant after noon, unlike "3h30"."""
    if token.value in _SMALL_HOURS and token.written[0] != "0" and not set("hu") & set(token.written):
        return Told.BARE
    return Told.FIRM if token.written.startswith("0") or token.value >= 1300 else Told.LOOSE


def _on_half(minutes: int, half: Token, told: Told) -> int:
    """Minutes of the day on the half that am or pm names."""
    if told is not Told.BARE and not 60 <= minutes < 13 * 60:
        raise Declined(Reason.IMPOSSIBLE, f"{minutes // 60}:{minutes % 60:02} {half.written}")
    return minutes % 720 + half.value * 60
