"""How long, and until when."""

from datetime import datetime

import pytest

from bot.understanding.durations import minutes_in, read_minutes, read_until
from tests.understanding.compact import NOW


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("5 min", 5),
        ("5min", 5),
        ("half an hour", 30),
        ("1h15", 75),
        ("1 h 15 min", 75),
        ("1h", 60),
        ("2 hours", 120),
        ("an hour", 60),
        ("twenty minutes", 20),
        ("a quarter of an hour", 15),
        ("an hour and a half", 90),
        ("0 min", None),
        ("5 days", None),
        ("25 hours", None),
        ("5", None),
        ("later", None),
        ("", None),
    ],
)
def test_minutes(text: str, minutes: int | None) -> None:
    assert read_minutes(text) == minutes


def test_each_stretch_is_told_in_order() -> None:
    assert minutes_in("10 min in the morning, then 1h and 5 minutes") == [10, 60, 5]


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("until Monday", "2026-11-30 00:00"),
        ("till wednesday", "2026-12-02 00:00"),
        ("next friday", "2026-11-27 00:00"),
        ("mondays", "2026-11-30 00:00"),
        ("for two weeks", "2026-12-09 00:00"),
        ("3 days", "2026-11-28 00:00"),
        ("a month", "2026-12-25 00:00"),
        ("next week", "2026-11-30 00:00"),
        ("until 3 May", "2027-05-03 00:00"),
        ("until May 3rd", "2027-05-03 00:00"),
        ("3rd of may", "2027-05-03 00:00"),
        ("until 2026-12-24", "2026-12-24 00:00"),
        ("24.12. ", "2026-12-24 00:00"),
        ("tomorrow", "2026-11-26 00:00"),
        ("in 2 hours", "2026-11-25 12:00"),
        ("30 minutes", "2026-11-25 10:30"),
        ("feb 29", "2028-02-29 00:00"),
        ("31 february", None),
        ("2026-02-30", None),
        ("2026-11-25", None),
        ("2025-01-01", None),
        ("today", None),
        ("0 days", None),
        ("9999 days", None),
        ("2000 minutes", None),
        ("next month", None),
        ("whenever", None),
        ("", None),
    ],
)
def test_until_when(text: str, until: str | None) -> None:
    found = read_until(text, now=NOW)
    expected = datetime.strptime(until, "%Y-%m-%d %H:%M").replace(tzinfo=NOW.tzinfo) if until else None
    assert (found.at if found else None) == expected
