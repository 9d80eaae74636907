"""Brings a database to the newest schema, or to a given one."""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.sqlite import sqlite_engine

log = logging.getLogger(__name__)

_MIGRATIONS = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = 5_114_723_618
_WITHOUT_FOREIGN_KEYS = ("busy_timeout=5000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=OFF")

Migration = Callable[[Connection], None]


async def migrate(url: str, migration: Migration | None = None) -> None:
    """Brings the database to the newest schema, or does what `migration` says instead.

    A database that a newer Limber has brought further is left as it is: during a rolling upgrade, processes
    of the release before may start as well.

    On SQLite, foreign keys are off meanwhile: rebuilding a table would delete what refers to it.
    """
    chosen = migration or _upgrade_if_older
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        await asyncio.to_thread(_on_sqlite, Path(parsed.database or ""), chosen)
        return
    engine = create_async_engine(parsed.set(drivername="postgresql+asyncpg"))
    try:
        async with engine.begin() as connection:
            await connection.execute(text(f"SELECT pg_advisory_xact_lock({_ONE_AT_A_TIME})"))
            await connection.run_sync(chosen)
    finally:
        await engine.dispose()


def _upgrade_if_older(connection: Connection) -> None:
    current = MigrationContext.configure(connection).get_current_revision()
    known = ScriptDirectory.from_config(alembic_config(connection)).walk_revisions()
    if current is None or any(each.revision == current for each in known):
        upgrade("head")(connection)
        return
    log.warning("the database was made by a newer Limber; it is left as it is")


def upgrade(revision: str) -> Migration:
    """A migration up to a revision."""
    return lambda connection: command.upgrade(alembic_config(connection), revision)


def downgrade(revision: str) -> Migration:
    """A migration down to a revision."""
    return lambda connection: command.downgrade(alembic_config(connection), revision)


def alembic_config(connection: Connection) -> Config:
    """Alembic's configuration for an open connection."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _on_sqlite(path: Path, migration: Migration) -> None:
    engine = sqlite_engine(path, _WITHOUT_FOREIGN_KEYS)
    try:
        with engine.begin() as connection:
            migration(connection)
            broken = connection.execute(text("PRAGMA foreign_key_check")).first()
            if broken is not None:
                raise RuntimeError(f"the migration would leave rows of {broken[0]} without their parent")
    finally:
        engine.dispose()
