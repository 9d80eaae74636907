"""The days of which a text speaks: dates, weekdays and sets of them, intervals, days of the month."""

from datetime import date, timedelta

from bot.understanding.cursor import Cursor, written
from bot.understanding.items import Days, Every, Except, Item, Monthday, On, Part, Starts
from bot.understanding.meaning import Declined, Reason
from bot.understanding.scanner import Token

_DAYSETS = (
    frozenset(range(7)),
    frozenset(range(5)),
    frozenset((5, 6)),
    frozenset((0, 2, 4)),
    frozenset((1, 3)),
)
_A_DAY = 2
_MORNING = 800
_AFTER_AN_HOUR_OR_DATE = frozenset(("half", "oclock", "hours", "unit", "month", "of", "later"))
_YEARS = range(2000, 2101)
_ONLY_MONTHDAYS = range(25, 32)
_NOON = 12


def starting(cursor: Cursor) -> list[Item] | None:
    """ "starting tomorrow", "from 3 March"; "from Monday to Friday" starts nothing."""
    start = cursor.at
    if cursor.taken("starting|span") is None:
        return None
    cursor.taken("article")
    found = dated(cursor)
    if found is not None and isinstance(found[0], On):
        return [Starts(found[0].day)]
    if cursor.taken("nextweek") or cursor.taken("next", "unit"):
        return [Starts(cursor.today + timedelta(days=7 - cursor.today.weekday()))]
    weekday = cursor.taken("weekday|weekly")
    if weekday is None or cursor.next("through") is not None:
        cursor.at = start
        return None
    return [Starts(cursor.today + timedelta(days=(weekday[0].value - cursor.today.weekday()) % 7))]


