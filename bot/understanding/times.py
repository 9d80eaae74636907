"""When to be reminded: from words to rules, or to one short question.

Every word must be understood; a text with one that is not is declined. The grammar is the same for every
language, its words are data. All local: the zone is that of `now`.
"""

from datetime import datetime, timedelta

from bot.understanding.clocks import Clock
from bot.understanding.grammar import items
from bot.understanding.groups import Group, grouped
from bot.understanding.lexicon import Token, lexicon
from bot.understanding.meaning import (
    AfterSession,
    Asked,
    Declined,
    Moment,
    NotUnderstood,
    Option,
    Question,
    Reading,
    Reason,
    Recurring,
    Rule,
    Understood,
)
from bot.understanding.rules import rules_of

__all__ = [
    "AfterSession",
    "Asked",
    "Moment",
    "NotUnderstood",
    "Option",
    "Question",
    "Reading",
    "Reason",
    "Recurring",
    "Rule",
    "Understood",
    "half_of_day",
    "read_when",
]

LONGEST = 300
_HALF_DAY = 12 * 60
_NOON = 12


def read_when(text: str, *, now: datetime, language: str = "en") -> Reading:
    """Reads when to be reminded. `now` is aware, in the person's zone."""
    tokens = lexicon(language).tokens(text) if len(text) <= LONGEST else []
    if not tokens:
        return NotUnderstood(Reason.NOTHING)
    try:
        return _reading(tokens, now, language)
    except Declined as declined:
        return NotUnderstood(declined.reason, declined.words)


def half_of_day(text: str, language: str = "en") -> int | None:
    """The half that a text names and nothing else: 0 for the morning, 12 for after noon; None for neither."""
    tokens = [token for token in lexicon(language).tokens(text[:LONGEST]) if token.kind != "filler"]
    if len(tokens) != 1 or tokens[0].kind not in ("part", "half", "tonight"):
        return None
    token = tokens[0]
    return token.value if token.kind == "half" else (0 if token.value < _NOON * 100 else _NOON)


def _reading(tokens: list[Token], now: datetime, language: str) -> Reading:
    said = items(tokens, now.date())
    if not said:
        raise Declined(Reason.NOTHING)
    groups = grouped(said)
    bare = [clock for group in groups for clock in group.unsettled()]
    if bare:
        return _ask_half(tokens, bare, now, language)
    if len(groups) == 1 and _either_week(groups[0], now):
        return _ask_week(groups[0], now, language)
    return Understood(rules_of(groups, now))


def _ask_half(tokens: list[Token], bare: list[Clock], now: datetime, language: str) -> Question:
    """Morning or evening? Each option is the same text with its times told in full."""
    halves = [(0,) * len(bare), (1,) * len(bare)]
    halves += [(0, 1)] if len(bare) == 2 else []
    options = [_retold(tokens, bare, chosen, now, language) for chosen in halves]
    return _question(Asked.AM_OR_PM, options)


def _retold(
    tokens: list[Token], bare: list[Clock], halves: tuple[int, ...], now: datetime, language: str
) -> Option | NotUnderstood:
    written = [token.written for token in tokens]
    for clock, half in zip(bare, halves, strict=True):
        minutes = clock.minutes % _HALF_DAY + half * _HALF_DAY
        written[clock.first : clock.last + 1] = [""] * (clock.last + 1 - clock.first)
        written[clock.first] = f"{minutes // 60:02}:{minutes % 60:02}"
    return _option(" ".join(filter(None, written)), now, language)


def _option(text: str, now: datetime, language: str) -> Option | NotUnderstood:
    read = read_when(text, now=now, language=language)
    if isinstance(read, Question):
        return Option(read.options[0].text, read.options[0].means)
    return Option(text, read.rules) if isinstance(read, Understood) else read


def _question(kind: Asked, found: list[Option | NotUnderstood]) -> Question:
    options = tuple(each for each in found if isinstance(each, Option))
    if options:
        return Question(kind, options)
    declined = next(each for each in found if isinstance(each, NotUnderstood))
    raise Declined(declined.reason, declined.words)


def _either_week(group: Group, now: datetime) -> bool:
    """ "next Friday", said on a Wednesday: this week's or the one after?"""
    return group.following and any(day > now.weekday() for day in group.days)


def _ask_week(group: Group, now: datetime, language: str) -> Question:
    (day, *_) = group.days
    coming = now.date() + timedelta(days=day - now.weekday())
    dates = (coming, coming + timedelta(days=7))
    clocks = " ".join(f"{clock.minutes // 60:02}:{clock.minutes % 60:02}" for clock in group.clocks)
    found = [_option(f"{each} {clocks}", now, language) for each in dates]
    return _question(Asked.WHICH_DAYS, found)
