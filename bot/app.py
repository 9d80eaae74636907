"""The composition root: builds all parts from the settings, starts them in order, stops them in reverse."""

import asyncio
import logging
import signal
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.engine import make_url
from starlette.applications import Starlette

from bot.clock import Clock, SystemClock
from bot.content.loader import load_content
from bot.conversation.dialogues import (
    ANSWERED_BY,
    DIALOGUES,
    OPEN_TO_ALL,
    WORDED,
)
from bot.conversation.engine import Engine
from bot.conversation.patience import Patience
from bot.conversation.router import Router
from bot.conversation.turn import Library
from bot.delivery.limits import Limits
from bot.delivery.sender import AT_ONCE, Carrier, Sender
from bot.delivery.switchboard import Switchboard
from bot.logs import catch_uncaught, configure_logging, log_loop_failure
from bot.menus import commands, page_words, slash_commands
from bot.nudges.composer import Composer
from bot.nudges.nudger import Nudger
from bot.nudges.retention import Retention
from bot.platforms.local.server import serve
from bot.platforms.web import Insight, build_web
from bot.platforms.webhook import Webhook
from bot.reports.attachments import Workshop
from bot.safety.detection import load_phrases
from bot.safety.lines import load_lines
from bot.settings import Settings, SettingsError
from bot.store.database import Database, database_file, is_away, open_database
from bot.store.encryption import Keyring
from bot.store.ids import Ids
from bot.store.keyfile import KeysMissing, load_or_make
from bot.store.migrate import migrate
from bot.store.sqlite import has_secrets
from bot.store.wakeups import open_wakeups
from bot.supervisor import Supervisor
from bot.texts import Catalogues, t
from bot.watch import Watch

if TYPE_CHECKING:
    from bot.platforms.telegram import Telegram

log = logging.getLogger(__name__)

_STOP_SECONDS = 10.0
_DISCORD_RATE = 40
_IN_A_CHAT = (3, 3.0)
"""Telegram: about one a second in a chat, with short bursts."""
_STAND_BY_SECONDS = 1.0
_DATABASE_SECONDS = 60
_SEEN_FOR = timedelta(days=7)


