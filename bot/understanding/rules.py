"""From what was said for a rule to the rule, or to a reason why there is none."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.understanding.groups import Group
from bot.understanding.items import Delay, Every, Monthday
from bot.understanding.meaning import AfterSession, Declined, Moment, Reason, Recurring, Rule

_DAY_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAYS, _WEEKS, _MONTHS = 2, 3, 4
_LONGEST_INTERVAL = {_DAYS: 365, _WEEKS: 52}
_LATEST_MONTHDAY = 31
_IN_EVERY_MONTH = 28
_WEEKEND = {5, 6}


def rules_of(groups: Sequence[Group], now: datetime) -> tuple[Rule, ...]:
    """The rules of all groups. Raises Declined where one cannot be."""
    several = len(groups) > 1
    rules = [rule for group in groups for rule in _rules(group, now, several)]
    return tuple(dict.fromkeys(rules))


def _rules(group: Group, now: datetime, several: bool) -> list[Rule]:
    if group.session:
        return [_after_session(group)]
    if group.days_a_week and group.days_a_week != len(group.days - group.excepted):
        raise Declined(Reason.UNSUPPORTED)
    if group.delay is not None:
        return _after(group, group.delay, now)
    times, windows = _times(group), _windows(group)
    told = len(times) + len(windows)
    if not told or (group.times and told != group.times):
        raise Declined(Reason.NO_TIME)
    rules = _timed(group, times, None, now, several) if times else []
    return rules + [rule for first, last in windows for rule in _timed(group, (first,), last, now, several)]


def _timed(
    group: Group, times: tuple[time, ...], until: time | None, now: datetime, several: bool
) -> list[Rule]:
    if comes_once(group, several):
        days = _days_meant(group, now, times)
        return [moment for day in days for moment in _moments(day, times, until, now)]
    return [replace(rule, until=until) for rule in _recurring(group, times, now)]


def _after_session(group: Group) -> Rule:
    if group.says_days() or group.says_time() or group.excepted or group.times:
        raise Declined(Reason.UNSUPPORTED)
    return AfterSession(int((group.delay.by if group.delay else timedelta()) / timedelta(minutes=1)))


def _after(group: Group, delay: Delay, now: datetime) -> list[Rule]:
    days = group.says_days() and not (group.dates == [now.date()] and not (group.days or group.every))
    if days or group.starts or group.excepted or group.times or group.following or group.windows:
        raise Declined(Reason.UNSUPPORTED)
    if not group.clocks:
        return [_later(delay, now)]
    if delay.exact:
        raise Declined(Reason.UNSUPPORTED)
    return _moments((now + delay.by).date(), _times(group), None, now)


def _later(delay: Delay, now: datetime) -> Moment:
    """In two hours, to the second; in two days, at the same wall time."""
    rounded = now if not now.microsecond else now.replace(microsecond=0) + timedelta(seconds=1)
    if delay.exact:
        return Moment(rounded + delay.by, exact=True)
    wall = rounded.time().replace(second=0)
    return Moment(datetime.combine((now + delay.by).date(), wall, now.tzinfo), exact=False)


def _times(group: Group) -> tuple[time, ...]:
    minutes = sorted({clock.minutes for clock in group.clocks})
    return tuple(map(_time, minutes))


def _windows(group: Group) -> list[tuple[time, time]]:
    """Each from a time to a later one of the same day."""
    found = [(_time(each.first.minutes), _time(each.last.minutes)) for each in group.windows]
    if any(first >= last for first, last in found):
        raise Declined(Reason.IMPOSSIBLE)
    return found


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def walls_of(rule: Rule) -> tuple[time, ...]:
    """The times of day that a rule names; none where it is counted from something else."""
    if isinstance(rule, Recurring):
        return rule.times
    return (rule.at.time(),) if isinstance(rule, Moment) and not rule.exact else ()


def comes_once(group: Group, several: bool) -> bool:
    """Whether what was said is meant for one day; of `several` rules, a weekday alone is not."""
    if group.dates or group.following or group.next_week or group.onces == 1:
        return True
    if group.monthdays and group.every is None:
        return True
    return len(group.days) == 1 and not (group.weekly or group.every or group.monthdays or several)


def _days_meant(group: Group, now: datetime, times: tuple[time, ...]) -> list[date]:
    """The days that were meant, once each."""
    if group.every or group.excepted or group.times or group.starts:
        raise Declined(Reason.UNSUPPORTED)
    if group.monthdays:
        return [_next_monthday(group, each, now, times) for each in group.monthdays]
    if group.dates:
        return _dated(group, now)
    if len(group.days) > 1:
        raise Declined(Reason.UNSUPPORTED)
    return [_coming(group, now, times)]


def _coming(group: Group, now: datetime, times: tuple[time, ...]) -> date:
    if not group.days:
        return _without_day(group, now, times)
    (weekday,) = group.days
    ahead = (weekday - now.weekday()) % 7
    if group.next_week:
        ahead = weekday + 7 - now.weekday()
    elif ahead == 0 and (group.following or times[0] <= now.time()):
        ahead = 7
    return now.date() + timedelta(days=ahead)


def _next_monthday(group: Group, monthday: Monthday, now: datetime, times: tuple[time, ...]) -> date:
    """The next day of the month with that number."""
    if group.days or group.dates or not 1 <= monthday.day <= _LATEST_MONTHDAY:
        raise Declined(Reason.UNSUPPORTED, monthday.written)
    day = now.date() + timedelta(days=int(times[0] <= now.time()))
    while day.day != monthday.day:
        day += timedelta(days=1)
    return day


def _dated(group: Group, now: datetime) -> list[date]:
    """Dates; a weekday said with one must be that of the date, unless "and" makes it one more day."""
    if group.following or group.next_week or (len(group.dates) > 1 and not group.joined):
        raise Declined(Reason.UNSUPPORTED)
    if not group.days or group.days == {each.weekday() for each in group.dates}:
        return group.dates
    if not group.joined or group.weekly:
        raise Declined(Reason.UNSUPPORTED)
    more = [now.date() + timedelta(days=(each - now.weekday()) % 7) for each in group.days]
    return sorted({*group.dates, *more})


def _without_day(group: Group, now: datetime, times: tuple[time, ...]) -> date:
    """ "Once at 21:00": today if that is to come, else tomorrow."""
    if group.following or group.next_week:
        raise Declined(Reason.UNSUPPORTED)
    return now.date() + timedelta(days=int(times[0] <= now.time()))


def _moments(day: date, times: tuple[time, ...], until: time | None, now: datetime) -> list[Rule]:
    """Those times on that day; a window that is open already, from the next minute on."""
    moments = [Moment(datetime.combine(day, each, now.tzinfo), exact=False, until=until) for each in times]
    if until is not None and moments[0].at <= now < datetime.combine(day, until, now.tzinfo):
        coming = now.replace(second=0, microsecond=0) + timedelta(minutes=1)
        moments = [replace(moments[0], at=coming)]
    if any(moment.at <= now for moment in moments):
        raise Declined(Reason.PAST)
    return list(moments)


def _recurring(group: Group, times: tuple[time, ...], now: datetime) -> list[Recurring]:
    days = (group.days or set(range(7))) - group.excepted if group.excepted else group.days
    if group.excepted and not days:
        raise Declined(Reason.IMPOSSIBLE)
    every, starts = group.every, group.starts or now.date()
    if starts < now.date() or group.dates:
        raise Declined(Reason.UNSUPPORTED)
    if group.monthdays or (every is not None and every.unit == _MONTHS):
        return [Recurring(rule, times, starts) for rule in _monthly(group)]
    if every is None or (every.number == 1 and every.unit in (None, _DAYS)):
        return [Recurring(_weekly(days), times, starts)]
    return [_interval(group, every, days, times, now)]


def _weekly(days: set[int]) -> str:
    named = ",".join(_DAY_NAMES[day] for day in sorted(days))
    return f"FREQ=WEEKLY;BYDAY={named}" if 0 < len(days) < 7 else "FREQ=DAILY"


def _monthly(group: Group) -> list[str]:
    every, monthdays = group.every, group.monthdays
    written = monthdays[0].written if monthdays else ""
    fits = every is not None and every.number == 1 and every.unit in (None, _MONTHS)
    if not fits or not monthdays or group.days or group.excepted:
        raise Declined(Reason.UNSUPPORTED, written)
    for each in monthdays:
        if not 1 <= each.day <= _LATEST_MONTHDAY:
            raise Declined(Reason.IMPOSSIBLE, each.written)
        if each.day > _IN_EVERY_MONTH:
            raise Declined(Reason.UNSUPPORTED, each.written)
    return [f"FREQ=MONTHLY;BYMONTHDAY={each.day}" for each in monthdays]


def _interval(
    group: Group, every: Every, days: set[int], times: tuple[time, ...], now: datetime
) -> Recurring:
    """Every few days, or every few weeks on days of the week, counted from the first of them."""
    today = group.starts or now.date()
    unit = every.unit or (_WEEKS if days else _DAYS)
    if not 1 <= every.number <= _LONGEST_INTERVAL.get(unit, 0) or (unit == _DAYS) is bool(days):
        raise Declined(Reason.UNSUPPORTED, every.written)
    if every.unit is None and not days and not group.part_of_clocks and not group.parts:
        raise Declined(Reason.UNSUPPORTED, every.written)
    if every.unit is None and len(days) > 1 and days != _WEEKEND:
        raise Declined(Reason.UNSUPPORTED, every.written)
    if unit == _DAYS:
        past = group.starts is None and times[-1] <= now.time()
        first = today + timedelta(days=int(past))
        return Recurring(f"FREQ=DAILY;INTERVAL={every.number}", times, first)
    if every.number == 1:
        return Recurring(_weekly(days), times, today)
    first = today + timedelta(days=min((day - today.weekday()) % 7 for day in days))
    named = ",".join(_DAY_NAMES[day] for day in sorted(days))
    return Recurring(f"FREQ=WEEKLY;INTERVAL={every.number};BYDAY={named}", times, first)
