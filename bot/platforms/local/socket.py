"""One open page: reads what it sends, writes what happens."""

import asyncio
import logging
import traceback
from collections.abc import Awaitable
from typing import Any, Protocol

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.clock import Clock
from bot.conversation.messages import Incoming, Pressed
from bot.platforms.local.frames import (
    FrameError,
    Greeting,
    Hello,
    Placed,
    Said,
    Tapped,
    read_frame,
)
from bot.platforms.local.hub import Event, Hub

log = logging.getLogger(__name__)

PLATFORM = "local"
ADDRESS = "me"
NOT_TAKEN = "not_taken"


class Home(Protocol):
    """What the page needs of Limber."""

    async def receive(self, incoming: Incoming) -> None:
        """Handles one update; durable when it returns. The same update again changes nothing."""

    async def history(self) -> list[dict[str, Any]]:
        """The messages so far, oldest first, in the shape of a `message` event."""

    async def upcoming(self) -> list[dict[str, Any]]:
        """What comes due next: `at` (ISO, UTC) and `words`, soonest first."""

    async def file(self, ref: str) -> tuple[bytes, str, str] | None:
        """A picture or document: content, media type, file name."""

    def words(self) -> dict[str, str]:
        """The strings of the page: those of `page.PAGE_WORDS`, and `lang`, the tag of their language."""


class PageSocket:
    """The conversation over one socket; a page's frames are handled one at a time, in order."""

    def __init__(self, socket: WebSocket, home: Home, hub: Hub, clock: Clock) -> None:
        self._socket = socket
        self._home = home
        self._hub = hub
        self._clock = clock
        self._greeting = Greeting()

    async def run(self) -> None:
        """Talks until the page is closed."""
        await self._socket.accept()
        with self._hub.page() as events:
            async with asyncio.TaskGroup() as tasks:
                writing = tasks.create_task(self._write(events))
                await self._read(events)
                writing.cancel()

    async def _write(self, events: asyncio.Queue[Event]) -> None:
        try:
            while True:
                await self._socket.send_json(await events.get())
        except WebSocketDisconnect:
            return

    async def _read(self, events: asyncio.Queue[Event]) -> None:
        while True:
            received = await self._socket.receive()
            if received["type"] == "websocket.disconnect":
                return
            events.put_nowait(await self._answer(received.get("text") or ""))

    async def _answer(self, raw: str) -> Event:
        try:
            frame = read_frame(raw)
        except FrameError as fault:
            return self._refused(fault.frame_id, fault.word, later=False)
        if isinstance(frame, Hello):
            return await self._welcome(frame.hello)
        failure = await _failure_of(self._home.receive(self._incoming(frame)))
        if failure is None:
            return {"taken": str(frame.id)}
        _log(failure)
        return self._refused(str(frame.id), NOT_TAKEN, later=True)

    async def _welcome(self, greeting: Greeting) -> Event:
        self._greeting = greeting
        return {
            "words": self._home.words(),
            "history": await _or_none(self._home.history()),
            "upcoming": await _or_none(self._home.upcoming()),
        }

    def _refused(self, frame_id: str | None, word: str, *, later: bool) -> Event:
        return {"refused": frame_id, "words": self._home.words().get(word, ""), "later": later}

    def _incoming(self, frame: Said | Tapped | Placed) -> Incoming:
        tapped = frame if isinstance(frame, Tapped) else None
        return Incoming(
            platform=PLATFORM,
            address=ADDRESS,
            update_key=f"{PLATFORM}:{frame.id}",
            at=self._clock.now(),
            text=frame.text if isinstance(frame, Said) else None,
            press=tapped.press if tapped else None,
            place=frame.place if isinstance(frame, Placed) else None,
            language=self._greeting.language,
            zone=self._greeting.zone,
            dark=self._greeting.dark,
            message_ref=tapped.message if tapped else None,
            pressed=Pressed(tapped.message, text="", label="") if tapped else None,
        )


async def _or_none(reading: Awaitable[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Nothing where it can't be read now: a page without its history can still call for help."""
    outcomes = await asyncio.gather(reading, return_exceptions=True)
    outcome = outcomes[0]
    if isinstance(outcome, BaseException):
        _log(outcome)
        return []
    return outcome


async def _failure_of(work: Awaitable[None]) -> BaseException | None:
    """Whatever went wrong: the page keeps what it sent, so nothing is lost by going on."""
    [outcome] = await asyncio.gather(work, return_exceptions=True)
    return outcome


def _log(failure: BaseException) -> None:
    """Where it failed, never with what: messages of errors may quote a person's words."""
    where = "".join(traceback.format_tb(failure.__traceback__))
    log.error("a turn of the local page failed: %s\n%s", type(failure).__name__, where)
