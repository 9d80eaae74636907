"""When to be reminded: from words to rules, or to one short question.

Every word must be understood; a text with one that is not is declined. The grammar is the same for every
language, its words are data. All local: the zone is that of `now`.
"""

from datetime import date, datetime, timedelta

from bot.understanding.clocks import Clock
from bot.understanding.grammar import items
from bot.understanding.groups import Group, grouped
from bot.understanding.lexicon import Token, lexicon
from bot.understanding.meaning import (
    AfterSession,
    Asked,
    Declined,
    Moment,
    NotUnderstood,
    Option,
    Question,
    Reading,
    Reason,
    Recurring,
    Rule,
    Understood,
)
from bot.understanding.rules import comes_once, rules_of

__all__ = [
    "AfterSession",
    "Asked",
    "Moment",
    "NotUnderstood",
    "Option",
    "Question",
    "Reading",
    "Reason",
    "Recurring",
    "Rule",
    "Understood",
    "half_of_day",
    "read_when",
]

LONGEST = 300
_HALF_DAY = 12 * 60
_WEEKS = 3
_DAYS_A_WEEK = {
    1: ((0,), (2,), (5,)),
    2: ((0, 3), (1, 4), (5, 6)),
    3: ((0, 2, 4), (1, 3, 5)),
    4: ((0, 1, 3, 4),),
    5: ((0, 1, 2, 3, 4),),
}
_FEW = ("2", "3", "4")
_TIMES = ("08:00", "12:30", "18:00", "21:00")
_SEVERAL_TIMES = {
    2: ("08:00, 20:00", "09:00, 18:00"),
    3: ("08:00, 13:00, 20:00",),
    4: ("08:00, 12:00, 16:00, 20:00",),
}
_NOON = 12


def read_when(text: str, *, now: datetime, language: str = "en") -> Reading:
    """Reads when to be reminded. `now` is aware, in the person's zone."""
    tokens = lexicon(language).tokens(text) if len(text) <= LONGEST else []
    if not tokens:
        return NotUnderstood(Reason.NOTHING)
    try:
        return _reading(tokens, now, language)
    except Declined as declined:
        return NotUnderstood(declined.reason, declined.words)


def half_of_day(text: str, language: str = "en") -> int | None:
    """The half that a text names and nothing else: 0 for the morning, 12 for after noon; None for neither."""
    tokens = [token for token in lexicon(language).tokens(text[:LONGEST]) if token.kind != "filler"]
    if len(tokens) != 1 or tokens[0].kind not in ("part", "half", "tonight"):
        return None
    token = tokens[0]
    return token.value if token.kind == "half" else (0 if token.value < _NOON * 100 else _NOON)


def _reading(tokens: list[Token], now: datetime, language: str) -> Reading:
    either = _either_date(tokens, now, language)
    if either is not None:
        return either
    few = next((index for index, token in enumerate(tokens) if token.kind == "few"), None)
    if few is not None:
        texts = [" ".join(_replaced(tokens, few, number)) for number in _FEW]
        return _question(Asked.WHICH_TIME, [_option(text, now, language) for text in texts])
    said = items(_day_first(tokens, now), now.date())
    if not said:
        raise Declined(Reason.NOTHING)
    groups = grouped(said)
    bare = [clock for group in groups for clock in group.unsettled()]
    if bare:
        return _ask_half(tokens, bare, now, language)
    return _left_open(tokens, groups, now, language) or Understood(rules_of(groups, now))


