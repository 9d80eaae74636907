"""The platforms as homes of one conversation: one running Limber each, and people who all talk alike.

A home that is added here is held to every row of the table.
"""

import asyncio
import html
import itertools
import json
import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

import httpx
from sqlmodel import select
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from bot.app import App
from bot.conversation.dialogue import Move, Step
from bot.conversation.dialogues import ANSWERED_BY, DIALOGUES, NEUTRAL_ARGUMENTS, OPEN_TO_ALL, WORDED
from bot.conversation.patience import Patience
from bot.conversation.router import Route, Router, Situation, command_of
from bot.conversation.turn import Turn
from bot.roles import Role
from bot.store.tables import Account
from bot.store.unit import Store
from tests.clock import MovableClock
from tests.emulators import discord, telegram
from tests.running import running

SOON = 20.0
UNHURRIED = 1_000_000


@dataclass(frozen=True)
class Heard:
    """A message as a person sees it, markup taken away: words, buttons (label, press), and files."""

    ref: str
    text: str
    buttons: tuple[tuple[str, str], ...] = ()
    picture: bytes = b""
    alternative: str = ""
    document: bytes = b""


class Noting(Router):
    """The router, noting what is reached, by the names that rows use: `/log`, `n:`, `log.told`."""

    def __init__(self) -> None:
        super().__init__(
            DIALOGUES,
            open_to_all=OPEN_TO_ALL,
            answered_by=ANSWERED_BY,
            worded=WORDED,
            neutral=NEUTRAL_ARGUMENTS,
        )
        self.reached: set[str] = set()
        self.breaks = False

    def route(self, situation: Situation) -> Route:
        """The step that answers; one that breaks, where that was asked for."""
        if self.breaks:
            self.breaks = False
            self.reached.add("broken")
            return Route(Step("broken", _breaks))
        route = super().route(situation)
        command, _ = command_of(situation.text)
        prefix = (situation.press or "").partition(":")[0]
        spoken = (situation.text or "").strip("/ ")
        self.reached |= {route.step.name, f"/{command}", f"{prefix}:"}
        if self.commands.get(spoken) is route.step:
            self.reached.add(f"/{spoken}")
        if prefix == "c":
            self.reached.add("/" + (situation.press or "").split(":")[1])
        return route


class Voice(Protocol):
    """Someone at a home."""

    address: str

    async def says(self, text: str) -> None:
        """Writes; a text with a slash is a command there."""

    async def edits(self, text: str) -> None:
        """Changes what they wrote last."""

    async def presses(self, press: str, on: str) -> None:
        """Presses a button by what it sends, forged ones too."""

    async def shares(self, latitude: float, longitude: float) -> None:
        """Shares a place, in degrees."""

    async def hears(self, what: Callable[[Heard], bool]) -> Heard:
        """The next message, or new state of one, of which this is true. Raises AssertionError."""

    def sees(self) -> list[Heard]:
        """Everything said to them, as it stands now, newest first."""


@dataclass
class Home:
    """A platform with a Limber running on it."""

    name: str
    platform: str
    app: App
    clock: MovableClock
    router: Noting
    voices: Iterator[Voice]
    taps_only: bool = False

    async def someone(self) -> Voice:
        """Someone whom Limber does not know."""
        self.app.engine.patience = Patience(limit=UNHURRIED)
        await self.app.switchboard.idle()
        await self.app.database.write(self._forget_the_page)
        return next(self.voices)

    async def passes(self, **by: float) -> None:
        """Time passes, and what has come due is sent."""
        self.clock.move(**by)
        await self.app.nudger.tick()

    def _forget_the_page(self, store: Store) -> None:
        """There is one person on a page: whoever comes next is somebody new."""
        for account in store.session.exec(select(Account).where(Account.platform == "local")).all():
            party = store.people.find("local", store.people.address(account))
            if party is not None:
                store.people.erase(party.person, self.clock.now())


