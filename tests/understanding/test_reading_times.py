"""When to be reminded: what the corpus does not show."""

from datetime import UTC, datetime, time

import pytest

from bot.understanding.times import (
    AfterSession,
    Asked,
    Moment,
    NotUnderstood,
    Question,
    Reason,
    Understood,
    read_when,
)
from tests.understanding.compact import NOW, options_line, reading_line


@pytest.mark.parametrize(
    ("phrase", "options"),
    [
        ("at half seven", "DAILY 07:30 | DAILY 19:30"),
        ("quarter to 12", "DAILY 11:45 | DAILY 23:45"),
        ("tomorrow at 8", "at 2026-11-26 08:00 | at 2026-11-26 20:00"),
        ("8 and 9", "DAILY 08:00 09:00 | DAILY 20:00 21:00 | DAILY 08:00 21:00"),
        ("8 and 9pm", "DAILY 08:00 21:00 | DAILY 20:00 21:00"),
        ("mon 7 and tue 8", "WEEKLY;BYDAY=MO 07:00 + WEEKLY;BYDAY=TU 08:00"),
        ("today at 8", "at 2026-11-25 20:00"),
        ("next friday at 9:00", "at 2026-11-27 09:00 | at 2026-12-04 09:00"),
        ("next friday at 9", "at 2026-11-27 09:00 | at 2026-11-27 21:00"),
        ("7 30", ""),
    ],
)
def test_what_may_be_meant_twice_is_asked(phrase: str, options: str) -> None:
    assert options_line(read_when(phrase, now=NOW)).startswith(options)


def test_the_kind_of_question_says_what_is_left_to_ask() -> None:
    for phrase, kind in (("at 8", Asked.AM_OR_PM), ("next friday 9:00", Asked.WHICH_DAYS)):
        read = read_when(phrase, now=NOW)
        assert isinstance(read, Question)
        assert read.kind is kind


@pytest.mark.parametrize(
    ("phrase", "reason", "words"),
    [
        ("", Reason.NOTHING, ""),
        ("please", Reason.NOTHING, ""),
        ("8:00 " * 100, Reason.NOTHING, ""),
        ("every day at 8:00 whatever", Reason.WORD, "whatever"),
        ("8:00 except christmas", Reason.WORD, "except"),
        ("mon 8:00 and tue", Reason.NO_TIME, ""),
        ("every morning and 21:00", Reason.IMPOSSIBLE, "21:00 morning"),
        ("8:00 and in the evening", Reason.NO_TIME, "in the evening"),
        ("morning and evening at 8", Reason.UNSUPPORTED, "evening"),
        ("25:00", Reason.IMPOSSIBLE, "25:00"),
        ("at 25", Reason.IMPOSSIBLE, "25"),
        ("quarter to 30", Reason.IMPOSSIBLE, "30"),
        ("19:00 pm", Reason.IMPOSSIBLE, "19:00 pm"),
        ("9pm in the morning", Reason.IMPOSSIBLE, "21:00 in the morning"),
        ("31 june 8:00", Reason.IMPOSSIBLE, "31"),
        ("2026-02-30 8:00", Reason.IMPOSSIBLE, "2026-02-30"),
        ("mondays 9:00 except mondays", Reason.IMPOSSIBLE, ""),
        ("every month on the 32nd at 8:00", Reason.IMPOSSIBLE, "32nd"),
        ("today at 9:00", Reason.PAST, ""),
        ("2025-01-01 8:00", Reason.PAST, ""),
        ("every 3 mondays at 8:00", Reason.UNSUPPORTED, "every 3 mondays"),
        ("every 0 days 8:00", Reason.UNSUPPORTED, "every 0 days"),
        ("every 400 days 8:00", Reason.UNSUPPORTED, "every 400 days"),
        ("every other 8:00", Reason.UNSUPPORTED, "every other"),
        ("every 2 days on monday 8:00", Reason.UNSUPPORTED, "every 2 days"),
        ("every hour", Reason.UNSUPPORTED, "every hour"),
        ("every hour at 8:00", Reason.UNSUPPORTED, "every hour"),
        ("every 3 months at 8:00", Reason.UNSUPPORTED, ""),
        ("mondays every month on the 3rd 8:00", Reason.UNSUPPORTED, "3rd"),
        ("8:00 every 2 days every 3 days", Reason.UNSUPPORTED, "every 3 days"),
        ("in 3 months", Reason.UNSUPPORTED, "3 months"),
        ("in 2000 minutes", Reason.UNSUPPORTED, "2000 minutes"),
        ("in 2 hours at 8:00", Reason.UNSUPPORTED, ""),
        ("in 3 days on monday", Reason.UNSUPPORTED, ""),
        ("in 2 hours in 3 hours", Reason.UNSUPPORTED, ""),
        ("after my session at 8:00", Reason.UNSUPPORTED, ""),
        ("next month 8:00", Reason.UNSUPPORTED, "next month"),
        ("next 8:00", Reason.UNSUPPORTED, ""),
        ("next week 8:00", Reason.UNSUPPORTED, ""),
        ("next tomorrow 8:00", Reason.UNSUPPORTED, ""),
        ("monday 25 nov 11:00", Reason.UNSUPPORTED, ""),
        ("tomorrow every day 8:00", Reason.UNSUPPORTED, ""),
        ("once on mon and tue 8:00", Reason.UNSUPPORTED, ""),
        ("may 8:00", Reason.WORD, "may"),
        ("in", Reason.WORD, "in"),
        ("in 0 minutes", Reason.WORD, "in"),
    ],
)
def test_what_is_declined_and_why(phrase: str, reason: Reason, words: str) -> None:
    assert read_when(phrase, now=NOW) == NotUnderstood(reason, words)


