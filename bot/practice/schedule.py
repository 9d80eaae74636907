"""When a reminder comes due: local wall times on the days of a rule, through every change of clocks.

Rules live in local time, arithmetic in UTC. Days are expanded without a zone by python-dateutil, then
placed on the clock of a zone. A wall time that the clocks skip keeps the offset from before the change
(02:30 becomes 03:30, RFC 5545 section 3.3.5); one that they show twice means the first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from bot.practice.recurrence import RuleError, days_from, read_days

_A_DAY = timedelta(days=1)
_YEARS = range(1970, 2200)


@dataclass(frozen=True, slots=True)
class Rule:
    """When to be nudged: local wall times on the days of an RFC 5545 rule.

    `days` is the rule without times: FREQ (DAILY, WEEKLY, MONTHLY) with INTERVAL, BYDAY, BYMONTHDAY,
    COUNT (of days), UNTIL (a local date, YYYYMMDD) and WKST, e.g. "FREQ=WEEKLY;BYDAY=MO,WE,FR" or, for
    once, "FREQ=DAILY;COUNT=1". `times` are local wall clock, at least one. `starts` is the first local
    day on which it may come due, and from which INTERVAL and COUNT count.

    Raises RuleError for a rule that cannot be read, or whose days never come.
    """

    days: str
    times: tuple[time, ...]
    starts: date

    def __post_init__(self) -> None:
        if not self.times:
            raise RuleError("a rule needs at least one time, for example 08:00")
        if any(wall.tzinfo is not None for wall in self.times):
            raise RuleError("times of a rule are local wall times, without a zone")
        if self.starts.year not in _YEARS:
            raise RuleError(
                f"a rule starts in the years {_YEARS[0]} to {_YEARS[-1]}, not in {self.starts.year}"
            )
        read_days(self.days, self.starts)


def to_instant(day: date, wall: time, zone: tzinfo) -> datetime:
    """Return the UTC instant at which the clocks of `zone` show `wall` on `day`.

    A wall time in a gap uses the offset before it; one in a fold means the first of the two.

    >>> from zoneinfo import ZoneInfo
    >>> to_instant(date(2026, 3, 8), time(2, 30), ZoneInfo("America/New_York")).isoformat()
    '2026-03-08T07:30:00+00:00'
    """
    return datetime.combine(day, wall.replace(fold=0), zone).astimezone(UTC)


def next_due(rule: Rule, zone: tzinfo, after: datetime) -> datetime | None:
    """Return the first UTC instant of `rule` strictly after `after` (aware), None when the rule has ended.

    Two times that land on the same instant are one. The cost does not grow with the age of the rule.
    """
    days = _days(rule, _local_date(after, zone) - _A_DAY)
    for day in days:
        due = _instants_after(rule, zone, day, after)
        if due:
            # No clock ever jumped by more than a day, so only the next day can overtake this one.
            return min(due + _instants_after(rule, zone, next(days, day), after))
    return None


def instants_on(rule: Rule, zone: tzinfo, day: date) -> tuple[datetime, ...]:
    """Return the UTC instants of `rule` for the local calendar day `day`, in order, each once."""
    if next(_days(rule, day), None) != day:
        return ()
    return _instants(rule, zone, day)


def local_day(at: datetime, zone: tzinfo, day_ends_at: int = 240) -> date:
    """Return the person's day to which `at` (aware) belongs.

    A day ends `day_ends_at` minutes (0 to 1439) after local midnight: at 240, half past midnight is
    still yesterday. Always the day whose `day_span` holds `at`.
    """
    day = _local_date(at, zone)
    while at < _day_start(day, zone, day_ends_at):
        day -= _A_DAY
    while at >= _day_start(day + _A_DAY, zone, day_ends_at):
        day += _A_DAY
    return day


def day_span(day: date, zone: tzinfo, day_ends_at: int = 240) -> tuple[datetime, datetime]:
    """Return when a person's day starts and ends, in UTC; the end belongs to the next day.

    Usually 24 hours; 23 or 25 when the clocks change, none for a day that the zone left out.
    """
    return _day_start(day, zone, day_ends_at), _day_start(day + _A_DAY, zone, day_ends_at)


@lru_cache(maxsize=4096)
def _day_start(day: date, zone: tzinfo, day_ends_at: int) -> datetime:
    hour, minute = divmod(day_ends_at, 60)
    return to_instant(day, time(hour, minute), zone)


def _local_date(at: datetime, zone: tzinfo) -> date:
    if at.tzinfo is None:
        raise ValueError("an instant needs a zone: pass an aware datetime")
    return at.astimezone(zone).date()


def _instants(rule: Rule, zone: tzinfo, day: date) -> tuple[datetime, ...]:
    return tuple(sorted({to_instant(day, wall, zone) for wall in rule.times}))


def _instants_after(rule: Rule, zone: tzinfo, day: date, after: datetime) -> tuple[datetime, ...]:
    return tuple(at for at in _instants(rule, zone, day) if at > after)


def _days(rule: Rule, earliest: date) -> Iterator[date]:
    return days_from(read_days(rule.days, rule.starts), earliest)
