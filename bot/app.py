"""The composition root: builds all parts from the settings, starts them in order, stops them in reverse."""

import asyncio
import gc
import logging
import secrets
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.engine import make_url
from starlette.applications import Starlette

from bot.clock import Clock, SystemClock
from bot.content.loader import load_content
from bot.conversation.completing import Completing
from bot.conversation.dialogues import (
    ANSWERED_BY,
    DIALOGUES,
    NEUTRAL_ARGUMENTS,
    OPEN_TO_ALL,
    WORDED,
)
from bot.conversation.engine import Engine
from bot.conversation.messages import Completion, Incoming, Typing
from bot.conversation.patience import Patience
from bot.conversation.router import Router
from bot.conversation.turn import Library
from bot.delivery.limits import Limits
from bot.delivery.sender import AT_ONCE, Carrier, Parts, Sender, whole
from bot.delivery.switchboard import Switchboard
from bot.delivery.voice import Voice
from bot.doors import Doors
from bot.logs import catch_uncaught, configure_logging, log_loop_failure
from bot.nudges.composer import Composer
from bot.nudges.nudger import Nudger
from bot.nudges.retention import Retention
from bot.platforms.local.server import serve
from bot.platforms.web import Insight, Receive, build_web
from bot.reports.attachments import Workshop
from bot.roles import Role
from bot.safety.detection import load_phrases
from bot.safety.lines import load_lines
from bot.settings import Settings
from bot.store.database import Database, database_file, is_away, open_database
from bot.store.encryption import Keyring
from bot.store.ids import Ids
from bot.store.keyfile import KeysMissing, load_or_make, write_private
from bot.store.migrate import migrate
from bot.store.sqlite import has_secrets
from bot.store.wakeups import open_wakeups
from bot.supervisor import Supervisor
from bot.texts import Catalogues, Text
from bot.watch import Watch

log = logging.getLogger(__name__)

PLATFORMS = (
    "bot.platforms.telegram.joining",
    "bot.platforms.discord.joining",
    "bot.platforms.local.joining",
)
"""Modules with a `join`, see `bot.platforms.seat`, loaded in this order when the app starts."""

_STOP_SECONDS = 10.0
_STAND_BY_SECONDS = 1.0
_DATABASE_SECONDS = 60
_SEEN_FOR = timedelta(days=7)
_GIVES_WAY = 0.001
"""Seconds after which a thread lets another one run."""


