"""Looks at what an operator set up and says in sentences what is wrong and what would be right."""

import stat
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.app import keys_of
from bot.clock import SystemClock
from bot.platforms.telegram.adapter import make_bot
from bot.settings import Settings
from bot.store.database import Database, open_database
from bot.store.encryption import Keyring, WrongKey
from bot.store.ids import Ids
from bot.store.keyfile import KeyFileBroken, KeysMissing

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence, and whether something is to be done about it."""

    sentence: str
    is_trouble: bool = False


def trouble(sentence: str) -> Finding:
    """Something to be put right."""
    return Finding(sentence, is_trouble=True)


async def examine(settings: Settings) -> list[Finding]:
    """All that can be said. Changes nothing, and makes neither a database nor a key."""
    findings = [each async for each in _of_state(settings)]
    if settings.telegram_token is None:
        return [*findings, Finding("TELEGRAM_TOKEN is not set: Limber does not speak to Telegram.")]
    return [*findings, *await _of_telegram(settings, settings.telegram_token.get_secret_value())]


async def _of_state(settings: Settings) -> AsyncIterator[Finding]:
    path = _file_of(settings)
    if path is not None and not path.exists():
        yield Finding(f"There is no database at {path} yet; the first start makes it.")
        return
    key_file = path.with_suffix(".key") if path is not None and not settings.encryption_keys else None
    if key_file is not None and not key_file.exists():
        yield trouble(f"The key file {key_file} is missing: put it back, or set ENCRYPTION_KEYS.")
        return
    if key_file is not None:
        yield _of_key_file(key_file)
    async for finding in _of_database(settings):
        yield finding


def _of_key_file(key_file: Path) -> Finding:
    mode = stat.S_IMODE(key_file.stat().st_mode)
    if mode & 0o077:
        return trouble(f"{key_file} can be read by others (mode {mode:o}): chmod 600 {key_file}")
    return Finding(
        f"The key lies beside the database, in {key_file}: keep a copy of it apart from the backups of "
        "the database. Who has both can read what people wrote; without it nobody can."
    )


async def _of_database(settings: Settings) -> AsyncIterator[Finding]:
    try:
        keyring = Keyring(keys_of(settings))
        database = open_database(settings.database_url, keyring, Ids(SystemClock()))
    except (KeyFileBroken, KeysMissing) as error:
        yield trouble(str(error))
        return
    try:
        await database.start()
    except WrongKey:
        yield trouble("The encryption keys do not open this database: set those that it was made with.")
        return
    except (DBAPIError, OSError) as error:
        yield _of_unopened(error)
        return
    yield Finding("The database is reachable, and the keys open it.")
    for finding in await _of_outbox(database):
        yield finding
    await database.stop()


def _of_unopened(error: Exception) -> Finding:
    words = str(error).lower()
    if "no such table" in words or ("does not exist" in words and "relation" in words):
        return trouble("The database has no tables yet: run python -m bot migrate")
    return trouble(
        f"The database cannot be reached ({type(error).__name__}): see that DATABASE_URL is right and that "
        "it runs and lets this machine in."
    )


async def _of_outbox(database: Database) -> list[Finding]:
    rows = await database.read(lambda store: store.outbox.aside(_SHOWN))
    if not rows:
        return [Finding("No message was set aside.")]
    return [
        trouble(
            f"Message {row.id} to {row.platform} was set aside after {row.attempts} attempts: {row.reason}."
        )
        for row in rows
    ]


async def _of_telegram(settings: Settings, token: str) -> list[Finding]:
    try:
        async with make_bot(token, settings.telegram_api_url) as bot:
            return [Finding(f"Telegram knows the bot as @{bot.username}."), await _of_updates(settings, bot)]
    except InvalidToken:
        return [trouble("TELEGRAM_TOKEN (its value is not shown) is not known to Telegram: ask @BotFather.")]
    except TelegramError as error:
        return [
            trouble(
                f"Telegram cannot be reached ({type(error).__name__}): see that this machine may call "
                f"{settings.telegram_api_url}, through HTTPS_PROXY if it needs one."
            )
        ]


async def _of_updates(settings: Settings, bot: Bot) -> Finding:
    info = await bot.get_webhook_info()
    wanted = settings.telegram_webhook_url or ""
    if info.url != wanted:
        return trouble(
            f"Telegram delivers updates to {info.url or 'nobody, they are to be asked for'}, but "
            f"TELEGRAM_WEBHOOK_URL is {wanted or 'not set'}; the next start of run, web or worker sets it."
        )
    if info.last_error_message:
        return trouble(
            f"Telegram could not deliver to {wanted} lately ({info.last_error_message}); "
            f"{info.pending_update_count} updates wait."
        )
    how = f"delivered to {wanted}" if wanted else "asked for"
    return Finding(f"Updates are {how}; {info.pending_update_count} wait.")


def _file_of(settings: Settings) -> Path | None:
    url = make_url(settings.database_url)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None
