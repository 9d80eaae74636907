"""The composition root: builds all parts from the settings, starts them in order, stops them in reverse."""

import asyncio
import logging
import signal
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.engine import make_url

from bot.clock import Clock, SystemClock
from bot.content.loader import load_content
from bot.conversation.dialogues import DIALOGUES, LISTED_COMMANDS, OPEN_TO_ALL
from bot.conversation.engine import Engine
from bot.conversation.patience import Patience
from bot.conversation.router import Router
from bot.conversation.turn import Library
from bot.delivery.limits import Window
from bot.delivery.sender import Carrier, Sender
from bot.delivery.switchboard import Switchboard
from bot.logs import catch_uncaught, configure_logging, log_loop_failure
from bot.nudges.composer import Composer
from bot.nudges.nudger import Nudger
from bot.nudges.retention import Retention
from bot.platforms.local.page import PAGE_WORDS
from bot.reports.attachments import Workshop
from bot.safety.detection import load_phrases
from bot.safety.lines import load_lines
from bot.settings import Settings
from bot.store.database import Database, open_database
from bot.store.encryption import Keyring
from bot.store.ids import Ids
from bot.store.keyfile import KeysMissing, load_or_make
from bot.store.migrate import migrate
from bot.store.sqlite import has_secrets
from bot.supervisor import Supervisor
from bot.texts import Catalogues, t

log = logging.getLogger(__name__)

_STOP_SECONDS = 10.0
_SEEN_FOR = timedelta(days=7)


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
    nudger: Nudger
    retention: Retention
    exits: AsyncExitStack = field(default_factory=AsyncExitStack)
    page_port: int | None = None

    async def start(self) -> None:
        """Opens the database, then the platforms, then lets nudges go out."""
        await migrate(self.settings.database_url)
        await self.database.start()
        self.exits.push_async_callback(self.database.stop)
        await self.database.scrub()
        if self.settings.telegram_token is not None:
            await self._start_telegram(self.settings.telegram_token.get_secret_value())
        self.exits.push_async_callback(self.supervisor.stop, _STOP_SECONDS)
        if self.settings.local_chat_on:
            await self._start_page()
        self.exits.push_async_callback(self.switchboard.drain, _STOP_SECONDS)
        self._start_nudging()

    async def stop(self) -> None:
        """Stops taking in, finishes what is under way, closes the database."""
        await self.exits.aclose()

    def add_carrier(self, carrier: Carrier, window: Window | None) -> None:
        """Lets a platform's messages go out."""
        sender = Sender(carrier, self.database, self.workshop, self.supervisor, self.clock, window)
        self.switchboard.add(carrier, sender)
        self.exits.push_async_callback(sender.close)
        self.supervisor.keep(sender.run, f"sender-{carrier.platform}")

    async def _start_telegram(self, token: str) -> None:
        from bot.platforms.telegram import Telegram, make_bot

        bot = make_bot(token, self.settings.telegram_api_url)
        telegram = Telegram(bot, self.engine.handle, self._private_only, self.clock.now)
        await telegram.start(commands(self.catalogues))
        self.exits.push_async_callback(telegram.stop)
        self.add_carrier(telegram, Window(self.settings.send_rate, 1.0, time.monotonic))
        self.supervisor.keep(telegram.poll, "telegram-updates")

    async def _start_page(self) -> None:
        from bot.conversation.diary import Diary
        from bot.platforms.local.home import LocalHome
        from bot.platforms.local.page import Hub, build_page
        from bot.platforms.local.server import serve

        hub = Hub()
        diary = Diary(self.database, self.catalogues, self.clock)
        home = LocalHome(
            self.engine.handle, diary, hub, page_words(self.catalogues, self.settings.default_language)
        )
        self.add_carrier(home, None)
        page = build_page(home, hub, self.clock, await self.database.read(lambda store: store.page_key))
        server = await serve(page, self.settings.host, self.settings.port, self.supervisor)
        self.exits.push_async_callback(server.stop)
        self.page_port = server.port
        log.info("local page is open", extra={"port": server.port})

    def _start_nudging(self) -> None:
        scheduler = AsyncIOScheduler(timezone="UTC")
        on_the_second = SystemClock().now().replace(microsecond=0) + timedelta(seconds=1)
        scheduler.add_job(
            self.nudger.tick,
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
        self.exits.callback(scheduler.shutdown, wait=False)

    async def tidy(self) -> None:
        """Drops what is no longer needed; run hourly."""
        before = self.clock.now() - _SEEN_FOR
        await self.database.write(lambda store: store.updates.forget_before(before))
        await self.retention.tidy()

    def _private_only(self, language: str | None, name: str) -> str:
        return self.catalogues.plain(t("group.private_only", name=name), self.catalogues.nearest(language))


def build(settings: Settings, clock: Clock | None = None) -> App:
    """All parts, wired; nothing is opened yet."""
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
    database = open_database(settings.database_url, Keyring(keys_of(settings)), Ids(clock))
    supervisor = Supervisor()
    workshop = Workshop(database, catalogues, library, clock)
    switchboard = Switchboard()
    engine = Engine(
        database,
        Router(DIALOGUES, open_to_all=OPEN_TO_ALL),
        catalogues,
        library,
        clock,
        zone=settings.default_timezone,
        language=settings.default_language,
        outbound=switchboard,
        patience=Patience(time.monotonic),
    )
    nudger = Nudger(database, Composer(catalogues, library), clock, switchboard.wake)
    retention = Retention(database, catalogues, clock, switchboard.wake, settings.retention_days)
    return App(
        settings, clock, database, catalogues, supervisor, workshop, switchboard, engine, nudger, retention
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


def page_words(catalogues: Catalogues, language: str) -> dict[str, str]:
    """The strings of the local page, in a language."""
    language = catalogues.nearest(language)
    return {"lang": language, **{key: catalogues.plain(t(f"page.{key}"), language) for key in PAGE_WORDS}}


def commands(catalogues: Catalogues) -> dict[str, list[tuple[str, str]]]:
    """The commands to offer, with what they do, by language; "" for everyone else's."""
    listed = {
        language: [(name, catalogues.plain(t(f"command.{name}"), language)) for name in LISTED_COMMANDS]
        for language in catalogues.languages
    }
    return {"": listed["en"], **{language: each for language, each in listed.items() if language != "en"}}


async def run(settings: Settings) -> int:
    """Runs everything in one process until it is asked to stop."""
    configure_logging(settings)
    catch_uncaught()
    app = build(settings)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(log_loop_failure)
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    try:
        await app.start()
        if app.page_port is not None:
            print(f"Limber: http://{settings.host}:{app.page_port}", flush=True)  # noqa: T201 - for the terminal
        await stop.wait()
    finally:
        await app.stop()
    return 0
