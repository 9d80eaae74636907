"""The days of an RFC 5545 rule, without times and without a zone.

A subset of RRULE: FREQ (DAILY, WEEKLY, MONTHLY) with INTERVAL, BYDAY, BYMONTHDAY, COUNT, UNTIL and WKST.
python-dateutil expands it; it is started close to the day asked for, so that a rule which began years
ago costs no more than one which began today.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from typing import Literal, TypeAlias, TypeVar

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule, weekday

_Choice = TypeVar("_Choice")
_Frequency: TypeAlias = Literal[1, 2, 3]  # as dateutil numbers MONTHLY, WEEKLY, DAILY

_FREQUENCIES: Mapping[str, _Frequency] = {"DAILY": DAILY, "WEEKLY": WEEKLY, "MONTHLY": MONTHLY}
_WIDEST = {DAILY: 366, WEEKLY: 52, MONTHLY: 12}
_WEEKDAYS = {name: weekday(number) for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
_PARTS = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "COUNT", "UNTIL", "WKST"})
_LONGEST = 1000
_MONTH_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class RuleError(ValueError):
    """A rule that cannot be kept; the message names the part and what would be right."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A rule of days as read: its first day, what repeats, and its last day where it has one."""

    starts: date
    frequency: _Frequency
    interval: int
    weekdays: tuple[weekday, ...]
    monthdays: tuple[int, ...]
    week_starts: int
    last: date | None = None


@lru_cache(maxsize=4096)
def read_days(days: str, starts: date) -> Pattern:
    """Read the RRULE `days`, counted from the local day `starts`; remembered, since rows are read often.

    COUNT is turned into the last day once, here. Raises RuleError where the rule cannot be read, asks for
    something outside the subset, or has no day at all.
    """
    parts = _parts(days)
    frequency = _named(_FREQUENCIES, "FREQ", parts.get("FREQ", ""))
    endless = Pattern(
        starts=starts,
        frequency=frequency,
        interval=_number("INTERVAL", parts.get("INTERVAL", "1"), 1, _WIDEST[frequency]),
        weekdays=_weekdays(parts, frequency, starts),
        monthdays=_monthdays(parts, frequency, starts),
        week_starts=_named(_WEEKDAYS, "WKST", parts.get("WKST", "MO")).weekday,
    )
    if not _comes(endless):
        raise RuleError(f"{days} never comes, counted from {starts}")
    last = _last_day(endless, parts)
    if last is not None and last < next(days_from(endless, starts)):
        raise RuleError(f"{days} ends before its first day after {starts}")
    return replace(endless, last=last)


def days_from(pattern: Pattern, earliest: date) -> Iterator[date]:
    """Yield the days of `pattern` from `earliest` on, in order."""
    expanded = rrule(
        pattern.frequency,
        dtstart=_midnight(_jump(pattern, earliest)),
        interval=pattern.interval,
        byweekday=pattern.weekdays or None,
        bymonthday=pattern.monthdays or None,
        wkst=pattern.week_starts,
        until=_midnight(pattern.last) if pattern.last else None,
    )
    return (at.date() for at in expanded if at.date() >= earliest)


def _jump(pattern: Pattern, earliest: date) -> date:
    """Return a start not after `earliest` from which the rule yields the same days as from its own."""
    starts, interval = pattern.starts, pattern.interval
    if earliest <= starts:
        return starts
    if pattern.frequency == MONTHLY:
        months = (earliest.year - starts.year) * 12 + earliest.month - starts.month
        year, month = divmod(starts.year * 12 + starts.month - 1 + _whole(months, interval), 12)
        return max(starts, date(year, month + 1, 1))
    if pattern.frequency == WEEKLY:
        week = starts - timedelta(days=(starts.weekday() - pattern.week_starts) % 7)
        return max(starts, week + timedelta(days=_whole((earliest - week).days, interval * 7)))
    return starts + timedelta(days=_whole((earliest - starts).days, interval))


