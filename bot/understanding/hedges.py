"""Words by which people leave open what they seem to tell: "mornings i guess", "this wednesday" on one."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from bot.understanding.meaning import Moment, Rule
from bot.understanding.scanner import Token

_UNSURE, _OF_THIS_WEEK = ("filler", 1), ("filler", 2)
_ISH = "ish"
_AND_MINUTES = ("y", "e")
_HOURS = frozenset(("clock", "hour", "number", "half", "clockword", "filler"))
_EXPLICIT = frozenset(("clock", "hour", "number", "clockword", "date", "slash", "delay"))
_A_WEEK = timedelta(days=7)


def leaves_open(tokens: Sequence[Token], rules: Sequence[Rule], now: datetime) -> bool:
    """Tell whether words leave open what they are read as."""
    return (
        _is_unsure(tokens)
        or _is_stuck(tokens)
        or _may_be_minutes(tokens)
        or _is_next_week_by_accident(tokens, rules, now)
    )


def _is_unsure(tokens: Sequence[Token]) -> bool:
    """ "Mornings i guess": no hour is told, and the part of the day is a guess; "fri-ish 7am": the day is."""
    guessed = any((token.kind, token.value) == _UNSURE for token in tokens)
    vague = any(one.kind not in _HOURS and other.written.endswith(_ISH) for one, other in pairwise(tokens))
    kinds = [token.kind for token in tokens]
    wavers = kinds.count("doubt") > 1 and kinds[0] != "doubt"
    return vague or wavers or (guessed and _EXPLICIT.isdisjoint(kinds))


def _is_stuck(tokens: Sequence[Token]) -> bool:
    """ "12 12 12": the same number again and again."""
    return any(one.kind == other.kind == "number" and one == other for one, other in pairwise(tokens))


def _may_be_minutes(tokens: Sequence[Token]) -> bool:
    """ "A las veintidós y doce": twelve past ten, or ten and twelve."""
    return any(
        one.kind == other.kind == "number"
        and one.written.isalpha()
        and other.written.isalpha()
        and joined.written in _AND_MINUTES
        for one, joined, other in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )


def _is_next_week_by_accident(tokens: Sequence[Token], rules: Sequence[Rule], now: datetime) -> bool:
    """ "This wednesday 9am", said on a Wednesday at ten: the next such moment is no day of this week."""
    said = any(
        (one.kind, one.value) == _OF_THIS_WEEK and other.kind == "weekday" for one, other in pairwise(tokens)
    )
    return said and any(isinstance(rule, Moment) and rule.at.date() - now.date() >= _A_WEEK for rule in rules)
