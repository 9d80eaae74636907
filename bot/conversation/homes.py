"""A person's homes: the platforms they can be reached on, by name, and what may be shown at which.

Where only taps are taken, words that the person wrote elsewhere are kept out: platforms of that kind forbid
bots to carry them. A mask does this at the edge, whatever dialogue said them.
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from bot.conversation.messages import Button, Wire
from bot.texts import Text, t

_NAMED = frozenset(("telegram", "discord", "local"))
_SHORTEST = 2
_BEGINNING = 16
"""Letters by which a long text is known again where a message shows only the beginning of it."""


def home(platform: str) -> Text:
    """What a platform is called."""
    return t(f"home.{platform}") if platform in _NAMED else t("words", words=platform.capitalize())


def protects(platform: str) -> bool:
    """Whether a platform keeps a file from being saved and passed on, if it is asked to."""
    return platform == "telegram"


def who_reads(platform: str) -> Text:
    """The sentence that says who can read what passes through a platform."""
    return t(f"start.platform_{platform if platform in _NAMED else 'other'}")


def readers(platform: str) -> Text:
    """Who could read what is said through a platform, in a list."""
    return t(f"privacy.readers_{platform if platform in _NAMED else 'other'}")


class Mask:
    """Takes a person's own words out of messages."""

    def __init__(self, opened: Iterable[Any], instead: str) -> None:
        """`opened` are values that hold words of the person; `instead` is said in their place."""
        found = {
            line.strip()
            for text in _texts(opened)
            for line in (text, *text.splitlines(), " ".join(text.split()))
        }
        self._words = sorted((each for each in found if len(each) >= _SHORTEST), key=len, reverse=True)
        self._instead = instead

    def wire(self, wire: Wire) -> Wire:
        """The message without their words. Buttons that would look the same are numbered."""
        rows = tuple(tuple(self._button(each) for each in row) for row in wire.buttons)
        return replace(
            wire, text=self._masked(wire.text, html.escape), buttons=_numbered(rows, self._instead)
        )

    def text(self, text: str) -> str:
        """A plain text without their words."""
        return self._masked(text, str)

    def _button(self, button: Button) -> Button:
        return replace(button, label=self.text(button.label))

    def _masked(self, text: str, escape: Any) -> str:
        for words in self._words:
            text = _without(text, escape(words), self._instead)
        return text


def phrases(values: Any) -> Iterator[str]:
    """The texts among values that may be words somebody wrote: not names of steps, ids and days."""
    return (text for text in _texts([values]) if re.search(r"[^\w:.+-]", text))


def _texts(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from _texts(value.values())
        elif isinstance(value, list | tuple):
            yield from _texts(value)


def _without(text: str, words: str, instead: str) -> str:
    """The text with `instead` for the words, or for as much of their beginning as it shows."""
    beginning = words[:_BEGINNING]
    if beginning.casefold() not in text.casefold():
        return text
    if len(words) <= _BEGINNING:
        return re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", lambda _: instead, text, flags=re.IGNORECASE)
    pieces, at = [], 0
    for match in re.finditer(re.escape(beginning), text, re.IGNORECASE):
        if match.start() >= at:
            pieces += [text[at : match.start()], instead]
            at = match.start() + _shared(text[match.start() :], words)
    return "".join((*pieces, text[at:]))


def _shared(text: str, words: str) -> int:
    """How many letters two texts begin with in common."""
    pairs = zip(text.casefold(), words.casefold(), strict=False)
    return next(
        (number for number, (one, other) in enumerate(pairs) if one != other), min(len(text), len(words))
    )


def _numbered(rows: tuple[tuple[Button, ...], ...], instead: str) -> tuple[tuple[Button, ...], ...]:
    masked = [each for row in rows for each in row if instead in each.label]
    if len(masked) < _SHORTEST:
        return rows
    numbers = {id(each): number for number, each in enumerate(masked, 1)}
    return tuple(
        tuple(
            replace(each, label=f"{each.label} {numbers[id(each)]}") if id(each) in numbers else each
            for each in row
        )
        for row in rows
    )
