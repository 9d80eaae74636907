"""Words as `Wire` has them, in Discord's markdown, and back."""

import html
import re

from bot.platforms.splitting import split

LONGEST = 2000
"""Characters in a message."""

_TAGS = re.compile(r"(</?b>)")
_LINKS = re.compile(r"(https?://[^\s<\\*]+)")
_SPECIAL = re.compile(r"([\\*_~`|<>\[\]#])|^(\s*)([-+])(?=\s)|^(\s*\d+)([.)])(?=\s)", re.MULTILINE)
_MARKS = re.compile(rf"{_LINKS.pattern}|\\(.)|(\*\*)|(.)", re.DOTALL)


def to_markdown(words: str) -> str:
    """The same words in markdown. What a person's words hold of markdown is shown as it is."""
    return "".join("**" if _TAGS.fullmatch(part) else _escaped(part) for part in _TAGS.split(words))


def from_markdown(content: str) -> str:
    """The words of a message that `to_markdown` made, as `Wire` has them."""
    words, bold = [], False
    for link, escaped, mark, plain in _MARKS.findall(content):
        if mark:
            words.append("</b>" if bold else "<b>")
            bold = not bold
        else:
            words.append(html.escape(link or escaped or plain, quote=False))
    return "".join(words)


def parts_of(words: str) -> list[str]:
    """The words in markdown, in messages that are short enough."""
    limit = LONGEST
    while True:
        parts = [to_markdown(part) for part in split(words, limit)]
        if all(fits(part) for part in parts):
            return parts
        limit = limit * 3 // 4


def fits(markdown: str) -> bool:
    """Whether one message takes it."""
    return len(markdown.encode("utf-16-le")) // 2 <= LONGEST


def _escaped(part: str) -> str:
    pieces = _LINKS.split(html.unescape(part))
    return "".join(piece if index % 2 else _SPECIAL.sub(_escape, piece) for index, piece in enumerate(pieces))


def _escape(match: re.Match[str]) -> str:
    special, before, bullet, number, dot = match.groups()
    if special:
        return f"\\{special}"
    return f"{before}\\{bullet}" if bullet else f"{number}\\{dot}"
