"""Packs on both engines: found by their code alone, sealed, and gone when they are withdrawn or over."""

from datetime import timedelta

from sqlmodel import select

from bot.store.database import Database
from bot.store.packs import LASTS, LENGTH, PackItem, Suggested, is_whole
from bot.store.tables import Pack, PersonKey
from bot.store.unit import Store
from tests.clock import MovableClock

HOMEWORK = [
    PackItem(
        "box_breathing",
        cue="after lunch",
        instruction="two rounds are plenty",
        target_days=4,
        rules=[
            Suggested("FREQ=WEEKLY;BYDAY=MO,TH", "08:00,21:00"),
            Suggested("FREQ=DAILY", "09:00", "11:00"),
        ],
    ),
    PackItem(name="call a friend"),
]


def _id(store: Store, name: str, clock: MovableClock) -> int:
    return store.people.meet("local", name, clock.now(), "en", "UTC").person.id


async def _found(database: Database, code: str, clock: MovableClock) -> list[PackItem] | None:
    return await database.read(lambda store: store.packs.found(code, clock.now()))


async def test_a_pack_comes_back_as_it_was_made_for_whoever_has_the_code(
    database: Database, clock: MovableClock
) -> None:
    def make(store: Store) -> tuple[str, bytes]:
        pack = store.packs.make(_id(store, "dr_grey", clock), HOMEWORK, clock.now())
        return pack.code, pack.row.words + pack.row.code + pack.row.code_hash

    code, stored = await database.write(make)
    assert is_whole(code) and len(code) == LENGTH
    assert await _found(database, code, clock) == HOMEWORK
    for other in (code[:-1], "", code.lower(), code[:-1] + ("2" if code[-1] != "2" else "3")):
        assert await _found(database, other, clock) is None
    assert b"lunch" not in stored and code.encode() not in stored and b"breathing" not in stored


async def test_its_time_is_over_after_ninety_days_unless_it_is_kept_longer(
    database: Database, clock: MovableClock
) -> None:
    def make(store: Store) -> tuple[int, int, str]:
        person = _id(store, "dr_grey", clock)
        pack = store.packs.make(person, HOMEWORK, clock.now())
        return person, pack.row.id, pack.code

    person, pack_id, code = await database.write(make)

    def keep(store: Store) -> None:
        pack = store.packs.get(person, pack_id, clock.now())
        assert pack is not None
        store.packs.keep_longer(pack, clock.now())

    clock.move(days=80)
    await database.write(keep)
    clock.move(seconds=(LASTS - timedelta(seconds=1)).total_seconds())
    assert await _found(database, code, clock) is not None
    clock.move(seconds=1)
    assert await _found(database, code, clock) is None
    assert await database.read(lambda store: store.packs.of(person, clock.now())) == []
    assert await database.read(lambda store: store.packs.get(person, pack_id, clock.now())) is None
    await database.write(lambda store: store.packs.forget_before(clock.now()))
    assert await database.read(lambda store: store.session.exec(select(Pack)).all()) == []


async def test_only_who_made_it_has_it_and_it_goes_with_them(database: Database, clock: MovableClock) -> None:
    def make(store: Store) -> tuple[int, list[str]]:
        grey, ada = _id(store, "dr_grey", clock), _id(store, "ada", clock)
        first, second = (store.packs.make(grey, HOMEWORK, clock.now()) for _ in range(2))
        assert store.packs.get(ada, first.row.id, clock.now()) is None
        assert store.packs.of(ada, clock.now()) == []
        assert [each.code for each in store.packs.of(grey, clock.now())] == [first.code, second.code]
        store.packs.withdraw(first)
        assert store.packs.found(first.code, clock.now()) is None
        return grey, [first.code, second.code]

    grey, codes = await database.write(make)

    def erase(store: Store) -> None:
        party = store.people.find("local", "dr_grey")
        assert party is not None and party.person.id == grey
        store.people.erase(party.person, clock.now())

    await database.write(erase)
    assert [await _found(database, code, clock) for code in codes] == [None, None]
    assert await database.read(lambda store: store.session.exec(select(Pack)).all()) == []


async def test_handed_over_it_is_still_found_and_belongs_to_the_other(
    database: Database, clock: MovableClock
) -> None:
    def hand_over(store: Store) -> tuple[str, int]:
        grey, ada = _id(store, "dr_grey", clock), _id(store, "ada", clock)
        code = store.packs.make(grey, HOMEWORK, clock.now()).code
        store.packs.hand_over(grey, ada)
        return code, ada

    code, ada = await database.write(hand_over)
    assert await _found(database, code, clock) == HOMEWORK
    theirs = await database.read(lambda store: store.packs.of(ada, clock.now()))
    assert [each.code for each in theirs] == [code]


async def test_without_the_key_of_whoever_made_it_there_is_none(
    database: Database, clock: MovableClock
) -> None:
    def make(store: Store) -> str:
        return store.packs.make(_id(store, "dr_grey", clock), HOMEWORK, clock.now()).code

    code = await database.write(make)

    def lose(store: Store) -> None:
        for row in store.session.exec(select(PersonKey)).all():
            store.session.delete(row)

    await database.write(lose)
    assert await _found(database, code, clock) is None