class OnTelegram:
    """Someone on Telegram, over the Bot API's emulator."""

    def __init__(self, person: telegram.Person) -> None:
        self._person = person
        self.address = str(person.id)

    async def says(self, text: str) -> None:
        await self._person.says(text)

    async def edits(self, text: str) -> None:
        await self._person.edits(self._person.said[-1].message_id, text)

    async def presses(self, press: str, on: str) -> None:
        await self._person.presses(press, int(on) if on else None)

    async def shares(self, latitude: float, longitude: float) -> None:
        await self._person.shares_location(latitude, longitude)

    async def hears(self, what: Callable[[Heard], bool]) -> Heard:
        return _telegram_heard(await self._person.hears(lambda each: what(_telegram_heard(each)), SOON))

    def sees(self) -> list[Heard]:
        return [_telegram_heard(each) for each in reversed(self._person.messages)]


def _telegram_heard(message: telegram.Message) -> Heard:
    return Heard(
        str(message.message_id),
        message.text,
        tuple((each.label, each.data or "") for row in message.buttons for each in row),
        message.photo.content if message.photo else b"",
        message.text if message.photo else "",
        message.document.content if message.document else b"",
    )


class OnDiscord:
    """Someone on Discord, over the emulator of its gateway and REST API."""

    def __init__(self, emulator: discord.DiscordEmulator, person: discord.Person) -> None:
        self._emulator = emulator
        self._person = person
        self.address = str(person.id)
        self._said = 0

    async def says(self, text: str) -> None:
        command, words = command_of(text)
        offered = {each["name"]: each for each in self._emulator.commands}
        if command in offered and (not words or offered[command]["options"]):
            await self._person.runs(command or "", words or None)
        else:
            self._said = await self._person.says(text)

    async def edits(self, text: str) -> None:
        await self._person.edits(self._said, text)

    async def presses(self, press: str, on: str) -> None:
        await self._person.presses(press, int(on or self._person.messages[-1].id))

    async def shares(self, latitude: float, longitude: float) -> None:
        raise AssertionError("nobody shares places on Discord")

    async def hears(self, what: Callable[[Heard], bool]) -> Heard:
        return _discord_heard(await self._person.hears(lambda each: what(_discord_heard(each)), SOON))

    def sees(self) -> list[Heard]:
        return [_discord_heard(each) for each in reversed(self._person.messages)]


def _discord_heard(message: discord.Message) -> Heard:
    files = {each.name.endswith(".png"): each for each in message.files}
    picture, document = files.get(True), files.get(False)
    return Heard(
        str(message.id),
        re.sub(r"\\(.)|\*\*", r"\1", message.text),
        tuple((each.label, each.custom_id) for row in message.buttons for each in row),
        picture.content if picture else b"",
        picture.description if picture else "",
        document.content if document else b"",
    )


@dataclass
class OnPage:
    """Whoever sits before the local page, over its socket."""

    site: str
    connection: ClientConnection
    client: httpx.AsyncClient
    address: str = "me"
    messages: dict[str, dict[str, Any]] = field(default_factory=dict)
    unheard: list[str] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def listens(self) -> None:
        """Takes in what the page is sent, until cancelled."""
        async for frame in self.connection:
            event = json.loads(frame)
            self.taken.add(event.get("taken", ""))
            self.changed.set()
            message = event.get("message")
            if message is not None and message["who"] == "limber":
                await self._fetch(message)
                self.messages[message["id"]] = message
                self.unheard.append(message["id"])
                self.changed.set()

    async def _fetch(self, message: dict[str, Any]) -> None:
        for kind in ("picture", "document"):
            if kind in message:
                found = await self.client.get(message[kind]["url"])
                message[kind]["content"] = found.raise_for_status().content

    async def says(self, text: str) -> None:
        await self._tells(text=text)

    async def edits(self, text: str) -> None:
        raise AssertionError("nothing said is edited on the page")

    async def presses(self, press: str, on: str) -> None:
        await self._tells(press=press, message=on or next(reversed(self.messages)))

    async def shares(self, latitude: float, longitude: float) -> None:
        await self._tells(place=[latitude, longitude])

    async def _tells(self, **frame: Any) -> None:
        """Sends it, and waits until the page hears that it was taken."""
        number = str(uuid4())
        await self.connection.send(json.dumps({"id": number, **frame}))
        async with asyncio.timeout(SOON):
            while number not in self.taken:
                self.changed.clear()
                await self.changed.wait()

    async def hears(self, what: Callable[[Heard], bool]) -> Heard:
        try:
            async with asyncio.timeout(SOON):
                while (found := self._next(what)) is None:
                    self.changed.clear()
                    await self.changed.wait()
        except TimeoutError:
            raise AssertionError(f"not heard; the last: {self.sees()[:3]}") from None
        return found

    def _next(self, what: Callable[[Heard], bool]) -> Heard | None:
        for index, ref in enumerate(self.unheard):
            heard = _page_heard(self.messages[ref])
            if what(heard):
                del self.unheard[: index + 1]
                return heard
        return None

    def sees(self) -> list[Heard]:
        return [_page_heard(each) for each in reversed(self.messages.values())]


