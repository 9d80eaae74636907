"""kill -9 at any instant: what was acknowledged is there, what is due arrives, nothing is handled twice."""

import base64
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from bot.clock import SystemClock
from bot.store.database import Database, open_database
from bot.store.encryption import Keyring
from bot.store.ids import Ids
from bot.store.plans import PlanWords
from bot.store.tables import Practice
from bot.store.unit import Store
from tests.acceptance.process import Process
from tests.conftest import KEY
from tests.emulators.telegram import TOKEN, Person, TelegramEmulator

Start = Callable[[], Awaitable[Process]]
PATIENCE = 30.0


@pytest.fixture
async def emulator() -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator() as started:
        yield started


@pytest.fixture
def settings(emulator: TelegramEmulator, sqlite_url: str) -> dict[str, str]:
    return {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": emulator.root,
        "DATABASE_URL": sqlite_url,
        "ENCRYPTION_KEYS": base64.b64encode(KEY).decode(),
    }


@pytest.fixture
async def beside(sqlite_url: str, settings: dict[str, str]) -> AsyncIterator[Database]:
    """The same database, opened beside the process once that has made it."""
    database = open_database(sqlite_url, Keyring([KEY]), Ids(SystemClock()))
    yield database
    await database.stop()


@pytest.fixture
async def started(settings: dict[str, str]) -> AsyncIterator[Start]:
    """Starts Limber, as often as wanted; whatever still runs in the end is ended."""
    processes: list[Process] = []

    async def start() -> Process:
        processes.append(await Process.start(settings))
        return processes[-1]

    yield start
    for process in processes:
        await process.end()


async def _agrees(person: Person) -> None:
    await person.says("/start")
    await person.hears("this is Limber", timeout=PATIENCE)
    await person.taps("I agree")
    await person.hears("Which skill")
    await person.says("/cancel")
    await person.hears("All right")


async def test_what_was_logged_survives_and_the_conversation_goes_on(
    emulator: TelegramEmulator, started: Start, beside: Database
) -> None:
    process = await started()
    ada = emulator.person(id=1001, first_name="Ada")
    await _agrees(ada)
    await beside.start()
    await _remind(beside, "1001", timedelta(seconds=6))
    await ada.says("/log did it, 5 min")
    await ada.hears("Logged")
    await ada.says("/log")
    await ada.hears("How did it go?")
    await process.kill()

    process = await started()
    await ada.hears(lambda message: message.button("Later") is not None, timeout=PATIENCE)
    await ada.says("did it, 7 min")
    await ada.hears("7 minutes", timeout=PATIENCE)
    await ada.says("/progress")
    await ada.hears("day", timeout=PATIENCE)
    assert await process.stop() == 0

    minutes = await beside.read(lambda store: [each.minutes for each in store.session.exec(select(Practice))])
    assert sorted(each or 0 for each in minutes) == [5, 7]
    nudges = [each for each in ada.messages if each.button("Later") is not None or "Later" in each.text]
    assert len(nudges) == 1


async def _remind(database: Database, address: str, after: timedelta) -> None:
    def remind(store: Store) -> None:
        party = store.people.find("telegram", address)
        assert party is not None
        now = datetime.now(UTC)
        plan = store.plans.add(party.person.id, "worry_sort", PlanWords(), now)
        store.reminders.add(party.person.id, "snooze", None, now + after, now, plan.row.id)

    await database.write(remind)
