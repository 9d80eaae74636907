"""The database goes away in the middle of things: nothing is lost, and it goes on by itself."""

import asyncio
import resource
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot.conversation.messages import Wire
from bot.delivery.sender import Sender
from bot.roles import Role
from bot.store.database import Database, Sealed, Unavailable, open_database
from bot.store.encryption import Keyring
from bot.store.ids import Ids
from bot.store.migrate import migrate
from bot.store.sqlite import SqliteDatabase
from bot.store.unit import Store
from bot.supervisor import Supervisor
from tests.clock import MovableClock
from tests.conftest import KEY
from tests.delivery.test_sender import Nothing, Platform
from tests.postgres import Server, StartError, packaged, ways
from tests.running import running

MESSAGES = 60


@pytest.fixture
def server() -> Iterator[tuple[Server, str]]:
    """A PostgreSQL of one test's own, to be stopped and started."""
    reasons = []
    for way in ways():
        with tempfile.TemporaryDirectory(prefix="limber-pg-", dir="/tmp") as folder:
            try:
                own = Server(way, packaged(), Path(folder))
            except (StartError, OSError) as error:
                reasons.append(str(error))
                continue
            yield own, f"postgresql://limber@/postgres?host={folder}"
            own.stop()
            return
    pytest.fail("; ".join(reasons), pytrace=False)


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Another program holds the file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@pytest.fixture
async def file(sqlite_url: str, clock: MovableClock) -> AsyncIterator[SqliteDatabase]:
    """A SQLite database that waits for other programs only for a moment."""
    await migrate(sqlite_url)
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    database = SqliteDatabase(path, Sealed(Keyring([KEY]), Ids(clock)), busy_ms=50)
    await database.start()
    yield database
    await database.stop()


async def _say(database: Database, clock: MovableClock, count: int) -> None:
    def say(store: Store) -> None:
        for number in range(count):
            party = store.people.meet("telegram", str(number), clock.now(), "en", "UTC")
            store.outbox.add(party.account, Wire(f"message {number}").packed(), clock.now())

    await database.write(say)


class Slow(Platform):
    """Takes a message in a hundredth of a second."""

    async def carry(self, address: str, wire: Wire, attachment: None, key: str) -> str:  # type: ignore[override]
        await asyncio.sleep(0.01)
        return await super().carry(address, wire, attachment, key)


async def _sent_through(
    database: Database, clock: MovableClock, platform: Platform, outage: Callable[[], Awaitable[None]]
) -> None:
    """Sends everything, and what is there in the end went out once."""
    supervisor = Supervisor()
    sender = Sender(platform, database, Nothing(), supervisor, clock, None, at_once=4)
    supervisor.start(sender.run(), "sender")
    async with asyncio.timeout(30):
        await platform.until(lambda: len(platform.taken) >= MESSAGES // 3)
        await outage()
        await platform.until(lambda: len(platform.taken) >= MESSAGES)
        await sender.idle()
    await supervisor.stop(5)
    await sender.close()
    assert sorted(text for _, text in platform.taken) == sorted(f"message {n}" for n in range(MESSAGES))
    assert await database.read(lambda store: store.outbox.oldest_due()) is None


async def test_postgresql_is_restarted_in_the_middle_of_a_burst(
    server: tuple[Server, str], clock: MovableClock, caplog: pytest.LogCaptureFixture
) -> None:
    own, url = server
    await migrate(url)
    database = open_database(url, Keyring([KEY]), Ids(clock))
    await database.start()
    await _say(database, clock, MESSAGES)

    async def restart() -> None:
        await asyncio.to_thread(own.stop)
        await asyncio.sleep(0.5)
        await asyncio.to_thread(own.start)

    await _sent_through(database, clock, Slow(), restart)
    await database.stop()
    assert "database is away" in caplog.text


async def test_another_program_holds_the_file_for_longer_than_we_wait(
    file: SqliteDatabase, sqlite_url: str, clock: MovableClock, caplog: pytest.LogCaptureFixture
) -> None:
    await _say(file, clock, MESSAGES)

    async def hold() -> None:
        with held(Path(sqlite_url.removeprefix("sqlite:///"))):
            await asyncio.sleep(1)
            with pytest.raises(Unavailable):
                await file.write(lambda store: store.updates.first_sight("one", clock.now()))

    await _sent_through(file, clock, Slow(), hold)
    assert await file.write(lambda store: store.updates.first_sight("one", clock.now()))
    assert "database is away" in caplog.text


async def test_a_full_disk_takes_nothing_and_loses_nothing(
    file: SqliteDatabase, sqlite_url: str, clock: MovableClock
) -> None:
    await _say(file, clock, 3)
    wal = Path(sqlite_url.removeprefix("sqlite:///") + "-wal")
    size = wal.stat().st_size  # noqa: ASYNC240 - at once
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 4096, before[1]))
    try:
        with pytest.raises(Unavailable):
            await _say(file, clock, MESSAGES)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    await _say(file, clock, 1)
    claimed = await file.write(lambda store: store.outbox.claim("telegram", clock.now(), 100))
    assert sorted(each.wire["text"] for each in claimed) == [
        "message 0",
        "message 0",
        "message 1",
        "message 2",
    ]


async def test_it_starts_while_the_database_is_still_coming_up(
    server: tuple[Server, str], tmp_path: Path, clock: MovableClock, caplog: pytest.LogCaptureFixture
) -> None:
    own, url = server
    await asyncio.to_thread(own.stop)

    async def come_up() -> None:
        await asyncio.sleep(0.3)
        await asyncio.to_thread(own.start)

    coming_up = asyncio.ensure_future(come_up())
    settings = {"DATABASE_URL": url, "ENCRYPTION_KEYS": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="}
    async with running(tmp_path, clock, Role.WORKER, **settings) as app:
        assert (await app.watch.ready())["database"]
    await coming_up
    assert "waiting for the database" in caplog.text
