"""SQLite: one file, one writer. Work that waits is run together and committed once, each in a savepoint.

Every transaction begins with BEGIN IMMEDIATE (SQLAlchemy's default start loses updates in silence) and is
durable (synchronous=FULL); the cost of that is shared by all the work in the batch.
"""

import asyncio
import fcntl
import os
import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlmodel import Session

from bot.store.backup import has_keys_of, sync_keys
from bot.store.database import Lead, Sealed, T, Unavailable, Work, is_away

_BATCH = 256
_READERS = 2
LARGEST_REWRITTEN = 64 * 1024 * 1024
"""Bytes. Writing so much afresh holds up writers for well under a second."""
_BUSY_MS = 5000
_PRAGMAS = (
    f"busy_timeout={_BUSY_MS}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
)


@dataclass
class _Job:
    work: Work[Any]
    done: Future[Any] = field(default_factory=Future)
    result: Any = None
    error: Exception | None = None


class SqliteDatabase:
    """A SQLite file."""

    def __init__(self, path: Path, sealed: Sealed, busy_ms: int = _BUSY_MS) -> None:
        """`busy_ms` is how long to wait for another program that holds the file."""
        self._path = path
        self._sealed = sealed
        self._engine = sqlite_engine(path, (*_PRAGMAS, f"busy_timeout={busy_ms}"))
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write_all, name="sqlite-writer")
        self._readers = ThreadPoolExecutor(_READERS, "sqlite-reader")

    async def start(self) -> None:
        try:
            await asyncio.to_thread(self._unlock)
        except BaseException:
            self._engine.dispose()
            raise
        self._writer.start()

    async def stop(self) -> None:
        self._jobs.put(None)
        await asyncio.to_thread(self._writer.join)
        self._readers.shutdown()
        self._engine.dispose()

    async def write(self, work: Work[T]) -> T:
        job = _Job(work)
        self._jobs.put(job)
        result: T = await asyncio.wrap_future(job.done)
        return result

    async def read(self, work: Work[T]) -> T:
        try:
            return await asyncio.wrap_future(self._readers.submit(self._read, work))
        except Exception as error:
            raise _told(error) from error

    async def scrub(self) -> None:
        """Empties the write-ahead log, and writes a file of up to `LARGEST_REWRITTEN` afresh.

        Deleted content is zeroed at once (secure_delete); but ids may stay behind inside an index or tree,
        until the file is written afresh, and deleted pages in the log until that is emptied. The keys file
        of the backups, if there is one, forgets them too.
        """
        await asyncio.to_thread(self._scrub)

    def lead(self, name: str) -> Lead:
        return _FileLead(self._path.with_name(f"{self._path.name}.{name}.lock"))

    def _unlock(self) -> None:
        with Session(self._engine) as session:
            self._sealed.unlock(session)

    def _scrub(self) -> None:
        connection = self._engine.raw_connection()
        try:
            if self._path.stat().st_size <= LARGEST_REWRITTEN:
                connection.cursor().execute("VACUUM").close()
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        finally:
            connection.close()
        if has_keys_of(self._path):
            sync_keys(self._path)

    def _read(self, work: Work[T]) -> T:
        connection = self._engine.connect().execution_options(sqlite_readonly=True)
        with connection, Session(connection, expire_on_commit=False) as session:
            return work(self._sealed.store(session))

    def _write_all(self) -> None:
        while batch := self._take():
            self._commit_together(batch)
            for job in batch:
                if job.error is not None:
                    job.done.set_exception(job.error)
                else:
                    job.done.set_result(job.result)

    def _take(self) -> list[_Job]:
        """All that waits, at least one job, at most a batch; empty when the database is to stop."""
        batch: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            if job.done.set_running_or_notify_cancel():
                batch.append(job)
            if len(batch) == _BATCH or (batch and self._jobs.empty()):
                return batch
            job = self._jobs.get()
        if batch:
            self._jobs.put(None)
        return batch

    def _commit_together(self, batch: list[_Job]) -> None:
        try:
            with self._engine.begin() as connection:
                for job in batch:
                    self._run(job, connection)
        except Exception as error:  # noqa: BLE001 - whatever stopped the commit, each job must hear of it
            for job in batch:
                job.error = job.error or _told(error)

    def _run(self, job: _Job, connection: Connection) -> None:
        with Session(connection, expire_on_commit=False, join_transaction_mode="create_savepoint") as session:
            try:
                job.result = job.work(self._sealed.store(session))
                session.commit()
            except Exception as error:  # noqa: BLE001 - the job's own caller gets it; the batch goes on
                session.rollback()
                job.error = _told(error)


def _told(error: Exception) -> Exception:
    """The error as whoever asked hears of it."""
    if not is_away(error):
        return error
    told = Unavailable(type(error).__name__)
    told.__cause__ = error
    return told


class _FileLead:
    """A lock on a file beside the database: it ends with the process that holds it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    async def held(self) -> bool:
        if self._file is not None:
            return True
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return False
        self._file = file
        return True

    async def release(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def sqlite_engine(path: Path, pragmas: tuple[str, ...] = _PRAGMAS) -> Engine:
    """An engine whose every connection has our pragmas and whose writers begin IMMEDIATE.

    A file that it makes is for its owner alone, and so are its logs, which SQLite makes like it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
    engine = create_engine(f"sqlite:///{path}", connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _set_up(pragmas))
    event.listen(engine, "begin", _begin)
    return engine


def has_secrets(path: Path) -> bool:
    """Whether a key was needed to make what is in this file."""
    if not path.exists():
        return False
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'secret'").fetchone():
            return False
        return connection.execute("SELECT 1 FROM secret").fetchone() is not None


def _set_up(pragmas: tuple[str, ...]) -> Callable[[Any, Any], None]:
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return connect


def _begin(connection: Connection) -> None:
    readonly = connection.get_execution_options().get("sqlite_readonly")
    connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")
