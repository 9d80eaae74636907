"""Several real processes on one database: each update is handled once, nothing is lost."""

import asyncio
import sys

from bot.store.database import Database
from tests.clock import MovableClock

_PROCESSES = 4
_UPDATES = 30

_PROGRAM = """
import asyncio, sys
from datetime import UTC, datetime
from bot.clock import SystemClock
from bot.store.database import open_database
from bot.store.encryption import Keyring
from bot.store.ids import Ids
from sqlalchemy.exc import IntegrityError

def turn(store, number):
    now = datetime.now(UTC)
    if not store.updates.first_sight(f"telegram:{number}", now):
        return 0
    party = store.people.meet("telegram", "7", now, "en", "UTC")
    party.talk.slots["n"] = party.talk.slots.get("n", 0) + 1
    store.people.keep(party.talk)
    store.outbox.add(party.account, {"text": str(number)}, now)
    return 1

async def main(url, updates):
    database = open_database(url, Keyring([bytes(range(32))]), Ids(SystemClock()))
    await database.start()
    handled = 0
    for number in range(updates):
        try:
            handled += await database.write(lambda store: turn(store, number))
        except IntegrityError:
            handled += await database.write(lambda store: turn(store, number))
    await database.stop()
    print(handled)

asyncio.run(main(sys.argv[1], int(sys.argv[2])))
"""


async def test_processes_that_get_the_same_updates_share_them_out(
    database: Database, database_url: str, clock: MovableClock
) -> None:
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", _PROGRAM, database_url, str(_UPDATES), stdout=asyncio.subprocess.PIPE
        )
        for _ in range(_PROCESSES)
    ]
    handled = [int((await process.communicate())[0]) for process in processes]

    assert sum(handled) == _UPDATES
    party = await database.write(lambda store: store.people.find("telegram", "7"))
    assert party is not None
    assert party.talk.slots == {"n": _UPDATES}
    clock.move(hours=24 * 365)
    letters = await database.write(lambda store: store.outbox.claim("telegram", clock.now(), 100))
    assert sorted(int(letter.wire["text"]) for letter in letters) == list(range(_UPDATES))
