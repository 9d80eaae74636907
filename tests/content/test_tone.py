"""Every authored sentence held against the tone rules (EVIDENCE 4.1 and 4.6)."""

import re
from collections.abc import Iterator
from typing import get_args

import pytest

from bot.content.loader import Content, Nudge, Skill
from bot.content.messages import Fit, Occasion

LANGUAGE = "en"

AVOIDED = {
    "moral words": r"\b(only|still|(good|bad) days?|clean|cheat\w*|fail\w*|just do it)\b",
    "shame": r"\b(asham\w+ of|lazy|weak|excuses?|disappoint\w*|shame on|your fault)\b",
    "missed days": r"\byou (haven't|didn't|have not|did not|missed|skipped|forgot)\b|\bmissed (a|your|the)\b",
    "chains and counts": (
        r"\bbreak the chain\b|\bstreaks?\b|\b\d+ (days )?left\b|\bin a row\b|\bpoints\b|\blevel up\b"
    ),
    "comparing": (
        r"\b(other|most|many) (users|people (do|did|manage|practise))\b|\beveryone else\b|\bbetter than\b"
    ),
    "urgency": r"\b(hurry|last chance|don't miss|right away|immediately|act now|before it's too late)\b",
    "rewards": r"\b(surprise|reward|badge|bonus|unlock\w*|congratulations)\b",
    "why not": r"\bwhy (didn't|haven't|don't) you\b",
    "toxic positivity": r"\bthink positive\b|\bbright side\b|\bstay positive\b|\bcheer up\b|\bgood vibes\b",
    "medical promises": r"\b(cures?|heals?|treats?|guarantee\w*|diagnos\w+|clinically|proven)\b",
    "confidentiality": r"\bconfidential\w*\b",
    "therapist voice": r"\bI hear (that )?you\b|\bit sounds like you\b|\bhow does that make you feel\b",
    "false intimacy": r"\bmissed you\b|\bproud of you\b|\balways here\b|\bwelcome back\b|\blove you\b",
    "orders": r"\byou (must|should|need to|ought to)\b",
}
DIET = r"\b(weight|calories|diet|pounds|kilos|hours awake)\b"
TELLING = (
    r"\b(anxi\w*|depress\w*|panic\w*|mood|sad\w*|ang(er|ry)|afraid|fear\w*|worr(y|ied|ies|ying)|shame|guilt\w*|"
    r"stress\w*|distress\w*|grie\w*|lonel\w*|trauma\w*|urges?|crav\w*|slips?|relapse\w*|lapse\w*|crisis|"
    r"therap\w*|sessions?|disorder|mental|emotion\w*|feelings?|suicid\w*|self-harm|compassion\w*|mindful\w*|"
    r"exposure|cbt|dbt|act skills?|thoughts?)\b"
)
WORDED_BY_THE_EVIDENCE = {"reentry_2": "moral words"}


def _of_skill(skill: Skill) -> Iterator[str]:
    yield from (
        skill.purpose,
        skill.when,
        skill.tiny,
        skill.caution,
        *skill.steps,
        *skill.reflect,
        *skill.cue_ideas,
    )
    yield from (skill.name, skill.name_in_text, *skill.short_names, skill.discreet_name)


def _nudges(content: Content) -> tuple[Nudge, ...]:
    return content.nudges(LANGUAGE, *get_args(Fit), discreet=False)


def _said(content: Content) -> Iterator[tuple[str, str]]:
    """Nudges, answers and praise, each with what it is called."""
    yield from ((nudge.id, nudge.text) for nudge in _nudges(content))
    yield from ((barrier.id, barrier.answer) for barrier in content.barriers(LANGUAGE))
    for occasion in get_args(Occasion):
        yield from ((occasion, text) for text in content.praise(occasion, LANGUAGE))


def _authored(content: Content) -> Iterator[tuple[str, str]]:
    yield from _said(content)
    yield from ((skill.id, text) for skill in content.skills(LANGUAGE) for text in _of_skill(skill))
    labels = (*content.tags(LANGUAGE).items(), *content.families(LANGUAGE).items())
    yield from (*labels, *content.phases(LANGUAGE).items(), ("stop_rule", content.stop_rule(LANGUAGE)))
    yield from (("cue", cue) for cue in content.cues(LANGUAGE))
    yield from ((barrier.id, barrier.label) for barrier in content.barriers(LANGUAGE))


