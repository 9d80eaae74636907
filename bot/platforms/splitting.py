"""Messages longer than a platform takes, split where a reader would pause."""

import re

_TOKEN = re.compile(r"</?b>|&(?:lt|gt|amp|quot|#x27);|.", re.DOTALL)
_PAUSES = ("\n\n", "\n", "(?<=[.!?…]) ", " ")


def split(words: str, limit: int) -> list[str]:
    """Parts of at most `limit` characters as the platform counts them (UTF-16 units, markup left out).

    Each part ends at a paragraph, else a line, a sentence, a word, and only then in the middle of one.
    `<b>` that is open where a part ends is closed there and opened again in the next.
    """
    if len(words) <= limit // 2:
        return [words]
    parts, rest = [], words
    while length(rest) > limit:
        end = _end_of_part(rest, limit)
        parts.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    parts.append(rest)
    return _balanced([part for part in parts if part] or [words])


def length(words: str) -> int:
    """How long a text is once its markup is read: in UTF-16 units."""
    return sum(_units(match.group()) for match in _TOKEN.finditer(words))


def _units(token: str) -> int:
    if token in ("<b>", "</b>"):
        return 0
    return 2 if len(token) == 1 and ord(token) > 0xFFFF else 1


def _end_of_part(words: str, limit: int) -> int:
    furthest = _index_at(words, limit)
    for pause in _PAUSES:
        ends = [match.end() for match in re.finditer(pause, words[:furthest])]
        if ends and ends[-1] > furthest // 2:
            return ends[-1]
    return furthest


def _index_at(words: str, limit: int) -> int:
    taken = 0
    for match in _TOKEN.finditer(words):
        taken += _units(match.group())
        if taken > limit:
            return match.start()
    return len(words)


def _balanced(parts: list[str]) -> list[str]:
    balanced, bold = [], False
    for part in parts:
        opened = f"<b>{part}" if bold else part
        bold = opened.count("<b>") > opened.count("</b>")
        balanced.append(f"{opened}</b>" if bold else opened)
    return balanced