def _left_open(tokens: list[Token], groups: list[Group], now: datetime, language: str) -> Question | None:
    """The one thing that is left to ask, None where all is told."""
    if _each_its_own_time(groups):
        return _ask_how_often(groups, now, language)
    if len(groups) != 1:
        return None
    (group,) = groups
    if group.perhaps_weekly and len(group.days) == 1 and comes_once(group, several=False) and not group.dates:
        return _ask_how_often(groups, now, language)
    if group.days_a_week and not group.days:
        return _ask_days_a_week(tokens, group, now, language)
    if group.weekend:
        return _ask_weekend(group, now, language)
    if not group.tells_hours() and _is_rule(group):
        return _ask_time(tokens, group, now, language)
    if group.every is not None and group.every.unit == _WEEKS and not (group.days or group.monthdays):
        return _ask_weekday(tokens, now, language)
    if any(clock.midnight for clock in group.clocks) and (group.days or group.dates):
        return _ask_midnight(tokens, group, now, language)
    return _ask_week(group, now, language) if _either_week(group, now) else None


def _is_rule(group: Group) -> bool:
    return (group.says_days() or group.times > 0) and group.delay is None and not group.session


def _each_its_own_time(groups: list[Group]) -> bool:
    """ "Mon 9:00, wed 18:00": each week, or just the next of each?"""
    return len(groups) > 1 and all(
        len(group.days) == 1 and group.tells_hours() and not (group.weekly or group.every or group.dates)
        for group in groups
    )


def _written(tokens: list[Token]) -> str:
    return " ".join(token.written for token in tokens)


def _ask_time(tokens: list[Token], group: Group, now: datetime, language: str) -> Question:
    """At what time? Those of the day that are still to come."""
    offered = _SEVERAL_TIMES.get(group.times, _TIMES)
    found = [_option(f"{_written(tokens)} {times}", now, language) for times in offered]
    return _question(Asked.WHICH_TIME, found)


def _ask_weekday(tokens: list[Token], now: datetime, language: str) -> Question:
    words = [lexicon(language).word("weekday", day) for day in range(7)]
    return _question(
        Asked.WHICH_DAYS, [_option(f"{word} {_written(tokens)}", now, language) for word in words]
    )


def _ask_days_a_week(tokens: list[Token], group: Group, now: datetime, language: str) -> Question:
    words = lexicon(language)
    found = []
    for days in _DAYS_A_WEEK[group.days_a_week]:
        named = ", ".join(f"{words.word('every', 1)} {words.word('weekday', day)}" for day in days)
        found.append(_option(f"{named} {_written(tokens)}", now, language))
    return _question(Asked.WHICH_DAYS, found)


def _ask_how_often(groups: list[Group], now: datetime, language: str) -> Question:
    words = lexicon(language)
    every = words.word("every", 1)
    weekly, once = [], []
    for group in groups:
        (day,) = group.days
        ahead = now + timedelta(days=(day - now.weekday()) % 7)
        weekly.append(f"{every} {words.word('weekday', day)} {_clocks(group)}")
        once.append(f"{ahead.date()} {_clocks(group)}")
    found = [_option(", ".join(each), now, language) for each in (weekly, once)]
    return _question(Asked.WHICH_DAYS, found)


def _ask_weekend(group: Group, now: datetime, language: str) -> Question:
    """Saturday or Sunday, once."""
    saturday = now.date() + timedelta(days=(5 - now.weekday()) % 7)
    clocks = _clocks(group) or _TIMES[0]
    days = (saturday, saturday + timedelta(days=1))
    return _question(Asked.WHICH_DAYS, [_option(f"{day} {clocks}", now, language) for day in days])


def _ask_midnight(tokens: list[Token], group: Group, now: datetime, language: str) -> Question:
    """As the day begins, or as it ends?"""
    clock = next(clock for clock in group.clocks if clock.midnight)
    texts = []
    for wall in ("00:00", "23:59"):
        written = [token.written for token in tokens]
        written[clock.first : clock.last + 1] = [wall]
        texts.append(" ".join(written))
    return _question(Asked.WHICH_DAYS, [_option(text, now, language) for text in texts])


def _clocks(group: Group) -> str:
    windows = [f"{_wall(each.first)}-{_wall(each.last)}" for each in group.windows]
    return " ".join([*map(_wall, group.clocks), *windows])


