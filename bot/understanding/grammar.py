"""From tokens to what a text says: clocks, days, intervals, dates, delays; every token is accounted for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.understanding.clocks import Clock
from bot.understanding.cursor import Cursor, written
from bot.understanding.days import dated, every, starting, weekdays
from bot.understanding.delays import delay
from bot.understanding.hours import clock, window
from bot.understanding.items import Item, Mark, Part, Times, TimesAWeek
from bot.understanding.meaning import Declined, Reason
from bot.understanding.scanner import Token

_STEPS = (delay, starting, dated, every, weekdays, window, clock)
_SAYING_NOTHING = frozenset(
    ("filler", "article", "oclock", "of", "through", "starting", "span", "doubt", "move")
)
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
_AFTER_AN_ARTICLE = ("filler", "dayset", "oclock")
_STROKES = "-–—"
_WEEK = 3


def items(tokens: list[Token], today: date) -> list[Item]:
    """What the tokens say, in order. Raises Declined for a token that is not understood."""
    cursor = Cursor(tokens, today)
    found: list[Item] = []
    while cursor.left():
        found.extend(_take(cursor, after_clock=bool(found) and isinstance(found[-1], Clock)))
    return found


def alternatives(tokens: list[Token], middle: int, today: date) -> tuple[str, str]:
    """The text with what is said just before an "or", and with what is just after it. Raises Declined."""
    left, right = spans(tokens[:middle], today), spans(tokens[middle + 1 :], today)
    if not left or not right:
        raise Declined(Reason.UNSUPPORTED)
    before, after = tokens[:middle], tokens[middle + 1 :]
    return written(before + after[right[0].end :]), written(before[: left[-1].start] + after)


@dataclass(frozen=True, slots=True)
class Span:
    """Something said, and from which token up to which."""

    start: int
    end: int
    said: Sequence[Item]


def spans(tokens: list[Token], today: date) -> list[Span]:
    """What is said, in order, without marks such as "and". Raises Declined."""
    cursor, found = Cursor(tokens, today), []
    while cursor.left():
        start = cursor.at
        said = [item for item in _take(cursor, after_clock=False) if not isinstance(item, Mark)]
        found += [Span(start, cursor.at, said)] if said else []
    return found


def _take(cursor: Cursor, *, after_clock: bool) -> list[Item]:
    if cursor.taken("filler"):
        return []
    for step in _STEPS:
        found = step(cursor)
        if found is not None:
            return found
    token = cursor.token()
    if cursor.taken("if"):
        return _courtesy(cursor, token)
    if token.kind not in _ALONE and not _says_nothing(cursor, token, after_clock):
        raise Declined(Reason.WORD, token.written)
    cursor.at += 1
    return _alone(cursor, token)


def _says_nothing(cursor: Cursor, token: Token, after_clock: bool) -> bool:
    """Small words that say nothing where they stand: "to" before words, "a" message, "give me" no minutes."""
    if token.kind == "through":
        stroke = token.written in _STROKES and not after_clock
        return stroke or (token.value > 0 and (not after_clock or cursor.follows(1, ("filler",))))
    if token.kind == "one":
        return cursor.follows(1, _AFTER_AN_ARTICLE)
    return token.kind == "relative" and token.value > 0


def _courtesy(cursor: Cursor, token: Token) -> list[Item]:
    """ "If that's ok with you": up to the end, or to a mark; "if that train is late" is none."""
    while cursor.left() and cursor.token().kind == "filler" and cursor.token().written[0].isalpha():
        cursor.at += 1
    if cursor.left() and cursor.token().written[0].isalnum():
        raise Declined(Reason.WORD, token.written)
    return []


def _alone(cursor: Cursor, token: Token) -> list[Item]:
    """What a word says by itself; "à" is also a preposition, except between two hours."""
    if token.kind in _SAYING_NOTHING or token.kind in ("one", "relative"):
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
