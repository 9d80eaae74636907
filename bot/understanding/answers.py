"""What someone says about a practice: outcome, minutes, ratings, what got in the way, which skill, when.

A text whose outcome is not clear says so; it is never guessed. Ratings are 0-10.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache

from bot.understanding.claims import clauses, is_alone, with_skills
from bot.understanding.clauses import days_back, deciding_clause, is_broken_off, is_hindered, is_unreal
from bot.understanding.durations import minutes_in
from bot.understanding.lexicon import LANGUAGES, lexicon
from bot.understanding.outcomes import FEW_MINUTES, Outcome, outcome_of
from bot.understanding.phrases import phrases
from bot.understanding.ratings import Problem, ratings
from bot.understanding.scanner import folded
from bot.understanding.snoozes import begins_with_in, read_snooze
from bot.understanding.spelling import mended
from bot.understanding.times import Moment

_LONGEST = 600
_NOTHING: Mapping[str, str] = {}
_ONE = re.compile(r"\s*(-?\d{1,4})(?:\s?/\s?10)?\s*[.!]?\s*")


_CONTRACTED = re.compile(r"\b(did|do|does|could|would|should|have|has|had|is|was|were|ca|wo)nt\b")
_OF_MINUTES = re.compile(
    r"(\d+)\s*(?:out of|of|von|de|sur|/)\s*(\d+)\s*(?:m|min|mins|minut\w+)\b"
    r"|(\d+)\s*min\w*\s+(?:out of|of|von|de|sur)\s+(\d+)\b"
)
_HALF_OF = re.compile(r"\b(?:half|halfte|mitad|moitie|metade)\b\D{1,14}\d")
_RANGE = re.compile(r"(\d+)\s*(?:-|to|bis|a|à)\s*\d+\s*(?:m|min|mins|minutes|minuten|minutos)\b")
_SHARE = re.compile(
    r"(?:(?:only|just|nur|solo|seulement|juste|so|apenas) )?"
    r"(?:about |ca\.? |etwa |unos? |environ |uns )?[1-9]\d?\s?%"
)
_FEW_WORDS = 8
_SHORT = 60


__all__ = ["Answer", "Barrier", "Outcome", "Unreadable", "read_answer", "read_choice", "read_rating"]


class Barrier(StrEnum):
    """What got in the way."""

    FORGOT = "forgot"
    NO_TIME = "no_time"
    TOO_HARD = "too_hard"
    NO_MOTIVATION = "no_motivation"
    UNWELL = "unwell"
    NOT_NEEDED = "not_needed"
    OTHER = "other"


class Unreadable(StrEnum):
    """Why a rating was not read."""

    NO_NUMBER = "no_number"
    OUT_OF_RANGE = "out_of_range"


_PRACTISED = (Outcome.DONE, Outcome.TINY, Outcome.PARTLY)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was understood; `text` is all of it, for the reflection.

    `day_offset` is 0 for today, -1 for yesterday. `snooze` is when to come back, where a time was named.
    `inferred` says that no outcome was named: minutes or a rating alone tell of a practice.
    """

    outcome: Outcome
    text: str
    minutes: int | None = None
    before: int | None = None
    after: int | None = None
    measure: str | None = None
    times: int = 1
    barrier: Barrier | None = None
    snooze: Moment | None = None
    skill: str | None = None
    day_offset: int = 0
    problem: Problem | None = None
    inferred: bool = False


def read_answer(
    text: str, *, now: datetime, language: str = "en", skills: Mapping[str, str] = _NOTHING
) -> Answer:
    """Reads an answer. `now` is aware, in the person's zone; `skills` maps names in small letters to ids."""
    words = mended(_CONTRACTED.sub(r"\1n't", folded(text[:_LONGEST]).replace("’", "'")), language)
    skilled = with_skills(words, map(folded, _named(words, skills)))
    told = phrases(language)["neutral"].without(skilled)
    before, after, measure, problem = ratings(words, lexicon(language).numbers(10))
    span = _RANGE.search(words) or _OF_MINUTES.search(words)
    minutes = [int(span[1] or span[3])] if span else _minutes(skilled, language)
    times = int(_first(words, language, "times") or 1)
    deciding = deciding_clause(told, language)
    outcome, elsewhere = outcome_of(deciding, language)
    day_offset = days_back(deciding, now, language)
    snooze = None
    rated = (before, after, problem) != (None, None, None)
    if outcome in (None, Outcome.LATER) and _was_stopped(minutes, told, language):
        outcome = Outcome.PARTLY
    if before is not None and after is not None and outcome is Outcome.LATER:
        outcome = None
    elif outcome in (None, Outcome.LATER):
        outcome, snooze = _later(outcome, words, now, language)
    counted = not elsewhere and any(_counts(clause, language) for clause in clauses(skilled, language))
    inferred = outcome is None and (counted or rated)
    if inferred:
        few = minutes and minutes[0] <= FEW_MINUTES and phrases(language)["only"].pattern.search(words)
        outcome = Outcome.TINY if few else Outcome.DONE
    by_barrier = outcome is None
    outcome = outcome or _by_barrier(told, language)
    if outcome is Outcome.DONE:
        outcome = _less(minutes, words, language)
    if outcome is Outcome.UNCLEAR and is_hindered(told, language):
        outcome = Outcome.NOT_TODAY
    if (by_barrier or outcome is Outcome.UNCLEAR) and is_broken_off(told, language):
        outcome = Outcome.PARTLY
    if outcome in _PRACTISED and ((inferred and is_unreal(deciding, language)) or day_offset is None):
        outcome = Outcome.UNCLEAR
    return Answer(
        outcome=outcome,
        text=text,
        minutes=minutes[0] if minutes and outcome not in (Outcome.LATER, Outcome.NOT_TODAY) else None,
        before=before,
        after=after,
        measure=measure,
        times=times,
        barrier=_told_barrier(outcome, words, language),
        snooze=snooze,
        skill=_skill(words, skills),
        day_offset=day_offset or 0,
        problem=problem,
        inferred=inferred,
    )


