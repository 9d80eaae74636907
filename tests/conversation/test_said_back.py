"""What Limber says back about a rule is understood, when typed in again, as that same rule."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.conversation.scheduling import told
from bot.texts import Catalogues
from bot.understanding.times import Moment, Recurring, Understood, read_when

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=ZONE)
"""A Wednesday, at ten in the morning."""

CATALOGUES = Catalogues()
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
TIMES = st.sets(st.times().map(lambda at: at.replace(second=0, microsecond=0)), min_size=1, max_size=3).map(
    lambda times: tuple(sorted(times))
)
WEEKDAYS = st.sets(st.integers(0, 6), min_size=1, max_size=6).map(
    lambda days: ",".join(CODES[day] for day in sorted(days))
)
DAYS = st.one_of(
    st.just("FREQ=DAILY"),
    WEEKDAYS.map(lambda days: f"FREQ=WEEKLY;BYDAY={days}"),
    st.integers(2, 60).map(lambda number: f"FREQ=DAILY;INTERVAL={number}"),
    st.builds(
        lambda number, days: f"FREQ=WEEKLY;INTERVAL={number};BYDAY={days}", st.integers(2, 12), WEEKDAYS
    ),
    st.integers(1, 28).map(lambda day: f"FREQ=MONTHLY;BYMONTHDAY={day}"),
)
BEFORE_THE_CLOCKS_CHANGE = (
    st.integers(1, 100 * 24 * 60)
    .map(lambda minutes: NOW + timedelta(minutes=minutes))
    .filter(lambda at: at.time() != time(0))
)
"""A wall time that the clocks skip is said back as the one an hour later; midnight is not taken for once."""


def _said(meant: Recurring | Moment) -> str:
    return CATALOGUES.plain(told(meant, ZONE), "en")


def _read(words: str) -> Recurring | Moment:
    read = read_when(words, now=NOW)
    assert isinstance(read, Understood), (words, read)
    (rule,) = read.rules
    assert isinstance(rule, Recurring | Moment), words
    return rule


@settings(max_examples=150, deadline=None)
@given(DAYS, TIMES)
@example("FREQ=WEEKLY;BYDAY=FR", (time(0),))
@example("FREQ=MONTHLY;BYMONTHDAY=28", (time(0), time(23, 59)))
def test_a_rule_said_back_is_the_same_rule(days: str, times: tuple[time, ...]) -> None:
    heard = _read(_said(Recurring(days, times, NOW.date())))
    assert isinstance(heard, Recurring)
    assert (heard.days, heard.times) == (days, times)
    assert _read(_said(heard)) == heard


@settings(max_examples=60, deadline=None)
@given(DAYS, st.sets(st.integers(0, 24 * 60 - 1), min_size=2, max_size=2))
def test_a_window_said_back_is_the_same_window(days: str, ends: set[int]) -> None:
    start, end = (time(*divmod(each, 60)) for each in sorted(ends))
    heard = _read(_said(Recurring(days, (start,), NOW.date(), end)))
    assert isinstance(heard, Recurring)
    assert (heard.days, heard.times, heard.until) == (days, (start,), end)


@settings(max_examples=60, deadline=None)
@given(BEFORE_THE_CLOCKS_CHANGE)
@example(NOW.replace(minute=1))
@example(NOW.replace(hour=23, minute=59))
def test_a_moment_said_back_is_the_same_moment(at: datetime) -> None:
    moment = Moment(at, exact=False)
    assert _read(_said(moment)) == moment


def test_once_is_said_as_it_is_read() -> None:
    moment = Moment(NOW.replace(minute=1), exact=False)
    assert _said(moment) == "once, Wed 25 Nov, 10:01"
    assert _read("once, Wed 25 Nov, 10:01") == moment
