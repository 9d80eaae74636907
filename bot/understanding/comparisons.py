"""Days that something is only compared with: "better than yesterday" was not done yesterday."""

from bot.understanding.lexicon import lexicon
from bot.understanding.phrases import phrases

_NEAR = 40
"""Characters before a "que" in which something has to be more or less for it to compare."""


def without_comparisons(words: str, language: str) -> str:
    """Folded words without the days that follow a "than", "unlike" or "same as"."""
    for match in reversed(list(phrases(language)["than"].pattern.finditer(words))):
        if _compares(words[: match.start()], match.group(), language):
            end = match.end() + _day_at_start(words[match.end() :], language)
            words = f"{words[: match.start()]} {words[end:]}"
    return words


def _compares(before: str, word: str, language: str) -> bool:
    kinds = phrases(language)
    if kinds["than"].values[word] == "alone":
        return True
    return kinds["more"].pattern.search(before[-_NEAR:]) is not None


def _day_at_start(rest: str, language: str) -> int:
    """How many characters the day takes that a text begins with; 0 where it begins with something else."""
    kinds = phrases(language)
    at = len(rest) - len(rest.lstrip())
    for kind in ("day", "some_day"):
        found = kinds[kind].pattern.match(rest, at)
        if found is not None:
            return found.end()
    led = kinds["on"].pattern.match(rest, at)
    at = led.end() + 1 if led is not None else at
    day = next(iter(lexicon(language).tokens(rest[at:])), None)
    return at + len(day.written) if day is not None and day.kind in ("weekday", "weekly") else 0
