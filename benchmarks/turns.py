"""Durable turns on SQLite: group commit beside a commit an update, the same work and the same durability."""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy import event
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import Session
from sqlmodel.ext.asyncio.session import AsyncSession

from benchmarks.rounds import compare
from benchmarks.rows import Row
from bot.clock import SystemClock
from bot.conversation.messages import Wire
from bot.store.database import Database, Sealed, open_database
from bot.store.encryption import Keyring, new_key
from bot.store.ids import Ids
from bot.store.migrate import migrate
from bot.store.sqlite import sqlite_engine
from bot.store.unit import Store

UPDATES = 300
AT_ONCE = 32
RATE, SECONDS = 200, 10


def turn(store: Store, number: int) -> None:
    """What every update costs the store: seen before, person, conversation, one message out."""
    now = datetime.now(UTC)
    store.updates.first_sight(f"telegram:{number}", now)
    party = store.people.meet("telegram", str(number % 50), now, "en", "UTC")
    party.talk.slots["n"] = number
    store.people.keep(party.talk)
    store.outbox.add(party.account, Wire("hello").packed(), now)


async def run() -> list[Row]:
    """The comparison, on files of its own."""
    with tempfile.TemporaryDirectory() as folder:
        keyring, ids, numbers = Keyring([new_key()]), Ids(SystemClock()), iter(range(10**9))
        paths = [Path(folder) / name for name in ("ours.db", "peer.db")]
        for path in paths:
            await migrate(f"sqlite:///{path}")
        database = open_database(f"sqlite:///{paths[0]}", keyring, ids)
        await database.start()
        engine, sealed = sqlite_engine(paths[1]), Sealed(keyring, ids)
        with Session(engine) as session:
            sealed.unlock(session)
        engine.dispose()
        theirs = create_async_engine(f"sqlite+aiosqlite:///{paths[1]}")
        event.listen(theirs.sync_engine, "connect", _as_durable)

        async def ours() -> int:
            room = asyncio.Semaphore(AT_ONCE)

            async def one() -> None:
                async with room:
                    number = next(numbers)
                    await database.write(lambda store: turn(store, number))

            await asyncio.gather(*(one() for _ in range(UPDATES)))
            return UPDATES

        async def peer() -> int:
            for _ in range(UPDATES):
                async with AsyncSession(theirs, expire_on_commit=False) as session:
                    number = next(numbers)
                    await session.run_sync(
                        lambda sync, number=number: turn(sealed.store(cast(Session, sync)), number)
                    )
                    await session.commit()
            return UPDATES

        try:
            told = await compare(f"durable turns, {AT_ONCE} at once", ours, peer)
            p99 = await _at_a_rate(database, numbers)
        finally:
            await database.stop()
            await theirs.dispose()
        return [
            Row("a reply's durable commit (SQLite, FULL)", "≥ 3 × the peer's a second", told),
            Row(f"the same at {RATE}/s", "p99 ≤ 30 ms, no backlog", p99),
        ]


async def _at_a_rate(database: Database, numbers: Iterator[int]) -> str:
    """How long turns take that come evenly, as long as each is on its own."""
    took: list[float] = []

    async def one() -> None:
        began, number = time.perf_counter(), next(numbers)
        await database.write(lambda store: turn(store, number))
        took.append(time.perf_counter() - began)

    began = time.perf_counter()
    async with asyncio.TaskGroup() as turns:
        for place in range(RATE * SECONDS):
            await asyncio.sleep(max(0.0, began + place / RATE - time.perf_counter()))
            turns.create_task(one())
        waiting = RATE * SECONDS - len(took)
    p99 = sorted(took)[int(0.99 * len(took))]
    return (
        f"p99 {p99 * 1e3:.1f} ms, median {statistics.median(took) * 1e3:.1f} ms, {waiting} waited in the end"
    )


def _as_durable(connection: Any, _record: Any) -> None:
    """The peer's commits are as durable as ours."""
    for pragma in ("busy_timeout=5000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
