"""What someone says about a practice: outcome, minutes, ratings, what got in the way, which skill, when.

A text whose outcome is not clear says so; it is never guessed. Ratings are 0-10.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from bot.understanding.durations import minutes_in
from bot.understanding.lexicon import folded
from bot.understanding.times import Moment, Understood, read_when

_DATA = Path(__file__).parent / "data"
_LONGEST = 2_000
_TOLD_EARLY = 48
"""Characters in which an outcome is told; further on, the same words tell a story."""
_NOTHING: Mapping[str, str] = {}
_UNITS = r"(?!\s*(?:min|h\b|hr|hour|stunde|heure|hora|x\b|times|%|:|\.\d|am\b|pm\b|/(?!10\b)))"
_NUMBER = rf"(-?\d{{1,3}})(?:\s?/\s?10)?{_UNITS}"
_SEPARATED = r"\s*(?:->|→|=>|➜|to|down to|up to|auf|a|à|bis|para|then|then to)\s*"
_PAIR = re.compile(rf"(?<![\d:.,/]){_NUMBER}{_SEPARATED}{_NUMBER}(?![\d:])")
_DOWN_FROM = re.compile(rf"(?:down|up)\s+to\s+{_NUMBER}\s+from\s+{_NUMBER}")
_FROM_ONLY = re.compile(rf"(?:down|up)\s+from\s+{_NUMBER}(?!\s*to)")
_OF_TEN = re.compile(r"(?<![\d:.,/])(-?\d{1,3})\s?/\s?10(?!\d)")
_MEASURE = re.compile(r"([^\W\d_]{3,20})\s*(?:was|is|went|from|at|:|von|de|del)?\s*$")
_ONE = re.compile(r"\s*(-?\d{1,4})(?:\s?/\s?10)?\s*[.!]?\s*")


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


class Problem(StrEnum):
    """What has to be asked before anything is logged."""

    RATING_OUT_OF_RANGE = "rating_out_of_range"


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


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Phrases of one kind with what they stand for, and one pattern that finds the longest first."""

    values: Mapping[str, str]
    pattern: re.Pattern[str]

    def all_in(self, words: str) -> list[str]:
        return [self.values[match.group()] for match in self.pattern.finditer(words)]


def read_answer(
    text: str, *, now: datetime, language: str = "en", skills: Mapping[str, str] = _NOTHING
) -> Answer:
    """Reads an answer. `now` is aware, in the person's zone; `skills` maps names in small letters to ids."""
    words = folded(text[:_LONGEST]).replace("’", "'")
    before, after, measure, problem = _ratings(words)
    minutes = minutes_in(text[:_LONGEST], language)
    outcome = _outcome(words, language)
    inferred = outcome is None and (bool(minutes) or before is not None or after is not None)
    outcome = outcome or (Outcome.DONE if inferred else Outcome.UNCLEAR)
    return Answer(
        outcome=outcome,
        text=text,
        minutes=minutes[0] if minutes and outcome is not Outcome.LATER else None,
        before=before,
        after=after,
        measure=measure,
        times=int(_first(words, language, "times") or 1),
        barrier=_barrier(words, language) if outcome in (Outcome.NOT_TODAY, Outcome.PARTLY) else None,
        snooze=_snooze(words, now, language) if outcome is Outcome.LATER else None,
        skill=_skill(words, skills),
        day_offset=int(_first(words, language, "day") or 0),
        problem=problem,
        inferred=inferred,
    )


def read_rating(text: str) -> int | Unreadable:
    """A rating from 0 to 10: "7", "8/10", "seven"."""
    match = _ONE.fullmatch(text)
    if match is None:
        return _NUMBER_WORDS.get(folded(text).strip(" .!"), Unreadable.NO_NUMBER)
    value = int(match[1])
    return value if 0 <= value <= 10 else Unreadable.OUT_OF_RANGE


def read_choice(text: str, language: str = "en") -> str | None:
    """ "yes", "no", "skip" or "stop"; None for anything else."""
    return _phrases(language)["choice"].values.get(folded(text).strip(" .!"))


