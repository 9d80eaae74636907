from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.durations import Until, minutes_in, read_minutes, read_until

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("says", "minutes"),
    [
        ("5 min", 5),
        ("five minutes", 5),
        ("half an hour", 30),
        ("1h15", 75),
        ("1 h 15 min", 75),
        ("2h", 120),
        ("two hours", 120),
        ("an hour and a half", 90),
        ("25 hours", None),
        ("0 min", None),
        ("5 days", None),
        ("nothing", None),
        ("", None),
        ("5", None),
    ],
)
def test_minutes(says: str, minutes: int | None) -> None:
    assert read_minutes(says) == minutes


def test_every_stretch_is_found() -> None:
    assert minutes_in("5 min in the morning, then an hour... 1 hour") == [5, 60, 60]


@pytest.mark.parametrize(
    ("says", "until"),
    [
        ("for two weeks", "2026-12-09T00:00"),
        ("until Monday", "2026-11-30T00:00"),
        ("until next wednesday", "2026-12-02T00:00"),
        ("till tomorrow", "2026-11-26T00:00"),
        ("3 May", "2027-05-03T00:00"),
        ("May 3rd", "2027-05-03T00:00"),
        ("until the 3rd of may", "2027-05-03T00:00"),
        ("may 3", "2027-05-03T00:00"),
        ("29 february", "2028-02-29T00:00"),
        ("a month", "2026-12-25T00:00"),
        ("in 2 hours", "2026-11-25T12:00"),
        ("30 min", "2026-11-25T10:30"),
        ("until next week", "2026-11-30T00:00"),
        ("mondays", "2026-11-30T00:00"),
        ("31 february", None),
        ("today", None),
        ("next month", None),
        ("500 weeks", None),
        ("9000 hours", None),
        ("0 days", None),
        ("gibberish", None),
        ("", None),
    ],
)
def test_until(says: str, until: str | None) -> None:
    expected = Until(datetime.fromisoformat(until).replace(tzinfo=BERLIN)) if until else None
    assert read_until(says, now=NOW) == expected


@given(st.text(max_size=300))
@settings(max_examples=80, deadline=None)
def test_no_text_raises_and_nothing_ends_in_the_past(text: str) -> None:
    read_minutes(text)
    until = read_until(text, now=NOW)
    assert until is None or until.at > NOW
