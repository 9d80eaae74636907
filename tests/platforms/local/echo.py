"""A small Limber for the tests of the page: it keeps what it receives and answers with what it got."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.conversation.messages import Incoming
from bot.platforms.local.hub import Hub
from bot.platforms.local.page import PAGE_WORDS, build_page
from tests.clock import MovableClock

SECRET = bytes(range(32))
KEY = "the-key-of-the-link-that-was-printed-______"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
WORDS = {
    **{key: key.replace("_", " ").capitalize() for key in PAGE_WORDS},
    "lang": "en",
    "title": "Limber",
    "limber": "Limber",
    "stranger": "Please open the link that Limber showed.",
    "no_script": "Limber needs JavaScript here.",
    "welcome": "A quiet place to practise between sessions. Nothing leaves this machine.",
    "begin": "Start",
    "reconnecting": "Reconnecting…",
    "waiting": "Waiting to be sent",
    "typing": "Limber is writing",
    "newest": "Newest message",
    "share_place": "Share my location",
    "edit_again": "Edit again",
    "nothing_coming_up": "Nothing is planned.",
}


class EchoHome:
    """Keeps messages in memory, longer than any server; handles an update once."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.received: list[Incoming] = []
        self.messages: dict[str, dict[str, Any]] = {}
        self.files: dict[str, tuple[bytes, str, str]] = {}
        self.coming: list[dict[str, Any]] = []
        self.failures: list[Exception] = []
        self.own_words = WORDS
        self.open = asyncio.Event()
        self.open.set()
        self.arrived: asyncio.Queue[Incoming] = asyncio.Queue()

    def words(self) -> dict[str, str]:
        """The strings of the page."""
        return self.own_words

    async def receive(self, incoming: Incoming) -> None:
        """Keeps it, then echoes; fails first as often as `failures` says, waits while not `open`."""
        self.arrived.put_nowait(incoming)
        await self.open.wait()
        if self.failures:
            raise self.failures.pop()
        if any(each.update_key == incoming.update_key for each in self.received):
            return
        self.received.append(incoming)
        if incoming.text is not None:
            self.say(incoming.update_key, who="me", text=escaped(incoming.text))
            self.say(f"re:{incoming.update_key}", text=f"Heard: <b>{escaped(incoming.text)}</b>")
        if incoming.press is not None:
            self.say(str(incoming.message_ref), text=f"Pressed {incoming.press}")
        if incoming.place is not None:
            self.say("place", text=f"At {incoming.place}")

    async def history(self) -> list[dict[str, Any]]:
        """Oldest first."""
        return list(self.messages.values())

    async def upcoming(self) -> list[dict[str, Any]]:
        """What a test planned."""
        return self.coming

    async def file(self, ref: str) -> tuple[bytes, str, str] | None:
        """What a test put there."""
        return self.files.get(ref)

    def say(self, key: str, **contents: Any) -> None:
        """Shows a message on every page, or edits the one with that key."""
        plain = {"who": "limber", "text": "", "buttons": [], "at": datetime.now(UTC).isoformat()}
        self.messages[key] = {**plain, **contents, "id": key}
        self.hub.publish({"message": self.messages[key]})


def escaped(text: str) -> str:
    """As words travel to a page."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def free_port() -> int:
    """A port of loopback that nothing listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are the test runner's."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


@asynccontextmanager
async def serving(app: ASGIApp, port: int) -> AsyncIterator[str]:
    """Serves on that port of loopback while the block runs; gives the address."""
    config = uvicorn.Config(
        app,
        port=port,
        log_config=None,
        lifespan="off",
        ws_max_size=65_536,
        timeout_graceful_shutdown=1,
    )
    server = _Server(config)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(server.serve())
        await server.ready.wait()
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True


class Stage:
    """An application that hands everything to another, which may be changed."""

    address: str
    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


def page_of(home: EchoHome, secret: bytes = SECRET, key: str = KEY) -> ASGIApp:
    """The page under test, as a fresh process would build it."""
    return build_page(home, home.hub, MovableClock(NOW), secret, key)


def invited(site: str) -> str:
    """The link to the page at this address, as it was printed."""
    return f"{site}/?key={KEY}"
