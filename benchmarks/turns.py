"""Durable turns on SQLite: group commit beside a commit an update, the same work and the same durability."""

import asyncio
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session

from benchmarks.rounds import compare
from bot.clock import SystemClock
from bot.store.database import Sealed, open_database
from bot.store.encryption import Keyring, new_key
from bot.store.ids import Ids
from bot.store.migrate import migrate
from bot.store.sqlite import sqlite_engine
from bot.store.unit import Store

UPDATES = 300
AT_ONCE = 32


def turn(store: Store, number: int) -> None:
    """What every update costs the store: seen before, person, conversation, one message out."""
    now = datetime.now(UTC)
    store.updates.first_sight(f"telegram:{number}", now)
    party = store.people.meet("telegram", str(number % 50), now, "en", "UTC")
    party.talk.slots["n"] = number
    store.people.keep(party.talk)
    store.outbox.add(party.account, {"text": "hello"}, now)


async def run() -> str:
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

        async def ours() -> int:
            room = asyncio.Semaphore(AT_ONCE)

            async def one() -> None:
                async with room:
                    number = next(numbers)
                    await database.write(lambda store: turn(store, number))

            await asyncio.gather(*(one() for _ in range(UPDATES)))
            return UPDATES

        def one_by_one() -> int:
            for _ in range(UPDATES):
                with Session(engine, expire_on_commit=False) as session:
                    turn(sealed.store(session), next(numbers))
                    session.commit()
            return UPDATES

        async def peer() -> int:
            return await asyncio.to_thread(one_by_one)

        try:
            return await compare(f"durable turns, {AT_ONCE} at once", ours, peer)
        finally:
            await database.stop()
            engine.dispose()
