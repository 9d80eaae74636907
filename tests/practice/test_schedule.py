"""Known instants, and what must hold for any rule; the tz database is walked in test_schedule_zones."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.practice.recurrence import RuleError
from bot.practice.schedule import Rule, day_span, instants_on, local_day, next_due, to_instant

NEW_YORK = ZoneInfo("America/New_York")
BERLIN = ZoneInfo("Europe/Berlin")
APIA = ZoneInfo("Pacific/Apia")
HAVANA = ZoneInfo("America/Havana")
ZONES = st.sampled_from(
    [NEW_YORK, BERLIN, APIA, HAVANA]
    + [ZoneInfo(name) for name in ("UTC", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Santiago")]
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def rule(days: str, *times: str, starts: str = "2020-01-01") -> Rule:
    return Rule(days, tuple(time.fromisoformat(wall) for wall in times), date.fromisoformat(starts))


def dues(of: Rule, zone: ZoneInfo, after: datetime, count: int) -> list[str]:
    found: list[str] = []
    at: datetime | None = after
    while len(found) < count:
        at = next_due(of, zone, at) if at else None
        if at is None:
            break
        found.append(at.strftime("%Y-%m-%d %H:%M"))
    return found


def test_a_time_the_clocks_skip_comes_an_hour_later_by_the_clock() -> None:
    daily = rule("FREQ=DAILY", "02:30")
    assert dues(daily, NEW_YORK, utc("2026-03-07 12:00"), 2) == ["2026-03-08 07:30", "2026-03-09 06:30"]


def test_a_time_the_clocks_repeat_comes_once_at_the_first() -> None:
    daily = rule("FREQ=DAILY", "01:30")
    assert dues(daily, NEW_YORK, utc("2026-10-31 12:00"), 2) == ["2026-11-01 05:30", "2026-11-02 06:30"]


def test_two_times_on_the_same_instant_are_one() -> None:
    daily = rule("FREQ=DAILY", "02:30", "03:30")
    assert dues(daily, NEW_YORK, utc("2026-03-08 00:00"), 2) == ["2026-03-08 07:30", "2026-03-09 06:30"]
    assert len(instants_on(daily, NEW_YORK, date(2026, 3, 8))) == 1


def test_a_time_moved_past_midnight_does_not_lose_the_next_days_earlier_one() -> None:
    # Apia left out 30 December 2011: 09:00 of that day lands on 09:00 of the 31st, after 08:00 of the 31st.
    times = rule("FREQ=DAILY", "08:00", "09:00", starts="2011-01-01")
    assert dues(times, APIA, utc("2011-12-29 18:30"), 4) == [
        "2011-12-29 19:00",
        "2011-12-30 18:00",
        "2011-12-30 19:00",
        "2011-12-31 18:00",
    ]


def test_the_nearest_of_two_days_wins_when_a_shift_makes_them_overlap() -> None:
    # In Havana 00:30 of 8 March 2026 does not exist; a late time of the 7th stays before it.
    late = rule("FREQ=DAILY", "23:45", "00:30")
    assert dues(late, HAVANA, utc("2026-03-08 03:00"), 3) == [
        "2026-03-08 04:45",
        "2026-03-08 05:30",
        "2026-03-09 03:45",
    ]


@pytest.mark.parametrize(
    ("days", "starts", "expected"),
    [
        ("FREQ=DAILY", "2020-01-01", ["2026-11-25", "2026-11-26", "2026-11-27"]),
        ("FREQ=DAILY;INTERVAL=2", "2020-01-01", ["2026-11-25", "2026-11-27", "2026-11-29"]),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", "2020-01-01", ["2026-11-25", "2026-11-27", "2026-11-30"]),
        ("FREQ=WEEKLY", "2020-01-01", ["2026-11-25", "2026-12-02", "2026-12-09"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU", "2026-11-24", ["2026-11-29", "2026-12-08", "2026-12-13"]),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU",
            "2026-11-24",
            ["2026-12-06", "2026-12-08", "2026-12-20"],
        ),
        ("FREQ=MONTHLY", "2020-01-31", ["2026-12-31", "2027-01-31", "2027-03-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2020-01-01", ["2026-11-30", "2026-12-31", "2027-01-31"]),
        ("FREQ=MONTHLY;BYDAY=1MO,-1FR", "2020-01-01", ["2026-11-27", "2026-12-07", "2026-12-25"]),
        ("FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=3", "2026-08-10", ["2027-01-03", "2027-06-03", "2027-11-03"]),
        ("FREQ=DAILY;COUNT=1", "2026-11-28", ["2026-11-28"]),
        ("FREQ=WEEKLY;BYDAY=MO,TH;COUNT=3", "2026-11-20", ["2026-11-26", "2026-11-30"]),
        ("FREQ=DAILY;UNTIL=20261126", "2020-01-01", ["2026-11-25", "2026-11-26"]),
        ("FREQ=DAILY;UNTIL=20251126", "2020-01-01", []),
        ("FREQ=DAILY;COUNT=400;INTERVAL=7", "2020-01-01", ["2026-11-25", "2026-12-02", "2026-12-09"]),
    ],
)
def test_days_of_a_rule(days: str, starts: str, expected: list[str]) -> None:
    found = dues(rule(days, "12:00", starts=starts), ZoneInfo("UTC"), utc("2026-11-24 12:00"), 3)
    assert [at[:10] for at in found] == expected


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ("", "not a part of a rule"),
        ("RRULE:FREQ=DAILY", "not a part of a rule"),
        ("FREQ=DAILY;BYHOUR=8", "not a part of a rule"),
        ("INTERVAL=2", "FREQ= is not one of DAILY, WEEKLY, MONTHLY"),
        ("FREQ=HOURLY", "FREQ=HOURLY is not one of"),
        ("FREQ=DAILY;FREQ=WEEKLY", "FREQ is given twice"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL=0 is not a number from 1 to 366"),
        ("FREQ=WEEKLY;INTERVAL=53", "from 1 to 52"),
        ("FREQ=DAILY;INTERVAL=two", "INTERVAL=two is not a number"),
        ("FREQ=WEEKLY;BYDAY=XX", "BYDAY=XX is not a weekday"),
        ("FREQ=WEEKLY;BYDAY=1MO", "it needs FREQ=MONTHLY"),
        ("FREQ=MONTHLY;BYDAY=MO,1TU", "not both"),
        ("FREQ=DAILY;BYMONTHDAY=1", "BYMONTHDAY needs FREQ=MONTHLY"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "counts from 1"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "from -31 to 31"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20270101", "not by both"),
        ("FREQ=DAILY;UNTIL=2027-01-01", "not a day such as 20261231"),
        ("FREQ=DAILY;UNTIL=20271301", "not a day such as 20261231"),
        ("FREQ=DAILY;UNTIL=20190101", "ends before its first day"),
        ("FREQ=WEEKLY;BYDAY=TU;UNTIL=20200106", "ends before its first day"),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=MO", "never comes"),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=MO;COUNT=1", "never comes"),
        ("FREQ=MONTHLY;BYMONTHDAY=20;BYDAY=MO", "not by both"),
        ("FREQ=DAILY;WKST=1", "WKST=1 is not one of MO"),
    ],
)
def test_a_rule_that_cannot_be_kept_says_why(days: str, says: str) -> None:
    with pytest.raises(RuleError, match=says):
        rule(days, "08:00", starts="2020-01-01")


@pytest.mark.parametrize(
    ("days", "starts", "first"),
    [
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=29", "2097-02-01", "2104-02-29"),
        ("FREQ=MONTHLY;INTERVAL=12;BYDAY=5MO", "2025-02-01", "2044-02-29"),
        ("FREQ=DAILY;INTERVAL=14;BYDAY=WE", "2020-01-01", "2020-01-01"),
    ],
)
def test_rare_days_come(days: str, starts: str, first: str) -> None:
    found = dues(rule(days, "12:00", starts=starts), ZoneInfo("UTC"), utc("2020-01-01 00:00"), 1)
    assert [at[:10] for at in found] == [first]


@pytest.mark.parametrize(("starts", "monthday"), [("2026-02-01", "30"), ("2026-04-01", "-31")])
def test_a_day_its_months_never_have_is_refused(starts: str, monthday: str) -> None:
    with pytest.raises(RuleError, match="never comes"):
        rule(f"FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY={monthday}", "08:00", starts=starts)


def test_a_rule_needs_local_times_and_a_sensible_start() -> None:
    with pytest.raises(RuleError, match="at least one time"):
        rule("FREQ=DAILY")
    with pytest.raises(RuleError, match="without a zone"):
        Rule("FREQ=DAILY", (time(8, tzinfo=UTC),), date(2026, 1, 1))
    with pytest.raises(RuleError, match="1970 to 2199"):
        rule("FREQ=DAILY", "08:00", starts="1969-12-31")


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        next_due(rule("FREQ=DAILY", "08:00"), BERLIN, datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(ValueError, match="aware"):
        local_day(datetime(2026, 1, 1), BERLIN)  # noqa: DTZ001


def test_a_wall_time_marked_as_the_second_still_means_the_first() -> None:
    assert to_instant(date(2026, 11, 1), time(1, 30, fold=1), NEW_YORK) == utc("2026-11-01 05:30")


def test_no_instants_on_a_day_the_rule_leaves_out() -> None:
    weekly = rule("FREQ=WEEKLY;BYDAY=MO", "21:00", "07:30")
    assert instants_on(weekly, BERLIN, date(2026, 11, 24)) == ()
    assert instants_on(weekly, BERLIN, date(2026, 11, 23)) == (
        utc("2026-11-23 06:30"),
        utc("2026-11-23 20:00"),
    )


def test_half_past_midnight_belongs_to_yesterday() -> None:
    assert local_day(utc("2026-11-25 23:30"), BERLIN) == date(2026, 11, 25)
    assert local_day(utc("2026-11-26 02:59"), BERLIN) == date(2026, 11, 25)
    assert local_day(utc("2026-11-26 03:00"), BERLIN) == date(2026, 11, 26)
    assert local_day(utc("2026-11-25 23:30"), BERLIN, day_ends_at=0) == date(2026, 11, 26)


def test_a_day_is_as_long_as_the_clocks_make_it() -> None:
    lengths = [_length(day, BERLIN) for day in (date(2026, 3, 27), date(2026, 3, 28), date(2026, 10, 24))]
    assert lengths == [timedelta(hours=24), timedelta(hours=23), timedelta(hours=25)]
    assert _length(date(2011, 12, 30), APIA) == timedelta(0)


def test_a_day_that_starts_twice_by_the_clock_starts_once() -> None:
    # Havana repeats 00:00 to 01:00 on 1 November 2026; at 00:30 the day ends, at the first of the two.
    ends_within_the_fold = 30
    assert local_day(utc("2026-11-01 04:40"), HAVANA, ends_within_the_fold) == date(2026, 11, 1)
    assert local_day(utc("2026-11-01 05:10"), HAVANA, ends_within_the_fold) == date(2026, 11, 1)


def test_a_day_begun_does_not_end_when_the_clocks_go_back_over_midnight() -> None:
    # St. John's went from 00:01 on 7 November 2010 back to 23:01 on the 6th: the 7th had begun.
    st_johns = ZoneInfo("America/St_Johns")
    assert local_day(utc("2010-11-07 03:00"), st_johns, day_ends_at=0) == date(2010, 11, 7)
    assert local_day(utc("2010-11-07 02:29"), st_johns, day_ends_at=0) == date(2010, 11, 6)


def _length(day: date, zone: ZoneInfo) -> timedelta:
    start, end = day_span(day, zone)
    return end - start


RULES = st.builds(
    Rule,
    days=st.one_of(
        st.integers(1, 20).map("FREQ=DAILY;INTERVAL={}".format),
        st.builds(
            "FREQ=WEEKLY;INTERVAL={};BYDAY={}".format,
            st.integers(1, 4),
            st.sampled_from(["MO", "MO,WE,FR", "SU,MO", "TU,SA", "MO,TU,WE,TH,FR"]),
        ),
        st.builds(
            "FREQ=MONTHLY;INTERVAL={};{}".format,
            st.integers(1, 3),
            st.sampled_from(["BYMONTHDAY=1,15", "BYMONTHDAY=-1", "BYDAY=2TU", "BYDAY=SA,SU"]),
        ),
        st.sampled_from(["FREQ=DAILY;COUNT=10", "FREQ=WEEKLY;COUNT=40", "FREQ=DAILY;UNTIL=20300101"]),
    ),
    times=st.lists(st.times(), min_size=1, max_size=3).map(tuple),
    starts=st.dates(date(2010, 1, 1), date(2027, 1, 1)),
)
INSTANTS = st.datetimes(datetime(2010, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@settings(max_examples=150, deadline=None)
@given(RULES, ZONES, INSTANTS)
def test_next_due_is_the_earliest_instant_of_any_day_after(of: Rule, zone: ZoneInfo, after: datetime) -> None:
    """Second count: ask each day of the following four months by itself."""
    start = after.astimezone(zone).date() - timedelta(days=3)
    days = [start + timedelta(days=n) for n in range(120)]
    later = [at for day in days for at in instants_on(of, zone, day) if at > after]
    found = next_due(of, zone, after)
    if later:
        assert found == min(later)
    else:
        assert found is None or found > to_instant(days[-1], time(), zone)


@settings(max_examples=150, deadline=None)
@given(RULES, st.dates(date(2010, 1, 1), date(2030, 1, 1)))
def test_days_counted_by_hand(of: Rule, day: date) -> None:
    """Second count: walk from the first day by plain arithmetic, no dateutil, no jump."""
    found = instants_on(of, ZoneInfo("UTC"), day)
    assert bool(found) == (day in _by_hand(of.days, of.starts, day))


def _by_hand(days: str, starts: date, until: date) -> set[date]:
    parts = dict(part.split("=") for part in days.split(";"))
    all_days = [starts + timedelta(days=n) for n in range((until - starts).days + 1)]
    chosen = [day for day in all_days if _on_the_day(parts, starts, day)]
    if "UNTIL" in parts:
        chosen = [day for day in chosen if day.strftime("%Y%m%d") <= parts["UNTIL"]]
    return set(chosen[: int(parts.get("COUNT", len(chosen)))])


def _on_the_day(parts: dict[str, str], starts: date, day: date) -> bool:
    interval = int(parts.get("INTERVAL", "1"))
    if parts["FREQ"] == "DAILY":
        return (day - starts).days % interval == 0
    if parts["FREQ"] == "MONTHLY":
        months = (day.year - starts.year) * 12 + day.month - starts.month
        return months % interval == 0 and _in_month(parts, day)
    weeks = (_monday(day) - _monday(starts)).days // 7
    names = parts.get("BYDAY", _name(starts)).split(",")
    return weeks % interval == 0 and _name(day) in names


def _in_month(parts: dict[str, str], day: date) -> bool:
    if parts.get("BYDAY") == "2TU":
        return _name(day) == "TU" and 8 <= day.day <= 14
    if "BYDAY" in parts:
        return _name(day) in parts["BYDAY"].split(",")
    if parts["BYMONTHDAY"] == "-1":
        return (day + timedelta(days=1)).day == 1
    return str(day.day) in parts["BYMONTHDAY"].split(",")


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _name(day: date) -> str:
    return day.strftime("%a").upper()[:2]


@settings(max_examples=300, deadline=None)
@given(INSTANTS, ZONES, st.integers(0, 1439))
def test_every_instant_belongs_to_exactly_one_day(at: datetime, zone: ZoneInfo, ends: int) -> None:
    day = local_day(at, zone, ends)
    start, end = day_span(day, zone, ends)
    assert start <= at < end
    assert day_span(day - timedelta(days=1), zone, ends)[1] == start
