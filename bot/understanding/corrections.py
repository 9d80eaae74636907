"""What is taken back: "not 8am, 9am", "move it from 8am to 9am"."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.understanding.clocks import Clock, Window
from bot.understanding.grammar import Span, spans
from bot.understanding.items import Days, Every, Item, Mark, Part
from bot.understanding.meaning import Declined, Reason
from bot.understanding.scanner import Token

_SEPARATING = ("and", "except")


def without_denied(tokens: list[Token], today: date) -> list[Token]:
    """The tokens without a "not" and the time that it denies, where another is told. Raises Declined."""
    at = next((index for index, token in enumerate(tokens) if token.kind == "not"), None)
    if at is None:
        return tokens
    before, after = tokens[:at], tokens[at + 1 :]
    if after[:1] and after[0].kind in _SEPARATING and not after[0].written.isalpha():
        told = spans(before, today)
        if told and isinstance(told[-1].said[0], Days):
            raise Declined(Reason.UNSUPPORTED)
        return before[: told[-1].start] + after if told and _is_hour(told[-1]) else before + after
    told = spans([token for token in after if token.kind != "except"], today)
    earlier = spans(before, today)
    if told and isinstance(told[0].said[0], Days):
        return _without_days(tokens, at, earlier, told)
    hours = told[1:] if len(told) > 1 and isinstance(told[0].said[0], Clock) and _is_part(told[1]) else told
    if told and any(_means_the_same(told[0], span) for span in earlier):
        raise Declined(Reason.UNSUPPORTED, tokens[at].written)
    if not told or not _is_hour(told[0]) or not _tells_another(told[0], [*earlier[-1:], *hours[1:2]]):
        return tokens
    rest = after[hours[0].end :]
    return before + (rest[1:] if rest[:1] and rest[0].kind in _SEPARATING else rest)


def _without_days(tokens: list[Token], at: int, earlier: list[Span], told: list[Span]) -> list[Token]:
    """ "Every day, not sundays": days left out of those that are told, or of all. Raises Declined."""
    among = any(isinstance(item, Days | Every) for span in earlier for item in span.said)
    more = any(isinstance(span.said[0], Days) for span in told[1:2])
    single = any(isinstance(item, Days) and not item.weekly for item in told[0].said)
    if tokens[at].value or more or (single and not among):
        raise Declined(Reason.UNSUPPORTED)
    return [*tokens[:at], Token("except", 0, tokens[at].written), *tokens[at + 1 :]]


def _tells_another(denied: Span, others: list[Span]) -> bool:
    """Whether a time is told beside one that is denied; for an hour, an hour."""
    return any(_is_hour(each) and (_is_part(denied) or not _is_part(each)) for each in others)


def _means_the_same(one: Span, other: Span) -> bool:
    """ "Mornings, not too morning": an hour that is told and denied."""
    said, denied = one.said[0], other.said[0]
    if isinstance(said, Part) and isinstance(denied, Part):
        return said.value == denied.value
    return isinstance(said, Clock) and isinstance(denied, Clock) and said.minutes == denied.minutes


def _is_hour(span: Span) -> bool:
    return isinstance(span.said[0], Clock | Part)


def _is_part(span: Span) -> bool:
    return isinstance(span.said[0], Part)


def moved(said: Sequence[Item], tokens: list[Token]) -> list[Item]:
    """Where one time is moved to another, the other. Raises Declined where it is not clear which that is."""
    kinds = {token.kind for token in tokens}
    if "move" not in kinds:
        return list(said)
    clocks = [item for item in said if isinstance(item, Clock)]
    joined = any(isinstance(item, Mark) and item.kind == "and" for item in said)
    days = any(isinstance(item, Days) and len(item.days) > 1 for item in said)
    if (days and "span" in kinds) or (len(clocks) > 1 and "span" not in kinds and not joined):
        raise Declined(Reason.UNSUPPORTED)
    if len(clocks) > 1 and "span" in kinds:
        return [item for item in said if not isinstance(item, Clock) or item is clocks[-1]]
    return [replace(item.last, linked=False) if isinstance(item, Window) else item for item in said]
