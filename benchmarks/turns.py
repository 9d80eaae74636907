"""Durable turns on SQLite: group commit beside a commit an update, the same work and the same durability."""

import asyncio
import gc
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy import event
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import Session
from sqlmodel.ext.asyncio.session import AsyncSession

from benchmarks.rounds import compare, told
from benchmarks.rows import Row
from bot.app import settle
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
RATE, SECONDS, ROUNDS = 200, 3, 5
LEAST, LONGEST = 3, 0.03


@dataclass(frozen=True, slots=True)
class Evenly:
    """Turns that came evenly: the time of the slowest but 1%, and how many waited in the end."""

    p99: float
    waiting: int


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

        settle()
        try:
            found = await compare(ours, peer)
            evenly = [await _at_a_rate(database, numbers) for _ in range(ROUNDS)]
        finally:
            gc.unfreeze()
            await database.stop()
            await theirs.dispose()
        return [
            Row(
                f"a reply's durable commit (SQLite, FULL), {AT_ONCE} at once",
                "≥ 3 × the peer's a second",
                str(found),
                found.ratio >= LEAST,
            ),
            _row(evenly),
        ]


def _row(evenly: list[Evenly]) -> Row:
    p99s = [each.p99 * 1e3 for each in evenly]
    waited = max(each.waiting for each in evenly)
    met = statistics.median(p99s) <= LONGEST * 1e3 and waited <= RATE * LONGEST
    said = f"p99 {told(p99s, '.1f')} ms, at most {waited} waited in the end"
    return Row(f"the same at {RATE}/s", "p99 ≤ 30 ms, no backlog", said, met)


async def _at_a_rate(database: Database, numbers: Iterator[int]) -> Evenly:
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
    return Evenly(sorted(took)[int(0.99 * len(took))], waiting)


def _as_durable(connection: Any, _record: Any) -> None:
    """The peer's commits are as durable as ours."""
    for pragma in ("busy_timeout=5000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