@pytest.mark.parametrize(
    ("phrase", "line"),
    [
        ("in an hour and a half", "exactly 2026-11-25 11:30"),
        ("in 2h", "exactly 2026-11-25 12:00"),
        ("in 2 hours 30", "exactly 2026-11-25 12:30"),
        ("1 hour 20 from now", "exactly 2026-11-25 11:20"),
        ("may 3 2028 8:00", "at 2028-05-03 08:00"),
        ("may 3, 2028 8:00", "at 2028-05-03 08:00"),
        ("3 may 8:00 pm", "at 2027-05-03 20:00"),
        ("feb 29 9:00", "at 2028-02-29 09:00"),
        ("24.12.2027 8:00", "at 2027-12-24 08:00"),
        ("24.12. 8:00", "at 2026-12-24 08:00"),
        ("24/12 8:00", "at 2026-12-24 08:00"),
        ("12/24/2027 8:00", "at 2027-12-24 08:00"),
        ("wed 25 nov 10:01", "at 2026-11-25 10:01"),
        ("once at 21:00 and 22:00", "at 2026-11-25 21:00 + at 2026-11-25 22:00"),
        ("fri 9:00 and 18:00", "at 2026-11-27 09:00 + at 2026-11-27 18:00"),
        ("9:00 on the 15th of every month", "MONTHLY;BYMONTHDAY=15 09:00"),
        ("every other evening", "DAILY;INTERVAL=2 19:00"),
        ("every other evening at 8", "DAILY;INTERVAL=2 20:00"),
        ("every day every day 8:00", "DAILY 08:00"),
        ("every monday 8:00 and every friday 9:00", "WEEKLY;BYDAY=MO 08:00 + WEEKLY;BYDAY=FR 09:00"),
        ("8 tomorrow evening", "at 2026-11-26 20:00"),
        ("every evening at 8 and every morning at 7", "DAILY 20:00 + DAILY 07:00"),
        ("evening at 8, morning at 7", "DAILY 07:00 20:00"),
        ("evening at 8 and in the morning", "decline"),
        ("mon-sun 8:00", "DAILY 08:00"),
        ("except sat and sun 8:00", "WEEKLY;BYDAY=MO,TU,WE,TH,FR 08:00"),
        ("730pm", "DAILY 19:30"),
        ("20 uhr", "DAILY 20:00"),
        ("12:30am", "DAILY 00:30"),
        ("every monday, monday 8:00", "WEEKLY;BYDAY=MO 08:00"),
        ("every day on weekdays 8:00", "WEEKLY;BYDAY=MO,TU,WE,TH,FR 08:00"),
        ("24:00", "DAILY 00:00"),
        ("10 march 8:00", "at 2027-03-10 08:00"),
        ("8 10 march", "ask"),
        ("mon 8:00 every week", "WEEKLY;BYDAY=MO 08:00"),
        ("half past 12 pm", "DAILY 12:30"),
        ("quarter to 20", "DAILY 19:45"),
        ("nine ten", "ask"),
        ("seven twelve", "ask"),
        ("twice a day 8:00 20:00", "DAILY 08:00 20:00"),
        ("seven-thirty", "decline"),
    ],
)
def test_forms_that_are_rare(phrase: str, line: str) -> None:
    assert reading_line(read_when(phrase, now=NOW)) == line


def test_an_exact_delay_is_told_in_whole_seconds_and_never_early() -> None:
    now = datetime(2026, 11, 25, 10, 0, 0, 250_000, tzinfo=UTC)
    at = datetime(2026, 11, 25, 10, 5, 1, tzinfo=UTC)
    assert read_when("in 5 min", now=now) == Understood((Moment(at, exact=True),))


def test_a_session_may_be_waited_out() -> None:
    assert read_when("2 hours after my session", now=NOW) == Understood((AfterSession(120),))


def test_where_each_answer_would_be_past_nothing_is_asked() -> None:
    late = NOW.replace(hour=23)
    assert read_when("today at 9", now=late) == NotUnderstood(Reason.PAST)


def test_an_unknown_language_is_read_as_english() -> None:
    read = read_when("every day at 8:00", now=NOW, language="tlh")
    assert isinstance(read, Understood)
    assert getattr(read.rules[0], "times", None) == (time(8),)


def test_of_several_dates_that_may_each_be_two_none_is_guessed() -> None:
    read = read_when("7/10 " * 40, now=NOW)
    assert isinstance(read, NotUnderstood)
    assert read.reason is Reason.UNSUPPORTED
