import asyncio
import sqlite3
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from bot.store.database import Database, open_database
from bot.store.encryption import Keyring, WrongKey, new_key
from bot.store.ids import Ids
from bot.store.tables import Account, Person
from bot.store.unit import Store
from tests.clock import MovableClock
from tests.conftest import KEY, opened_database

MARKER = "zebra-umbrella-marker"


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


def _meet(store: Store, clock: MovableClock, address: str = "7") -> int:
    return store.people.meet("telegram", address, clock.now(), "en", "UTC").person.id


async def test_a_person_is_found_again_by_address(database: Database, clock: MovableClock) -> None:
    first = await database.write(lambda store: _meet(store, clock))
    again = await database.write(lambda store: _meet(store, clock))
    other = await database.write(lambda store: _meet(store, clock, "8"))

    assert first == again != other


async def test_an_update_is_seen_once(database: Database, clock: MovableClock) -> None:
    sights = await asyncio.gather(
        *(
            database.write(lambda store: store.updates.first_sight("telegram:1", clock.now()))
            for _ in range(20)
        )
    )

    assert sorted(sights) == [False] * 19 + [True]


async def test_times_come_back_aware_and_unmoved(database: Database, clock: MovableClock) -> None:
    await database.write(lambda store: _meet(store, clock))

    created = await database.read(lambda store: store.session.exec(select(Person)).one().created_at)

    assert created == clock.now()
    assert created.utcoffset() == timedelta(0)


async def test_work_that_raises_leaves_nothing_and_hurts_nobody(
    database: Database, clock: MovableClock
) -> None:
    def half(store: Store) -> None:
        _meet(store, clock, "half")
        raise LookupError

    results = await asyncio.gather(
        database.write(lambda store: _meet(store, clock, "before")),
        database.write(half),
        database.write(lambda store: _meet(store, clock, "after")),
        return_exceptions=True,
    )

    assert isinstance(results[1], LookupError)
    assert await database.read(lambda store: len(store.session.exec(select(Person)).all())) == 2


async def test_read_modify_writes_at_once_lose_nothing(database: Database, clock: MovableClock) -> None:
    await database.write(lambda store: _meet(store, clock))

    def count(store: Store) -> None:
        party = store.people.meet("telegram", "7", clock.now(), "en", "UTC")
        party.talk.slots["n"] = party.talk.slots.get("n", 0) + 1
        store.people.keep(party.talk)

    await asyncio.gather(*(database.write(count) for _ in range(60)))

    party = await database.write(lambda store: store.people.find("telegram", "7"))
    assert party is not None
    assert party.talk.slots == {"n": 60}


async def test_a_row_without_its_person_is_refused(database: Database, clock: MovableClock) -> None:
    def orphan(store: Store) -> None:
        store.session.add(
            Account(id=1, person_id=404, platform="x", address_hash=b"", address=b"", created_at=clock.now())
        )

    with pytest.raises(IntegrityError):
        await database.write(orphan)


async def test_erasing_a_person_takes_everything_of_theirs(database: Database, clock: MovableClock) -> None:
    def live(store: Store) -> None:
        party = store.people.meet("telegram", "7", clock.now(), "en", "UTC")
        store.practices.reflect(party.person.id, MARKER, clock.now().date(), clock.now())
        store.outbox.add(party.account, {"text": MARKER}, clock.now())
        store.people.keep(party.talk)

    def erase(store: Store) -> None:
        party = store.people.find("telegram", "7")
        assert party is not None
        store.people.erase(party.person, clock.now())

    await database.write(live)
    await database.write(erase)

    assert await database.write(lambda store: store.people.find("telegram", "7")) is None
    assert await database.write(lambda store: store.outbox.claim("telegram", clock.now(), 9)) == []


async def test_only_one_may_lead_until_it_lets_go(database: Database) -> None:
    first, second = database.lead("sender"), database.lead("sender")

    assert await first.held()
    assert await first.held()
    assert not await second.held()
    await first.release()
    assert await second.held()
    await second.release()


async def test_words_are_sealed_on_disk(sqlite_url: str, clock: MovableClock, tmp_path: Path) -> None:
    async for database in opened_database(sqlite_url, clock):

        def write(store: Store) -> None:
            party = store.people.meet("telegram", MARKER, clock.now(), "en", "UTC")
            store.practices.reflect(party.person.id, MARKER, clock.now().date(), clock.now())
            party.talk.slots["said"] = MARKER
            store.people.keep(party.talk)
            store.outbox.add(party.account, {"text": MARKER}, clock.now())

        await database.write(write)
        on_disk = everything_in(tmp_path)

        assert len(on_disk) > 10_000
        assert MARKER.encode() not in on_disk


async def test_another_key_opens_nothing_and_breaks_nothing(sqlite_url: str, clock: MovableClock) -> None:
    async for _ in opened_database(sqlite_url, clock):
        pass
    wrong = open_database(sqlite_url, Keyring([new_key()]), Ids(clock))
    with pytest.raises(WrongKey):
        await wrong.start()

    right = open_database(sqlite_url, Keyring([new_key(), KEY]), Ids(clock))
    await right.start()
    await right.stop()


async def test_sqlite_is_durable_and_write_ahead(
    sqlite_url: str, clock: MovableClock, tmp_path: Path
) -> None:
    async for database in opened_database(sqlite_url, clock):
        found = await database.read(
            lambda store: [
                store.session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
            ]
        )
        assert found == ["wal", 2, 1, 1]
    assert sqlite3.connect(tmp_path / "limber.db").execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_an_unknown_database_is_refused(clock: MovableClock) -> None:
    with pytest.raises(ValueError, match="sqlite"):
        open_database("mysql://x", Keyring([KEY]), Ids(clock))


async def test_a_file_that_is_made_is_for_its_owner_alone(sqlite_url: str, clock: MovableClock) -> None:
    folder = Path(sqlite_url.removeprefix("sqlite:///")).parent
    async with asynccontextmanager(opened_database)(sqlite_url, clock) as made:
        await made.write(lambda store: _meet(store, clock))
        modes = {path.name: path.stat().st_mode & 0o777 for path in folder.glob("*.db*")}
    assert len(modes) > 1
    assert set(modes.values()) == {0o600}
