"""What is left to ask where the words are understood: which half of the day, which days, at what time."""

from datetime import datetime, timedelta

from bot.understanding.asking import Asking
from bot.understanding.clocks import Clock
from bot.understanding.groups import Group
from bot.understanding.lexicon import lexicon
from bot.understanding.meaning import Asked, Declined, NotUnderstood, Option, Question, Reason
from bot.understanding.rules import comes_once
from bot.understanding.scanner import Token

_HALF_DAY = 12 * 60
_WEEKS = 3
_DAYS_A_WEEK = {
    1: ((0,), (2,), (5,)),
    2: ((0, 3), (1, 4), (5, 6)),
    3: ((0, 2, 4), (1, 3, 5)),
    4: ((0, 1, 3, 4),),
    5: ((0, 1, 2, 3, 4),),
}
_TIMES = ("08:00", "12:30", "18:00", "21:00")
_SEVERAL_TIMES = {
    2: ("08:00, 20:00", "09:00, 18:00"),
    3: ("08:00, 13:00, 20:00",),
    4: ("08:00, 12:00, 16:00, 20:00",),
}


def left_open(tokens: list[Token], groups: list[Group], asking: Asking) -> Question | None:
    """The one thing that is left to ask, None where all is told."""
    if _each_its_own_time(groups):
        return _ask_how_often(groups, asking)
    if len(groups) != 1:
        return None
    (group,) = groups
    if group.perhaps_weekly and len(group.days) == 1 and comes_once(group, several=False) and not group.dates:
        return _ask_how_often(groups, asking)
    if group.days_a_week and not group.days:
        return _ask_days_a_week(tokens, group, asking)
    if group.weekend:
        return _ask_weekend(group, asking)
    if not group.tells_hours() and _is_rule(group):
        return _ask_time(tokens, group, asking)
    if group.every is not None and group.every.unit == _WEEKS and not (group.days or group.monthdays):
        return _ask_weekday(tokens, asking)
    if any(clock.midnight for clock in group.clocks) and (group.days or group.dates):
        return _ask_midnight(tokens, group, asking)
    return _ask_week(group, asking) if _either_week(group, asking.now) else None


def _is_rule(group: Group) -> bool:
    return (group.says_days() or group.times > 0) and group.delay is None and not group.session


def _each_its_own_time(groups: list[Group]) -> bool:
    """ "Mon 9:00, wed 18:00": each week, or just the next of each?"""
    return len(groups) > 1 and all(
        len(group.days) == 1 and group.tells_hours() and not (group.weekly or group.every or group.dates)
        for group in groups
    )


def _ask_time(tokens: list[Token], group: Group, asking: Asking) -> Question:
    """At what time? Those of the day that are still to come."""
    offered = _SEVERAL_TIMES.get(group.times, _TIMES)
    found = [asking.option(f"{_written(tokens)} {times}") for times in offered]
    return asking.question(Asked.WHICH_TIME, found)


def _ask_weekday(tokens: list[Token], asking: Asking) -> Question:
    words = [lexicon(asking.language).word("weekday", day) for day in range(7)]
    return asking.question(Asked.WHICH_DAYS, [asking.option(f"{word} {_written(tokens)}") for word in words])


def _ask_days_a_week(tokens: list[Token], group: Group, asking: Asking) -> Question:
    words = lexicon(asking.language)
    found = []
    for days in _DAYS_A_WEEK[group.days_a_week]:
        named = ", ".join(f"{words.word('every', 1)} {words.word('weekday', day)}" for day in days)
        found.append(asking.option(f"{named} {_written(tokens)}"))
    return asking.question(Asked.WHICH_DAYS, found)


def _ask_how_often(groups: list[Group], asking: Asking) -> Question:
    words = lexicon(asking.language)
    every = words.word("every", 1)
    weekly, once = [], []
    for group in groups:
        (day,) = group.days
        ahead = asking.now + timedelta(days=(day - asking.now.weekday()) % 7)
        weekly.append(f"{every} {words.word('weekday', day)} {_clocks(group)}")
        once.append(f"{ahead.date()} {_clocks(group)}")
    found = [asking.option(", ".join(each)) for each in (weekly, once)]
    return asking.question(Asked.WHICH_DAYS, found)


def _ask_weekend(group: Group, asking: Asking) -> Question:
    """Saturday or Sunday, once."""
    saturday = asking.now.date() + timedelta(days=(5 - asking.now.weekday()) % 7)
    clocks = _clocks(group) or _TIMES[0]
    days = (saturday, saturday + timedelta(days=1))
    return asking.question(Asked.WHICH_DAYS, [asking.option(f"{day} {clocks}") for day in days])


def _ask_midnight(tokens: list[Token], group: Group, asking: Asking) -> Question:
    """As the day begins, or as it ends? Of later hours of the night Declined is raised."""
    clock = next(clock for clock in group.clocks if clock.midnight)
    if clock.minutes:
        raise Declined(Reason.UNSUPPORTED)
    texts = []
    for wall in ("00:00", "23:59"):
        written = [token.written for token in tokens]
        written[clock.first : clock.last + 1] = [wall]
        texts.append(" ".join(written))
    return asking.question(Asked.WHICH_DAYS, [asking.option(text) for text in texts])


def ask_half(tokens: list[Token], bare: list[Clock], asking: Asking) -> Question:
    """Morning or evening? Each option is the same text with its times told in full."""
    halves = [(0,) * len(bare), (1,) * len(bare)]
    options = [_retold(tokens, bare, chosen, asking) for chosen in halves]
    window = len(bare) == 2 and bare[0].linked and any(isinstance(option, Option) for option in options)
    if len(bare) == 2 and not window:
        options.append(_retold(tokens, bare, (0, 1), asking))
    return asking.question(Asked.AM_OR_PM, options)


def _retold(
    tokens: list[Token], bare: list[Clock], halves: tuple[int, ...], asking: Asking
) -> Option | NotUnderstood:
    written = [token.written for token in tokens]
    for clock, half in zip(bare, halves, strict=True):
        minutes = clock.minutes % _HALF_DAY + half * _HALF_DAY
        written[clock.first : clock.last + 1] = [""] * (clock.last + 1 - clock.first)
        written[clock.first] = f"{minutes // 60:02}:{minutes % 60:02}"
    return asking.option(" ".join(filter(None, written)))


def _either_week(group: Group, now: datetime) -> bool:
    """ "next Friday" or "next Wednesday", said on a Wednesday: this week's or the one after?"""
    return group.following and any(day >= now.weekday() for day in group.days)


def _ask_week(group: Group, asking: Asking) -> Question:
    (day, *_) = group.days
    coming = asking.now.date() + timedelta(days=day - asking.now.weekday())
    dates = (coming, coming + timedelta(days=7))
    found = [asking.option(f"{each} {_clocks(group)}") for each in dates]
    return asking.question(Asked.WHICH_DAYS, found)


def _clocks(group: Group) -> str:
    windows = [f"{_wall(each.first)}-{_wall(each.last)}" for each in group.windows]
    return " ".join([*map(_wall, group.clocks), *windows])


def _wall(clock: Clock) -> str:
    return f"{clock.minutes // 60:02}:{clock.minutes % 60:02}"


def _written(tokens: list[Token]) -> str:
    return " ".join(token.written for token in tokens)