def _wall(clock: Clock) -> str:
    return f"{clock.minutes // 60:02}:{clock.minutes % 60:02}"


def _either_date(tokens: list[Token], now: datetime, language: str) -> Question | None:
    """ "3/5": in English, the third of May or the fifth of March."""
    if language.split("-")[0].lower() != "en":
        return None
    slashes = [token for token in tokens if token.kind == "slash"]
    if len(slashes) > 1:
        raise Declined(Reason.UNSUPPORTED, slashes[1].written)
    for index, token in enumerate(tokens):
        if token.kind == "slash":
            first, second = divmod(token.value, 100)
            days = [_coming_date(now, *each) for each in ((first, second), (second, first))]
            if not any(days):
                raise Declined(Reason.IMPOSSIBLE, token.written)
            texts = [" ".join(_replaced(tokens, index, f"{day}")) for day in days if day is not None]
            return _question(Asked.WHICH_DAYS, [_option(text, now, language) for text in texts])
    return None


def _day_first(tokens: list[Token], now: datetime) -> list[Token]:
    """Dates such as 4/7 read with the day first."""
    read = []
    for token in tokens:
        day = _coming_date(now, *divmod(token.value, 100)) if token.kind == "slash" else None
        value = day.year * 10_000 + day.month * 100 + day.day if day is not None else 0
        read.append(Token("date", value, token.written) if day is not None else token)
    return read


def _coming_date(now: datetime, day: int, month: int) -> date | None:
    for year in (now.year, now.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            return None
        if found >= now.date():
            return found
    return None


def _replaced(tokens: list[Token], index: int, words: str) -> list[str]:
    return [words if place == index else token.written for place, token in enumerate(tokens)]


def _ask_half(tokens: list[Token], bare: list[Clock], now: datetime, language: str) -> Question:
    """Morning or evening? Each option is the same text with its times told in full."""
    halves = [(0,) * len(bare), (1,) * len(bare)]
    options = [_retold(tokens, bare, chosen, now, language) for chosen in halves]
    window = len(bare) == 2 and bare[0].linked and any(isinstance(option, Option) for option in options)
    if len(bare) == 2 and not window:
        options.append(_retold(tokens, bare, (0, 1), now, language))
    return _question(Asked.AM_OR_PM, options)


def _retold(
    tokens: list[Token], bare: list[Clock], halves: tuple[int, ...], now: datetime, language: str
) -> Option | NotUnderstood:
    written = [token.written for token in tokens]
    for clock, half in zip(bare, halves, strict=True):
        minutes = clock.minutes % _HALF_DAY + half * _HALF_DAY
        written[clock.first : clock.last + 1] = [""] * (clock.last + 1 - clock.first)
        written[clock.first] = f"{minutes // 60:02}:{minutes % 60:02}"
    return _option(" ".join(filter(None, written)), now, language)


def _option(text: str, now: datetime, language: str) -> Option | NotUnderstood:
    read = read_when(text, now=now, language=language)
    if isinstance(read, Question):
        return Option(read.options[0].text, read.options[0].means)
    return Option(text, read.rules) if isinstance(read, Understood) else read


def _question(kind: Asked, found: list[Option | NotUnderstood]) -> Question:
    options = tuple(each for each in found if isinstance(each, Option))
    if options:
        return Question(kind, options)
    declined = next(each for each in found if isinstance(each, NotUnderstood))
    raise Declined(declined.reason, declined.words)


def _either_week(group: Group, now: datetime) -> bool:
    """ "next Friday", said on a Wednesday: this week's or the one after?"""
    return group.following and any(day > now.weekday() for day in group.days)


def _ask_week(group: Group, now: datetime, language: str) -> Question:
    (day, *_) = group.days
    coming = now.date() + timedelta(days=day - now.weekday())
    dates = (coming, coming + timedelta(days=7))
    found = [_option(f"{each} {_clocks(group)}", now, language) for each in dates]
    return _question(Asked.WHICH_DAYS, found)
