"""What someone says about a practice: outcome, minutes, ratings, what got in the way, which skill, when.

A text whose outcome is not clear says so; it is never guessed. Ratings are 0-10.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache, lru_cache

from bot.understanding.barriers import Barrier, told_barrier
from bot.understanding.claims import clauses, is_alone, with_skills
from bot.understanding.clauses import days_back, deciding_clause
from bot.understanding.durations import minutes_in
from bot.understanding.lexicon import LANGUAGES, lexicon
from bot.understanding.meaning import Moment
from bot.understanding.outcomes import Outcome
from bot.understanding.phrases import phrases
from bot.understanding.ratings import Problem, ratings
from bot.understanding.scanner import folded
from bot.understanding.spelling import mended
from bot.understanding.verdicts import OF_MINUTES, Heard, verdict

_LONGEST = 600
_NOTHING: Mapping[str, str] = {}
_NAMES = 8192
"""Names of skills that are remembered as they are looked for; nobody's own are among them."""
_ONE = re.compile(r"\s*(-?\d{1,4})(?:\s?/\s?10)?\s*[.!]?\s*")
_CONTRACTED = re.compile(r"\b(did|do|does|could|would|should|have|has|had|is|was|were|ca|wo)nt\b")
_HALF_OF = re.compile(r"\b(?:half|halfte|mitad|moitie|metade)\b\D{1,14}\d")
_RANGE = re.compile(r"(?<!\d)(\d{1,3})\s*(?:-|to|bis|a|à)\s*\d+\s*(?:m|min|mins|minutes|minuten|minutos)\b")
_SHORT = 60


__all__ = ["Answer", "Barrier", "Outcome", "Unreadable", "read_answer", "read_choice", "read_rating"]


class Unreadable(StrEnum):
    """Why a rating was not read."""

    NO_NUMBER = "no_number"
    OUT_OF_RANGE = "out_of_range"


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
    before, after, measure, problem = ratings(words, lexicon(language).numbers(10))
    rated = 1 if problem is not None else (before is not None) + (after is not None)
    heard = _heard(words, now, language, skills, rated)
    found = verdict(heard)
    told = heard.minutes and found.outcome not in (Outcome.LATER, Outcome.NOT_TODAY)
    return Answer(
        outcome=found.outcome,
        text=text,
        minutes=heard.minutes[0] if told else None,
        before=before,
        after=after,
        measure=measure,
        times=int(_first(words, language, "times") or 1),
        barrier=told_barrier(found.outcome, words, language),
        snooze=found.snooze,
        skill=_skill(words, skills),
        day_offset=heard.day_offset or 0,
        problem=problem,
        inferred=found.inferred,
    )


def _heard(words: str, now: datetime, language: str, skills: Mapping[str, str], rated: int) -> Heard:
    skilled = with_skills(words, map(folded, _named(words, skills)))
    told = phrases(language)["neutral"].without(skilled)
    deciding = deciding_clause(told, language)
    return Heard(
        words=words,
        skilled=skilled,
        told=told,
        deciding=deciding,
        minutes=_minutes(words, skilled, language),
        ratings=rated,
        day_offset=days_back(deciding, now, language),
        now=now,
        language=language,
    )


def read_rating(text: str) -> int | Unreadable:
    """A rating from 0 to 10: "7", "8/10", "seven"."""
    match = _ONE.fullmatch(text)
    if match is None:
        return _number_words().get(folded(text[:_LONGEST]).strip(" .!"), Unreadable.NO_NUMBER)
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
    kinds, words = phrases(language), folded(text[:_LONGEST]).strip(" .!")
    return kinds["choice"].values.get(words) or kinds["did"].values.get(words)


def _minutes(words: str, skilled: str, language: str) -> list[int]:
    """The minutes that are told; in a longer story, only where a clause tells of nothing but the practice."""
    span = _RANGE.search(words) or OF_MINUTES.search(words)
    if span is not None:
        return [int(next(filter(None, span.groups())))]
    found = minutes_in(skilled, language) if not _HALF_OF.search(skilled) else []
    if not found or len(skilled) <= _SHORT:
        return found
    alone = (clause for clause in clauses(skilled, language) if is_alone(clause, language))
    return found if any(minutes_in(clause, language) == found[:1] for clause in alone) else []


def _skill(words: str, skills: Mapping[str, str]) -> str | None:
    """Where several names fit, the longest; none where two as long mean different skills."""
    fitting = _named(words, skills)
    longest = {skills[name] for name in fitting if len(name) == len(fitting[0])}
    return longest.pop() if len(longest) == 1 else None


def _named(words: str, skills: Mapping[str, str]) -> list[str]:
    """The names of skills in a text, longest first."""
    fitting = (name for name in skills if len(name) > 2 and _has(words, _folded_name(name)))
    return sorted(fitting, key=len, reverse=True)


@lru_cache(maxsize=_NAMES)
def _folded_name(name: str) -> str:
    return folded(name)


def _has(words: str, name: str) -> bool:
    start = words.find(name)
    if start < 0:
        return False
    end = start + len(name)
    return not words[start - 1 : start].isalnum() and not words[end : end + 1].isalnum()


def _first(words: str, language: str, kind: str) -> str | None:
    found = phrases(language)[kind].all_in(words)
    return found[0] if found else None
