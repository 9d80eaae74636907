"""The times of day in a text, and the windows between two of them."""

from dataclasses import replace

from bot.understanding.clocks import Clock, Told, Window, within
from bot.understanding.cursor import Cursor
from bot.understanding.items import Item
from bot.understanding.meaning import Declined, Reason
from bot.understanding.scanner import Token

_SMALL_HOURS = range(100, 600)
_SMALLEST_HOUR = 100
_NOON = 12 * 60
_NOON_OR_MIDNIGHT = 1200
_SPOKEN_MINUTES = (10, 15, 20, 30, 40, 45, 50)
_AT, _BEFORE = 1, 2
"""What a word for "to" may be besides: a preposition of times, or minutes before an hour."""
_MINUTES_BEFORE = (5, 10)
_SMALL_WORDS = "filler|article|oclock"


def window(cursor: Cursor) -> list[Item] | None:
    """ "between 9 and 11", "from 6 to 8pm", "18-20"."""
    start = cursor.at
    found = ends(cursor)
    if found is None:
        cursor.at = start
        return None
    return [Window(*_agreed(*found))]


def ends(cursor: Cursor) -> tuple[Clock, Clock] | None:
    """Both ends of a window as they are told, over midnight or not."""
    between = cursor.taken("between") is not None
    opened = between or cursor.taken("span|of") is not None
    after_at = cursor.at > 0 and cursor.tokens[cursor.at - 1].kind == "through"
    first = _end(cursor) if opened else _told(cursor)
    if first is None:
        return None
    link = cursor.taken("through|and" if between else "through")
    if link is None or (not opened and _links_otherwise(link[0], first, after_at)):
        return None
    last = _end(cursor)
    return (replace(first, linked=True), replace(last, linked=True)) if last is not None else None


def _links_otherwise(link: Token, first: Clock, after_at: bool) -> bool:
    """ "à 8h à 20h" may be two times, "10 to 8" may be ten minutes before eight."""
    if link.value == _AT:
        return after_at or first.told is Told.BARE or first.occasion
    return link.value == _BEFORE and first.told is Told.BARE and first.minutes // 60 in _MINUTES_BEFORE


def _end(cursor: Cursor) -> Clock | None:
    """A clock after small words."""
    while cursor.taken(_SMALL_WORDS):
        pass
    cursor.taken("through")
    return _told(cursor)


def _told(cursor: Cursor) -> Clock | None:
    """A clock, in the part of the day told with it."""
    found = _clock(cursor)
    if found is None:
        return None
    part = cursor.taken("part")
    return within(found, part[0].value, part[0].written) if part else found


def _agreed(first: Clock, last: Clock) -> tuple[Clock, Clock]:
    """Both ends, where one is told in full and says for the other which half of the day it is."""
    if (first.told is Told.BARE) is (last.told is Told.BARE):
        return first, last
    if first.of_24 or last.of_24:
        return replace(first, told=Told.FIRM), replace(last, told=Told.FIRM)
    if first.told is Told.BARE:
        before = [each for each in _halves(first) if each < last.minutes]
        return _settled(first, max(before, default=first.minutes)), last
    after = [each for each in _halves(last) if each > first.minutes]
    return first, _settled(last, min(after, default=last.minutes))


def _halves(clock: Clock) -> tuple[int, int]:
    return clock.minutes % 720, clock.minutes % 720 + 720


def _settled(clock: Clock, minutes: int) -> Clock:
    return replace(clock, minutes=minutes, told=Told.FIRM)


def clock(cursor: Cursor) -> list[Item] | None:
    """One time of day."""
    found = _clock(cursor)
    return [found] if found is not None else None


def _clock(cursor: Cursor) -> Clock | None:
    first = cursor.at
    word = cursor.next("clockword")
    midnight = word is not None and word[0].value == 0
    occasion = word is not None and word[0].value % _NOON_OR_MIDNIGHT > 0
    base = _base(cursor)
    if base is None:
        return None
    minutes, told = _with_minutes(cursor, *base)
    if cursor.taken("oclock") is None and cursor.tokens[cursor.at - 1].kind == "clock":
        _skip_hours(cursor)
    half = cursor.taken("half")
    if half is not None:
        minutes, told = _on_half(minutes, half[0], told), Told.FIRM
    of_24 = half is None and minutes >= 13 * 60
    return Clock(minutes % 1440, told, first, cursor.at - 1, of_24, midnight, occasion=occasion)


def _skip_hours(cursor: Cursor) -> None:
    """ "20:00 hours", "20h30 min": a time of day."""
    found, spelled = cursor.next("unit|hours"), "h" in cursor.tokens[cursor.at - 1].written
    if found is not None and found[0].value == int(not spelled):
        cursor.at += 1


