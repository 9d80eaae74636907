"""Backups of a SQLite database without its keys, so that who is erased later is erased from them as well.

A backup opens with the keys file beside the database alone. That file holds the wrapped keys as they are
now: who has been erased since is not in it, and comes back from no backup.
"""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

_KEY_TABLES = {"person_key": "person_id", "secret": "name"}


class NotABackup(Exception):
    """The file is no backup of Limber. Nothing was changed."""


class DatabaseInUse(Exception):
    """A Limber is running on the database. Nothing was changed."""


class OtherDatabase(Exception):
    """The database and the keys file are not of the same set-up. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Restored:
    """How many people a restore brought back, and how many it left out because their keys are gone."""

    people: int
    left_out: int


def keys_file(database: Path) -> Path:
    """Where the wrapped keys are kept for restoring: only the newest copy of this file may be kept."""
    return database.with_suffix(".person-keys")


def has_keys_of(database: Path) -> bool:
    """Whether the keys file is there and of this database: they share the secret or people.

    One that was never filled belongs to any database.
    """
    keys = keys_file(database)
    return keys.exists() and (keys.stat().st_size == 0 or _share(keys, database))


def _share(keys: Path, database: Path) -> bool:
    with closing(sqlite3.connect(keys)) as connection:
        connection.execute("ATTACH ? AS live", (str(database),))
        same = "SELECT 1 FROM secret JOIN live.secret AS its USING (name, wrapped)"
        known = "SELECT 1 FROM person_key JOIN live.person_key AS its USING (person_id)"
        return connection.execute(f"{same} UNION {known}").fetchone() is not None


def _refuse_another(database: Path) -> None:
    keys = keys_file(database)
    if keys.exists() and not has_keys_of(database):
        raise OtherDatabase(
            f"{database} and {keys} are of different set-ups, and the keys would be lost: move away the one "
            "that is not needed. Nothing was changed."
        )


def back_up(database: Path, target: Path) -> None:
    """Copies the database, while it is in use, without keys and without messages still to be sent.

    Brings the keys file up to date. Raises `OtherDatabase`, FileExistsError.
    """
    _refuse_another(database)
    os.close(os.open(target, os.O_CREAT | os.O_EXCL, 0o600))
    with _replacing(target) as part:
        _copy(database, part)
        with closing(sqlite3.connect(part, isolation_level=None)) as copy:
            _set_up(copy)
            for table in (*_KEY_TABLES, "outbox"):
                copy.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
            copy.execute("VACUUM")
    sync_keys(database)


def sync_keys(database: Path) -> None:
    """Brings the keys file to the latest state: keys that are gone go, new and rotated ones are taken in.

    Raises `OtherDatabase`.
    """
    _refuse_another(database)
    path = keys_file(database)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(path, isolation_level=None)) as keys:
        keys.execute("PRAGMA secure_delete=ON")
        keys.execute("ATTACH ? AS live", (str(database),))
        keys.execute("BEGIN IMMEDIATE")
        for table, name in _KEY_TABLES.items():
            keys.execute(
                f"CREATE TABLE IF NOT EXISTS {table} ({name} PRIMARY KEY, wrapped BLOB) WITHOUT ROWID"
            )
            keys.execute(f"DELETE FROM {table} WHERE {name} NOT IN (SELECT {name} FROM live.{table})")  # noqa: S608
            keys.execute(f"INSERT OR REPLACE INTO {table} SELECT {name}, wrapped FROM live.{table}")  # noqa: S608
        keys.execute("COMMIT")
        keys.execute("VACUUM")


def restore(backup: Path, database: Path) -> Restored:
    """Puts a backup in the place of the database; Limber must not be running.

    Raises `NotABackup`, `DatabaseInUse`, `OtherDatabase`, FileNotFoundError (no keys file); nothing was
    changed then.
    """
    if not _is_backup(backup):
        raise NotABackup(f"{backup} is no backup of Limber. Nothing was changed.")
    with _nobody_else_on(database):
        _take_leave(database)
        if not keys_file(database).exists():
            raise FileNotFoundError(keys_file(database))
        with _replacing(database) as part:
            _copy(backup, part)
            restored = _with_keys(part, keys_file(database))
        for rest in ("-wal", "-shm"):
            database.with_name(f"{database.name}{rest}").unlink(missing_ok=True)
    return restored


def _with_keys(part: Path, keys: Path) -> Restored:
    with closing(sqlite3.connect(part, isolation_level=None)) as copy:
        _set_up(copy)
        copy.execute("ATTACH ? AS keys", (str(keys),))
        copy.execute("BEGIN IMMEDIATE")
        known = "SELECT person_id, wrapped FROM keys.person_key WHERE person_id IN (SELECT id FROM person)"
        copy.execute(f"INSERT INTO person_key (person_id, wrapped) {known}")
        copy.execute("INSERT INTO secret (name, wrapped) SELECT name, wrapped FROM keys.secret")
        gone = copy.execute("DELETE FROM person WHERE id NOT IN (SELECT person_id FROM person_key)").rowcount
        left = copy.execute("SELECT count(*) FROM person").fetchone()[0]
        copy.execute("COMMIT")
        copy.execute("VACUUM")
    return Restored(left, gone)


def _copy(source: Path, target: Path) -> None:
    """Copies a database that others may be writing to, without a write-ahead log of its own."""
    with closing(sqlite3.connect(source)) as given, closing(sqlite3.connect(target)) as taken:
        given.backup(taken)
        taken.execute("PRAGMA journal_mode=DELETE")


def _set_up(connection: sqlite3.Connection) -> None:
    for pragma in ("secure_delete=ON", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _take_leave(database: Path) -> None:
    """Saves the latest keys of the database that is to be replaced, if it can still be read."""
    if not database.exists() or not _is_whole(database):
        return
    sync_keys(database)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _is_backup(path: Path) -> bool:
    return _is_whole(path, with_keys=False)


def _is_whole(path: Path, *, with_keys: bool = True) -> bool:
    """Whether this is a database of Limber that can be read to the end."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            keys = connection.execute("SELECT count(*) FROM person_key").fetchone()[0]
            whole = connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
    except sqlite3.DatabaseError:
        return False
    return bool(whole and (with_keys or keys == 0))


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """A new file, readable by its owner alone, that takes the place of `target` when all went well."""
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield part
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _nobody_else_on(database: Path) -> Iterator[None]:
    """Holds the locks of all senders; see `bot.store.sqlite`."""
    held = [os.open(path, os.O_RDWR) for path in database.parent.glob(f"{database.name}.*.lock")]
    try:
        for file in held:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise DatabaseInUse(
            "Limber is running on this database: stop it first. Nothing was changed."
        ) from None
    finally:
        for file in held:
            os.close(file)