def _whole(distance: int, step: int) -> int:
    return distance - distance % step


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _comes(pattern: Pattern) -> bool:
    """Tell whether the rule ever has a day: dateutil would search for one until the year 9999."""
    if pattern.frequency == DAILY and pattern.weekdays:
        week = (pattern.starts + timedelta(days=pattern.interval * n) for n in range(7))
        return any(day.weekday() == named.weekday for day in week for named in pattern.weekdays)
    if pattern.monthdays:
        months = {(pattern.starts.month - 1 + pattern.interval * n) % 12 for n in range(12)}
        return min(map(abs, pattern.monthdays)) <= max(_MONTH_LENGTHS[month] for month in months)
    return True


def _last_day(endless: Pattern, parts: Mapping[str, str]) -> date | None:
    if "COUNT" in parts and "UNTIL" in parts:
        raise RuleError("a rule ends by COUNT or by UNTIL, not by both")
    if "UNTIL" in parts:
        return _until(parts["UNTIL"])
    if "COUNT" not in parts:
        return None
    count = _number("COUNT", parts["COUNT"], 1, _LONGEST)
    return next(islice(days_from(endless, endless.starts), count - 1, None))


def _until(value: str) -> date:
    wrong = RuleError(f"UNTIL={value} is not a day such as 20261231")
    if not re.fullmatch("[0-9]{8}", value):
        raise wrong
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise wrong from None


def _parts(days: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in days.split(";"):
        name, equals, value = part.partition("=")
        if name not in _PARTS or not equals:
            raise RuleError(f"{part!r} is not a part of a rule such as FREQ=WEEKLY;BYDAY=MO,FR")
        if name in parts:
            raise RuleError(f"{name} is given twice")
        parts[name] = value
    return parts


def _named(choices: Mapping[str, _Choice], name: str, value: str) -> _Choice:
    if value not in choices:
        raise RuleError(f"{name}={value} is not one of {', '.join(choices)}")
    return choices[value]


def _number(name: str, value: str, least: int, most: int) -> int:
    if not re.fullmatch("[+-]?[0-9]{1,4}", value) or not least <= int(value) <= most:
        raise RuleError(f"{name}={value} is not a number from {least} to {most}")
    return int(value)


def _weekdays(parts: Mapping[str, str], frequency: int, starts: date) -> tuple[weekday, ...]:
    if "BYDAY" not in parts:
        return (weekday(starts.weekday()),) if frequency == WEEKLY else ()
    weekdays = tuple(_weekday(name, frequency) for name in parts["BYDAY"].split(","))
    if len({day.n is None for day in weekdays}) > 1:
        raise RuleError("BYDAY has either plain weekdays or numbered ones, not both")
    return weekdays


def _weekday(name: str, frequency: int) -> weekday:
    read = re.fullmatch("([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)", name)
    if read is None:
        raise RuleError(f"BYDAY={name} is not a weekday such as MO")
    number, day = read.groups()
    if number is None:
        return _WEEKDAYS[day]
    if frequency != MONTHLY:
        raise RuleError(f"BYDAY={name} counts weekdays of a month: it needs FREQ=MONTHLY")
    return _WEEKDAYS[day](int(number))


def _monthdays(parts: Mapping[str, str], frequency: int, starts: date) -> tuple[int, ...]:
    if "BYMONTHDAY" not in parts:
        return (starts.day,) if frequency == MONTHLY and "BYDAY" not in parts else ()
    if frequency != MONTHLY:
        raise RuleError("BYMONTHDAY needs FREQ=MONTHLY")
    if "BYDAY" in parts:
        raise RuleError("a month has its days by BYDAY or by BYMONTHDAY, not by both")
    monthdays = tuple(_number("BYMONTHDAY", day, -31, 31) for day in parts["BYMONTHDAY"].split(","))
    if 0 in monthdays:
        raise RuleError("BYMONTHDAY counts from 1, or from -1 at the end of the month")
    return monthdays
