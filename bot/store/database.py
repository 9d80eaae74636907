"""The two databases behind one door: work goes in, runs in a transaction, and is durable when it returns.

Work is a plain function of a `Store`. It cannot wait for anything but the database, so a turn touches
nothing but its transaction, on either engine.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from sqlalchemy.engine import make_url
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError
from sqlmodel import Session

from bot.store.encryption import Keyring, new_key
from bot.store.ids import Ids
from bot.store.keys import secret_place
from bot.store.tables import Secret
from bot.store.unit import Store, Vault

T = TypeVar("T")
Work = Callable[[Store], T]


class NoDatabase(Exception):
    """There is no database where it should be."""


class Unavailable(Exception):
    """The database cannot take work just now: it is away, full, or held by another program.

    Nothing was kept, unless the connection broke while it was being kept. The text is the kind of error.
    """


_OUR_OWN = (IntegrityError, DataError, ProgrammingError)


def is_away(error: Exception) -> bool:
    """Whether an error is the database's state, and not our doing."""
    if isinstance(error, DBAPIError):
        return not isinstance(error, _OUR_OWN)
    return isinstance(error, OSError) or type(error).__module__.startswith("asyncpg")


class Lead(Protocol):
    """The sole right to do something, over all processes on this database."""

    async def held(self) -> bool:
        """Whether the right is (still) ours; takes it if it is free. Raises `Unavailable`."""

    async def release(self) -> None:
        """Lets others have it."""


class Database(Protocol):
    """Where state is kept."""

    async def start(self) -> None:
        """Opens the database, whose tables are there already. Leaves nothing open where it raises."""

    async def stop(self) -> None:
        """Finishes what is under way and closes."""

    async def write(self, work: Work[T]) -> T:
        """Runs the work in a transaction; returns once its changes are durable, raises with none kept.

        Raises `Unavailable` where the work is to be tried again once the database is back.
        """

    async def read(self, work: Work[T]) -> T:
        """Runs work that changes nothing, beside writers. Raises `Unavailable`."""

    async def scrub(self) -> None:
        """Clears the database's files of rows that are gone, as far as the engine can see to it."""

    def lead(self, name: str) -> Lead:
        """The sole right of that name."""


class Sealed:
    """What both engines share: the vault, and a `Store` for a session."""

    def __init__(self, keyring: Keyring, ids: Ids) -> None:
        self._keyring = keyring
        self._ids = ids
        self._vault = Vault(keyring)

    def unlock(self, session: Session) -> None:
        """Loads the deployment's own keys, made on first use. Raises `WrongKey`."""
        self._vault = Vault(
            self._keyring, lookup_key=self._secret(session, "lookup"), page_key=self._secret(session, "page")
        )

    def _secret(self, session: Session, name: str) -> bytes:
        secret = session.get(Secret, name)
        if secret is None:
            secret = self._new_secret(session, name)
        return self._keyring.unwrap(secret.wrapped, secret_place(name))

    def _new_secret(self, session: Session, name: str) -> Secret:
        """Makes a secret; where another process was quicker, it is that one's."""
        session.add(Secret(name=name, wrapped=self._keyring.wrap(new_key(), secret_place(name))))
        try:
            session.commit()
        except IntegrityError:
            session.rollback()
        return session.get_one(Secret, name)

    def store(self, session: Session) -> Store:
        """The queries of one transaction."""
        return Store(session, self._vault, self._ids)


def database_file(url: str) -> Path | None:
    """The file of a SQLite database; None for other databases."""
    parsed = make_url(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None


def open_database(url: str, keyring: Keyring, ids: Ids) -> Database:
    """The database for a URL: `sqlite:///path` or `postgresql://…`. Raises ValueError for any other."""
    sealed = Sealed(keyring, ids)
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        from bot.store.sqlite import SqliteDatabase

        return SqliteDatabase(Path(parsed.database), sealed)
    if parsed.get_backend_name() == "postgresql":
        from bot.store.postgres import PostgresDatabase

        return PostgresDatabase(parsed, sealed)
    raise ValueError("the database must be sqlite:///path or postgresql://…")
