"""The local page as a platform: what it shows is kept in the diary, what is sent to it appears by itself."""

import asyncio
import base64
from collections.abc import Awaitable, Callable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, Protocol

from bot.clock import Clock
from bot.conversation.messages import UNKEPT, Attachment, Incoming, Pressed, Wire
from bot.platforms.local.page import Hub

PLATFORM = "local"
ADDRESS = "me"


class Pages(Protocol):
    """Where the messages of the page are kept (`bot.conversation.diary.Diary`)."""

    async def put(
        self, address: str, key: str, contents: dict[str, Any], said_at: datetime | None = None
    ) -> dict[str, Any]:
        """Keeps a message, or its new contents; answers with it as shown."""

    async def get(self, address: str, key: str) -> dict[str, Any] | None:
        """The contents of one message."""

    async def history(self, address: str) -> list[dict[str, Any]]:
        """What was said, oldest first."""

    async def upcoming(self, address: str) -> list[dict[str, Any]]:
        """What comes due next."""


class LocalHome:
    """Receives from the page, and carries messages to it."""

    platform = PLATFORM

    def __init__(
        self,
        handle: Callable[[Incoming], Awaitable[bool]],
        diary: Pages,
        hub: Hub,
        words: dict[str, str],
        clock: Clock,
    ) -> None:
        """`handle` answers whether the words it took may be kept."""
        self._handle = handle
        self._diary = diary
        self._hub = hub
        self._words = words
        self._clock = clock

    def words(self) -> dict[str, str]:
        """The strings of the page."""
        return self._words

    async def receive(self, incoming: Incoming) -> None:
        """Handles what came from the page; durable when it returns. Words not to be kept are only shown."""
        incoming = await self._with_pressed(incoming)
        keeps = await self._handle(incoming)
        said = _said(incoming)
        if said is not None:
            await self._show(incoming.update_key, {"who": "me", "text": said}, incoming.at, keeps=keeps)
        self._hub.publish({"upcoming": await self.upcoming()})

    async def history(self) -> list[dict[str, Any]]:
        """What was said, oldest first."""
        return [_without_files(message) for message in await self._diary.history(ADDRESS)]

    async def upcoming(self) -> list[dict[str, Any]]:
        """What comes due next."""
        return await self._diary.upcoming(ADDRESS)

    async def file(self, ref: str) -> tuple[bytes, str, str] | None:
        """A picture or document of a message: content, media type, file name."""
        contents = await self._diary.get(ADDRESS, ref)
        file = (contents or {}).get("file")
        if file is None:
            return None
        return base64.b64decode(file["content"]), file["media_type"], file["name"]

    async def carry(self, address: str, wire: Wire, attachment: Attachment | None, key: str) -> str:
        """Shows a message on every open page, and keeps it; see `bot.delivery.sender.Carrier`."""
        key = wire.edits or key
        contents: dict[str, Any] = {
            "who": "limber",
            "text": wire.text,
            "buttons": [[asdict(button) for button in row] for row in wire.buttons],
            "asks_place": wire.asks_place,
        }
        if wire.edits is not None:
            earlier = await self._diary.get(ADDRESS, key) or {}
            contents = {**earlier, **contents}
        contents.update(_file(key, attachment))
        await self._show(key, contents, self._clock.now(), keeps=not key.startswith(UNKEPT))
        if not key.startswith(UNKEPT):
            self._hub.publish({"upcoming": await self.upcoming()})
        return key

    async def busy(self, address: str) -> None:
        """Shows "typing"."""
        self._hub.publish({"typing": True})

    async def _show(self, key: str, contents: dict[str, Any], said_at: datetime, *, keeps: bool) -> None:
        shown = {**contents, "id": key, "at": said_at.isoformat()}
        if keeps:
            shown = await self._diary.put(ADDRESS, key, contents, said_at)
        self._hub.publish({"message": _without_files(shown)})

    async def _with_pressed(self, incoming: Incoming) -> Incoming:
        if incoming.press is None or incoming.pressed is None:
            return incoming
        looking = self._diary.get(ADDRESS, incoming.pressed.message_ref)
        outcome = await asyncio.gather(looking, return_exceptions=True)
        found = outcome[0]
        if isinstance(found, BaseException):
            return replace(incoming, pressed=None)
        contents = found or {}
        labels = {each["press"]: each["label"] for row in contents.get("buttons", []) for each in row}
        label = labels.get(incoming.press, "")
        pressed = Pressed(incoming.pressed.message_ref, contents.get("text", ""), label)
        return replace(incoming, pressed=pressed)


def _file(key: str, attachment: Attachment | None) -> dict[str, Any]:
    if attachment is None:
        return {}
    content = base64.b64encode(attachment.content).decode()
    shown: dict[str, Any] = {
        "file": {"content": content, "media_type": attachment.media_type, "name": attachment.name}
    }
    if attachment.media_type.startswith("image/"):
        shown["picture"] = {"url": f"/files/{key}", "alt": attachment.alternative}
    else:
        shown["document"] = {"url": f"/files/{key}", "name": attachment.name}
    return shown


def _without_files(message: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in message.items() if name != "file"}


def _said(incoming: Incoming) -> str | None:
    if incoming.place is not None:
        return "📍 {:.2f}, {:.2f}".format(*incoming.place)
    if incoming.document is not None:
        return f"📎 {_escaped(incoming.document.name)}"
    return None if incoming.text is None else _escaped(incoming.text)


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
