"""Quiet hours: from one time of day to another, mostly over the night."""

from datetime import date, time

from bot.understanding.clocks import Clock, Told
from bot.understanding.cursor import Cursor
from bot.understanding.hours import ends
from bot.understanding.lexicon import lexicon
from bot.understanding.meaning import Declined

_LONGEST = 80
_HALF_DAY = 12 * 60
_DAY = range(6 * 60, 18 * 60)
_EVENING_FROM = 6 * 60


def read_quiet(words: str, *, language: str = "en") -> tuple[time, time] | None:
    """Return from when up to when it is to be quiet; None where the words do not say.

    "10pm to 7am", "22-7", "between 10 and 7": an hour that may be meant twice a day begins in the evening
    and ends in the morning, unless the hours begin by day ("1pm to 3").
    """
    cursor = Cursor(lexicon(language).tokens(words[:_LONGEST]), date.min)
    try:
        found = ends(cursor)
    except Declined:
        return None
    if found is None or cursor.left():
        return None
    first, last = _begins(found[0]), _ends(found[1], found[0])
    return (_wall(first), _wall(last)) if first != last else None


def _begins(clock: Clock) -> int:
    """Six to eleven is meant in the evening, twelve at midnight."""
    if clock.told is Told.FIRM:
        return clock.minutes
    half = clock.minutes % _HALF_DAY
    return half + _HALF_DAY if half >= _EVENING_FROM else half


def _ends(clock: Clock, first: Clock) -> int:
    if clock.told is Told.FIRM:
        return clock.minutes
    half = clock.minutes % _HALF_DAY
    by_day = first.told is Told.FIRM and first.minutes in _DAY
    return half + _HALF_DAY if by_day and half <= first.minutes else half


def _wall(minutes: int) -> time:
    return time(*divmod(minutes, 60))
