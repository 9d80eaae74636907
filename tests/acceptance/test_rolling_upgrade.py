"""The next release migrates the database while processes of this one serve, and start."""

import asyncio
import base64
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlmodel import select

from bot.store.migrate import migrate
from bot.store.tables import Outbox, Practice
from tests.clock import MovableClock
from tests.emulators.telegram import TOKEN, Person, TelegramEmulator
from tests.running import running

LOGGED = 12


@pytest.fixture
async def emulator() -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator() as started:
        yield started


@pytest.fixture
def settings(emulator: TelegramEmulator, database_url: str) -> dict[str, str]:
    return {
        "DATABASE_URL": database_url,
        "ENCRYPTION_KEYS": base64.b64encode(bytes(range(32))).decode(),
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": emulator.root,
        "PORT": "0",
    }


async def test_people_go_on_talking_while_the_next_release_migrates(
    emulator: TelegramEmulator, settings: dict[str, str], tmp_path: Path, clock: MovableClock
) -> None:
    people = [emulator.person(id=number, first_name="Ada", language_code="en") for number in (1, 2, 3)]
    async with running(tmp_path, clock, **settings) as app:
        await asyncio.gather(*map(_agrees, people))
        talking = asyncio.gather(*map(_logs, people))
        await migrate(settings["DATABASE_URL"], _next_release)
        await talking
        practices = await app.database.read(lambda store: len(store.session.exec(select(Practice)).all()))
        assert practices == len(people) * LOGGED

    async with running(tmp_path, clock, **settings) as again:
        await _logs(people[0])
        await again.switchboard.idle()
        left = await again.database.read(lambda store: store.session.exec(select(Outbox)).all())
        assert not left


async def test_a_graceful_stop_leaves_nothing_claimed(
    emulator: TelegramEmulator, settings: dict[str, str], tmp_path: Path, clock: MovableClock
) -> None:
    people = [emulator.person(id=number, first_name="Ada", language_code="en") for number in (1, 2, 3)]
    async with running(tmp_path, clock, **settings):
        await asyncio.gather(*map(_agrees, people))
        for person in people:
            await person.says("/log did it, 5 min")
            await person.says("/help")

    states: list[str] = []
    await migrate(settings["DATABASE_URL"], lambda found: states.extend(_states(found)))
    assert "claimed" not in states


async def _agrees(person: Person) -> None:
    await person.says("/start")
    await person.hears("this is Limber")
    await person.taps("I agree")
    await person.hears("Which skill")
    await person.says("/cancel")
    await person.hears("All right")


async def _logs(person: Person) -> None:
    for number in range(LOGGED):
        await person.says(f"/log did it, {number + 1} min")
        await person.hears(f"{number + 1} minute", timeout=20)


def _next_release(connection: Connection) -> None:
    """What a release may do while the one before it runs: only add, and with a default."""
    for statement in (
        "ALTER TABLE person ADD COLUMN later_on TEXT",
        "ALTER TABLE outbox ADD COLUMN later_on INTEGER NOT NULL DEFAULT 0",
        "CREATE TABLE later_on (id BIGINT PRIMARY KEY, person_id BIGINT REFERENCES person ON DELETE CASCADE)",
        "CREATE INDEX ix_later_on ON practice (person_id)",
        "UPDATE alembic_version SET version_num = 'later_on'",
    ):
        connection.execute(text(statement))


def _states(connection: Connection) -> list[str]:
    return [row.state for row in connection.execute(text("SELECT state FROM outbox"))]
