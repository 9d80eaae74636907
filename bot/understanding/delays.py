"""Stretches of time from now: "in 2 hours", "an hour and a half from now"."""

from datetime import timedelta

from bot.understanding.cursor import Cursor
from bot.understanding.items import Delay, Item
from bot.understanding.meaning import Declined, Reason
from bot.understanding.scanner import Token

_SPANS = {
    0: timedelta(minutes=1),
    1: timedelta(hours=1),
    2: timedelta(days=1),
    3: timedelta(weeks=1),
    5: timedelta(weeks=2),
}
_LARGEST_AMOUNT = 1_000
_A_DAY = 2
_LAST_WALL = 2400
_SPOKEN_MINUTES = (10, 15, 20, 30, 40, 45, 50)


def delay(cursor: Cursor) -> list[Item] | None:
    """ "in 2 hours", "2 hours from now", "30 minutes after my session"."""
    start = cursor.at
    leading = cursor.taken("relative") is not None
    while leading and cursor.taken("filler|oclock"):
        pass
    by = _amounts(cursor)
    trailing = cursor.taken("hence") is not None
    told = leading or trailing or cursor.next("session") is not None
    if not by or not told:
        cursor.at = start
        return None
    said = cursor.since(start)
    exact = any(token.kind in ("unit", "hours") and token.value < _A_DAY for token in said)
    alone = not any(token.kind == "unit" for token in said)
    return [Delay(by, exact or alone)]


def _amounts(cursor: Cursor) -> timedelta:
    total = timedelta()
    while True:
        start = cursor.at
        if total:
            cursor.taken("and")
        found = _amount(cursor, total)
        if found is None:
            cursor.at = start
            return total
        total += found


def _amount(cursor: Cursor, before: timedelta) -> timedelta | None:
    one = cursor.next("number", "halfhour")
    if one is not None and (one[0].value, one[1].value) == (1, 90):
        cursor.at += 1
    found = cursor.taken("halfhour")
    if found is not None:
        return timedelta(minutes=found[0].value)
    found = cursor.taken("hour")
    if found is not None:
        return timedelta(hours=found[0].value)
    found = cursor.next("number|one", "unit|hours")
    if found is not None and not _is_wall(*found):
        cursor.at += 2
        return _span(found[0].value, found[1])
    return _compact(cursor, before)


def _compact(cursor: Cursor, before: timedelta) -> timedelta | None:
    """ "1h30", and the thirty of "1 hour 30"."""
    clock = cursor.next("clock")
    if clock is not None and "h" in clock[0].written:
        cursor.at += 1
        return timedelta(hours=clock[0].value // 100, minutes=clock[0].value % 100)
    number = cursor.next("number|later")
    after_hours = (
        timedelta(hours=1) <= before < timedelta(days=1) and before % timedelta(hours=1) == timedelta()
    )
    if number is not None and after_hours and number[0].value in _SPOKEN_MINUTES:
        cursor.at += 1
        return timedelta(minutes=number[0].value)
    return None


def _is_wall(number: Token, unit: Token) -> bool:
    """ "2100 hours" is a time of day."""
    digits = number.written.isdigit() and len(number.written) == len("2100")
    return digits and unit.value == 1 and number.value <= _LAST_WALL


def _span(number: int, unit: Token) -> timedelta:
    if unit.value not in _SPANS or number > _LARGEST_AMOUNT:
        raise Declined(Reason.UNSUPPORTED, f"{number} {unit.written}")
    return _SPANS[unit.value] * number