def _sentences(text: str) -> int:
    return len(re.findall(r"[.?!]+(?=\s|$)", text.replace("...", ""))) or 1


def _unbalanced(text: str) -> bool:
    """Tell whether a quotation is left open; apostrophes inside words are none."""
    opened = re.findall(r"(?:^|(?<=[\s(]))'(?=\S)", text)
    closed = re.findall(r"(?<=\S)'(?=$|[\s.,;:?!)])", text)
    return len(opened) != len(closed) or text.count('"') % 2 == 1


@pytest.mark.parametrize("rule", AVOIDED)
def test_nothing_says_what_shames_or_pushes(content: Content, rule: str) -> None:
    found = [
        (name, text)
        for name, text in _authored(content)
        if re.search(AVOIDED[rule], text, re.IGNORECASE) and WORDED_BY_THE_EVIDENCE.get(name) != rule
    ]

    assert found == []


def test_what_is_said_around_practice_leaves_bodies_alone(content: Content) -> None:
    assert [each for each in _said(content) if re.search(DIET, each[1], re.IGNORECASE)] == []


def test_no_exclamation_marks_and_no_pictures(content: Content) -> None:
    assert [each for each in _authored(content) if "!" in each[1] or not each[1].isascii()] == []


def test_one_question_at_a_time(content: Content) -> None:
    assert [each for each in _authored(content) if each[1].count("?") > 1] == []


def test_quotations_are_closed(content: Content) -> None:
    assert [each for each in _authored(content) if _unbalanced(each[1])] == []


def test_what_is_said_is_two_short_sentences(content: Content) -> None:
    """A goodbye after two weeks says more, and marks of progress may end in a question."""
    longer = {"reentry_14", "reentry_14_discreet", "confidence_up"}

    assert [each for each in _said(content) if _sentences(each[1]) > 2 and each[0] not in longer] == []
    assert [each for each in _said(content) if len(each[1]) > 200 and each[0] not in longer] == []


def test_discreet_words_give_nothing_away(content: Content) -> None:
    names = {name.lower() for name in content.aliases(LANGUAGE) if " " in name}
    discreet = [(nudge.id, nudge.text) for nudge in content.nudges(LANGUAGE, *get_args(Fit))]
    discreet += [(skill.id, skill.discreet_name) for skill in content.skills(LANGUAGE)]

    assert [each for each in discreet if re.search(TELLING, each[1], re.IGNORECASE)] == []
    assert [each for each in discreet if any(name in each[1].lower() for name in names - NEUTRAL)] == []


NEUTRAL = {"one thing, fully", "a step that matters"}
"""Names that say nothing of a difficulty, and serve as their own discreet name."""


def test_every_message_ends_like_a_sentence(content: Content) -> None:
    endings = (".", "?", "{tiny}")

    assert [each for each in _said(content) if not each[1].endswith(endings)] == []
    for skill in content.skills(LANGUAGE):
        sentences = (skill.purpose, skill.when, skill.tiny, *skill.steps, *skill.reflect)
        assert [text for text in sentences if not text.endswith((".", "?", "'"))] == []


def test_barrier_answers_end_in_the_one_thing_offered(content: Content) -> None:
    assert all(barrier.answer.endswith("?") for barrier in content.barriers(LANGUAGE))


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("Say: 'Here's an urge.' Rate it.", False),
        ("Finish: 'I feel ...", True),
        ("I don't know", False),
        ("'I' statement", False),
        ('Say "yes', True),
        ("worse'", True),
    ],
)
def test_open_quotations_are_seen(text: str, open_: bool) -> None:
    assert _unbalanced(text) is open_


def test_the_rules_see_what_they_are_for() -> None:
    for text, rule in (
        ("Only two left", "moral words"),
        ("You missed a day", "missed days"),
        ("Don't break the chain", "chains and counts"),
        ("Why didn't you do it?", "why not"),
        ("I'm proud of you", "false intimacy"),
        ("You should do it", "orders"),
    ):
        assert re.search(AVOIDED[rule], text, re.IGNORECASE)
