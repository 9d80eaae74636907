"""Web and worker as two processes would run them: two whole Limbers over one PostgreSQL."""

import asyncio
import base64
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import App
from bot.roles import Role
from tests.clock import MovableClock
from tests.emulators.telegram import TOKEN, TelegramEmulator
from tests.running import running

SOONER_THAN_LOOKED = 4.0


@pytest.fixture
async def emulator() -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator() as started:
        yield started


@pytest.fixture
def settings(emulator: TelegramEmulator, postgres_url: str) -> dict[str, str]:
    return {
        "DATABASE_URL": postgres_url,
        "ENCRYPTION_KEYS": base64.b64encode(bytes(range(32))).decode(),
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": emulator.root,
    }


@pytest.fixture
def webhook() -> dict[str, str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    return {
        "TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
        "TELEGRAM_WEBHOOK_SECRET": "a-secret_that_is_long_enough_for_anyone",
        "PORT": str(port),
    }


async def _talks(emulator: TelegramEmulator) -> None:
    """Each answer comes sooner than a sender that nobody wakes would look."""
    ada = emulator.person(id=1001, first_name="Ada", language_code="en")
    await ada.says("/start")
    async with asyncio.timeout(SOONER_THAN_LOOKED):
        await ada.hears("this is Limber")
    await ada.taps("I agree")
    async with asyncio.timeout(SOONER_THAN_LOOKED):
        await ada.hears("Which skill")


async def test_what_web_takes_in_the_worker_sends_at_once(
    emulator: TelegramEmulator,
    settings: dict[str, str],
    webhook: dict[str, str],
    tmp_path: Path,
    clock: MovableClock,
) -> None:
    both = settings | webhook
    async with (
        running(tmp_path, clock, Role.WORKER, **both) as worker,
        running(tmp_path, clock, Role.WEB, **both) as web,
    ):
        await _talks(emulator)
        assert not emulator.calls_of("getUpdates")
        assert not _serves(worker)
        assert _serves(web)


async def test_of_two_workers_one_polls(
    emulator: TelegramEmulator, settings: dict[str, str], tmp_path: Path, clock: MovableClock
) -> None:
    async with (
        running(tmp_path, clock, Role.WORKER, **settings),
        running(tmp_path, clock, Role.WORKER, **settings),
    ):
        await _talks(emulator)
        assert len(emulator.calls_of("deleteWebhook")) == 1


async def test_processes_that_start_together_make_the_tables_once(
    settings: dict[str, str], tmp_path: Path, clock: MovableClock
) -> None:
    async def starts() -> None:
        async with running(tmp_path, clock, Role.WORKER, **settings):
            pass

    await asyncio.gather(starts(), starts(), starts())


def _serves(app: App) -> bool:
    return app.port != 0