@dataclass
class App:
    """Limber, put together. `start` and `stop` do what they say."""

    settings: Settings
    clock: Clock
    database: Database
    catalogues: Catalogues
    supervisor: Supervisor
    workshop: Workshop
    switchboard: Switchboard
    engine: Engine
    completing: Completing
    nudger: Nudger
    retention: Retention
    watch: Watch
    role: Role = Role.RUN
    monotonic: Callable[[], float] = time.monotonic
    exits: AsyncExitStack = field(default_factory=AsyncExitStack)
    page: Starlette | None = None
    received: list[tuple[str, Receive]] = field(default_factory=list)
    once_served: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    port: int = 0
    doors: Doors = field(default_factory=Doors)
    door_key: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    @property
    def link(self) -> str:
        """What opens the local page: whoever knows it may. It holds for as long as this process runs."""
        return f"http://{self.settings.host}:{self.port}/?key={self.door_key}"

    @property
    def way_in(self) -> str:
        """The link, on a terminal; elsewhere what is printed may be kept as a log, so where the link lies."""
        file = self._link_file
        return self.link if file is None or sys.stdout.isatty() else f"open the link in {file}"

    @property
    def _link_file(self) -> Path | None:
        """Where the link is kept: beside a database that is a file."""
        database = database_file(self.settings.database_url)
        return database.with_suffix(".link") if database is not None else None

    async def start(self) -> None:
        """Opens the database, then the platforms, then lets nudges go out: of these, what its role has."""
        await self._open_database()
        self.exits.push_async_callback(self.database.stop)
        await self.database.scrub()
        for name in PLATFORMS:
            await import_module(name).join(self)
        self._start_wakeups()
        self.exits.push_async_callback(self.supervisor.stop, _STOP_SECONDS)
        if self.role.serves:
            await self._serve()
        self.exits.push_async_callback(self.switchboard.drain, _STOP_SECONDS)
        if self.role.works:
            self._start_nudging()

    async def _open_database(self) -> None:
        """Waits for a server that is still coming up; a file is there or is not."""
        waits = 0 if database_file(self.settings.database_url) is not None else _DATABASE_SECONDS
        while True:
            try:
                await migrate(self.settings.database_url)
                return await self.database.start()
            except Exception as error:
                if not is_away(error) or waits <= 0:
                    raise
                log.warning("waiting for the database", extra={"kind": type(error).__name__})
            await asyncio.sleep(_STAND_BY_SECONDS)
            waits -= 1

    async def stop(self) -> None:
        """Stops taking in, finishes what is under way, closes the database."""
        await self.exits.aclose()

    async def handle(self, incoming: Incoming) -> bool:
        """See `bot.platforms.seat.Seat`, as for what follows."""
        return await self.engine.handle(incoming)

    async def reach_out(self, incoming: Incoming) -> None:
        """Answers a call for help."""
        await self.engine.reach_out(incoming)

    async def complete(self, typing: Typing) -> list[Completion]:
        """Completes what is being typed behind a command."""
        return await self.completing.complete(typing)

    def say(self, text: Text, language: str | None) -> str:
        """A sentence of a platform's own."""
        return self.catalogues.plain(text, self.catalogues.nearest(language))

    def send_through(
        self,
        carrier: Carrier,
        rate: int | None = None,
        in_a_chat: tuple[int, float] | None = None,
        parts: Parts = whole,
        at_once: int = AT_ONCE,
    ) -> None:
        """Lets a platform's messages go out."""
        limits = None if rate is None else Limits(rate, self.monotonic, in_a_chat)
        shared = self.database, self.workshop, self.supervisor, self.clock
        sender = Sender(carrier, *shared, limits, at_once, parts)
        self.switchboard.add(carrier.platform, Voice(carrier, limits, parts), sender)
        self.exits.push_async_callback(sender.close)
        self.supervisor.keep(sender.run, f"sender-{carrier.platform}")

    def speak_through(
        self,
        carrier: Carrier,
        rate: int | None = None,
        in_a_chat: tuple[int, float] | None = None,
        parts: Parts = whole,
    ) -> None:
        """Lets a platform's last words go out."""
        limits = None if rate is None else Limits(rate, self.monotonic, in_a_chat)
        self.switchboard.add(carrier.platform, Voice(carrier, limits, parts))

    def keep(self, work: Callable[[], Coroutine[Any, Any, None]], name: str) -> None:
        """Runs work of a platform."""
        self.supervisor.keep(work, name)

    def at_the_end(self, close: Callable[[], Awaitable[object]]) -> None:
        """Closes what a platform opened."""
        self.exits.push_async_callback(close)

    def must_be_ready(self, part: str, is_ready: Callable[[], bool]) -> None:
        """Counts a part of a platform."""
        self.watch.add(part, is_ready)

    def show(self, page: Starlette) -> None:
        """Serves a platform's page."""
        self.page = page

    def receive(self, path: str, receive: Receive, once_served: Callable[[], Awaitable[None]]) -> None:
        """Serves what a platform is sent."""
        self.received.append((path, receive))
        self.once_served.append(once_served)

    def _start_wakeups(self) -> None:
        wakeups = open_wakeups(self.settings.database_url, self.switchboard.wake_here)
        if wakeups is not None:
            self.switchboard.tell_others(wakeups.tell)
            self.supervisor.keep(wakeups.run, "wake-ups")

    async def _serve(self) -> None:
        """Serves; only then platforms are asked to deliver here."""
        insight = Insight(self.watch.ready, self.watch.figures)
        web = build_web(insight, page=self.page, webhooks=self.received)
        server = await serve(web, self.settings.host, self.settings.port, self.supervisor)
        self.exits.push_async_callback(server.stop)
        self.port = server.port
        log.info("serving", extra={"port": server.port})
        if self.page is not None:
            self._keep_link()
        for each in self.once_served:
            await each()

    def _keep_link(self) -> None:
        """Keeps the link beside the database, for its owner alone, where what was printed is not seen."""
        file = self._link_file
        if file is None:
            return
        file.unlink(missing_ok=True)
        write_private(file, f"{self.link}\n".encode())
        self.exits.callback(file.unlink, missing_ok=True)

    def _start_nudging(self) -> None:
        self.switchboard.on_wake(self.nudger.look)
        scheduler = AsyncIOScheduler(timezone="UTC")
        on_the_second = SystemClock().now().replace(microsecond=0) + timedelta(seconds=1)
        scheduler.add_job(
            self.nudger.second,
            "interval",
            seconds=1,
            start_date=on_the_second,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        scheduler.add_job(
            self.tidy, "interval", hours=1, coalesce=True, max_instances=1, misfire_grace_time=None
        )
        scheduler.start()
        self.watch.add("nudger", lambda: bool(scheduler.running))
        self.exits.callback(scheduler.shutdown, wait=False)

    async def tidy(self) -> None:
        """Drops what is no longer needed; run hourly."""
        before = self.clock.now() - _SEEN_FOR
        await self.database.write(lambda store: store.updates.forget_before(before))
        await self.database.write(lambda store: store.links.forget_before(self.clock.now()))
        await self.database.write(lambda store: store.packs.forget_before(self.clock.now()))
        await self.retention.tidy()


def build(
    settings: Settings,
    clock: Clock | None = None,
    role: Role = Role.RUN,
    ids: Ids | None = None,
    monotonic: Callable[[], float] = time.monotonic,
) -> App:
    """All parts, wired; nothing is opened yet. `ids` are given where they must be the same each time.

    `monotonic` gives the seconds by which messages are counted against limits.
    """
    clock = clock or SystemClock()
    load_phrases()
    catalogues = Catalogues()
    library = Library(
        content=load_content(),
        lines=load_lines(),
        languages=catalogues.languages,
        operator_name=settings.operator_name,
        operator_contact=settings.operator_contact,
    )
    database = open_database(settings.database_url, Keyring(keys_of(settings)), ids or Ids(clock))
    supervisor = Supervisor()
    workshop = Workshop(database, catalogues, library, clock)
    switchboard = Switchboard()
    engine = Engine(
        database,
        Router(
            DIALOGUES,
            open_to_all=OPEN_TO_ALL,
            answered_by=ANSWERED_BY,
            worded=WORDED,
            neutral=NEUTRAL_ARGUMENTS,
        ),
        catalogues,
        library,
        clock,
        zone=settings.default_timezone,
        language=settings.default_language,
        outbound=switchboard,
        patience=Patience(),
    )
    nudger = Nudger(database, Composer(catalogues, library), clock, switchboard.wake)
    retention = Retention(database, catalogues, clock, switchboard.wake, settings.retention_days)
    return App(
        settings,
        clock,
        database,
        catalogues,
        supervisor,
        workshop,
        switchboard,
        engine,
        Completing(library.content, catalogues),
        nudger,
        retention,
        Watch(database, clock),
        role,
        monotonic,
        doors=library.doors,
    )


def keys_of(settings: Settings) -> list[bytes]:
    """The operator's keys: those set, else those of the key file beside the database.

    Raises `KeysMissing` where there is no place for such a file.
    """
    if settings.encryption_keys:
        return [key.get_secret_value() for key in settings.encryption_keys]
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise KeysMissing("ENCRYPTION_KEYS is not set, and PostgreSQL has no file to keep a key beside.")
    database, file = Path(url.database), Path(url.database).with_suffix(".key")
    if not file.exists() and has_secrets(database):
        raise KeysMissing(f"{file} is missing, the key that {database} was made with. Nothing was changed.")
    return load_or_make(file)


def settle() -> None:
    """Makes a process that has started quick to answer.

    What is there now stays, so the collector of garbage need not look through it again and again; and a
    thread that computes gives way to a waiting one every millisecond.
    """
    gc.freeze()
    sys.setswitchinterval(_GIVES_WAY)


async def run(settings: Settings, role: Role = Role.RUN) -> int:
    """Runs everything, or what a role has of it, until it is asked to stop."""
    configure_logging(settings)
    catch_uncaught()
    app = build(settings, role=role)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(log_loop_failure)
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    try:
        await app.start()
        settle()
        if settings.local_chat_on and role.serves:
            print(f"Limber: {app.way_in}", flush=True)  # noqa: T201 - it is what whoever started it waits for
        await stop.wait()
    finally:
        await app.stop()
    return 0