def _base(cursor: Cursor) -> tuple[int, Told] | None:
    """The hour, with its minutes where they are told before it or written to it."""
    found = cursor.taken("spoken", "number")
    if found is not None:
        return _relative_to(found[1], found[0].value)
    found = cursor.taken("spoken", "clockword") or cursor.taken("spoken", "article", "clockword")
    if found is not None:
        if found[-1].value % _NOON_OR_MIDNIGHT:
            raise Declined(Reason.UNSUPPORTED, found[-1].written)
        return (_exact(found[-1]) + found[0].value) % 1440, Told.FIRM
    found = cursor.taken("clockword")
    if found is not None:
        return _exact(found[0]), Told.FIRM
    found = cursor.taken("clock")
    if found is not None:
        return _exact(found[0]), _told_minutes(found[0])
    found = cursor.taken("number", "unit")
    if (
        found is not None
        and found[0].written.isdigit()
        and len(found[0].written) == 4
        and found[1].value == 1
    ):
        return _exact(found[0]), Told.FIRM
    if found is not None:
        cursor.at -= 2
        return None
    if cursor.next("number", "month|session"):
        return None
    found = cursor.taken("hour|number")
    return _number(cursor, found[0]) if found is not None else None


def _number(cursor: Cursor, token: Token) -> tuple[int, Told]:
    digits = len(token.written) if token.written.isdigit() else 0
    if digits < 3 and token.value in (0, 24) and not cursor.next("oclock|hours|half"):
        raise Declined(Reason.IMPOSSIBLE, token.written)
    if digits == 3 and token.value >= _SMALLEST_HOUR and not cursor.next("half"):
        return _exact(token), Told.BARE
    if digits == 4 or (digits == 3 and cursor.next("half")):
        return _exact(token), Told.FIRM
    return _relative_to(token, 0)


def _with_minutes(cursor: Cursor, minutes: int, told: Told) -> tuple[int, Told]:
    """Minutes that follow the hour: "seven thirty", "7 Uhr 30", "las 7 y media"."""
    if minutes % 60:
        return minutes, told
    whole = cursor.taken("oclock|hours") is not None
    after = cursor.taken("later")
    if after is not None:
        return _with_later(minutes, after[0].value, told)
    number = cursor.next("number")
    another = cursor.next("number", "unit|hours|month|oclock|half" if whole else "unit|hours|month|oclock")
    if number is None or another or not _tells_minutes(number[0], whole):
        return minutes, told
    cursor.at += 1
    loose = told is Told.BARE and number[0].written.isdigit()
    return minutes + number[0].value, Told.LOOSE if loose else told


def _relative_to(token: Token, minutes: int) -> tuple[int, Told]:
    """An hour as told, with minutes before or after it."""
    if token.value > 24:
        raise Declined(Reason.IMPOSSIBLE, token.written)
    told = token.value * 60 + minutes
    if token.value == 12 and minutes > 0:
        return told, Told.LOOSE
    if token.written.startswith("0") or token.value > 12:
        return told % 1440, Told.FIRM
    if (token.value == 12 or token.kind == "hour") and not minutes:
        return told, Told.LOOSE
    return told % 720, Told.BARE


def _with_later(minutes: int, added: int, told: Told) -> tuple[int, Told]:
    """An hour with the minutes told after it: half past twelve is after noon, five to twelve may be not."""
    after_noon = minutes == _NOON and added > 0
    if told is Told.FIRM or after_noon:
        return (minutes + added) % 1440, told
    return (minutes + added) % 720, Told.BARE


def _tells_minutes(token: Token, whole: bool) -> bool:
    """Whether a number after an hour tells its minutes: spelt out, or in two digits that are no hour.

    Raises Declined for "8 Uhr 5", which may be five past eight, or eight and five.
    """
    if not token.written.isdigit():
        return token.value in _SPOKEN_MINUTES or (whole and token.value < 60)
    if whole and len(token.written) == 1:
        raise Declined(Reason.UNSUPPORTED, token.written)
    return len(token.written) == 2 and token.value < 60 and (whole or token.value > 24)


def _exact(token: Token) -> int:
    hour, minute = divmod(token.value, 100)
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        raise Declined(Reason.IMPOSSIBLE, token.written)
    return hour * 60 + minute


def _told_minutes(token: Token) -> Told:
    """ "7:30" is loose, "07:30" and "19:30" are firm; "3:30" may be meant after noon, unlike "3h30"."""
    if token.value in _SMALL_HOURS and token.written[0] != "0" and not set("hu") & set(token.written):
        return Told.BARE
    return Told.FIRM if token.written.startswith("0") or token.value >= 1300 else Told.LOOSE


def _on_half(minutes: int, half: Token, told: Told) -> int:
    """Minutes of the day on the half that am or pm names."""
    if told is not Told.BARE and not 60 <= minutes < 13 * 60:
        raise Declined(Reason.IMPOSSIBLE, f"{minutes // 60}:{minutes % 60:02} {half.written}")
    return minutes % 720 + half.value * 60
