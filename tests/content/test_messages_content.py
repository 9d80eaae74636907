"""The nudges, answers, praise and cue ideas as they are shipped."""

from typing import get_args

import pytest

from bot.content.filling import fill
from bot.content.loader import Content, Nudge
from bot.content.message_files import BARRIERS, DISCREET, PLACEHOLDERS
from bot.content.messages import Fit, Occasion

LANGUAGE = "en"
NO_REPEAT = 10
PLAN = {
    "cue": "after the evening meal",
    "action": "sit down and write one line about what happened",
    "place": "at the kitchen table",
    "reason": "I want to be able to sit through dinner with my family",
    "time": "19:30",
    "last_learning": "it was less bad than I thought it would be",
    "n": "12",
}


def _all(content: Content) -> tuple[Nudge, ...]:
    return content.nudges(LANGUAGE, *get_args(Fit), discreet=False)


def test_there_are_sixty_and_more_of_which_most_are_discreet(content: Content) -> None:
    nudges = _all(content)

    assert len(nudges) >= 60
    assert len({nudge.text for nudge in nudges}) == len(nudges)
    assert len([nudge for nudge in nudges if nudge.discreet]) >= 25


@pytest.mark.parametrize("fit", get_args(Fit))
def test_every_kind_has_one_for_those_of_whom_nothing_is_known(content: Content, fit: Fit) -> None:
    assert any(not nudge.needs for nudge in content.nudges(LANGUAGE, fit))


def test_daily_ones_do_not_repeat_within_ten_even_where_nothing_is_known(content: Content) -> None:
    assert len([nudge for nudge in content.nudges(LANGUAGE, "daily") if not nudge.needs]) > NO_REPEAT


def test_discreet_ones_are_among_all(content: Content) -> None:
    discreet = content.nudges(LANGUAGE, "daily")

    assert all(nudge.discreet and nudge.needs <= DISCREET for nudge in discreet)
    assert set(discreet) < set(content.nudges(LANGUAGE, "daily", discreet=False))
    assert content.nudges(LANGUAGE) == ()


def test_every_placeholder_is_used(content: Content) -> None:
    assert frozenset().union(*(nudge.needs for nudge in _all(content))) == PLACEHOLDERS


def test_a_nudge_is_found_by_its_id(content: Content) -> None:
    nudge = content.nudge("small_one", LANGUAGE)

    assert nudge is not None
    assert nudge.text == "A small one today?"
    assert content.nudge("nothing_like_it", LANGUAGE) is None


@pytest.mark.parametrize(
    ("nudge_id", "text"),
    [
        ("reentry_2", "Still up for {skill} this week? The tiny version is: {tiny}"),
        (
            "reentry_5",
            "Plans meet real life. Want to keep {skill} as it is, shrink it, switch it, "
            "or pause for a while?",
        ),
        (
            "reentry_14",
            "I'll stop nudging now so I'm not in your way. Your notes are kept. Send any word when you'd "
            "like to pick up again, or /export and /delete whenever you want. If things are heavy, /crisis "
            "has people to talk to.",
        ),
        ("return", "Good to see this open again. Start small: {tiny}"),
    ],
)
def test_coming_back_after_silence_is_worded_as_the_evidence_has_it(
    content: Content, nudge_id: str, text: str
) -> None:
    nudge = content.nudge(nudge_id, LANGUAGE)

    assert nudge is not None
    assert nudge.text == text


def test_every_nudge_reads_well_with_every_skill(content: Content) -> None:
    for skill in content.skills(LANGUAGE):
        values = {
            **PLAN,
            "skill": skill.name_in_text,
            "discreet_name": skill.discreet_name,
            "tiny": skill.tiny,
            "minutes": str(skill.minutes),
        }
        for nudge in _all(content):
            filled = fill(nudge.text, values)

            assert filled is not None
            assert "{" not in filled
            assert filled[0] == filled[0].upper()
            assert len(filled) <= (300 if "reentry_14" in nudge.fit else 200), filled


def test_every_barrier_has_an_answer_that_offers_something(content: Content) -> None:
    barriers = {barrier.id: barrier for barrier in content.barriers(LANGUAGE)}

    assert set(BARRIERS) <= set(barriers)
    assert content.barrier("forgot", LANGUAGE) == barriers["forgot"]
    assert content.barrier("alien_abduction", LANGUAGE) is None
    assert {barrier.offer for barrier in barriers.values()} >= {"smaller", "other_time", "why", "rest"}
    assert len({barrier.label for barrier in barriers.values()}) == len(barriers)


@pytest.mark.parametrize("occasion", get_args(Occasion))
def test_every_occasion_is_marked(content: Content, occasion: Occasion) -> None:
    values = {"before": "3", "after": "5", "weeks": "4"}

    assert all(fill(text, values) for text in content.praise(occasion, LANGUAGE))


def test_confidence_that_grew_is_told_with_its_numbers(content: Content) -> None:
    (text,) = content.praise("confidence_up", LANGUAGE)

    told = fill(text, {"before": "3", "after": "5", "weeks": "4"})
    assert told == "4 weeks ago you said 3. Today you said 5. What changed?"


def test_not_today_is_thanked_and_asked_nothing(content: Content) -> None:
    assert not any("?" in text for text in content.praise("not_today", LANGUAGE))


def test_cue_ideas_are_moments_of_a_day(content: Content) -> None:
    cues = content.cues(LANGUAGE)

    assert len(set(cues)) == len(cues) >= 8
    assert all(cue.split()[0] in {"after", "before", "while", "when", "with"} for cue in cues)
