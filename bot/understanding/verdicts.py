"""What an answer comes to: what it names, puts off, counts, or tells of what got in the way."""

import re
from dataclasses import dataclass
from datetime import datetime

from bot.understanding.barriers import by_barrier
from bot.understanding.claims import clauses, is_alone
from bot.understanding.clauses import is_broken_off, is_hindered, is_unreal
from bot.understanding.durations import minutes_in
from bot.understanding.meaning import Moment
from bot.understanding.outcomes import FEW_MINUTES, Outcome, outcome_of
from bot.understanding.phrases import phrases
from bot.understanding.snoozes import begins_with_in, read_snooze, without_yes

OF_MINUTES = re.compile(
    r"(\d+)\s*(?:out of|of|von|de|sur|/)\s*(\d+)\s*(?:m|min|mins|minut\w+)\b"
    r"|(\d+)\s*min\w*\s+(?:out of|of|von|de|sur)\s+(\d+)\b"
)
"""So many minutes of how many."""
_OF_STEPS = re.compile(r"\b(\d{1,2}) (?:out of|of|von|de|sur) (\d{1,2})\b")
_LONGEST_PRACTICE = 240
"""Minutes; more of them, and nothing else, are told of something else."""
_PRACTISED = (Outcome.DONE, Outcome.TINY, Outcome.PARTLY)


@dataclass(frozen=True, slots=True)
class Heard:
    """A text as it is read: folded, with the names of skills as one word, without what only sounds like an
    outcome, and the clause that decides; with its minutes, how many ratings it gives, and of which day
    it tells.
    """

    words: str
    skilled: str
    told: str
    deciding: str
    minutes: list[int]
    ratings: int
    day_offset: int | None
    now: datetime
    language: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome, when to come back, and whether numbers alone tell of a practice."""

    outcome: Outcome
    snooze: Moment | None
    inferred: bool


def verdict(heard: Heard) -> Verdict:
    """What the text comes to."""
    outcome, elsewhere = _named(heard)
    snooze = None
    if heard.ratings > 1 and outcome is Outcome.LATER:
        outcome = None
    elif outcome in (None, Outcome.LATER):
        outcome, snooze = _later(outcome, heard)
    inferred = outcome is None and not elsewhere and (heard.ratings > 0 or _counts(heard))
    if inferred:
        outcome = _by_numbers(heard)
    revised = _revised(outcome or by_barrier(heard.told, heard.language), outcome is None, heard)
    impossible = (inferred and is_unreal(heard.deciding, heard.language)) or heard.day_offset is None
    unclear = revised in _PRACTISED and impossible
    return Verdict(Outcome.UNCLEAR if unclear else revised, snooze, inferred)


def _named(heard: Heard) -> tuple[Outcome | None, bool]:
    """The outcome that is named; "yes, in 10 minutes" is later, "paré a los 3 minutos" a part."""
    outcome, elsewhere = outcome_of(heard.deciding, heard.language)
    rest = without_yes(heard.words, heard.language)
    if outcome is Outcome.DONE and begins_with_in(rest, heard.language):
        return Outcome.LATER, elsewhere
    if outcome in (None, Outcome.LATER) and _was_stopped(heard):
        return Outcome.PARTLY, elsewhere
    return outcome, elsewhere


def _was_stopped(heard: Heard) -> bool:
    """ "Stopped after 3 minutes", where nothing is asked for."""
    kinds = phrases(heard.language)
    stopped = kinds["stopped"].pattern.search(heard.told) if heard.minutes else None
    if stopped is None or stopped.group() in kinds["barrier"].values:
        return False
    return kinds["cue"].pattern.search(heard.told[: stopped.start()]) is None


def _later(outcome: Outcome | None, heard: Heard) -> tuple[Outcome | None, Moment | None]:
    """A time to come back at, told by itself or after a cue, means later."""
    asked, snooze = read_snooze(heard.words, now=heard.now, language=heard.language)
    return (Outcome.LATER if asked or snooze is not None else outcome), snooze


def _counts(heard: Heard) -> bool:
    """Whether a clause tells minutes, or how many times, and nothing that is not the practice."""
    return any(_is_count(clause, heard.language) for clause in clauses(heard.skilled, heard.language))


def _is_count(clause: str, language: str) -> bool:
    told = minutes_in(clause, language) or phrases(language)["times"].pattern.search(clause)
    return bool(told) and is_alone(clause, language) and not begins_with_in(clause, language)


def _by_numbers(heard: Heard) -> Outcome:
    """What minutes or ratings tell by themselves; unclear where they are asked for, or too many."""
    kinds = phrases(heard.language)
    if kinds["please"].pattern.search(heard.words) or heard.minutes[:1] > [_LONGEST_PRACTICE]:
        return Outcome.UNCLEAR
    few = heard.minutes and heard.minutes[0] <= FEW_MINUTES and kinds["only"].pattern.search(heard.words)
    return Outcome.TINY if few else Outcome.DONE


def _revised(outcome: Outcome, told_by_barrier: bool, heard: Heard) -> Outcome:
    """The outcome in the light of the rest of the text."""
    if outcome is Outcome.DONE:
        return _less(heard)
    if outcome is Outcome.NOT_TODAY and heard.day_offset:
        today = phrases(heard.language)["today"].pattern.search(heard.words)
        outcome = Outcome.UNCLEAR if today else outcome
    if outcome is Outcome.UNCLEAR and is_hindered(heard.told, heard.language):
        return Outcome.NOT_TODAY
    open_to_more = told_by_barrier or outcome is Outcome.UNCLEAR
    return Outcome.PARTLY if open_to_more and is_broken_off(heard.told, heard.language) else outcome


def _less(heard: Heard) -> Outcome:
    """ "Two minutes, that's all" is tiny, "5 of 10 minutes" and "2 of 3" are a part; else done."""
    share = OF_MINUTES.search(heard.words) or _OF_STEPS.search(heard.words)
    numbers = [int(each) for each in share.groups() if each] if share is not None else []
    if numbers and numbers[0] < numbers[1] and not heard.ratings:
        return Outcome.PARTLY
    few = bool(heard.minutes) and heard.minutes[0] <= FEW_MINUTES
    return Outcome.TINY if few and _only_so_many(heard) else Outcome.DONE


def _only_so_many(heard: Heard) -> bool:
    """ "Yes but only for a minute", "two minutes, that's all"."""
    kinds = phrases(heard.language)
    if kinds["no_more"].pattern.search(heard.words):
        return True
    timed = (each for each in clauses(heard.words, heard.language) if minutes_in(each, heard.language))
    return any(kinds["only"].pattern.search(each) for each in timed)
