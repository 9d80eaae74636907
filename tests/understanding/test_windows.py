"""Windows: "between 9 and 11" is one rule with an end, for every language."""

from datetime import date, datetime, time

import pytest

from bot.understanding.meaning import Asked, Moment, NotUnderstood, Question, Reason, Recurring, Understood
from bot.understanding.times import read_when
from tests.understanding.compact import NOW, ZONE, options_line, reading_line

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("language", "phrase"),
    [
        ("en", "weekdays, sometime between 18:00 and 20:00"),
        ("de", "unter der Woche irgendwann zwischen 18 und 20 Uhr"),
        ("es", "entre semana, entre las 6 y las 8 de la tarde"),
        ("fr", "en semaine entre 18h et 20h"),
        ("pt", "nos dias úteis, das 18h às 20h"),
    ],
)
def test_a_window_is_a_rule_with_an_end(language: str, phrase: str) -> None:
    read = read_when(phrase, now=NOW, language=language)
    rule = Recurring("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", (time(18),), TODAY, until=time(20))
    assert read == Understood((rule,))


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("7 to 9pm", "DAILY 19:00-21:00"),
        ("9 to 5pm", "DAILY 09:00-17:00"),
        ("9am to 5", "DAILY 09:00-17:00"),
        ("between 9 and 21:00", "DAILY 09:00-21:00"),
        ("between noon and 2", "DAILY 12:00-14:00"),
        (
            "weekdays 9-11am and 8pm",
            "WEEKLY;BYDAY=MO,TU,WE,TH,FR 20:00 + WEEKLY;BYDAY=MO,TU,WE,TH,FR 09:00-11:00",
        ),
    ],
)
def test_an_end_told_in_full_says_which_half_the_other_is_of(phrase: str, found: str) -> None:
    assert reading_line(read_when(phrase, now=NOW)) == found


@pytest.mark.parametrize(
    ("phrase", "options"),
    [
        ("between 9 and 11", "DAILY 09:00-11:00 | DAILY 21:00-23:00"),
        ("9 to 5 on mondays", "WEEKLY;BYDAY=MO 09:00-17:00"),
    ],
)
def test_two_bare_hours_are_asked_about_together(phrase: str, options: str) -> None:
    read = read_when(phrase, now=NOW)
    assert isinstance(read, Question)
    assert read.kind is Asked.AM_OR_PM
    assert options_line(read) == options


def test_a_window_of_one_day_has_its_end_too() -> None:
    at = datetime(2026, 11, 26, 9, 0, tzinfo=ZONE)
    assert read_when("tomorrow from 9 to 11am", now=NOW) == Understood((Moment(at, False, until=time(11)),))


def test_a_window_that_is_open_already_begins_with_the_next_minute() -> None:
    assert reading_line(read_when("today between 9:00 and 18:00", now=NOW)) == "at 2026-11-25 10:01-18:00"


@pytest.mark.parametrize(
    ("phrase", "reason"),
    [
        ("between 22:00 and 1:00 am", Reason.IMPOSSIBLE),
        ("between 9am and 9am", Reason.IMPOSSIBLE),
        ("today between 7:00 and 9:00", Reason.PAST),
        ("twice a day between 9am and 5pm", Reason.NO_TIME),
        ("in 2 days between 9am and 11am", Reason.UNSUPPORTED),
        ("10 to 8", Reason.WORD),
    ],
)
def test_what_no_window_can_say_is_declined(phrase: str, reason: Reason) -> None:
    read = read_when(phrase, now=NOW)
    assert isinstance(read, NotUnderstood)
    assert read.reason is reason
