from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.answers import (
    Barrier,
    Outcome,
    Unreadable,
    read_answer,
    read_choice,
    read_rating,
)
from bot.understanding.ratings import Problem

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
SKILLS = {
    "box breathing": "box_breathing",
    "breathing": "paced_breathing",
    "sort the worry": "worry_sort",
    "wise mind": "w",
}

OUTCOMES = [
    ("did it", Outcome.DONE),
    ("done!", Outcome.DONE),
    ("y", Outcome.DONE),
    ("👍", Outcome.DONE),
    ("didn't forget today!", Outcome.DONE),
    ("10 min box breathing", Outcome.DONE),
    ("anxiety 7→4", Outcome.DONE),
    ("tiny one", Outcome.TINY),
    ("just a bit", Outcome.TINY),
    ("half of it", Outcome.PARTLY),
    ("started but stopped after two minutes", Outcome.PARTLY),
    ("couldn't finish, too tired", Outcome.PARTLY),
    ("not today", Outcome.NOT_TODAY),
    ("n", Outcome.NOT_TODAY),
    ("nah, migraine", Outcome.NOT_TODAY),
    ("no, just a bit tired", Outcome.NOT_TODAY),
    ("forgot", Outcome.NOT_TODAY),
    ("later", Outcome.LATER),
    ("in an hour", Outcome.LATER),
    ("tonight", Outcome.LATER),
    ("no, but I did it yesterday", Outcome.DONE),
    ("did it, no problem", Outcome.DONE),
    ("later, not today", Outcome.NOT_TODAY),
    ("the weather is grey over the harbour", Outcome.UNCLEAR),
    ("the tram was late and then I thought about it and I noticed it did not matter", Outcome.UNCLEAR),
    ("", Outcome.UNCLEAR),
]


@pytest.mark.parametrize(("says", "outcome"), OUTCOMES)
def test_outcomes(says: str, outcome: Outcome) -> None:
    assert read_answer(says, now=NOW, skills=SKILLS).outcome is outcome


@pytest.mark.parametrize(
    ("says", "before", "after", "measure"),
    [
        ("anxiety 7 to 4", 7, 4, "anxiety"),
        ("nerves from 8 down to 5", 8, 5, "nerves"),
        ("7→4", 7, 4, None),
        ("7/10 to 4/10", 7, 4, None),
        ("down to 4 from 9", 9, 4, None),
        ("did it, down from 6", 6, None, None),
        ("8/10", None, 8, None),
        ("mood 3/10", None, 3, "mood"),
        ("did 80% at 7:30", None, None, None),
        ("from 7 to 8 pm", None, None, None),
        ("5 to 10 min", None, None, None),
        ("twice", None, None, None),
    ],
)
def test_ratings(says: str, before: int | None, after: int | None, measure: str | None) -> None:
    read = read_answer(says, now=NOW)
    assert (read.before, read.after, read.measure) == (before, after, measure)


@pytest.mark.parametrize("says", ["anxiety 11 to 4", "did it, anxiety 7 to 40", "12/10", "-1 to 3"])
def test_ratings_out_of_range_are_asked_about(says: str) -> None:
    assert read_answer(says, now=NOW).problem is Problem.RATING_OUT_OF_RANGE


def test_one_message_with_everything() -> None:
    read = read_answer(
        "did it twice yesterday, 10 min box breathing, nerves from 8 down to 5", now=NOW, skills=SKILLS
    )

    assert (read.outcome, read.times, read.minutes, read.day_offset) == (Outcome.DONE, 2, 10, -1)
    assert (read.before, read.after, read.skill, read.inferred) == (8, 5, "box_breathing", False)
    assert read.text == "did it twice yesterday, 10 min box breathing, nerves from 8 down to 5"


def test_an_outcome_that_was_not_named_is_inferred() -> None:
    assert read_answer("10 min", now=NOW).inferred
    assert not read_answer("did it", now=NOW).inferred
    assert not read_answer("a thought", now=NOW).inferred


@pytest.mark.parametrize(
    ("says", "barrier"),
    [
        ("no, forgot", Barrier.FORGOT),
        ("not today, too busy", Barrier.NO_TIME),
        ("nah, migraine", Barrier.UNWELL),
        ("started but it was too hard", Barrier.TOO_HARD),
        ("no, too tired", Barrier.NO_MOTIVATION),
        ("not today, felt fine", Barrier.NOT_NEEDED),
        ("not today", None),
        ("did it although tired", None),
    ],
)
def test_what_got_in_the_way(says: str, barrier: Barrier | None) -> None:
    assert read_answer(says, now=NOW).barrier is barrier


@pytest.mark.parametrize(
    ("says", "at"),
    [
        ("in an hour", "2026-11-25T11:00"),
        ("tonight", "2026-11-25T21:00"),
        ("later, in 20 minutes", "2026-11-25T10:20"),
        ("later", None),
        ("after dinner", "2026-11-25T20:00"),
    ],
)
def test_when_to_come_back(says: str, at: str | None) -> None:
    snooze = read_answer(says, now=NOW).snooze
    assert (snooze.at.isoformat("T", "minutes")[:16] if snooze else None) == at


@pytest.mark.parametrize(
    ("says", "skill"),
    [
        ("box breathing went well", "box_breathing"),
        ("breathing went well", "paced_breathing"),
        ("sort the worry and wise mind", "worry_sort"),
        ("unwise minds", None),
        ("nothing named", None),
    ],
)
def test_which_skill(says: str, skill: str | None) -> None:
    assert read_answer(says, now=NOW, skills=SKILLS).skill == skill


def test_two_names_as_long_name_no_skill() -> None:
    assert read_answer("alpha and gamma", now=NOW, skills={"alpha": "a", "gamma": "g"}).skill is None


@pytest.mark.parametrize(
    ("says", "rating"),
    [
        ("7", 7),
        ("8/10", 8),
        (" 10. ", 10),
        ("seven", 7),
        ("Zero", 0),
        ("11", Unreadable.OUT_OF_RANGE),
        ("-1", Unreadable.OUT_OF_RANGE),
        ("lots", Unreadable.NO_NUMBER),
        ("", Unreadable.NO_NUMBER),
    ],
)
def test_one_rating(says: str, rating: int | Unreadable) -> None:
    assert read_rating(says) == rating


@pytest.mark.parametrize(
    ("says", "choice"), [("Yes!", "yes"), ("nope", "no"), ("skip", "skip"), ("quit", "stop"), ("x", None)]
)
def test_choices(says: str, choice: str | None) -> None:
    assert read_choice(says) == choice


@given(st.text(max_size=400))
@settings(max_examples=80, deadline=None)
def test_no_text_raises_and_all_of_it_is_kept(text: str) -> None:
    assert read_answer(text, now=NOW, skills=SKILLS).text == text


def test_a_long_text_is_read_by_its_beginning() -> None:
    assert read_answer("did it. " + "word " * 2_000, now=NOW).outcome is Outcome.DONE


def test_a_language_without_words_of_its_own_reads_english() -> None:
    assert read_answer("did it", now=NOW, language="xx").outcome is Outcome.DONE
