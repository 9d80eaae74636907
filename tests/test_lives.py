"""Generated lives are the same each time, and what the engine itself would have stored."""

from datetime import date, timedelta
from pathlib import Path

from sqlmodel import select

from bot.practice.schedule import local_day
from bot.store.database import Database
from bot.store.tables import Nudge, Person, Practice
from bot.store.unit import Store
from bot.understanding.places import zone_of
from tests.clock import MovableClock
from tests.conftest import opened_database
from tests.lives import begun, lived


def _someone(store: Store, clock: MovableClock, address: str = "ada") -> int:
    person = store.people.meet("local", address, clock.now(), "en", "UTC").person
    store.people.agree(person.id, "records", 1, clock.now(), "local")
    return person.id


async def _five_years(database: Database, clock: MovableClock) -> list[tuple[object, ...]]:
    def live(store: Store) -> list[tuple[object, ...]]:
        person_id = _someone(store, clock)
        lived(store, person_id, clock.now())
        said = {row.practice_id: store.practices.read(row) for row in store.practices.reflections(person_id)}
        rows = store.practices.since(person_id, date.min)
        return [(row.at, row.day, row.outcome, row.before, row.after, said.get(row.id)) for row in rows]

    return await database.write(live)


async def test_a_life_is_the_same_each_time(tmp_path: Path, clock: MovableClock) -> None:
    lives = []
    for name in ("one", "two"):
        async for database in opened_database(f"sqlite:///{tmp_path}/{name}.db", clock):
            lives.append(await _five_years(database, clock))
    assert lives[0] == lives[1]
    assert len(lives[0]) > 1500


async def test_a_life_holds_together(database: Database, clock: MovableClock) -> None:
    await _five_years(database, clock)

    def check(store: Store) -> None:
        person = store.session.exec(select(Person)).one()
        nudges = {row.id: row for row in store.session.exec(select(Nudge))}
        rows = list(store.session.exec(select(Practice).order_by(Practice.id)))  # type: ignore[arg-type]
        assert rows == sorted(rows, key=lambda row: row.at)
        assert rows[0].at >= person.created_at
        assert rows[-1].at <= clock.now()
        for row in rows:
            assert row.day == local_day(row.at, zone_of(person.zone), person.day_ends_at)
            assert (row.nudge_id is None) == (row.start == "remembered")
            if row.nudge_id is not None:
                assert nudges[row.nudge_id].due_at < row.at
                assert nudges[row.nudge_id].outcome == row.outcome

    await database.read(check)


async def test_the_first_days_hold_as_many_practices_as_asked(sqlite_url: str, clock: MovableClock) -> None:
    async for database in opened_database(sqlite_url, clock):
        for count in (0, 1, 2, 6):

            def live(store: Store, count: int = count) -> int:
                person_id = _someone(store, clock, f"person {count}")
                begun(store, person_id, clock.now(), count, seed=count)
                days = {row.day for row in store.practices.since(person_id, date.min)}
                assert clock.now().date() - min(days, default=clock.now().date()) <= timedelta(days=8)
                return len(days)

            assert await database.write(live) == count
