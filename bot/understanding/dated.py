"""A day of the month told by its number alone: "thursday 3 at 6pm"."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.understanding.meaning import Declined, Reason
from bot.understanding.scanner import Token

_HOURS = frozenset(("number", "hour", "clock", "clockword"))
_LAST_DAY = 31
_MONTHS = 12
_A_DAY = 2
"""The value of the unit."""
_LITTLE = ("filler", "article")
_NOTHING = Token("filler", 0, "")
_NUMBERS = ("number", "ordinal")
_A_YEAR = 365
_AT = ("through", 1)
"""Words such as "a las" and "à", which say from when to when, or at what hour."""


def dated(tokens: list[Token], today: date) -> list[Token]:
    """The tokens with a weekday and the number after it as a date, where an hour is told behind them.

    Raises Declined where the next such day of the month is another day of the week.
    """
    tokens = _dotted(tokens)
    for at in range(len(tokens) - 2):
        number = _number_after(tokens, at)
        rest = _behind(tokens, number) if number is not None else []
        if number is not None and _tells_hour(rest):
            day = _coming(today, tokens[at].value, tokens[number].value)
            if day is None:
                raise Declined(Reason.UNSUPPORTED, tokens[number].written)
            value = day.year * 10_000 + day.month * 100 + day.day
            behind = rest[1:] if (rest[0].kind, rest[0].value) == _AT else rest
            return [*tokens[:at], Token("date", value, f"{day}"), *behind]
    return tokens


def _dotted(tokens: list[Token]) -> list[Token]:
    """The tokens with "10.11" as a day and a month where an hour is told behind it: "10.11 um 8 Uhr"."""
    read = []
    for at, token in enumerate(tokens):
        day, month = divmod(token.value, 100)
        is_day = 0 < day <= _LAST_DAY and 0 < month <= _MONTHS and "." in token.written
        told = token.kind == "clock" and is_day and _tells_hour(tokens[at + 1 :])
        read.append(Token("slash", token.value, token.written) if told else token)
    return read


def _number_after(tokens: Sequence[Token], at: int) -> int | None:
    """Where the number is that a single weekday has beside it."""
    if tokens[at].kind != "weekday" or (at > 0 and tokens[at - 1].kind == "every"):
        return None
    number = at + 1
    while number < len(tokens) and _says_nothing(tokens[number]):
        number += 1
    if number < len(tokens) and tokens[number].kind in _NUMBERS and 0 < tokens[number].value <= _LAST_DAY:
        return number
    return None


def _behind(tokens: list[Token], number: int) -> list[Token]:
    """What follows the number; a comma says nothing after one that can only be a day: "the 1st, 9am"."""
    rest = tokens[number + 1 :]
    is_day = tokens[number].kind == "ordinal" or tokens[number - 1].kind == "unit"
    if not is_day or not rest or rest[0].written != ",":
        return rest
    return rest[1:] if (rest[1:2] and (rest[1].kind, rest[1].value) == _AT) else [_NOTHING, *rest[1:]]


def _says_nothing(token: Token) -> bool:
    """ "Thursday the 3rd", "quinta, dia 3"."""
    return token.kind in _LITTLE or token.written == "," or (token.kind, token.value) == ("unit", _A_DAY)


def _tells_hour(after: Sequence[Token]) -> bool:
    """Whether an hour follows that is no part of the one before."""
    if len(after) < 2 or (after[0].kind != "filler" and (after[0].kind, after[0].value) != _AT):
        return False
    return after[1].kind in _HOURS


def _coming(today: date, weekday: int, number: int) -> date | None:
    """The next day of that number, if it is that day of the week."""
    days = (today + timedelta(days=ahead) for ahead in range(_A_YEAR))
    day = next(each for each in days if each.day == number)
    return day if day.weekday() == weekday else None
