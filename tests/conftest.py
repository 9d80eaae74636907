"""What every test may ask for."""

import os
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from bot.settings import Settings
from bot.store.database import Database, open_database
from bot.store.encryption import Keyring
from bot.store.ids import Ids
from bot.store.migrate import migrate
from tests.clock import MovableClock

hypothesis_settings.register_profile("limber", deadline=None)
hypothesis_settings.load_profile("limber")

pytest_plugins = ["tests.postgres", "tests.browser"]

KEY = bytes(range(32))
SETTINGS = {name.upper() for name in Settings.model_fields}


@pytest.fixture(autouse=True)
def _scrubbed_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine reaches a test; python-telegram-bot gives time spans as it will in future."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    for name in list(os.environ):
        if name in SETTINGS:
            monkeypatch.delenv(name)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(datetime(2026, 11, 25, 9, 0, tzinfo=UTC))


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/limber.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh, empty database; every test that uses it runs on both engines."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    yield str(request.getfixturevalue(name))


@pytest.fixture
async def database(database_url: str, clock: MovableClock) -> AsyncIterator[Database]:
    """An open database with all tables."""
    async for opened in opened_database(database_url, clock):
        yield opened


async def opened_database(url: str, clock: MovableClock, key: bytes = KEY) -> AsyncIterator[Database]:
    """Migrates, opens, and closes afterwards."""
    await migrate(url)
    opened = open_database(url, Keyring([key]), Ids(clock))
    await opened.start()
    yield opened
    await opened.stop()
