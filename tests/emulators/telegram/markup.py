"""Telegram's HTML markup, and entities counted in UTF-16 code units.

Reads what Telegram reads and refuses what it refuses, in its words. Facts from the Bot API's section on
formatting options and the error texts of Telegram's own server.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from tests.emulators.telegram.errors import ApiError, bad_request

Entity = dict[str, Any]

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TOKEN = re.compile(
    r"(?P<plain>[^<&]+)"
    r"|(?P<escape>&(?:#(?P<decimal>\d{1,7})|#x(?P<hex>[0-9a-fA-F]{1,6})|(?P<name>lt|gt|amp|quot));?)"
    r"|(?P<bare>&)"
    r"|</(?P<end>[^\s>]*)\s*(?P<end_closed>>?)"
    r"|<(?P<start>[^\s>]*)(?P<attributes>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)(?P<start_closed>>?)"
)
_ATTRIBUTE = re.compile(r"\s+([a-zA-Z-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([\w.-]+)))?")
_LINK = re.compile(r"(?:https?|tg|mailto|tel)://?\S+|mailto:\S+|tel:\S+", re.IGNORECASE)
_COMMAND = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@\w+)?(?!\w)")
_CONTROL = {code: " " for code in range(32) if code != ord("\n")} | {ord("\r"): None}


def utf16_length(text: str) -> int:
    """How many UTF-16 code units a text takes: how Telegram counts offsets and lengths."""
    return len(text.encode("utf-16-le")) // 2


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """The plain text and its entities. Raises ApiError where Telegram could not parse the markup."""
    reader = _Reader(source)
    for token in _TOKEN.finditer(source):
        reader.take(token)
    return reader.finish()


def clean(text: str) -> str:
    """The text as Telegram takes it in: control characters become spaces, carriage returns vanish."""
    return text.translate(_CONTROL)


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """The text without white space at its ends, its entities moved along."""
    lead = utf16_length(text) - utf16_length(text.lstrip())
    kept = text.strip()
    end = utf16_length(kept)
    clipped = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        stop = min(entity["offset"] + entity["length"] - lead, end)
        if stop > start:
            clipped.append(entity | {"offset": start, "length": stop - start})
    return kept, clipped


def commands_in(text: str) -> list[Entity]:
    """The bot commands in a text, as Telegram marks them for a bot."""
    return [
        {
            "type": "bot_command",
            "offset": utf16_length(text[: match.start()]),
            "length": utf16_length(match.group()),
        }
        for match in _COMMAND.finditer(text)
    ]


@dataclass
class _OpenTag:
    name: str
    offset: int
    extra: dict[str, str]


@dataclass
class _Reader:
    source: str
    pieces: list[str] = field(default_factory=list)
    offset: int = 0
    open_tags: list[_OpenTag] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def take(self, token: re.Match[str]) -> None:
        if token["start"] is not None:
            self._open(token)
        elif token["end"] is not None:
            self._close(token)
        else:
            self._say(_unescaped(token))

    def finish(self) -> tuple[str, list[Entity]]:
        if self.open_tags:
            name = self.open_tags[-1].name
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{name}"')
        ordered = sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.pieces), ordered

    def _say(self, text: str) -> None:
        self.pieces.append(text)
        self.offset += utf16_length(text)

    def _open(self, token: re.Match[str]) -> None:
        name, at = token["start"].lower(), self._bytes_before(token)
        is_cut_off = not token["start_closed"]
        if is_cut_off and not token["attributes"]:
            raise _unparsable(f"Unclosed start tag at byte offset {at}")
        if name not in _KINDS:
            raise _unparsable(f'Unsupported start tag "{name}" at byte offset {at}')
        if is_cut_off:
            raise _unparsable(f"Unclosed start tag at byte offset {at}")
        attributes = _attributes(token["attributes"], name, at)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
        self.open_tags.append(_OpenTag(name, self.offset, attributes))

    def _close(self, token: re.Match[str]) -> None:
        name, at = token["end"].lower(), self._bytes_before(token)
        if not self.open_tags:
            raise _unparsable(f"Unexpected end tag at byte offset {at}")
        if not token["end_closed"]:
            raise _unparsable(f"Unclosed end tag at byte offset {at}")
        tag = self.open_tags.pop()
        if name != tag.name:
            found = f'expected "</{tag.name}>", found "</{name}>"'
            raise _unparsable(f"Unmatched end tag at byte offset {at}, {found}")
        if self.offset > tag.offset:
            self._mark(tag)

    def _mark(self, tag: _OpenTag) -> None:
        entity: Entity = {"type": _KINDS[tag.name], "offset": tag.offset, "length": self.offset - tag.offset}
        if tag.name == "a":
            url = tag.extra.get("href", "")
            if not _LINK.fullmatch(url):
                return
            entity["url"] = url
        if tag.name == "blockquote" and "expandable" in tag.extra:
            entity["type"] = "expandable_blockquote"
        language = tag.extra.get("class", "")
        if tag.name == "code" and language.startswith("language-"):
            entity |= {"type": "pre", "language": language.removeprefix("language-")}
        if tag.name == "pre" and any(self._same_place(entity, other) for other in self.entities):
            return
        self.entities.append(entity)

    @staticmethod
    def _same_place(one: Entity, other: Entity) -> bool:
        return other["type"] == "pre" and all(one[key] == other[key] for key in ("offset", "length"))

    def _bytes_before(self, token: re.Match[str]) -> int:
        return len(self.source[: token.start()].encode())


def _attributes(source: str, tag: str, at: int) -> dict[str, str]:
    found, end = {}, 0
    while match := _ATTRIBUTE.match(source, end):
        name, double, single, bare = match.groups()
        found[name.lower()] = next((value for value in (double, single, bare) if value is not None), "")
        end = match.end()
    if source[end:].strip():
        raise _unparsable(f'Empty attribute name in the tag "{tag}" at byte offset {at}')
    return {name: re.sub(_TOKEN, _unescaped, value) for name, value in found.items()}


def _unescaped(token: re.Match[str]) -> str:
    if token["escape"] is None:
        return token.group()
    if token["name"]:
        return _NAMED[token["name"]]
    code = int(token["decimal"]) if token["decimal"] else int(token["hex"], 16)
    is_character = 0 < code < 0x110000 and not 0xD800 <= code < 0xE000
    return chr(code) if is_character else token.group()


def _unparsable(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")
