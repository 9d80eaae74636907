"""What a person's words mean: in the language Limber speaks with them, else in that of their platform."""

from collections.abc import Iterator, Mapping
from datetime import time

from bot.conversation.turn import Turn
from bot.store.plans import OpenPlan
from bot.understanding.answers import Answer, Outcome, read_answer
from bot.understanding.asides import Aside, read_aside, taken_back
from bot.understanding.durations import Until, read_until
from bot.understanding.quiet import read_quiet
from bot.understanding.times import NotUnderstood, Reading, read_when


def when(turn: Turn, words: str) -> Reading:
    """When to be reminded."""
    readings = [read_when(words, now=turn.local_now, language=each) for each in _languages(turn)]
    return next((each for each in readings if not isinstance(each, NotUnderstood)), readings[0])


def until(turn: Turn, words: str) -> Until | None:
    """Until when; None where the words do not say."""
    for language in _languages(turn):
        meant = read_until(words, now=turn.local_now, language=language)
        if isinstance(meant, Until):
            return meant
    return None


def quiet(turn: Turn, words: str) -> tuple[time, time] | None:
    """Quiet hours; None where the words do not say."""
    meant = (read_quiet(words, language=each) for each in _languages(turn))
    return next((each for each in meant if each is not None), None)


def answer(turn: Turn, words: str) -> Answer:
    """What is said about a practice."""
    skills = _names(turn)
    answers = [
        read_answer(words, now=turn.local_now, language=each, skills=skills) for each in _languages(turn)
    ]
    return next((each for each in answers if each.outcome is not Outcome.UNCLEAR), answers[0])


def aside(turn: Turn, words: str) -> Aside | None:
    """Whether it is a greeting, or thanks, and nothing else."""
    meant = (read_aside(words, language=each) for each in _languages(turn))
    return next((each for each in meant if each is not None), None)


def second_thoughts(turn: Turn, words: str) -> str | None:
    """What is said after words that take back the last ones; None without such words."""
    meant = (taken_back(words, language=each) for each in _languages(turn))
    return next((each for each in meant if each is not None), None)


def plan_named(turn: Turn, words: str) -> tuple[OpenPlan | None, str]:
    """The plan whose skill the words name, and the words without that name."""
    lowered = words.lower()
    for plan, name in _plan_names(turn):
        start = lowered.find(name)
        end = start + len(name)
        if start >= 0 and not lowered[start - 1 : start].isalnum() and not lowered[end : end + 1].isalnum():
            return plan, f"{words[:start].rstrip()} {words[end:].lstrip()}".strip()
    return None, words


def _languages(turn: Turn) -> list[str]:
    spoken = (turn.person.language, turn.incoming.language or "en")
    return list({each.split("-")[0].lower(): each for each in spoken}.values())


def _names(turn: Turn) -> Mapping[str, str]:
    return dict(turn.library.content.aliases(turn.person.language))


def _plan_names(turn: Turn) -> Iterator[tuple[OpenPlan, str]]:
    """What the skills of the person's plans are called, the longest names first."""
    plans = turn.store.plans.of(turn.person.id)
    names = [(plan, turn.plan_name(plan).lower()) for plan in plans]
    by_skill = {plan.row.skill: plan for plan in plans if plan.row.skill}
    names += [(by_skill[skill], name) for name, skill in _names(turn).items() if skill in by_skill]
    return iter(sorted(names, key=lambda each: -len(each[1])))
