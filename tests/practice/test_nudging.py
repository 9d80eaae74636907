"""Whether a nudge goes out; the ladder of back-off; the stages of coming back."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.practice.nudging import (
    Cadence,
    Circumstances,
    Reentry,
    Verdict,
    back_off,
    decide,
    in_quiet_hours,
    minute_within,
    reentry,
)

DUE = datetime(2026, 11, 25, 7, 30, tzinfo=UTC)
ON_TIME = Circumstances(due=DUE, now=DUE)


def late(**by: float) -> datetime:
    return DUE + timedelta(**by)


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({}, Verdict.SEND),
        ({"now": late(minutes=5)}, Verdict.SEND),
        ({"now": late(minutes=6)}, Verdict.SEND_DELAYED),
        ({"now": late(hours=2)}, Verdict.SEND_DELAYED),
        ({"now": late(hours=2, seconds=1)}, Verdict.TOO_LATE),
        ({"last_crisis": late(hours=-23, minutes=-59)}, Verdict.AFTER_CRISIS),
        ({"last_crisis": late(hours=-24)}, Verdict.SEND),
        ({"paused": True}, Verdict.PAUSED),
        ({"quiet": True}, Verdict.QUIET_HOURS),
        ({"practised_today": 1}, Verdict.DONE_ALREADY),
        ({"practised_today": 1, "prompt": 2}, Verdict.SEND),
        ({"practised_today": 2, "prompt": 2}, Verdict.DONE_ALREADY),
        ({"last_sent": late(minutes=-9, seconds=-59)}, Verdict.TOO_SOON),
        ({"last_sent": late(minutes=-10)}, Verdict.SEND),
        ({"sent_today": 2}, Verdict.SEND),
        ({"sent_today": 3}, Verdict.ENOUGH_TODAY),
        ({"sent_today": 3, "ceiling": 5}, Verdict.SEND),
        ({"cadence": Cadence.EVERY_SECOND_DAY, "days_since_last": 1}, Verdict.BACKED_OFF),
        ({"cadence": Cadence.EVERY_SECOND_DAY, "days_since_last": 2}, Verdict.SEND),
        ({"cadence": Cadence.WEEKLY, "days_since_last": 6}, Verdict.BACKED_OFF),
        ({"cadence": Cadence.WEEKLY, "days_since_last": 7}, Verdict.SEND),
        ({"cadence": Cadence.WEEKLY, "days_since_last": None}, Verdict.SEND),
        ({"cadence": Cadence.STOPPED, "days_since_last": None}, Verdict.BACKED_OFF),
        ({"days_since_last": 0}, Verdict.SEND),
        ({"now": late(hours=3), "last_crisis": DUE, "paused": True}, Verdict.TOO_LATE),
        ({"last_crisis": DUE, "practised_today": 3}, Verdict.AFTER_CRISIS),
    ],
)
def test_decide(change: dict[str, Any], verdict: Verdict) -> None:
    found = decide(replace(ON_TIME, **change))
    assert found is verdict
    assert found.sends == found.value.startswith("send")


@pytest.mark.parametrize(
    ("unanswered", "silent_days", "cadence"),
    [
        (0, 0, Cadence.AS_PLANNED),
        (2, 2, Cadence.AS_PLANNED),
        (3, 3, Cadence.EVERY_SECOND_DAY),
        (5, 7, Cadence.EVERY_SECOND_DAY),
        (6, 9, Cadence.WEEKLY),
        (7, 13, Cadence.WEEKLY),
        (2, 14, Cadence.AS_PLANNED),
        (6, 14, Cadence.STOPPED),
        (0, 40, Cadence.AS_PLANNED),
    ],
)
def test_back_off(unanswered: int, silent_days: int, cadence: Cadence) -> None:
    assert back_off(unanswered, silent_days) is cadence


def test_the_ladder_of_a_daily_nudge_that_is_never_answered() -> None:
    assert _days_nudged(30) == [0, 1, 2, 4, 6, 8]


def _days_nudged(length: int) -> list[int]:
    sent: list[int] = []
    for day in range(length):
        cadence = back_off(len(sent), day - sent[0] if sent else 0)
        since = day - sent[-1] if sent else None
        if decide(replace(ON_TIME, cadence=cadence, days_since_last=since)).sends:
            sent.append(day)
    return sent


TWO, FIVE, FOURTEEN = Reentry


@pytest.mark.parametrize(
    ("silent_days", "unanswered", "told", "expected"),
    [
        (1, 2, [], None),
        (2, 1, [], None),
        (3, 1, [], None),
        (2, 2, [], TWO),
        (3, 3, [TWO], None),
        (5, 4, [TWO], FIVE),
        (5, 4, [], FIVE),
        (28, 3, [], TWO),
        (13, 6, [TWO, FIVE], None),
        (14, 5, [TWO, FIVE], None),
        (14, 6, [TWO, FIVE], FOURTEEN),
        (90, 9, [TWO, FIVE, FOURTEEN], None),
        (6, 5, [FIVE], None),
    ],
)
def test_reentry(silent_days: int, unanswered: int, told: list[Reentry], expected: Reentry | None) -> None:
    assert reentry(silent_days, unanswered, told) is expected


def test_each_stage_is_told_once_in_a_long_silence() -> None:
    told: list[Reentry] = []
    days = []
    for silent_days in range(100):
        stage = reentry(silent_days, silent_days, told)
        if stage:
            told.append(stage)
            days.append(silent_days)
    assert days == [2, 5, 14]


@pytest.mark.parametrize(
    ("wall", "start", "end", "quiet"),
    [
        ("23:00", "22:00", "07:00", True),
        ("22:00", "22:00", "07:00", True),
        ("06:59", "22:00", "07:00", True),
        ("07:00", "22:00", "07:00", False),
        ("12:00", "22:00", "07:00", False),
        ("12:30", "12:00", "13:00", True),
        ("13:00", "12:00", "13:00", False),
        ("09:00", "09:00", "09:00", False),
    ],
)
def test_quiet_hours(wall: str, start: str, end: str, quiet: bool) -> None:
    assert in_quiet_hours(*(time.fromisoformat(text) for text in (wall, start, end))) is quiet


@settings(max_examples=40)
@given(st.dates(), st.text(max_size=8))
def test_a_minute_of_the_window_the_same_each_time(day: date, seed: str) -> None:
    found = minute_within(time(14), time(17, 30), day, seed)
    assert time(14) <= found <= time(17, 30)
    assert found == minute_within(time(14), time(17, 30), day, seed)


def test_every_minute_of_a_window_comes_sooner_or_later() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(200)]
    found = {minute_within(time(14), time(14, 9), day, "plan 7") for day in days}
    assert found == {time(14, minute) for minute in range(10)}


def test_a_window_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="ends after it starts"):
        minute_within(time(17), time(14), date(2026, 1, 1), "")