def dated(cursor: Cursor) -> list[Item] | None:
    """ "tomorrow", "tonight", "3 May"."""
    found = cursor.taken("day")
    if found is not None:
        return [On(cursor.today + timedelta(days=found[0].value))]
    found = cursor.taken("tonight")
    if found is not None:
        return [On(cursor.today), Part(found[0].value, found[0].written)]
    found = cursor.taken("date")
    if found is not None:
        year, monthday = divmod(found[0].value, 10_000)
        return [On(_coming(cursor.today, monthday // 100, monthday % 100, year, found[0].written))]
    return _named_month(cursor)


def _named_month(cursor: Cursor) -> list[Item] | None:
    """ "3 May", "May 3rd", "the 3rd of May 2027"."""
    start = cursor.at
    if cursor.next("unit", "number|ordinal", "of", "month") or cursor.next("unit", "number|ordinal", "month"):
        cursor.at += int(cursor.token().value == _A_DAY)
    first = cursor.taken("number|ordinal|month")
    cursor.taken("of")
    second = cursor.taken("month") if first and first[0].kind != "month" else cursor.taken("number|ordinal")
    if first is None or second is None:
        cursor.at = start
        return None
    day, month = (second[0], first[0]) if first[0].kind == "month" else (first[0], second[0])
    return [On(_coming(cursor.today, month.value, day.value, _year(cursor), day.written))]


def _year(cursor: Cursor) -> int:
    start = cursor.at
    cursor.taken("and|of")
    found = cursor.next("number")
    if found is not None and len(found[0].written) == 4 and found[0].value in _YEARS:
        cursor.at += 1
        return found[0].value
    cursor.at = start
    return 0


def _coming(today: date, month: int, day: int, year: int, words: str) -> date:
    for each in (year,) if year else range(today.year, today.year + 9):
        try:
            found = date(each, month, day)
        except ValueError:
            continue
        if year or found >= today:
            return found
    raise Declined(Reason.IMPOSSIBLE, words)


def every(cursor: Cursor) -> list[Item] | None:
    """ "every 3 days", "every other", "fortnightly", "on the 15th"."""
    if cursor.next("every") and not cursor.token().value:
        return _jeweils(cursor)
    found = (step(cursor) for step in (_nth_part, _alternate, _interval_in, _each_monthday))
    said = next((items for items in found if items is not None), None)
    if said is not None:
        return said
    taken = cursor.taken("every")
    return [Every(taken[0].value, None, taken[0].written)] if taken is not None else _by_itself(cursor)


def _jeweils(cursor: Cursor) -> list[Item]:
    """ "Jeweils am Montag": each week, where a day follows; else it says nothing."""
    (said,) = cursor.tokens[cursor.at : cursor.at + 1]
    cursor.at += 1
    day_follows = cursor.next("article", "weekday") or cursor.next("weekday")
    return [Every(1, None, said.written)] if day_follows else []


def _nth_part(cursor: Cursor) -> list[Item] | None:
    """ "Every second evening", "jeden zweiten Morgen", whose last word is also a word for tomorrow."""
    said = cursor.next("every", "number|ordinal", "part|perhaps_habit|day") or cursor.next("every", "day")
    if said is None or (said[-1].kind == "day" and said[-1].value != 1) or said[-2].value < _A_DAY:
        return None
    cursor.at += len(said)
    part = said[-1].value if said[-1].kind != "day" else _MORNING
    return [Every(said[-2].value, _A_DAY, written(said)), Part(part, said[-1].written)]


def _alternate(cursor: Cursor) -> list[Item] | None:
    """ "Un lundi sur deux", "un martes sí y otro no"."""
    said = cursor.taken("one", "weekday|weekly|part", "alternate")
    if said is None:
        return None
    every = Every(said[2].value, None, written(said))
    if said[1].kind == "part":
        return [every, Part(said[1].value, said[1].written)]
    return [every, Days(frozenset((said[1].value,)), True)]


def _interval_in(cursor: Cursor) -> list[Item] | None:
    """ "Every 3 days", "every week"."""
    found = cursor.taken("every", "number|ordinal", "unit|hours")
    if found is not None:
        return [_interval(found[1].value, found)]
    found = cursor.taken("every", "unit|hours")
    return [_interval(found[0].value, found)] if found is not None else None


def _each_monthday(cursor: Cursor) -> list[Item] | None:
    """ "Every 15 of the month", "todo dia 15", "every 27"."""
    if cursor.next("every", "number|ordinal", "monthly"):
        day = cursor.tokens[cursor.at + 1]
        cursor.at += 3
        return [Every(1, 4, day.written), Monthday(day.value, day.written)]
    found = cursor.next("dayset", "number|ordinal")
    linked = found is not None and (
        found[1].kind == "ordinal" or cursor.follows(2, ("through", "and", "monthly"))
    )
    if found is not None and found[0].written.endswith(" dia") and (linked or found[1].value > _NOON):
        cursor.at += 2
        cursor.taken("monthly")
        return [Every(1, 4, written(found)), Monthday(found[1].value, written(found))]
    found = cursor.taken("every", "number")
    return _every_monthday(cursor, found[1]) if found is not None else None


def _every_monthday(cursor: Cursor, day: Token) -> list[Item]:
    """ "every 27"; a smaller number may be meant as an hour, or as days."""
    if day.value not in _ONLY_MONTHDAYS or not day.written.isdigit():
        raise Declined(Reason.UNSUPPORTED, written(cursor.tokens[cursor.at - 2 : cursor.at + 1]))
    return [Every(1, 4, day.written), Monthday(day.value, day.written)]


def _by_itself(cursor: Cursor) -> list[Item] | None:
    """Words that are an interval by themselves, and days of the month."""
    for kind, unit in (("weeks", 3), ("everydays", 2)):
        found = cursor.taken(kind)
        if found is not None:
            return [Every(found[0].value, unit, found[0].written)]
    found = cursor.taken("monthly")
    if found is not None:
        return [Every(1, 4, found[0].written)]
    return _monthday(cursor)


def _monthday(cursor: Cursor) -> list[Item] | None:
    """ "The 15th", "the first day of the month", "dia 15"; in the plural each month's: "los días 15"."""
    start = cursor.at
    if cursor.taken("article", "number|ordinal") and not cursor.follows(0, _AFTER_AN_HOUR_OR_DATE):
        return [_numbered(cursor.tokens[cursor.at - 1])]
    cursor.at = start
    day = cursor.next("ordinal", "unit", "monthly")
    if day is not None and day[1].value == _A_DAY:
        cursor.at += 2
        return [_numbered(day[0])]
    found = cursor.taken("unit", "number|ordinal")
    if found is not None and found[0].value == _A_DAY:
        each = [Every(1, 4, written(found))] if found[0].written.endswith("s") else []
        return [*each, Monthday(found[1].value, written(found))]
    cursor.at = start
    found = cursor.taken("ordinal")
    return [_numbered(found[0])] if found is not None else None


def _numbered(day: Token) -> Monthday:
    return Monthday(day.value, day.written)


def weekdays(cursor: Cursor) -> list[Item] | None:
    """Days of the week, or those left out."""
    if not cursor.next("except"):
        found = _day_set(cursor)
        return [found] if found is not None else None
    cursor.at += 1
    left_out = _day_set(cursor)
    if left_out is None:
        raise Declined(Reason.WORD, cursor.tokens[cursor.at - 1].written)
    days = left_out.days
    while cursor.next("and", "weekday|weekly"):
        cursor.at += 1
        more = _day_set(cursor)
        days |= more.days if more is not None else frozenset()
    return [Except(days)]


def _day_set(cursor: Cursor) -> Days | None:
    """Weekdays, ranges of them, sets of them."""
    listed = _strung(cursor)
    if listed is not None:
        return listed
    found = cursor.taken("weekday|weekly", "through", "weekday|weekly")
    if found is not None:
        first, last = found[0].value, found[2].value
        if first == last:
            raise Declined(Reason.UNSUPPORTED, written(found))
        return Days(frozenset(day % 7 for day in range(first, last + (1 if last >= first else 8))), True)
    found = cursor.taken("weekday|weekly")
    if found is not None:
        return Days(frozenset((found[0].value,)), found[0].kind == "weekly")
    found = cursor.taken("dayset")
    return Days(_DAYSETS[found[0].value], True) if found is not None else None


def _strung(cursor: Cursor) -> Days | None:
    """ "Mon-wed-fri" are three days; "mon-fri" is a range."""
    if not cursor.next("weekday", "through", "weekday", "through", "weekday"):
        return None
    days = [cursor.taken("weekday")]
    while cursor.next("through", "weekday"):
        cursor.at += 1
        days.append(cursor.taken("weekday"))
    return Days(frozenset(each[0].value for each in days if each is not None), True)


def _interval(number: int, tokens: list[Token]) -> Every:
    """An interval whose unit is the last of the tokens; there is none in minutes or hours."""
    unit, words = tokens[-1].value, written(tokens)
    if unit < _A_DAY:
        raise Declined(Reason.UNSUPPORTED, words)
    return Every(number, unit, words)
