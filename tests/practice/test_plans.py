"""What to practise today and why; what to suggest; what has helped."""

from datetime import date, time, timedelta

import pytest

from bot.content.loader import load_content
from bot.practice.helping import Helped, Try, Worked, retires, worked_at
from bot.practice.plans import (
    Choice,
    Reason,
    SkillRecord,
    climbed,
    fading,
    next_maintenance,
    practise_today,
    usual_gap,
)
from bot.practice.suggestions import Barrier, Move, Obstacle, Smaller, suggest

TODAY = date(2026, 11, 25)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


BREATHING = SkillRecord("paced_breathing", last=ago(1), practised=20, target=7, strength=50)
WORRY = SkillRecord("worry_time", last=ago(5), practised=8, target=5, strength=30)
STOP = SkillRecord("stop_skill", last=ago(30), practised=9, target=2, strength=75)
NEW = SkillRecord("wise_mind")


@pytest.mark.parametrize(
    ("target", "strength", "gap"),
    [(5, 0, 1.4), (5, 69.9, 1.4), (5, 75, 2.8), (7, 90, 4), (1, 0, 7), (1, 95, 28)],
)
def test_usual_gap(target: int, strength: float, gap: float) -> None:
    assert usual_gap(SkillRecord("any", target=target, strength=strength)) == pytest.approx(gap)


def test_what_is_fading_the_longest_waiting_first() -> None:
    assert fading([BREATHING, WORRY, STOP, NEW], TODAY) == [
        Choice("stop_skill", Reason.FADING, {"days": 30, "gap": 7}),
        Choice("worry_time", Reason.FADING, {"days": 5, "gap": 1}),
    ]


def test_tried_once_or_twice_is_not_fading() -> None:
    assert fading([SkillRecord("pmr", last=ago(60), practised=2)], TODAY) == []


@pytest.mark.parametrize(
    ("records", "skill", "reason"),
    [
        ([BREATHING, NEW, WORRY], "worry_time", Reason.FADING),
        ([BREATHING, NEW], "wise_mind", Reason.NEW),
        (
            [SkillRecord("pmr", last=ago(1), practised=1, strength=9), BREATHING],
            "paced_breathing",
            Reason.DUE,
        ),
        (
            [
                SkillRecord("gratitude", last=ago(1), practised=30, strength=60),
                SkillRecord("savour", last=ago(1), practised=30, strength=40),
            ],
            "savour",
            Reason.WEAKEST,
        ),
    ],
)
def test_practise_today(records: list[SkillRecord], skill: str, reason: Reason) -> None:
    found = practise_today(records, TODAY)
    assert found is not None
    assert (found.skill, found.reason) == (skill, reason)


def test_the_person_can_overrule() -> None:
    found = practise_today([BREATHING, WORRY], TODAY, passed_over={"worry_time"})
    assert found == Choice("paced_breathing", Reason.DUE, {"days": 1, "gap": 1})
    assert practise_today([WORRY], TODAY, passed_over={"worry_time"}) is None


def test_what_was_practised_today_rests() -> None:
    assert practise_today([SkillRecord("pmr", last=TODAY, practised=5)], TODAY) is None
    assert practise_today([], TODAY) is None


def test_the_ladder_after_treatment() -> None:
    day = date(2026, 3, 1)
    days = []
    for sent in range(5):
        day = next_maintenance(day, sent)
        days.append(day.isoformat())
    assert days == ["2026-03-08", "2026-03-22", "2026-04-19", "2026-06-14", "2026-08-09"]


def test_a_step_of_the_ladder_counts_whether_it_was_sent_or_not() -> None:
    since = date(2026, 3, 1)
    due = [date(2026, 3, 8), date(2026, 3, 22), date(2026, 4, 19), date(2026, 6, 14)]
    assert [climbed(since, day) for day in due] == [1, 2, 3, 4]
    assert climbed(since, date(2026, 3, 1)) == 0


def forgot(times: int, at: time | None = time(8)) -> list[Obstacle]:
    return [Obstacle(ago(n), Barrier.FORGOT, at) for n in range(times)]


def too_hard(times: int) -> list[Obstacle]:
    return [Obstacle(ago(n), Barrier.TOO_HARD, time(8)) for n in range(times)]


EVENINGS = [time(21, 5), time(20, 40), time(21, 20), time(12)]
TO_NINE = Move(3, time(8), time(21))


@pytest.mark.parametrize(
    ("obstacles", "practised_at", "expected"),
    [
        (forgot(3), EVENINGS, TO_NINE),
        (forgot(2), EVENINGS, None),
        (forgot(3, None), EVENINGS, None),
        (forgot(3), EVENINGS[1:], None),
        (forgot(3), [time(8, 10)] * 9, None),
        (forgot(3), [time(8, 10)] * 9 + EVENINGS, TO_NINE),
        (forgot(3), [], None),
        (forgot(3, time(23, 30)), [time(0, 10)] * 3, None),
        (forgot(3, time(20)), [time(23, 50)] * 3, Move(3, time(20), time(0))),
        (too_hard(1), EVENINGS, None),
        (too_hard(2), EVENINGS, Smaller(2)),
        (forgot(3) + too_hard(2), EVENINGS, Smaller(2)),
        ([], EVENINGS, None),
        ([Obstacle(ago(28 + n), Barrier.TOO_HARD) for n in range(5)], EVENINGS, None),
    ],
)
def test_suggest(
    obstacles: list[Obstacle], practised_at: list[time], expected: Smaller | Move | None
) -> None:
    assert suggest(obstacles, practised_at, TODAY) == expected


def test_what_was_turned_down_is_not_suggested() -> None:
    both = forgot(3) + too_hard(2)
    assert suggest(both, EVENINGS, TODAY, declined={Smaller}) == TO_NINE
    assert suggest(both, EVENINGS, TODAY, declined={Smaller, Move}) is None


def test_the_barriers_are_those_that_the_content_answers() -> None:
    assert {barrier.id for barrier in load_content().barriers("en")} == set(Barrier)


def tries(skill: str, *pairs: tuple[int, int]) -> list[Try]:
    return [Try(skill, before, after) for before, after in pairs]


def test_what_has_worked_at_this_strength() -> None:
    lived = [
        *tries("grounding", (8, 5), (7, 5), (9, 6)),
        *tries("breathing", (7, 6), (8, 7), (6, 5), (7, 6)),
        *tries("tipp", (9, 2), (9, 3)),
        *tries("worry_time", (8, 8), (8, 9), (7, 7)),
    ]
    assert worked_at(lived, 8) == [Worked("grounding", 3.0, 3), Worked("breathing", 1.0, 4)]
    assert worked_at(lived, 3) == []


@pytest.mark.parametrize(
    ("answers", "retired"),
    [
        ([Helped.WORSE, Helped.WORSE], True),
        ([Helped.A_LOT, Helped.WORSE, Helped.WORSE], True),
        ([Helped.WORSE, Helped.NO_CHANGE, Helped.WORSE], False),
        ([Helped.WORSE, Helped.WORSE, Helped.A_LITTLE], False),
        ([Helped.WORSE], False),
        ([], False),
    ],
)
def test_made_it_worse_twice_in_a_row_retires(answers: list[Helped], retired: bool) -> None:
    assert retires(answers) is retired
