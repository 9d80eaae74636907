"""Three signals together, and the offer of support when life changes."""

from datetime import date, timedelta

import pytest

from bot.practice.progress import Consistency
from bot.practice.ratings import Reading
from bot.practice.record import Start
from bot.practice.second_nature import (
    Signals,
    automaticity,
    check_in_due,
    signals,
    try_thinning,
    wants_support,
)

PROMPTED, REMEMBERED, HAPPENED = Start
HALF_ALONE = [PROMPTED, REMEMBERED] * 4 + [HAPPENED, PROMPTED]
MOSTLY_NUDGED = [PROMPTED] * 6 + [HAPPENED] * 4
NONE, SEVENTY, EIGHTY = Consistency(0, 0), Consistency(19, 28), Consistency(23, 28)
FIRST = date(2026, 5, 4)


def fortnightly(*values: float, every: int = 14) -> list[Reading]:
    return [Reading(FIRST + timedelta(days=every * n), value) for n, value in enumerate(values)]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([8, 7, None, 9], 8.0),
        ([8, 7, 6, 6], 6.75),
        ([8, None, None, 9], None),
        ([], None),
    ],
)
def test_automaticity_needs_three_answers(answers: list[int | None], expected: float | None) -> None:
    assert automaticity(answers) == expected


@pytest.mark.parametrize(
    ("last", "since", "practices", "due"),
    [(None, 14, 5, True), (None, 13, 9, False), (14, 20, 5, True), (13, 20, 9, False), (14, 20, 4, False)],
)
def test_a_check_in_comes_every_fortnight_of_practice(
    last: int | None, since: int, practices: int, due: bool
) -> None:
    today = FIRST + timedelta(days=60)
    asked = None if last is None else today - timedelta(days=last)
    assert check_in_due(asked, today - timedelta(days=since), practices, today) is due


@pytest.mark.parametrize(
    ("readings", "starts", "thinned", "expected"),
    [
        (fortnightly(7, 7.5, 8), HALF_ALONE, NONE, (True, True, True)),
        (fortnightly(7, 7.5, 8), MOSTLY_NUDGED, NONE, (True, True, False)),
        (fortnightly(7, 7.5, 8), MOSTLY_NUDGED, EIGHTY, (True, True, True)),
        (fortnightly(7, 7.5, 8), MOSTLY_NUDGED, SEVENTY, (True, True, False)),
        (fortnightly(7, 7.5, 8), HALF_ALONE[1:], Consistency(9, 9), (True, True, False)),
        (fortnightly(5, 6, 8), HALF_ALONE, NONE, (False, False, True)),
        (fortnightly(6, 6.5, 7), HALF_ALONE, NONE, (False, True, True)),
        (fortnightly(7, 8, 9.5), HALF_ALONE, NONE, (True, False, True)),
        (fortnightly(8, 8, 6.9), HALF_ALONE, NONE, (False, False, True)),
        (fortnightly(8, 8, 8, every=6), HALF_ALONE, NONE, (False, True, True)),
        (fortnightly(8, 8), HALF_ALONE, NONE, (True, False, True)),
        ([], [], NONE, (False, False, False)),
    ],
)
def test_signals(
    readings: list[Reading],
    starts: list[Start],
    thinned: Consistency,
    expected: tuple[bool, bool, bool],
) -> None:
    assert signals(readings, starts, thinned) == Signals(*expected)


@pytest.mark.parametrize(
    ("found", "recent", "offered"),
    [
        (Signals(True, True, False), EIGHTY, True),
        (Signals(True, True, False), SEVENTY, False),
        (Signals(True, True, False), Consistency(20, 20), False),
        (Signals(True, True, True), EIGHTY, False),
        (Signals(False, True, False), EIGHTY, False),
        (Signals(True, False, False), EIGHTY, False),
    ],
)
def test_rarer_nudges_are_offered_where_only_the_third_signal_is_missing(
    found: Signals, recent: Consistency, offered: bool
) -> None:
    assert try_thinning(found, recent) is offered


def test_second_nature_needs_all_three() -> None:
    assert Signals(True, True, True).second_nature
    assert not Signals(True, True, False).second_nature
    assert not Signals(True, False, True).second_nature
    assert not Signals(False, True, True).second_nature


@pytest.mark.parametrize(
    ("latest", "then", "strength", "expected"),
    [(6.0, 90.0, 90.0, True), (6.5, 80.0, 60.0, False), (8.0, 80.0, 59.9, True), (8.0, 55.0, 50.0, False)],
)
def test_support_is_offered_again_when_life_changes(
    latest: float, then: float, strength: float, expected: bool
) -> None:
    assert wants_support(8.0, latest, then, strength) is expected