def _page_heard(message: dict[str, Any]) -> Heard:
    return Heard(
        message["id"],
        html.unescape(re.sub(r"</?b>", "", message["text"])),
        tuple((each["label"], each["press"]) for row in message["buttons"] for each in row),
        message.get("picture", {}).get("content", b""),
        message.get("picture", {}).get("alt", ""),
        message.get("document", {}).get("content", b""),
    )


@asynccontextmanager
async def on_page(folder: Path, clock: MovableClock) -> AsyncIterator[Home]:
    """The local page."""
    async with AsyncExitStack() as stack:
        app = await stack.enter_async_context(running(folder, clock, LOCAL_CHAT="true"))
        site = f"http://127.0.0.1:{app.port}"
        client = await stack.enter_async_context(httpx.AsyncClient(base_url=site))
        await client.get(app.link)
        cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        opened = connect(
            site.replace("http", "ws") + "/socket",
            additional_headers={"Cookie": cookie},
            origin=Origin(site),
            proxy=None,
        )
        page = OnPage(site, await stack.enter_async_context(opened), client)
        await page.connection.send(json.dumps({"hello": {"zone": "UTC", "language": "en"}}))
        listening = asyncio.ensure_future(page.listens())
        stack.callback(listening.cancel)
        yield _home("page", "local", app, clock, _turns(page))


def _turns(page: OnPage) -> Iterator[Voice]:
    while True:
        page.messages.clear()
        page.unheard.clear()
        yield page


@asynccontextmanager
async def on_telegram(folder: Path, clock: MovableClock) -> AsyncIterator[Home]:
    """Telegram."""
    async with telegram.TelegramEmulator() as emulator, at_telegram(emulator, folder, clock) as home:
        yield home


@asynccontextmanager
async def at_telegram(
    emulator: telegram.TelegramEmulator, folder: Path, clock: MovableClock
) -> AsyncIterator[Home]:
    """Limber at this Telegram; what it lets through to one chat is not waited for here."""
    settings = {"TELEGRAM_TOKEN": telegram.TOKEN, "TELEGRAM_API_URL": emulator.root, "SEND_RATE": "1000"}
    unhurried = map(float, itertools.count(step=UNHURRIED))
    async with running(folder, clock, Role.RUN, lambda: next(unhurried), **settings) as app:
        people = (
            OnTelegram(emulator.person(id=number, first_name="Ada", language_code="en"))
            for number in itertools.count(1001)
        )
        yield _home("telegram", "telegram", app, clock, people)


@asynccontextmanager
async def on_discord(folder: Path, clock: MovableClock, *, free_text: bool = False) -> AsyncIterator[Home]:
    """Discord, with buttons and commands alone, or with free text."""
    async with discord.DiscordEmulator() as emulator:
        settings = {"DISCORD_TOKEN": discord.TOKEN, "DISCORD_API_URL": emulator.root}
        async with running(folder, clock, **settings, DISCORD_FREE_TEXT=str(free_text)) as app:
            await emulator.identified()
            people = (OnDiscord(emulator, emulator.person(number, "Ada")) for number in itertools.count(1001))
            home = _home("discord, free text" if free_text else "discord", "discord", app, clock, people)
            home.taps_only = not free_text
            yield home


@asynccontextmanager
async def on_open_discord(folder: Path, clock: MovableClock) -> AsyncIterator[Home]:
    """Discord where the operator allows free text."""
    async with on_discord(folder, clock, free_text=True) as home:
        yield home


HOMES = {
    "page": on_page,
    "telegram": on_telegram,
    "discord": on_discord,
    "discord, free text": on_open_discord,
}


def _home(name: str, platform: str, app: App, clock: MovableClock, voices: Iterator[Any]) -> Home:
    router = Noting()
    app.engine.router = router
    return Home(name, platform, app, clock, router, voices)


def _breaks(turn: Turn) -> Move:
    raise RuntimeError(turn.text)
