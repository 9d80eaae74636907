"""What got in the way of a practice, and whether it says by itself that there was none."""

import re
from enum import StrEnum

from bot.understanding.outcomes import Outcome
from bot.understanding.phrases import phrases

_SHARE = re.compile(
    r"(?:(?:only|just|nur|solo|seulement|juste|so|apenas) )?"
    r"(?:about |ca\.? |etwa |unos? |environ |uns )?[1-9]\d?\s?%"
)
_FEW_WORDS = 8


class Barrier(StrEnum):
    """What got in the way."""

    FORGOT = "forgot"
    NO_TIME = "no_time"
    TOO_HARD = "too_hard"
    NO_MOTIVATION = "no_motivation"
    UNWELL = "unwell"
    NOT_NEEDED = "not_needed"
    OTHER = "other"


def told_barrier(outcome: Outcome, words: str, language: str) -> Barrier | None:
    """What got in the way, where the outcome leaves room for it."""
    found = _barrier(words, language)
    if outcome in (Outcome.NOT_TODAY, Outcome.PARTLY):
        return found
    return found if outcome is Outcome.UNCLEAR and found is Barrier.TOO_HARD else None


def by_barrier(words: str, language: str) -> Outcome:
    """What is said to have been in the way, and little else, says that it was not done; "60%" is a part."""
    if _SHARE.fullmatch(words.strip()):
        return Outcome.PARTLY
    barrier = _barrier(words, language) if len(words.split()) <= _FEW_WORDS else None
    if barrier is Barrier.TOO_HARD and phrases(language)["too"].pattern.search(words):
        return Outcome.NOT_TODAY
    tells_more = barrier is Barrier.OTHER and any(letter.isdigit() or letter == "?" for letter in words)
    praised = barrier is Barrier.NOT_NEEDED and phrases(language)["praise"].pattern.search(words)
    unclear = barrier in (None, Barrier.TOO_HARD) or tells_more or praised
    return Outcome.UNCLEAR if unclear else Outcome.NOT_TODAY


def _barrier(words: str, language: str) -> Barrier | None:
    """What got in the way; "not sick, just lazy" is not sick."""
    kinds = phrases(language)
    for match in kinds["barrier"].pattern.finditer(words):
        before = words[: match.start()].rstrip()
        if not any(before.endswith(denial) for denial in kinds["denied"].values):
            return Barrier(kinds["barrier"].values[match.group()])
    return None
