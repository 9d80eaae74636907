"""When to be reminded: from words to rules, or to one short question.

Every word must be understood; a text with one that is not is declined. What is told in an unusual way is said
back and asked about. The grammar is the same for every
language, its words are data. All local: the zone is that of `now`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.understanding.asking import Asking
from bot.understanding.circumstances import Rest, is_delayed, without_circumstances
from bot.understanding.clocks import is_within
from bot.understanding.corrections import moved, without_denied
from bot.understanding.dated import dated
from bot.understanding.either import day_first, either, settled
from bot.understanding.grammar import items
from bot.understanding.groups import grouped
from bot.understanding.hedges import leaves_open
from bot.understanding.lexicon import lexicon, mixed_lexicon
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
from bot.understanding.occasions import without_occasions
from bot.understanding.questions import ask_half, left_open
from bot.understanding.rules import rules_of, walls_of
from bot.understanding.scanner import Token
from bot.understanding.shapes import is_familiar

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
TAKEN = "= "
"""Before a text, that it is meant as it is read: Limber asked, and the answer was yes."""
_NOON = 12


@dataclass(frozen=True, slots=True)
class Heard:
    """What a text means, and the words that tell it."""

    reading: Reading
    tokens: Sequence[Token] = ()


def read_when(text: str, *, now: datetime, language: str = "en") -> Reading:
    """Reads when to be reminded. `now` is aware, in the person's zone.

    What is understood but told in an unusual way is asked about, unless `TAKEN` stands before the text.
    """
    heard = hear(text, now=now, language=language)
    read = heard.reading
    if text.startswith(TAKEN) or not isinstance(read, Understood):
        return read
    if is_familiar(heard.tokens) and not leaves_open(heard.tokens, read.rules, now):
        return read
    return Question(Asked.CONFIRM, (Option(text, read.rules),))


def hear(text: str, *, now: datetime, language: str) -> Heard:
    """What a text means, however it is told.

    A word that the language has not may be of another one: "jeden Tag at 8pm"; or of a clause that tells why,
    or what one does at that hour, which is set aside where a time is left that is told in full.
    """
    text = text.removeprefix(TAKEN)
    if len(text) > LONGEST:
        return Heard(NotUnderstood(Reason.NOTHING))
    whole = _hear_mixed(text, now, language)
    if not isinstance(whole.reading, NotUnderstood):
        return whole
    rest = without_circumstances(text, language)
    if rest is None or not (whole.reading.reason in (Reason.WORD, Reason.NO_TIME) or rest.remarked):
        return whole
    part = _hear_mixed(rest.text, now, language)
    return part if _agrees(part.reading, rest) else whole


def _agrees(read: Reading, rest: Rest) -> bool:
    """Whether a time goes with what its circumstances say, nothing but the half of the day left to ask."""
    if isinstance(read, Question):
        rules = [rule for option in read.options for rule in option.means]
        return read.kind is Asked.AM_OR_PM and _is_single(rules, rest)
    if not isinstance(read, Understood) or not _is_single(read.rules, rest):
        return False
    walls = [wall for rule in read.rules for wall in walls_of(rule)]
    return all(is_within(wall.hour * 60 + wall.minute, part) for part in rest.parts for wall in walls)


def _is_single(rules: Sequence[Rule], rest: Rest) -> bool:
    return not rest.single or all(isinstance(rule, Moment) for rule in rules)


def _hear_mixed(text: str, now: datetime, language: str) -> Heard:
    tokens = lexicon(language).tokens(text)
    read = _read(tokens, now, language)
    if not isinstance(read, NotUnderstood) or read.reason is not Reason.WORD:
        return Heard(read, tokens)
    with_foreign = mixed_lexicon(language).tokens(text)
    mixed = _read(with_foreign, now, language)
    return Heard(read, tokens) if isinstance(mixed, NotUnderstood) else Heard(mixed, with_foreign)


def _read(tokens: list[Token], now: datetime, language: str) -> Reading:
    if not tokens:
        return NotUnderstood(Reason.NOTHING)
    if is_delayed(tokens, language):
        return NotUnderstood(Reason.UNSUPPORTED)
    asking = Asking(now, language, lambda text: hear(text, now=now, language=language).reading)
    try:
        return _reading(settled(dated(tokens, now.date())), asking)
    except Declined as declined:
        return NotUnderstood(declined.reason, declined.words)


def _reading(tokens: list[Token], asking: Asking) -> Reading:
    tokens = without_denied(tokens, asking.now.date())
    found = either(tokens, asking)
    if found is not None:
        return found
    said = without_occasions(moved(items(day_first(tokens, asking.now), asking.now.date()), tokens))
    if not said:
        raise Declined(Reason.NOTHING)
    groups = grouped(said)
    bare = [clock for group in groups for clock in group.unsettled()]
    if bare:
        return ask_half(tokens, bare, asking)
    return left_open(tokens, groups, asking) or Understood(rules_of(groups, asking.now))


def half_of_day(text: str, language: str = "en") -> int | None:
    """The half that a text names and nothing else: 0 for the morning, 12 for after noon; None for neither."""
    tokens = [token for token in lexicon(language).tokens(text[:LONGEST]) if token.kind != "filler"]
    if len(tokens) != 1 or tokens[0].kind not in ("part", "half", "tonight"):
        return None
    token = tokens[0]
    return token.value if token.kind == "half" else (0 if token.value < _NOON * 100 else _NOON)
