"""Every zone of the tz database that changed its clocks since 2020, against a count minute by minute.

The second count never turns local time into UTC. It walks UTC minutes, reads what the clocks show, and
takes the first minute that shows the wall time. Where none does, the clocks jumped: it goes on counting
from the last minute before the jump as if nothing had happened.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.practice.schedule import Rule, next_due, to_instant

MINUTE = timedelta(minutes=1)
SINCE, UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
AROUND = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Change:
    """The clocks of a zone change at the UTC instant `at` by `before` to `after`."""

    at: datetime
    before: timedelta
    after: timedelta


def offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)


def changes(zone: ZoneInfo) -> Iterator[Change]:
    step = timedelta(days=5)
    at, seen = SINCE, offset(zone, SINCE)
    while at < UNTIL:
        if offset(zone, at + step) != seen:
            first = first_change(zone, at, at + step)
            yield Change(first, seen, offset(zone, first))
            seen = offset(zone, at + step)
        at += step


def first_change(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    before = offset(zone, low)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        low, high = (middle, high) if offset(zone, middle) == before else (low, middle)
    return high


@cache
def counted(change: Change) -> dict[datetime, datetime]:
    """Map each wall minute around a change to the UTC minute at which it falls, counted minute by minute."""
    shown: dict[datetime, datetime] = {}
    for minute in minutes(change.at - AROUND, change.at + AROUND):
        moved = change.before if minute < change.at else change.after
        shown.setdefault(minute.replace(tzinfo=None) + moved, minute)
    for minute in minutes(change.at, change.at + (change.after - change.before)):
        shown.setdefault(minute.replace(tzinfo=None) + change.before, minute)
    return shown


def minutes(start: datetime, end: datetime) -> Iterator[datetime]:
    while start < end:
        yield start
        start += MINUTE


ZONES = {name: tuple(changes(ZoneInfo(name))) for name in sorted(available_timezones())}
CHANGING = {name: found for name, found in ZONES.items() if found}


def test_the_list_of_zones_is_the_worlds() -> None:
    assert len(CHANGING) > 150
    for name in (
        "America/New_York",
        "Europe/Berlin",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
        "Asia/Gaza",
    ):
        assert name in CHANGING
    assert "Asia/Kolkata" not in CHANGING


def test_each_wall_minute_around_each_change_falls_where_counting_says() -> None:
    for name, found in CHANGING.items():
        zone = ZoneInfo(name)
        for change in found:
            wrong = [wall for wall, at in sample(change) if to_instant(wall.date(), wall.time(), zone) != at]
            assert not wrong, (name, change, wrong)


def sample(change: Change) -> list[tuple[datetime, datetime]]:
    walls = counted(change)
    edges = {change.at.replace(tzinfo=None) + moved for moved in (change.before, change.after)}
    near = [edge + MINUTE * n for edge in edges for n in (-1, 0, 1)]
    chosen = {*list(walls)[::17], *(wall for wall in near if wall in walls)}
    return [(wall, walls[wall]) for wall in sorted(chosen)]


def test_a_nudge_each_day_across_each_change_comes_once_a_day_at_the_counted_minute() -> None:
    for name, found in CHANGING.items():
        zone = ZoneInfo(name)
        for change in found[-2:]:
            for wall, at in sample(change)[::6]:
                daily = Rule("FREQ=DAILY", (wall.time(),), date(2019, 1, 1))
                assert next_due(daily, zone, at - MINUTE) == at, (name, wall)
                following = next_due(daily, zone, at)
                assert following is not None
                assert following.astimezone(zone).replace(tzinfo=None) == wall + timedelta(days=1)