class Role(Enum):
    """What of Limber a process does; `web`, `worker` and `discord` share a PostgreSQL."""

    RUN = "run"
    WEB = "web"
    WORKER = "worker"
    DISCORD = "discord"

    @property
    def serves(self) -> bool:
        """Whether it serves health, figures, webhooks and the local page."""
        return self in (Role.RUN, Role.WEB)

    @property
    def works(self) -> bool:
        """Whether it nudges and sends, and asks Telegram for updates where there is no webhook."""
        return self in (Role.RUN, Role.WORKER)

    @property
    def speaks_discord(self) -> bool:
        """Whether it holds the connection to Discord's gateway, of which there is one."""
        return self in (Role.RUN, Role.DISCORD)


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
    watch: Watch
    role: Role = Role.RUN
    exits: AsyncExitStack = field(default_factory=AsyncExitStack)
    telegram: "Telegram | None" = None
    port: int = 0

    async def start(self) -> None:
        """Opens the database, then the platforms, then lets nudges go out: of these, what its role has."""
        await self._open_database()
        self.exits.push_async_callback(self.database.stop)
        await self.database.scrub()
        if self.settings.telegram_token is not None:
            await self._start_telegram(self.settings.telegram_token.get_secret_value())
        if self.settings.discord_token is not None and self.role.speaks_discord:
            await self._start_discord(self.settings.discord_token.get_secret_value())
        self._start_wakeups()
        self.exits.push_async_callback(self.supervisor.stop, _STOP_SECONDS)
        if self.role.serves:
            await self._start_web()
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

    def add_carrier(self, carrier: Carrier, limits: Limits | None, at_once: int = AT_ONCE) -> None:
        """Lets a platform's messages go out."""
        sender = Sender(carrier, self.database, self.workshop, self.supervisor, self.clock, limits, at_once)
        self.switchboard.add(carrier, sender)
        self.exits.push_async_callback(sender.close)
        self.supervisor.keep(sender.run, f"sender-{carrier.platform}")

    async def _start_telegram(self, token: str) -> None:
        from bot.platforms.telegram import Telegram, make_bot

        rate = self.settings.send_rate
        at_once = max(AT_ONCE, rate // 4)
        bot = make_bot(token, self.settings.telegram_api_url, at_once)
        telegram = Telegram(
            bot, self.engine.handle, self._private_only, self.clock.now, self.engine.reach_out
        )
        self.watch.add("telegram", lambda: telegram.is_connected)
        await telegram.start(commands(self.catalogues))
        self.exits.push_async_callback(telegram.stop)
        self.telegram = telegram
        if self.role.works:
            self.add_carrier(telegram, Limits(rate, time.monotonic, _IN_A_CHAT), at_once)
        else:
            self.switchboard.add(telegram, None)
        if self.role.works and self.settings.telegram_webhook_url is None:
            self._start_polling(telegram)

    async def _start_discord(self, token: str) -> None:
        from bot.platforms.discord.adapter import Discord, Sentences, TokenRefused

        free_text, sentences = self.settings.discord_free_text, Sentences(self._server_only, self._closed)
        discord = Discord(token, self.engine.handle, sentences, self.clock.now, free_text=free_text)
        self.exits.push_async_callback(discord.stop)
        try:
            await discord.start(self.settings.discord_api_url, slash_commands(self.catalogues, free_text))
        except TokenRefused:
            raise SettingsError("DISCORD_TOKEN (its value is not shown) is refused by Discord.") from None
        self.add_carrier(discord, Limits(_DISCORD_RATE, time.monotonic))
        self.supervisor.keep(discord.listen, "discord-gateway")

    def _start_polling(self, telegram: "Telegram") -> None:
        """Reads updates, as the only process that does."""
        lead = self.database.lead("telegram-updates")
        self.exits.push_async_callback(lead.release)

        async def poll() -> None:
            while True:
                if await lead.held():
                    await telegram.have_kept()
                    await telegram.poll()
                await asyncio.sleep(_STAND_BY_SECONDS)

        self.supervisor.keep(poll, "telegram-updates")

    def _start_wakeups(self) -> None:
        wakeups = open_wakeups(self.settings.database_url, self.switchboard.wake_here)
        if wakeups is not None:
            self.switchboard.tell_others(wakeups.tell)
            self.supervisor.keep(wakeups.run, "wake-ups")

    async def _start_web(self) -> None:
        """Serves; only then asks Telegram to deliver here."""
        page = await self._page() if self.settings.local_chat_on else None
        url, secret = self.settings.telegram_webhook_url, self.settings.telegram_webhook_secret
        if self.telegram is None or url is None or secret is None:
            return await self._serve(build_web(self._insight(), page=page))
        webhook = Webhook(url, secret.get_secret_value(), self.telegram.take)
        await self._serve(build_web(self._insight(), page=page, webhooks=[(webhook.path, webhook.receive)]))
        await self.telegram.have_delivered(url, secret.get_secret_value())
        return None

    async def _serve(self, web: Starlette) -> None:
        server = await serve(web, self.settings.host, self.settings.port, self.supervisor)
        self.exits.push_async_callback(server.stop)
        self.port = server.port
        log.info("serving", extra={"port": server.port})

    def _insight(self) -> Insight:
        return Insight(self.watch.ready, self.watch.figures)

    async def _page(self) -> Starlette:
        from bot.conversation.diary import Diary
        from bot.platforms.local.home import LocalHome
        from bot.platforms.local.page import Hub, build_page

        hub = Hub()
        diary = Diary(self.database, self.catalogues, self.clock)
        home = LocalHome(
            self.engine.handle,
            diary,
            hub,
            page_words(self.catalogues, self.settings.default_language),
            self.clock,
        )
        self.add_carrier(home, None)
        return build_page(home, hub, self.clock, await self.database.read(lambda store: store.page_key))

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
        await self.retention.tidy()

    def _private_only(self, language: str | None, name: str) -> str:
        return self.catalogues.plain(t("group.private_only", name=name), self.catalogues.nearest(language))

    def _server_only(self, language: str | None, mention: str) -> str:
        return self.catalogues.plain(t("server.private_only", bot=mention), self.catalogues.nearest(language))

    def _closed(self, language: str | None) -> str:
        return self.catalogues.plain(t("server.closed"), self.catalogues.nearest(language))


def build(
    settings: Settings, clock: Clock | None = None, role: Role = Role.RUN, ids: Ids | None = None
) -> App:
    """All parts, wired; nothing is opened yet. `ids` are given where they must be the same each time."""
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
        Router(DIALOGUES, open_to_all=OPEN_TO_ALL, answered_by=ANSWERED_BY, worded=WORDED),
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
        settings,
        clock,
        database,
        catalogues,
        supervisor,
        workshop,
        switchboard,
        engine,
        nudger,
        retention,
        Watch(database, clock),
        role,
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
        if settings.local_chat_on and role.serves:
            print(f"Limber: http://{settings.host}:{app.port}", flush=True)  # noqa: T201 - for the terminal
        await stop.wait()
    finally:
        await app.stop()
    return 0
