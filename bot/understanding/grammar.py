"""From tokens to what a text says: clocks, days, intervals, dates, delays; every token is accounted for."""

from datetime import date

from bot.understanding.clocks import Clock
from bot.understanding.cursor import Cursor
from bot.understanding.days import dated, every, starting, weekdays
from bot.understanding.delays import delay
from bot.understanding.hours import clock, window
from bot.understanding.items import Item, Mark, Part, Times, TimesAWeek
from bot.understanding.lexicon import Token
from bot.understanding.meaning import Declined, Reason

_STEPS = (delay, starting, dated, every, weekdays, window, clock)
_SAYING_NOTHING = frozenset(("filler", "article", "oclock", "of", "through", "starting", "span"))
_ALONE = _SAYING_NOTHING - {"through"} | frozenset(
    (
        "part",
        "habit",
        "perhaps_habit",
        "twice",
        "and",
        "next",
        "nextweek",
        "this_weekend",
        "session",
        "once",
        "weekly_times",
    )
)
_WEEK = 3


def items(tokens: list[Token], today: date) -> list[Item]:
    """What the tokens say, in order. Raises Declined for a token that is not understood."""
    cursor = Cursor(tokens, today)
    found: list[Item] = []
    while cursor.left():
        found.extend(_take(cursor, after_clock=bool(found) and isinstance(found[-1], Clock)))
    return found


def _take(cursor: Cursor, *, after_clock: bool) -> list[Item]:
    for step in _STEPS:
        found = step(cursor)
        if found is not None:
            return found
    token = cursor.token()
    preposition = token.kind == "through" and token.value == 1 and not after_clock
    if token.kind not in _ALONE and not preposition:
        raise Declined(Reason.WORD, token.written)
    cursor.at += 1
    return _alone(cursor, token)


def _alone(cursor: Cursor, token: Token) -> list[Item]:
    """What a word says by itself; "à" is also a preposition, except between two hours."""
    if token.kind in _SAYING_NOTHING:
        return []
    if token.kind in ("habit", "perhaps_habit"):
        return [Part(token.value, token.written), Mark(token.kind, token.written)]
    if token.kind == "part":
        return [Part(token.value, token.written)]
    if token.kind == "twice":
        return [Times(token.value)]
    if token.kind == "weekly_times":
        return [TimesAWeek(token.value)]
    if token.kind == "nextweek":
        return [Mark("next_week", token.written)]
    week = cursor.taken("unit") if token.kind == "next" else None
    if week is None:
        return [Mark(token.kind, token.written)]
    if week[0].value != _WEEK:
        raise Declined(Reason.UNSUPPORTED, f"{token.written} {week[0].written}")
    return [Mark("next_week", token.written)]
