"""When to be reminded: phrases and what they mean, on Wednesday 25 November 2026, 10:00 in Berlin."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.times import (
    AfterSession,
    Asked,
    Moment,
    NotUnderstood,
    Question,
    Reason,
    Recurring,
    Understood,
    half_of_day,
    read_when,
)

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=BERLIN)
WEEKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"

RULES = [
    ("every day at 8:00", "FREQ=DAILY", "08:00"),
    ("daily 8:00 12:30", "FREQ=DAILY", "08:00 12:30"),
    ("7:30", "FREQ=DAILY", "07:30"),
    ("7.30", "FREQ=DAILY", "07:30"),
    ("0730", "FREQ=DAILY", "07:30"),
    ("every day at 1930", "FREQ=DAILY", "19:30"),
    ("7h30", "FREQ=DAILY", "07:30"),
    ("19h", "FREQ=DAILY", "19:00"),
    ("7am", "FREQ=DAILY", "07:00"),
    ("7:15 pm", "FREQ=DAILY", "19:15"),
    ("12am", "FREQ=DAILY", "00:00"),
    ("12 pm", "FREQ=DAILY", "12:00"),
    ("12", "FREQ=DAILY", "12:00"),
    ("noon", "FREQ=DAILY", "12:00"),
    ("midnight", "FREQ=DAILY", "00:00"),
    ("in the evening", "FREQ=DAILY", "19:00"),
    ("7 in the evening", "FREQ=DAILY", "19:00"),
    ("half past seven in the morning", "FREQ=DAILY", "07:30"),
    ("quarter to eight in the evening", "FREQ=DAILY", "19:45"),
    ("8 and 20:30", "FREQ=DAILY", "08:00 20:30"),
    ("9, 13 and 18", "FREQ=DAILY", "09:00 13:00 18:00"),
    ("twice a day at 8am and 8pm", "FREQ=DAILY", "08:00 20:00"),
    ("every weekday at 7:30 and 21:00", WEEKDAYS, "07:30 21:00"),
    ("weekdays 7am", WEEKDAYS, "07:00"),
    ("mon-fri 17:00", WEEKDAYS, "17:00"),
    ("monday to friday at 17:00", WEEKDAYS, "17:00"),
    ("sat to mon at 9:00", "FREQ=WEEKLY;BYDAY=MO,SA,SU", "09:00"),
    ("weekends at 10:00", "FREQ=WEEKLY;BYDAY=SA,SU", "10:00"),
    ("mon wed fri 19h", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "19:00"),
    ("tue & thu at 18:00", "FREQ=WEEKLY;BYDAY=TU,TH", "18:00"),
    ("fridays at 6pm", "FREQ=WEEKLY;BYDAY=FR", "18:00"),
    ("every tuesday 17:00", "FREQ=WEEKLY;BYDAY=TU", "17:00"),
    ("except sundays at 8:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA", "08:00"),
    ("every day but friday 8pm", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,SA,SU", "20:00"),
    ("every day except sat and sun at 18:30", WEEKDAYS, "18:30"),
    ("every other day at noon", "FREQ=DAILY;INTERVAL=2", "12:00"),
    ("every 3 days at 18:00", "FREQ=DAILY;INTERVAL=3", "18:00"),
    ("on the 1st of every month at 9:00", "FREQ=MONTHLY;BYMONTHDAY=1", "09:00"),
    ("please remind me every day at 8:00", "FREQ=DAILY", "08:00"),
    ("wedensday and fridays at 8:00", "FREQ=WEEKLY;BYDAY=WE,FR", "08:00"),
]
MOMENTS = [
    ("in 2 hours", "2026-11-25T12:00", True),
    ("in a minute", "2026-11-25T10:01", True),
    ("in half an hour", "2026-11-25T10:30", True),
    ("in an hour and a half", "2026-11-25T11:30", True),
    ("in 1 h and 30 min", "2026-11-25T11:30", True),
    ("in 2h", "2026-11-25T12:00", True),
    ("in 3 days at 8:00", "2026-11-28T08:00", False),
    ("tomorrow at 8:00", "2026-11-26T08:00", False),
    ("day after tomorrow 9:30", "2026-11-27T09:30", False),
    ("tonight", "2026-11-25T21:00", False),
    ("tonight at 9", "2026-11-25T21:00", False),
    ("today at 18:00", "2026-11-25T18:00", False),
    ("on Friday 18:00", "2026-11-27T18:00", False),
    ("wednesday 18:00", "2026-11-25T18:00", False),
    ("wednesday 9:00", "2026-12-02T09:00", False),
    ("next monday morning", "2026-11-30T08:00", False),
    ("3 may at 10:00", "2027-05-03T10:00", False),
    ("may 3rd at 10:00", "2027-05-03T10:00", False),
    ("29 february 10:00", "2028-02-29T10:00", False),
]
DECLINED = [
    ("", Reason.NOTHING),
    ("   ", Reason.NOTHING),
    ("x" * 301, Reason.NOTHING),
    ("whenever the moon is full", Reason.WORD),
    ("every day at eightish o'cl", Reason.WORD),
    ("in", Reason.WORD),
    ("twice a day at 8:00", Reason.NO_TIME),
    ("25:00", Reason.IMPOSSIBLE),
    ("24:30", Reason.IMPOSSIBLE),
    ("8:75", Reason.IMPOSSIBLE),
    ("13 am", Reason.IMPOSSIBLE),
    ("13:00 pm", Reason.IMPOSSIBLE),
    ("31 february 10:00", Reason.IMPOSSIBLE),
    ("mondays except mondays at 8:00", Reason.IMPOSSIBLE),
    ("today at 9:00", Reason.PAST),
    ("in 5 months", Reason.UNSUPPORTED),
    ("in 5000 hours", Reason.UNSUPPORTED),
    ("every 5 months at 8:00", Reason.UNSUPPORTED),
    ("every 2 hours at 8:00", Reason.UNSUPPORTED),
    ("every day tomorrow at 8:00", Reason.UNSUPPORTED),
    ("tomorrow today at 8:00", Reason.UNSUPPORTED),
    ("next mon tue at 8:00", Reason.UNSUPPORTED),
    ("in 2 hours every day", Reason.UNSUPPORTED),
    ("in 2 hours at 8:00", Reason.UNSUPPORTED),
    ("every month on mondays at 8:00", Reason.UNSUPPORTED),
]


KNOWN = [
    *("every", "day", "at", "8", "7:30", "mon", "to", "except", "in", "2", "next", "half", "past", "and"),
    *("weekdays", "1st", "may"),
]


@pytest.mark.parametrize(("says", "days", "times"), RULES)
def test_what_comes_again(says: str, days: str, times: str) -> None:
    wall = tuple(time.fromisoformat(each) for each in times.split())
    assert read_when(says, now=NOW) == Understood((Recurring(days, wall, date(2026, 11, 25)),))


@pytest.mark.parametrize(("says", "at", "exact"), MOMENTS)
def test_what_comes_once(says: str, at: str, exact: bool) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=BERLIN)
    assert read_when(says, now=NOW) == Understood((Moment(moment, exact),))


@pytest.mark.parametrize(("says", "reason"), DECLINED)
def test_what_is_declined_rather_than_guessed(says: str, reason: Reason) -> None:
    read = read_when(says, now=NOW)
    assert isinstance(read, NotUnderstood), read
    assert read.reason is reason


@pytest.mark.parametrize(
    ("says", "morning", "evening"),
    [
        ("7", "07:00", "19:00"),
        ("at 7 o'clock", "07:00", "19:00"),
        ("half seven", "07:30", "19:30"),
        ("quarter past 9", "09:15", "21:15"),
        ("tomorrow at 8", "08:00", "20:00"),
        ("mon wed fri at half seven", "07:30", "19:30"),
    ],
)
def test_morning_or_evening_is_asked_and_each_answer_stands_by_itself(
    says: str, morning: str, evening: str
) -> None:
    read = read_when(says, now=NOW)
    assert isinstance(read, Question)
    assert read.kind is Asked.AM_OR_PM
    for option, told in zip(read.options, (morning, evening), strict=True):
        assert told in option.text
        assert read_when(option.text, now=NOW) == Understood(option.means)


def test_a_past_half_of_the_day_is_not_offered() -> None:
    read = read_when("today at 9", now=NOW)
    assert isinstance(read, Question)
    assert [option.text for option in read.options] == ["today at 21:00"]


def test_when_both_halves_are_past_nothing_is_offered() -> None:
    late = NOW.replace(hour=23)
    assert read_when("today at 9", now=late) == NotUnderstood(Reason.PAST)


@pytest.mark.parametrize(
    ("says", "half"),
    [
        ("morning", 0),
        ("in the evening please", 12),
        ("am", 0),
        ("pm", 12),
        ("tonight", 12),
        ("8 pm", None),
        ("x", None),
    ],
)
def test_a_half_of_the_day(says: str, half: int | None) -> None:
    assert half_of_day(says) == half


def test_after_the_session() -> None:
    assert read_when("after my session", now=NOW) == Understood((AfterSession(0),))


def test_an_instant_is_a_whole_second() -> None:
    read = read_when("in 1 minute", now=NOW.replace(microsecond=500_000))
    assert read == Understood((Moment(NOW.replace(minute=1, second=1), exact=True),))


@pytest.mark.parametrize("language", ["en", "xx"])
def test_a_language_without_words_of_its_own_reads_english(language: str) -> None:
    assert isinstance(read_when("every day at 8:00", now=NOW, language=language), Understood)


@given(st.text(max_size=400))
@settings(max_examples=120, deadline=None)
def test_no_text_raises(text: str) -> None:
    read_when(text, now=NOW)


@given(
    st.sampled_from([says for says, *_ in RULES + MOMENTS]), st.sampled_from(["zorp", "blue", "xylophone"])
)
@settings(max_examples=60, deadline=None)
def test_a_word_that_is_not_understood_never_changes_the_time(says: str, word: str) -> None:
    assert isinstance(read_when(f"{says} {word}", now=NOW), NotUnderstood)


@given(
    st.lists(
        st.sampled_from(
            [
                "every",
                "day",
                "at",
                "8",
                "7:30",
                "mon",
                "to",
                "except",
                "in",
                "2",
                "next",
                "half",
                "past",
                "and",
                "weekdays",
                "1st",
                "may",
            ]
        )
    )
)
@settings(max_examples=200, deadline=None)
def test_any_order_of_known_words_is_read_asked_or_declined(words: list[str]) -> None:
    read = read_when(" ".join(words), now=NOW)
    assert isinstance(read, Understood | Question | NotUnderstood)
