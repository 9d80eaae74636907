"""From what was said for a rule to the rule, or to a reason why there is none."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from bot.understanding.groups import Group
from bot.understanding.items import Every
from bot.understanding.meaning import AfterSession, Declined, Moment, Reason, Recurring, Rule

_DAY_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAYS, _WEEKS, _MONTHS = 2, 3, 4
_LONGEST_INTERVAL = {_DAYS: 365, _WEEKS: 52}
_LATEST_MONTHDAY = 31
_WEEKEND = {5, 6}
_MIDNIGHT = time()


def rules_of(groups: Sequence[Group], now: datetime) -> tuple[Rule, ...]:
    """The rules of all groups. Raises Declined where one cannot be."""
    several = len(groups) > 1
    rules = [rule for group in groups for rule in _rules(group, now, several)]
    return tuple(dict.fromkeys(rules))


def _rules(group: Group, now: datetime, several: bool) -> list[Rule]:
    if group.session:
        return [_after_session(group)]
    if group.delay is not None:
        return _after(group, group.delay, now)
    minutes = sorted({clock.minutes for clock in group.clocks})
    if not minutes or (group.times and len(minutes) != group.times):
        raise Declined(Reason.NO_TIME)
    times = tuple(time(each // 60, each % 60) for each in minutes)
    if _comes_once(group, several):
        return _moments(_day(group, now, times), times, now)
    return [_recurring(group, times, now)]


def _after_session(group: Group) -> Rule:
    if group.says_days() or group.says_time() or group.excepted or group.times:
        raise Declined(Reason.UNSUPPORTED)
    return AfterSession(int((group.delay or timedelta()) / timedelta(minutes=1)))


def _after(group: Group, delay: timedelta, now: datetime) -> list[Rule]:
    if group.says_days() or group.excepted or group.times or group.following:
        raise Declined(Reason.UNSUPPORTED)
    if not group.clocks:
        at = now + delay
        rounded = at if not at.microsecond else at.replace(microsecond=0) + timedelta(seconds=1)
        return [Moment(rounded, exact=True)]
    if delay % timedelta(days=1):
        raise Declined(Reason.UNSUPPORTED)
    times = tuple(time(clock.minutes // 60, clock.minutes % 60) for clock in group.clocks)
    return _moments((now + delay).date(), times, now)


def _comes_once(group: Group, several: bool) -> bool:
    if group.once is not None or group.following or group.next_week or group.one_time:
        return True
    return len(group.days) == 1 and not (group.weekly or group.every or group.monthday or several)


def _day(group: Group, now: datetime, times: tuple[time, ...]) -> date:
    """The one day that was meant."""
    if group.every or group.monthday or group.excepted or group.times or len(group.days) > 1:
        raise Declined(Reason.UNSUPPORTED)
    if group.once is not None:
        return _dated(group, group.once)
    if not group.days:
        return _without_day(group, now, times)
    (weekday,) = group.days
    ahead = (weekday - now.weekday()) % 7
    if group.next_week:
        ahead = weekday + 7 - now.weekday()
    elif ahead == 0 and (group.following or times[0] <= now.time()):
        ahead = 7
    return now.date() + timedelta(days=ahead)


def _dated(group: Group, day: date) -> date:
    """A date; a weekday said with it must be that of the date."""
    if (group.days and group.days != {day.weekday()}) or group.following or group.next_week:
        raise Declined(Reason.UNSUPPORTED)
    return day


def _without_day(group: Group, now: datetime, times: tuple[time, ...]) -> date:
    """ "Once at 21:00": today if that is to come, else tomorrow."""
    if group.following or group.next_week:
        raise Declined(Reason.UNSUPPORTED)
    return now.date() + timedelta(days=int(times[0] <= now.time()))


def _moments(day: date, times: tuple[time, ...], now: datetime) -> list[Rule]:
    """Those times on that day; not midnight, which some mean at its beginning and some at its end."""
    moments = [Moment(datetime.combine(day, each, now.tzinfo), exact=False) for each in times]
    if _MIDNIGHT in times:
        raise Declined(Reason.UNSUPPORTED, "00:00")
    if any(moment.at <= now for moment in moments):
        raise Declined(Reason.PAST)
    return list(moments)


def _recurring(group: Group, times: tuple[time, ...], now: datetime) -> Rule:
    days = (group.days or set(range(7))) - group.excepted if group.excepted else group.days
    if group.excepted and not days:
        raise Declined(Reason.IMPOSSIBLE)
    every = group.every
    if group.monthday is not None or (every is not None and every.unit == _MONTHS):
        return Recurring(_monthly(group), times, now.date())
    if every is None or (every.number == 1 and every.unit in (None, _DAYS)):
        return Recurring(_weekly(days), times, now.date())
    return _interval(group, every, days, times, now)


def _weekly(days: set[int]) -> str:
    named = ",".join(_DAY_NAMES[day] for day in sorted(days))
    return f"FREQ=WEEKLY;BYDAY={named}" if 0 < len(days) < 7 else "FREQ=DAILY"


def _monthly(group: Group) -> str:
    every, monthday = group.every, group.monthday
    if (
        every is None
        or monthday is None
        or (every.number, every.unit) != (1, _MONTHS)
        or group.days
        or group.excepted
    ):
        raise Declined(Reason.UNSUPPORTED, monthday.written if monthday else "")
    if not 1 <= monthday.day <= _LATEST_MONTHDAY:
        raise Declined(Reason.IMPOSSIBLE, monthday.written)
    return f"FREQ=MONTHLY;BYMONTHDAY={monthday.day}"


def _interval(group: Group, every: Every, days: set[int], times: tuple[time, ...], now: datetime) -> Rule:
    """Every few days, or every few weeks on days of the week, counted from the first of them."""
    today = now.date()
    unit = every.unit or (_WEEKS if days else _DAYS)
    if not 1 <= every.number <= _LONGEST_INTERVAL.get(unit, 0) or (unit == _DAYS) is bool(days):
        raise Declined(Reason.UNSUPPORTED, every.written)
    if every.unit is None and not days and not group.part_of_clocks and not group.parts:
        raise Declined(Reason.UNSUPPORTED, every.written)
    if every.unit is None and len(days) > 1 and days != _WEEKEND:
        raise Declined(Reason.UNSUPPORTED, every.written)
    if unit == _DAYS:
        first = today + timedelta(days=int(times[-1] <= now.time()))
        return Recurring(f"FREQ=DAILY;INTERVAL={every.number}", times, first)
    if every.number == 1:
        return Recurring(_weekly(days), times, today)
    first = today + timedelta(days=min((day - today.weekday()) % 7 for day in days))
    named = ",".join(_DAY_NAMES[day] for day in sorted(days))
    return Recurring(f"FREQ=WEEKLY;INTERVAL={every.number};BYDAY={named}", times, first)
