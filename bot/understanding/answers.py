"""What someone says about a practice: outcome, minutes, ratings, what got in the way, which skill, when.

A text whose outcome is not clear says so; it is never guessed. Ratings are 0-10.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache

from bot.understanding.clauses import days_back, deciding_clause, is_unreal
from bot.understanding.durations import minutes_in
from bot.understanding.lexicon import LANGUAGES, folded, lexicon
from bot.understanding.phrases import phrases
from bot.understanding.ratings import Problem, ratings
from bot.understanding.snoozes import read_snooze
from bot.understanding.times import Moment

_LONGEST = 600
_TOLD_EARLY = 48
"""Characters in which an outcome is told; further on, the same words tell a story."""
_NOTHING: Mapping[str, str] = {}
_CLAUSE_ENDS = re.compile(r"[,.;:!?]|\b(?:but|aber|pero|mais|mas)\b")
_ONE = re.compile(r"\s*(-?\d{1,4})(?:\s?/\s?10)?\s*[.!]?\s*")


_CONTRACTED = re.compile(r"\b(did|do|does|could|would|should|have|has|had|is|was|were|ca|wo)nt\b")
_RANGE = re.compile(r"(\d+)\s*(?:-|to|bis|a|à)\s*\d+\s*(?:m|min|mins|minutes|minuten|minutos)\b")
_SHARE = re.compile(r"(?:about |ca\.? |etwa |unos? |environ |uns )?[1-9]\d?\s?%")
_FEW_WORDS = 6


class Outcome(StrEnum):
    """What became of the practice."""

    DONE = "done"
    TINY = "tiny"
    PARTLY = "partly"
    NOT_TODAY = "not_today"
    LATER = "later"
    UNCLEAR = "unclear"


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
    words = _CONTRACTED.sub(r"\1n't", folded(text[:_LONGEST]).replace("’", "'"))
    told = phrases(language)["neutral"].without(words)
    before, after, measure, problem = ratings(words)
    span = _RANGE.search(words)
    minutes = [int(span[1])] if span else minutes_in(text[:_LONGEST], language)
    times = int(_first(words, language, "times") or 1)
    deciding = deciding_clause(told, language)
    outcome = _outcome(deciding, language)
    day_offset = days_back(deciding, now, language)
    snooze = None
    if before is not None and after is not None and outcome is Outcome.LATER:
        outcome = None
    elif outcome in (None, Outcome.LATER):
        outcome, snooze = _later(outcome, words, now, language)
    rated = (before, after, problem) != (None, None, None)
    inferred = outcome is None and (bool(minutes or span) or times > 1 or rated)
    outcome = outcome or (Outcome.DONE if inferred else _by_barrier(told, language))
    if outcome in _PRACTISED and (is_unreal(deciding, language) or day_offset is None):
        outcome = Outcome.UNCLEAR
    return Answer(
        outcome=outcome,
        text=text,
        minutes=minutes[0] if minutes and outcome is not Outcome.LATER else None,
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
    return Outcome.NOT_TODAY if barrier not in (None, Barrier.TOO_HARD, Barrier.OTHER) else Outcome.UNCLEAR


def _told_barrier(outcome: Outcome, words: str, language: str) -> Barrier | None:
    found = _barrier(words, language)
    if outcome in (Outcome.NOT_TODAY, Outcome.PARTLY):
        return found
    return found if outcome is Outcome.UNCLEAR and found is Barrier.TOO_HARD else None


def _outcome(words: str, language: str) -> Outcome | None:
    """The outcome that is named, None where none is; unclear where two exclude each other."""
    early = words[:_TOLD_EARLY]
    found = phrases(language)["outcome"].all_in(early)
    named = set(found)
    refused = Outcome.NOT_TODAY in named and not _only_a_barrier(early, language)
    for less in (Outcome.PARTLY, Outcome.TINY):
        if less in named:
            return _less(less, found, refused)
    if named == {Outcome.NOT_TODAY, Outcome.LATER}:
        return Outcome(found[-1])
    if Outcome.DONE in named:
        return _done(found, early, language)
    return Outcome(named.pop()) if named else None


def _done(found: list[str], words: str, language: str) -> Outcome:
    """Done, unless it is denied or something else is said first; "yes, later" is later."""
    if Outcome.NOT_TODAY in found or _denied(words, language):
        return Outcome.UNCLEAR
    if Outcome.LATER in found and _only_a_yes(words, language):
        return Outcome.LATER
    return Outcome.DONE if found[0] == Outcome.DONE else Outcome.UNCLEAR


def _denied(words: str, language: str) -> bool:
    """Whether a denial comes before "done" in its clause: "I never really did"."""
    kinds = phrases(language)
    outcomes = kinds["outcome"]
    clauses = (
        outcomes.without(_CLAUSE_ENDS.split(words[: match.start()])[-1])
        for match in outcomes.pattern.finditer(words)
        if outcomes.values[match.group()] == Outcome.DONE
    )
    return any(kinds["denied"].pattern.search(clause) for clause in clauses)


def _only_a_yes(words: str, language: str) -> bool:
    kinds = phrases(language)
    outcomes, choices = kinds["outcome"], kinds["choice"].values
    return all(
        choices.get(match.group()) == "yes"
        for match in outcomes.pattern.finditer(words)
        if outcomes.values[match.group()] == Outcome.DONE
    )


def _less(less: Outcome, found: list[str], refused: bool) -> Outcome:
    """Part of it, or the tiny version; "nah, just a bit tired" is a no."""
    if found[0] == Outcome.NOT_TODAY:
        return less if Outcome.DONE in found else Outcome.NOT_TODAY
    return Outcome.UNCLEAR if refused else less


def _only_a_barrier(words: str, language: str) -> bool:
    """Whether what sounds like a no tells what got in the way: "started, no time"."""
    kinds = phrases(language)
    outcomes, barriers = kinds["outcome"], kinds["barrier"]
    return all(
        match.group() in barriers.values
        for match in outcomes.pattern.finditer(words)
        if outcomes.values[match.group()] == Outcome.NOT_TODAY
    )


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
    fitting = sorted((name for name in skills if len(name) > 2 and _has(words, folded(name))), key=len)
    if not fitting:
        return None
    longest = {skills[name] for name in fitting if len(name) == len(fitting[-1])}
    return longest.pop() if len(longest) == 1 else None


def _has(words: str, name: str) -> bool:
    start = words.find(name)
    if start < 0:
        return False
    end = start + len(name)
    return not words[start - 1 : start].isalnum() and not words[end : end + 1].isalnum()


def _first(words: str, language: str, kind: str) -> str | None:
    found = phrases(language)[kind].all_in(words)
    return found[0] if found else None
