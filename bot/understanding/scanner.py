"""A text as raw tokens: dates, clock times, numbers, words and marks, before any word is known."""

import re
import unicodedata
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2}(?!\d)|(?:0?[1-9]|[12]\d|3[01])\.\s?(?:0?[1-9]|1[0-2])\.(?:\s?20\d{2}(?![\d:.]))?"
    r"|\d{1,2}/\d{1,2}(?:/20\d{2})?(?![\d/]))"
    r"|(?P<clock>\d{1,2}[:.]\d{2}(?![:.]?\d)|\d{1,2}\s?[hu]\s?\d{2}(?!\d))"
    r"|(?P<unclear>\d+(?:[:.,]\d+)+)"
    r"|(?P<hour>\d{1,2}\s?h(?![\w]))"
    r"|(?P<ordinal>\d{1,2}(?:st|nd|rd|th|er|[oa](?!\.|\sm\b))(?!\w)|\d{1,2}\.(?=\s+[^\W\d]))"
    r"|(?P<number>\d+)"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)"
    r"|(?P<mark>[^\s\w])"
)
_STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})


@dataclass(frozen=True, slots=True)
class Token:
    """One thing read: what kind it is, what it stands for, and how it was written."""

    kind: str
    value: int
    written: str


def folded(text: str) -> str:
    """Lower case, without accents, one form for each character."""
    spread = unicodedata.normalize("NFKD", text.casefold().translate(_STROKES))
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def scanned(text: str) -> list[Token]:
    """The raw tokens of a text, folded; a word has kind "word"."""
    tokens = []
    for match in _TOKEN.finditer(folded(text).replace("’", "'")):
        kind = match.lastgroup or "mark"
        digits = [int(each[:6]) for each in re.findall(r"\d+", match.group())]
        if kind == "date":
            kind, value = _date(match.group(), digits)
        else:
            value = digits[0] if digits else 0
            value = value * 100 + digits[1] if kind == "clock" else value
        tokens.append(Token(kind, value, match.group()))
    return tokens


def _date(written: str, digits: list[int]) -> tuple[str, int]:
    """Year (0 where not told), month and day in one number; unknown where either number may be the day."""
    if "-" in written:
        return "date", digits[0] * 10_000 + digits[1] * 100 + digits[2]
    day, month, *year = digits
    if "/" in written:
        if day <= 12 and month <= 12 and not year:
            return "slash", day * 100 + month
        if day <= 12 and month <= 12:
            return "unknown", 0
        day, month = max(day, month), min(day, month)
    return "date", (year[0] if year else 0) * 10_000 + month * 100 + day
