"""Whatever the database does, whoever runs or presses something on Discord hears within three seconds."""

import shutil
import tempfile
import time
from pathlib import Path

from tests.acceptance.test_database_stopped import Gate, locked
from tests.clock import MovableClock
from tests.emulators.discord import TOKEN, DiscordEmulator, Person
from tests.running import running

WITHIN = 3.0


async def _met(emulator: DiscordEmulator) -> Person:
    await emulator.identified()
    ada = emulator.person(1001, "Ada")
    await ada.runs("start")
    await ada.hears("this is Limber")
    await ada.taps("I agree")
    await ada.hears("Which skill")
    return ada


async def _hears_that_it_takes_longer(ada: Person) -> None:
    for asking in (ada.taps("Skip"), ada.runs("about")):
        asked_at = time.monotonic()
        await asking
        told = await ada.hears("takes a little longer")
        assert told.ephemeral
        assert time.monotonic() - asked_at < WITHIN
    assert all(waited is not None and waited < WITHIN for waited in ada.waits)


async def test_with_the_database_locked(tmp_path: Path, clock: MovableClock) -> None:
    async with DiscordEmulator() as emulator:
        settings = {"DISCORD_TOKEN": TOKEN, "DISCORD_API_URL": emulator.root}
        async with running(tmp_path, clock, **settings):
            ada = await _met(emulator)
            with locked(tmp_path):
                await _hears_that_it_takes_longer(ada)
            await ada.hears("Where are you?", timeout=20)


async def test_with_postgresql_stopped(tmp_path: Path, clock: MovableClock, postgres_url: str) -> None:
    folder = tempfile.mkdtemp()
    gate = Gate(postgres_url, folder)
    await gate.open()
    async with DiscordEmulator() as emulator:
        settings = {
            "DISCORD_TOKEN": TOKEN,
            "DISCORD_API_URL": emulator.root,
            "DATABASE_URL": gate.url,
            "ENCRYPTION_KEYS": "A" * 43 + "=",
        }
        async with running(tmp_path, clock, **settings):
            ada = await _met(emulator)
            gate.shut()
            await _hears_that_it_takes_longer(ada)
            await gate.open()
            await ada.hears("Where are you?", timeout=20)
    gate.shut()
    shutil.rmtree(folder)
