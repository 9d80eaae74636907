from collections.abc import Callable

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlmodel import Session, SQLModel, select

from bot.store.encryption import Keyring
from bot.store.ids import Ids
from bot.store.migrate import alembic_config, downgrade, migrate, upgrade
from bot.store.plans import PlanWords
from bot.store.tables import Person
from bot.store.unit import Store, Vault
from tests.clock import MovableClock
from tests.conftest import KEY


def _revisions() -> list[str]:
    class NoConnection:
        pass

    script = ScriptDirectory.from_config(alembic_config(NoConnection()))  # type: ignore[arg-type]
    return [revision.revision for revision in reversed(list(script.walk_revisions()))]


@pytest.fixture
def live(clock: MovableClock) -> Callable[[Connection], None]:
    """Puts a person with all that belongs to one into the tables."""

    def write(connection: Connection) -> None:
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            store = Store(session, Vault(Keyring([KEY]), KEY), Ids(clock))
            party = store.people.meet("telegram", "7", clock.now(), "en", "UTC")
            plan = store.plans.add(party.person.id, "stop_skill", PlanWords(cue="lunch"), clock.now())
            store.reminders.add(party.person.id, "practice", None, clock.now(), clock.now(), plan.row.id)
            store.practices.reflect(party.person.id, "words", clock.now().date(), clock.now())
            store.outbox.add(party.account, {"text": "hello"}, clock.now())
            session.commit()

    return write


async def test_every_step_goes_up_down_and_up_again_with_rows_in_place(
    database_url: str, live: Callable[[Connection], None]
) -> None:
    for revision in _revisions():
        await migrate(database_url, upgrade(revision))
        await migrate(database_url, downgrade("-1"))
        await migrate(database_url, upgrade(revision))
    await migrate(database_url, live)
    before = await _counted(database_url)
    await migrate(database_url, downgrade("-1"))
    await migrate(database_url, upgrade("head"))
    assert await _counted(database_url) == before
    await migrate(database_url, downgrade("base"))
    await migrate(database_url)
    await migrate(database_url)


async def _counted(url: str) -> dict[str, int]:
    """How many rows there are of what a person has, and how many still belong to a plan."""
    found: dict[str, int] = {}

    def count(connection: Connection) -> None:
        for what in ("person", "plan", "reminder", "reflection", "reminder WHERE plan_id IS NOT NULL"):
            found[what] = connection.execute(text(f"SELECT count(*) FROM {what}")).scalar_one()

    await migrate(url, count)
    assert min(found.values()) > 0
    return found


async def test_the_tables_are_what_the_models_say(database_url: str) -> None:
    await migrate(database_url)
    differences: list[object] = []

    def compare(connection: Connection) -> None:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences.extend(compare_metadata(context, SQLModel.metadata))

    await migrate(database_url, compare)

    assert differences == []


async def test_indexes_that_claims_need_are_there(database_url: str) -> None:
    await migrate(database_url)
    found: dict[str, set[str | None]] = {}

    def look(connection: Connection) -> None:
        for table in ("person", "reminder", "outbox", "nudge", "practice"):
            found[table] = {index["name"] for index in inspect(connection).get_indexes(table)}

    await migrate(database_url, look)

    assert "ix_person_last_seen_at" in found["person"]
    assert "ix_reminder_next_due_at" in found["reminder"]
    assert "ix_outbox_ready" in found["outbox"]
    assert "ix_nudge_of" in found["nudge"]
    assert "ix_practice_of" in found["practice"]


async def test_rows_survive_a_migration_that_fails(
    database_url: str, live: Callable[[Connection], None]
) -> None:
    await migrate(database_url)
    await migrate(database_url, live)

    def broken(connection: Connection) -> None:
        downgrade("base")(connection)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await migrate(database_url, broken)

    people: list[Person] = []

    def count(connection: Connection) -> None:
        with Session(connection) as session:
            people.extend(session.exec(select(Person)).all())

    await migrate(database_url, count)
    assert len(people) == 1