def read_rating(text: str) -> int | Unreadable:
    """A rating from 0 to 10: "7", "8/10", "seven"."""
    match = _ONE.fullmatch(text)
    if match is None:
        return _number_words().get(folded(text).strip(" .!"), Unreadable.NO_NUMBER)
    value = int(match[1])
    return value if 0 <= value <= 10 else Unreadable.OUT_OF_RANGE


@cache
def _number_words() -> Mapping[str, int]:
    """Words for 0 to 10 in every language."""
    found = dict.fromkeys(("zero", "null", "cero", "none at all"), 0)
    for language in LANGUAGES:
        found |= lexicon(language).numbers(10)
    return found


def read_choice(text: str, language: str = "en") -> str | None:
    """ "yes", "no", "skip" or "stop"; None for anything else."""
    kinds, words = phrases(language), folded(text).strip(" .!")
    return kinds["choice"].values.get(words) or kinds["did"].values.get(words)


def _by_barrier(words: str, language: str) -> Outcome:
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


def _was_stopped(minutes: list[int], words: str, language: str) -> bool:
    """ "Stopped after 3 minutes", where nothing is asked for."""
    kinds = phrases(language)
    stopped = kinds["stopped"].pattern.search(words) if minutes else None
    return stopped is not None and kinds["cue"].pattern.search(words[: stopped.start()]) is None


def _less(minutes: list[int], words: str, language: str) -> Outcome:
    """ "Two minutes, that's all" is tiny, "5 of 10 minutes" a part; else done."""
    share = _OF_MINUTES.search(words)
    if share is not None and int(share[1] or share[3]) < int(share[2] or share[4]):
        return Outcome.PARTLY
    few = bool(minutes) and minutes[0] <= FEW_MINUTES
    return Outcome.TINY if few and phrases(language)["no_more"].pattern.search(words) else Outcome.DONE


def _told_barrier(outcome: Outcome, words: str, language: str) -> Barrier | None:
    found = _barrier(words, language)
    if outcome in (Outcome.NOT_TODAY, Outcome.PARTLY):
        return found
    return found if outcome is Outcome.UNCLEAR and found is Barrier.TOO_HARD else None


def _minutes(words: str, language: str) -> list[int]:
    """The minutes that are told; in a longer story, only where a clause tells of nothing but the practice."""
    found = minutes_in(words, language) if not _HALF_OF.search(words) else []
    if not found or len(words) <= _SHORT:
        return found
    alone = (clause for clause in clauses(words, language) if is_alone(clause, language))
    return found if any(minutes_in(clause, language) == found[:1] for clause in alone) else []


def _counts(clause: str, language: str) -> bool:
    """Whether a clause tells minutes, or how many times, and nothing that is not the practice."""
    told = minutes_in(clause, language) or phrases(language)["times"].pattern.search(clause)
    return bool(told) and is_alone(clause, language) and not begins_with_in(clause, language)


def _later(
    outcome: Outcome | None, words: str, now: datetime, language: str
) -> tuple[Outcome | None, Moment | None]:
    """A time to come back at, told by itself or after a cue, means later."""
    asked, snooze = read_snooze(words, now=now, language=language)
    return (Outcome.LATER if asked or snooze is not None else outcome), snooze


def _barrier(words: str, language: str) -> Barrier | None:
    """What got in the way; "not sick, just lazy" is not sick."""
    kinds = phrases(language)
    for match in kinds["barrier"].pattern.finditer(words):
        before = words[: match.start()].rstrip()
        if not any(before.endswith(denial) for denial in kinds["denied"].values):
            return Barrier(kinds["barrier"].values[match.group()])
    return None


def _skill(words: str, skills: Mapping[str, str]) -> str | None:
    """Where several names fit, the longest; none where two as long mean different skills."""
    fitting = _named(words, skills)
    longest = {skills[name] for name in fitting if len(name) == len(fitting[0])}
    return longest.pop() if len(longest) == 1 else None


def _named(words: str, skills: Mapping[str, str]) -> list[str]:
    """The names of skills in a text, longest first."""
    fitting = (name for name in skills if len(name) > 2 and _has(words, folded(name)))
    return sorted(fitting, key=len, reverse=True)


def _has(words: str, name: str) -> bool:
    start = words.find(name)
    if start < 0:
        return False
    end = start + len(name)
    return not words[start - 1 : start].isalnum() and not words[end : end + 1].isalnum()


def _first(words: str, language: str, kind: str) -> str | None:
    found = phrases(language)[kind].all_in(words)
    return found[0] if found else None
