"""The week's question and its steps, and a year told by returning and learning."""

from datetime import date, timedelta

import pytest

from bot.practice.review import QUESTIONS, adjusted, of_the_week, question_of
from bot.practice.year import Milestone, milestones, returns

START = date(2026, 1, 5)


def test_a_week_asks_one_question_and_the_next_week_another() -> None:
    weeks = [{question_of(START + timedelta(weeks=week, days=day)) for day in range(7)} for week in range(6)]
    assert all(len(week) == 1 for week in weeks)
    assert [min(week) for week in weeks[:QUESTIONS]] != [min(weeks[0])] * QUESTIONS
    assert {min(week) for week in weeks} == set(range(1, QUESTIONS + 1))


@pytest.mark.parametrize(
    ("target", "more", "then"), [(5, True, 6), (7, True, 7), (5, False, 4), (1, False, 1)]
)
def test_a_step_is_one_day_and_stays_within_a_week(target: int, more: bool, then: int) -> None:
    assert adjusted(target, more) == then


def test_the_learning_quoted_says_something() -> None:
    assert of_the_week([]) is None
    assert of_the_week(["ok"]) == "ok"
    assert of_the_week(["it was smaller on paper", "ok"]) == "it was smaller on paper"


def test_returns_are_counted_and_pauses_are_none() -> None:
    days = [START, START + timedelta(days=7), START + timedelta(days=20), START + timedelta(days=40)]
    assert returns(days) == 2
    paused = frozenset(START + timedelta(days=each) for each in range(21, 35))
    assert returns(days, paused) == 1


def test_what_there_was_none_of_is_not_told() -> None:
    nothing = milestones(
        days=[], paused=frozenset(), learned=0, uses=0, ridden_out=0, second_nature=0, easier=[]
    )
    assert nothing == []
    some = milestones(
        days=[START, START + timedelta(days=30)],
        paused=frozenset(),
        learned=3,
        uses=0,
        ridden_out=2,
        second_nature=0,
        easier=[(8, 3), (2, 5)],
    )
    assert some == [
        Milestone("learned", 3),
        Milestone("returned", 1),
        Milestone("ridden_out", 2),
        Milestone("easier", 1),
    ]
