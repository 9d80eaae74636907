"""Answers to a nudge: what the corpus does not show."""

import pytest

from bot.understanding.answers import (
    Answer,
    Outcome,
    Unreadable,
    read_answer,
    read_choice,
    read_rating,
)
from tests.understanding.compact import NOW, answer_line

SKILLS = {
    "box breathing": "box",
    "breathing": "breath",
    "deep breathing": "deep",
    "body scan": "scan",
    "tipp": "tipp",
}


def read(text: str) -> Answer:
    return read_answer(text, now=NOW, skills=SKILLS)


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("did box breathing", "box"),
        ("did breathing", "breath"),
        ("breathing, box breathing", "box"),
        ("did a body scan for 10 min", "scan"),
        ("did tipping", None),
        ("did it", None),
    ],
)
def test_the_longest_name_of_a_skill_is_the_one_meant(text: str, skill: str | None) -> None:
    assert read(text).skill == skill


def test_two_names_as_long_name_no_skill() -> None:
    skills = {"scan body": "one", "body scan": "two"}
    assert read_answer("scan body scan", now=NOW, skills=skills).skill is None


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("anxiety 7→4", "anxiety"),
        ("did it, nerves from 8 down to 5", "nerves"),
        ("tension was 8/10", "tension"),
        ("7 to 4", None),
        ("stress down from 6", "stress"),
    ],
)
def test_what_was_rated_is_told(text: str, measure: str | None) -> None:
    assert read(text).measure == measure


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("done, not sick, just lazy", "done"),
        ("no, not sick, just lazy", "not_today (no_motivation)"),
        ("no, wasn't ill", "not_today"),
        ("started, no time", "not_today (no_time)"),
        ("half of it, no time", "partly (no_time)"),
        ("half? no", "not_today"),
        ("no, done", "unclear"),
        ("skip, later, done", "unclear"),
        ("no, tomorrow", "later"),
        ("later? no", "not_today"),
        ("did it later than usual", "done"),
        ("remind me every day at 8:00", "later"),
        ("remind me at 9", "later at 2026-11-25 21:00"),
        ("remind me at 9 or 10 min", "later exactly 2026-11-25 10:10"),
        ("remind me weekdays 8:00, weekends 9:00", "later"),
        ("remind me after my session", "later"),
        ("snooze 9:00", "later at 2026-11-26 09:00"),
        ("at 22:00", "later at 2026-11-25 22:00"),
        ("22:00", "unclear"),
        ("from 8 to 9 pm", "unclear"),
        ("7 to 40", "done !rating_out_of_range"),
        ("-1/10", "done !rating_out_of_range"),
        ("20 min and 30 min", "done 20min"),
        ("60h", "unclear"),
    ],
)
def test_what_is_said_around_an_outcome(text: str, line: str) -> None:
    assert answer_line(read(text)) == line


def test_an_outcome_that_was_not_named_is_inferred() -> None:
    assert read("10 min").inferred
    assert not read("done, 10 min").inferred


def test_the_whole_text_is_kept() -> None:
    text = "Did it.\nIt rained. " * 20
    assert read(text).text == text


def test_words_far_into_a_story_name_no_outcome() -> None:
    told = "we talked about the garden and the neighbours for quite long, then later he said no"
    assert read(told).outcome is Outcome.UNCLEAR


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("7", 7),
        (" 8/10. ", 8),
        ("seven", 7),
        ("Ten!", 10),
        ("0", 0),
        ("11", Unreadable.OUT_OF_RANGE),
        ("-1", Unreadable.OUT_OF_RANGE),
        ("7.5", Unreadable.NO_NUMBER),
        ("good", Unreadable.NO_NUMBER),
        ("", Unreadable.NO_NUMBER),
    ],
)
def test_ratings(text: str, rating: int | Unreadable) -> None:
    assert read_rating(text) == rating


@pytest.mark.parametrize(
    ("text", "choice"),
    [("Yes!", "yes"), ("nope", "no"), ("skip", "skip"), ("quit", "stop"), ("maybe", None), ("", None)],
)
def test_choices(text: str, choice: str | None) -> None:
    assert read_choice(text) == choice


def test_an_unknown_language_is_answered_in_english() -> None:
    assert read_choice("yes", "tlh") == "yes"


@pytest.mark.parametrize(
    ("text", "minutes"), [("did it, 5-10 min", 5), ("did it, 99999999999999999999-5 min", 5)]
)
def test_a_stretch_of_minutes_is_one_that_a_day_has(text: str, minutes: int) -> None:
    assert read(text).minutes == minutes
