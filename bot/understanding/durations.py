"""How long something took, and until when something lasts."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.understanding.lexicon import lexicon
from bot.understanding.phrases import phrases
from bot.understanding.scanner import Token

_COMPACT = re.compile(
    r"(\b(?:à|a|vers|um|at|às|as|las|gegen)\s)?(?<!\d)(\d{1,2})\s?h(?:\s?(\d{1,2})(?:\s?m(?:in)?)?|\b)"
)
_TWO_WORDS = re.compile(r"\s+\S+\s+\w+")
_LONGEST = 2_000
_LONGEST_MINUTES = 24 * 60
_LONGEST_DAYS = 3 * 366


@dataclass(frozen=True, slots=True)
class Until:
    """An aware instant until which something lasts: the start of that local day, or an exact time."""

    at: datetime


def read_minutes(text: str, language: str = "en") -> int | None:
    """The minutes that a text names ("5 min", "half an hour", "1h15"); None for none, or over a day."""
    found = minutes_in(text, language)
    return found[0] if found else None


def minutes_in(text: str, language: str = "en") -> list[int]:
    """Every stretch of minutes or hours in a text, in order, in minutes (1 to 1440); not "an hour ago"."""
    spread = _COMPACT.sub(_spread, _without_ago(text[:_LONGEST].lower(), language))
    tokens = lexicon(language).tokens(spread)
    minutes, index = [], 0
    while index < len(tokens):
        length, found = _minutes_at(tokens, index)
        minutes.extend([found] if found is not None and 0 < found <= _LONGEST_MINUTES else [])
        index += length
    return minutes


def _without_ago(text: str, language: str) -> str:
    """A text without "2 hours ago", "vor einer Stunde": the two words that tell how long, and the ago."""
    ago = phrases(language)["ago"]
    kept, at = "", 0
    for match in ago.pattern.finditer(text):
        if ago.values[match.group()] == "before":
            kept += text[at : match.start()] + " "
            told = _TWO_WORDS.match(text, match.end())
            at = told.end() if told is not None else match.end()
        else:
            kept += " ".join(text[at : match.start()].split()[:-2]) + " "
            at = match.end()
    return kept + text[at:]


def _spread(match: re.Match[str]) -> str:
    """ "1h15" in minutes; "à 7h30" is a time of day."""
    return "" if match[1] else f"{int(match[2]) * 60 + int(match[3] or 0)} min"


def read_until(text: str, *, now: datetime, language: str = "en") -> Until | None:
    """Until when: "until Monday", "for two weeks", "3 May", "tomorrow", "in 2 hours".

    `now` is aware, in the person's zone. None where it is not understood, or past.
    """
    tokens = [
        token
        for token in lexicon(language).tokens(text[:200])
        if token.kind not in ("filler", "article", "through", "of")
    ]
    at = _moment(tokens, now)
    return Until(at) if at is not None and at > now else None


def _moment(tokens: list[Token], now: datetime) -> datetime | None:
    kinds = [token.kind for token in tokens]
    values = [token.value for token in tokens]
    if kinds[:1] == ["relative"]:
        return _moment(tokens[1:], now)
    if len(kinds) == 2 and kinds[0] in ("number", "one") and kinds[1] in ("unit", "hours"):
        return _after(values[0], values[1], now)
    if kinds == ["next", "unit"] and values[1] == 3:
        return _midnight(now.date() + timedelta(days=7 - now.weekday()), now)
    if kinds in (["weekday"], ["weekly"], ["next", "weekday"]):
        ahead = (values[-1] - now.weekday()) % 7 or 7
        return _midnight(now.date() + timedelta(days=ahead), now)
    if kinds == ["day"]:
        return _midnight(now.date() + timedelta(days=values[0]), now)
    if kinds == ["date"]:
        return _dated(values[0], now)
    if kinds in (["number", "month"], ["ordinal", "month"]):
        return _on(values[1], values[0], now)
    if kinds in (["month", "number"], ["month", "ordinal"]):
        return _on(values[0], values[1], now)
    return None


def _after(number: int, unit: int, now: datetime) -> datetime | None:
    if unit < 2:
        return (
            now + timedelta(minutes=number) * (60 if unit == 1 else 1) if number <= _LONGEST_MINUTES else None
        )
    days = number * (1, 7, 30)[unit - 2]
    return _midnight(now.date() + timedelta(days=days), now) if 0 < days <= _LONGEST_DAYS else None


def _on(month: int, day: int, now: datetime) -> datetime | None:
    for year in range(now.year, now.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found > now.date():
            return _midnight(found, now)
    return None


def _dated(value: int, now: datetime) -> datetime | None:
    """A date told in figures, see `lexicon`."""
    year, monthday = divmod(value, 10_000)
    if not year:
        return _on(monthday // 100, monthday % 100, now)
    try:
        return _midnight(date(year, monthday // 100, monthday % 100), now)
    except ValueError:
        return None


def _midnight(day: date, now: datetime) -> datetime:
    return datetime.combine(day, time(), now.tzinfo)


def _minutes_at(tokens: list[Token], index: int) -> tuple[int, int | None]:
    token = tokens[index]
    if token.kind == "halfhour":
        return 1, token.value
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if (
        token.kind in ("number", "one")
        and following is not None
        and following.kind in ("unit", "hours")
        and following.value < 2
    ):
        return 2, token.value * (60 if following.value else 1)
    return 1, None
