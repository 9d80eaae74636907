"""The operator's key is changed while people go on writing, and nothing is lost on the way."""

import asyncio
import sys
from functools import partial

from sqlmodel import select

from bot.store.database import Database, open_database
from bot.store.encryption import Keyring, new_key
from bot.store.ids import Ids
from bot.store.keys import Rotated
from bot.store.rotation import rotate
from bot.store.tables import PersonKey
from bot.store.unit import Store
from tests.clock import MovableClock
from tests.conftest import KEY

_PEOPLE = 25
_BATCH = 10
NEW = new_key()

_PROGRAM = """
import asyncio, sys
from bot.clock import SystemClock
from bot.store.database import open_database
from bot.store.encryption import Keyring
from bot.store.ids import Ids
from bot.store.rotation import rotate

async def main(url, keys, batch):
    keyring = Keyring([bytes.fromhex(key) for key in keys.split(",")])
    database = open_database(url, keyring, Ids(SystemClock()))
    await database.start()
    async for done in rotate(database, batch):
        print(done.wrapped, flush=True)
        await asyncio.to_thread(sys.stdin.readline)
    await database.stop()

asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
"""


def _write(store: Store, number: int, clock: MovableClock) -> None:
    party = store.people.meet("telegram", str(number), clock.now(), "en", "UTC")
    party.talk.slots["said"] = f"word {number}"
    store.people.keep(party.talk)


def _said(store: Store, number: int) -> str:
    party = store.people.find("telegram", str(number))
    assert party is not None
    return str(party.talk.slots["said"])


async def _fill(database: Database, clock: MovableClock) -> None:
    for number in range(_PEOPLE):
        await database.write(partial(_write, number=number, clock=clock))


async def _all_said(url: str, keys: list[bytes], clock: MovableClock) -> list[str]:
    database = open_database(url, Keyring(keys), Ids(clock))
    await database.start()
    said = await database.write(lambda store: [_said(store, number) for number in range(_PEOPLE)])
    await database.stop()
    return said


async def _rotated(url: str, keys: list[bytes], clock: MovableClock) -> Rotated:
    database = open_database(url, Keyring(keys), Ids(clock))
    await database.start()
    done = [done async for done in rotate(database, _BATCH)]
    await database.stop()
    return done[-1]


async def test_after_a_rotation_the_new_key_opens_everything_alone(
    database: Database, database_url: str, clock: MovableClock
) -> None:
    await _fill(database, clock)

    done = await _rotated(database_url, [NEW, KEY], clock)
    again = await _rotated(database_url, [NEW, KEY], clock)

    assert done.wrapped == _PEOPLE + 2
    assert again.wrapped == 0
    assert await _all_said(database_url, [NEW], clock) == [f"word {number}" for number in range(_PEOPLE)]


async def test_people_write_on_while_keys_are_rotated(
    database: Database, database_url: str, clock: MovableClock
) -> None:
    await _fill(database, clock)
    running = open_database(database_url, Keyring([NEW, KEY]), Ids(clock))
    await running.start()
    async for _ in rotate(running, 3):
        await running.write(lambda store: _write(store, 7, clock))
    await running.write(lambda store: _write(store, 99, clock))
    await running.stop()

    assert len(await _all_said(database_url, [NEW], clock)) == _PEOPLE


async def test_a_rotation_killed_half_way_is_taken_up_again(
    database: Database, database_url: str, clock: MovableClock
) -> None:
    await _fill(database, clock)
    await _kill_half_way(database_url)

    half_way = await database.read(_wrapped_by_the_new_key)
    open_to_both = await _all_said(database_url, [NEW, KEY], clock)
    rest = await _rotated(database_url, [NEW, KEY], clock)

    assert half_way == _BATCH
    assert len(open_to_both) == _PEOPLE
    assert rest.wrapped == _PEOPLE - _BATCH
    assert len(await _all_said(database_url, [NEW], clock)) == _PEOPLE


async def _kill_half_way(url: str) -> None:
    keys = f"{NEW.hex()},{KEY.hex()}"
    command = [sys.executable, "-c", _PROGRAM, url, keys, str(_BATCH)]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
    assert process.stdin is not None
    assert process.stdout is not None
    assert await process.stdout.readline() == b"2\n"
    process.stdin.write(b"\n")
    assert await process.stdout.readline() == b"%d\n" % (_BATCH + 2)
    process.kill()
    await process.communicate()


async def test_a_key_that_does_not_open_is_told_and_left_alone(
    database: Database, database_url: str, clock: MovableClock
) -> None:
    await _fill(database, clock)
    foreign = Keyring([new_key()]).wrap(new_key(), "person_key|1|1")

    def spoil(store: Store) -> None:
        row = store.session.exec(select(PersonKey).limit(1)).one()
        row.wrapped = foreign
        store.session.add(row)

    await database.write(spoil)
    done = await _rotated(database_url, [NEW, KEY], clock)

    assert (done.wrapped, done.unopened) == (_PEOPLE + 1, 1)
    kept = await database.read(lambda store: [row.wrapped for row in store.session.exec(select(PersonKey))])
    assert foreign in kept


def _wrapped_by_the_new_key(store: Store) -> int:
    ring = Keyring([NEW])
    return sum(ring.is_newest(row.wrapped) for row in store.session.exec(select(PersonKey)))
