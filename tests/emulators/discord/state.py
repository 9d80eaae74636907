"""What Discord remembers of one bot and the people who talk to it."""

import asyncio
import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]

EPHEMERAL = 1 << 6
_EPOCH_MS = 1_420_070_400_000


@dataclass(frozen=True)
class Button:
    """A button as a person sees it, and what comes back when it is pressed."""

    label: str
    custom_id: str


@dataclass(frozen=True)
class StoredFile:
    """A file sent with a message; `description` is its alternative text."""

    name: str
    media_type: str
    content: bytes
    description: str = ""


@dataclass
class Message:
    """A message in a channel as it stands now."""

    json: Json
    files: list[StoredFile] = field(default_factory=list)

    @property
    def id(self) -> int:
        """Its snowflake."""
        return int(self.json["id"])

    @property
    def text(self) -> str:
        """Its content, in Discord's markdown."""
        return str(self.json["content"])

    @property
    def from_bot(self) -> bool:
        """Whether the bot wrote it."""
        return bool(self.json["author"].get("bot"))

    @property
    def ephemeral(self) -> bool:
        """Whether only the one who asked sees it."""
        return bool(self.json["flags"] & EPHEMERAL)

    @property
    def buttons(self) -> list[list[Button]]:
        """Its buttons, row by row."""
        rows = (row["components"] for row in self.json["components"])
        return [[Button(each["label"], each["custom_id"]) for each in row] for row in rows]

    def button(self, label: str) -> Button | None:
        """Its button of this label."""
        return next((each for row in self.buttons for each in row if each.label == label), None)


@dataclass
class Channel:
    """A direct message channel with one person, or (`guild_id`) a text channel of a server."""

    json: Json
    guild_id: int | None = None
    is_closed: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    unheard: list[Message] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    nonces: dict[str, int] = field(default_factory=dict)
    typing: int = 0

    @property
    def id(self) -> int:
        """Its snowflake."""
        return int(self.json["id"])

    def keep(self, message: Message) -> Message:
        """Take a message, or a new state of one; people have not heard it yet."""
        self.messages[message.id] = message
        if message.from_bot:
            self.unheard.append(message)
            self.changed.set()
        return message


@dataclass
class Asked:
    """An interaction, and what became of it. `waited` is the seconds until it was acknowledged."""

    json: Json
    channel: Channel
    at: float
    waited: float | None = None
    is_thinking: bool = False
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    original: int | None = None
    is_forgotten: bool = False
    choices: list[tuple[str, str]] | None = None


class State:
    """Everyone, every channel, every interaction."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.application_id = "9000000000000000001"
        self.bot: Json = user_json(9000000000000000001, "limber", is_bot=True)
        self.channels: dict[int, Channel] = {}
        self.people: dict[int, Json] = {}
        self.asked: dict[str, Asked] = {}
        self.commands: list[Json] = []
        self.uploaded: dict[str, StoredFile] = {}
        self.root = ""
        self._numbers: Iterator[int] = itertools.count(1)

    def upload(self, file: StoredFile) -> Json:
        """Keep a file that somebody sends; what Discord tells of it."""
        number = self.snowflake()
        self.uploaded[number] = file
        where = f"{self.root}/attachments/{number}"
        return {
            "id": number,
            "filename": file.name,
            "size": len(file.content),
            "url": where,
            "proxy_url": where,
            "content_type": file.media_type,
        }

    def snowflake(self) -> str:
        """A new id, in the order of time."""
        milliseconds = int(time.time() * 1000) - _EPOCH_MS
        return str((milliseconds << 22) | next(self._numbers) % (1 << 22))

    def direct(self, person_id: int) -> Channel | None:
        """The direct message channel with someone, None where nobody has this id."""
        if person_id not in self.people:
            return None
        for channel in self.channels.values():
            if channel.guild_id is None and int(channel.json["recipients"][0]["id"]) == person_id:
                return channel
        json = {
            "id": self.snowflake(),
            "type": 1,
            "last_message_id": None,
            "recipients": [self.people[person_id]],
        }
        return self.add(Channel(json))

    def add(self, channel: Channel) -> Channel:
        """Take a new channel."""
        self.channels[channel.id] = channel
        return channel

    def message(self, channel: Channel, author: Json, body: Json) -> Json:
        """A new message's JSON, with everything Discord says of one."""
        return {
            "id": self.snowflake(),
            "channel_id": str(channel.id),
            "type": 0,
            "author": author,
            "content": body.get("content") or "",
            "timestamp": datetime.now(UTC).isoformat(),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": body.get("embeds") or [],
            "components": body.get("components") or [],
            "pinned": False,
            "flags": body.get("flags") or 0,
        }


def user_json(user_id: int, name: str, *, is_bot: bool = False) -> Json:
    """A user, as Discord describes one."""
    return {
        "id": str(user_id),
        "username": name.lower(),
        "global_name": name,
        "discriminator": "0",
        "avatar": None,
        "bot": is_bot,
        "public_flags": 0,
    }
