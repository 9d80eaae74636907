from datetime import timedelta

from bot.store.database import Database
from bot.store.gates import LASTS
from bot.store.unit import Store
from tests.clock import MovableClock


async def test_a_passed_gate_stays_open_for_90_days_from_the_last_time(
    database: Database, clock: MovableClock
) -> None:
    def let_pass(store: Store) -> None:
        person = store.people.meet("local", "ada", clock.now(), "en", "UTC").person
        store.gates.let_pass(person.id, "box_breathing", clock.now())

    def is_open(store: Store) -> bool:
        person = store.people.meet("local", "ada", clock.now(), "en", "UTC").person
        return "box_breathing" in store.gates.open_for(person.id, clock.now())

    assert not await database.write(is_open)
    await database.write(let_pass)
    clock.move(days=60)
    await database.write(let_pass)
    clock.move(days=89)
    assert await database.write(is_open)
    clock.move(seconds=(LASTS - timedelta(days=89)).total_seconds())
    assert not await database.write(is_open)
