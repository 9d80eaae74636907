"""When to come back, in an answer to a nudge: "in an hour", "remind me at 21:00", "give me 10 minutes"."""

from datetime import datetime, timedelta

from bot.understanding.claims import walk
from bot.understanding.durations import minutes_in
from bot.understanding.lexicon import lexicon
from bot.understanding.meaning import Asked, Moment, Question, Recurring, Understood
from bot.understanding.phrases import phrases
from bot.understanding.times import TAKEN, read_when

_TELLS_TIME = frozenset(("clock", "hour", "number", "clockword", "spoken"))
_AROUND_TIME = _TELLS_TIME | {"half", "filler", "article", "oclock", "hours", "part", "later", "through"}
_STRETCH = frozenset(("number", "one", "halfhour", "hour", "few"))
_LONGEST = 200
_TOLD_EARLY = 60


def read_snooze(words: str, *, now: datetime, language: str = "en") -> tuple[bool, Moment | None]:
    """Whether a folded text asks to be reminded again, and when, as far as it says."""
    kinds = phrases(language)
    cued = kinds["cue"].pattern.search(words[:_TOLD_EARLY]) is not None
    placed = cued or kinds["at"].pattern.search(words[:_TOLD_EARLY]) is not None
    rest = kinds["around"].without(kinds["cue"].without(words[:_LONGEST])).strip(" ,.!?")
    read = read_when(TAKEN + rest, now=now, language=language)
    if isinstance(read, Understood) and len(read.rules) == 1:
        rule = read.rules[0]
        if isinstance(rule, Moment):
            return True, rule
        if isinstance(rule, Recurring) and _is_a_time_alone(rest, placed, language):
            return True, _next(rule, now)
    named = phrases(language)["meal"].all_in(words)
    if named:
        return True, _at_hour(int(named[0]), now)
    if (
        placed
        and isinstance(read, Question)
        and read.kind is Asked.AM_OR_PM
        and _is_a_time_alone(rest, placed, language)
    ):
        return True, _soonest(read, now)
    minutes = minutes_in(rest, language)
    if not cued and not (minutes and begins_with_in(rest, language)):
        return False, None
    if len(minutes) == 1 and not isinstance(read, Question):
        return True, Moment((now + timedelta(minutes=minutes[0])).replace(microsecond=0), exact=True)
    return True, None


def begins_with_in(words: str, language: str) -> bool:
    """Whether a text begins with the "in" of "in half an hour"; "in bed" is none."""
    kinds = [token.kind for token in lexicon(language).tokens(words[:_TOLD_EARLY])]
    return kinds[:1] == ["relative"] and not _STRETCH.isdisjoint(kinds[1:3])


def without_yes(words: str, language: str) -> str:
    """A folded text without a yes that it begins with."""
    choices = phrases(language)["choice"]
    match = choices.pattern.match(words)
    yes = match is not None and choices.values[match.group()] == "yes"
    return words[match.end() :].lstrip(" ,.!") if match is not None and yes else words


def _at_hour(hour: int, now: datetime) -> Moment | None:
    """Today at that hour, if it is to come."""
    at = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    return Moment(at, exact=False) if at > now else None


def _soonest(question: Question, now: datetime) -> Moment | None:
    """ "At 9", said at ten in the morning: the next time that a clock shows it."""
    rules = [option.means[0] for option in question.options]
    moments = [_next(rule, now) for rule in rules if isinstance(rule, Recurring)]
    return min(moments, key=lambda moment: moment.at, default=None)


def _is_a_time_alone(words: str, placed: bool, language: str) -> bool:
    """Whether words say a time, nothing of days, and nothing of a practice unless `placed` by a word."""
    kinds = [token.kind for token in lexicon(language).tokens(words)]
    telling = [kind for kind in kinds if kind in _TELLS_TIME] or [kind for kind in kinds if kind == "part"]
    if len(telling) != 1 or not _AROUND_TIME.issuperset(kinds):
        return False
    return placed or (len(kinds) > 1 and not walk(words, language).named)


def _next(rule: Recurring, now: datetime) -> Moment:
    """The next time of day that a daily rule tells."""
    today = datetime.combine(now.date(), rule.times[0], now.tzinfo)
    return Moment(today if today > now else today + timedelta(days=1), exact=False)