_NUMBER_WORDS: Mapping[str, int | Unreadable] = {
    word: value
    for value, word in enumerate("zero one two three four five six seven eight nine ten".split())  # noqa: SIM905
}


def _ratings(words: str) -> tuple[int | None, int | None, str | None, Problem | None]:
    for pattern, first, second in ((_DOWN_FROM, 2, 1), (_PAIR, 1, 2)):
        match = pattern.search(words)
        if match is not None:
            return _checked(int(match[first]), int(match[second]), _measure(words, match.start()))
    match = _FROM_ONLY.search(words)
    if match is not None:
        return _checked(int(match[1]), None, _measure(words, match.start()))
    match = _OF_TEN.search(words)
    if match is not None:
        return _checked(None, int(match[1]), _measure(words, match.start()))
    return None, None, None, None


def _checked(
    before: int | None, after: int | None, measure: str | None
) -> tuple[int | None, int | None, str | None, Problem | None]:
    if any(value is not None and not 0 <= value <= 10 for value in (before, after)):
        return None, None, measure, Problem.RATING_OUT_OF_RANGE
    return before, after, measure, None


def _measure(words: str, start: int) -> str | None:
    match = _MEASURE.search(words[:start])
    return match[1] if match is not None else None


def _outcome(words: str, language: str) -> Outcome | None:
    """The outcome that is named, None where none is."""
    found = _phrases(language)["outcome"].all_in(words[:_TOLD_EARLY])
    for outcome in (Outcome.PARTLY, Outcome.TINY):
        if outcome in found and Outcome.NOT_TODAY not in _firmly(found):
            return outcome
    named = set(found)
    if named == {Outcome.NOT_TODAY, Outcome.DONE}:
        return Outcome(found[0])
    if Outcome.NOT_TODAY in named and Outcome.DONE not in named:
        return Outcome.NOT_TODAY
    if named == {Outcome.LATER}:
        return Outcome.LATER
    if Outcome.DONE in named:
        return Outcome.DONE
    return Outcome.UNCLEAR if named else None


def _firmly(found: list[str]) -> list[str]:
    """Outcomes told before any other: "nah, just a bit tired" is a no."""
    return found[:1]


def _barrier(words: str, language: str) -> Barrier | None:
    found = _first(words, language, "barrier")
    return Barrier(found) if found is not None else None


def _snooze(words: str, now: datetime, language: str) -> Moment | None:
    cleaned = re.sub(
        r"\b(?:later|remind me|remind|snooze|ok|maybe|please|not now|not yet|busy now)\b", " ", words
    )
    read = read_when(cleaned.strip(" ,.!"), now=now, language=language)
    if isinstance(read, Understood) and len(read.rules) == 1 and isinstance(read.rules[0], Moment):
        return read.rules[0]
    return None


def _skill(words: str, skills: Mapping[str, str]) -> str | None:
    named = {skill for name, skill in skills.items() if len(name) > 2 and _has(words, folded(name))}
    return named.pop() if len(named) == 1 else _longest(words, skills)


def _longest(words: str, skills: Mapping[str, str]) -> str | None:
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
    found = _phrases(language)[kind].all_in(words)
    return found[0] if found else None


@cache
def _phrases(language: str) -> Mapping[str, _Phrases]:
    path = _DATA / f"answers_{language.split('-')[0].lower()}.toml"
    if not path.exists():
        path = _DATA / "answers_en.toml"
    tables: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return {kind: _compiled(table) for kind, table in tables.items()}


def _compiled(table: Mapping[str, list[str]]) -> _Phrases:
    values = {folded(phrase): value for value, phrases in table.items() for phrase in phrases}
    ordered = sorted(values, key=lambda phrase: (-len(phrase), phrase))
    edged = (
        rf"(?<!\w){re.escape(phrase)}(?!\w)" if phrase[0].isalnum() else re.escape(phrase)
        for phrase in ordered
    )
    return _Phrases(values, re.compile("|".join(edged)))
