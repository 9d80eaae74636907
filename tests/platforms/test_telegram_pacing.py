"""A timed step on Telegram: one message, edited in place in its time."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import App
from tests.clock import MovableClock
from tests.emulators.telegram import TOKEN, TelegramEmulator
from tests.running import running


@pytest.fixture
async def emulator() -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator() as started:
        yield started


@pytest.fixture
async def app(emulator: TelegramEmulator, tmp_path: Path, clock: MovableClock) -> AsyncIterator[App]:
    async with running(tmp_path, clock, TELEGRAM_TOKEN=TOKEN, TELEGRAM_API_URL=emulator.root) as started:
        yield started


async def test_a_timed_step_is_edited_beat_by_beat(
    app: App, emulator: TelegramEmulator, clock: MovableClock
) -> None:
    ada = emulator.person(id=1001, first_name="Ada", language_code="en")
    await ada.says("/start")
    await ada.hears("this is Limber")
    await ada.taps("I agree")
    await ada.hears("Which skill")
    await ada.says("/practice box breathing")
    await ada.hears("Leave out the pauses")
    await ada.taps("That's fine for me")
    await ada.hears("How strong is the distress")
    await ada.taps("Skip")
    await ada.hears("1 of")
    await ada.taps("Start (4 s)")
    await ada.hears("4 s left")
    clock.move(seconds=4)
    app.switchboard.wake("telegram")
    await ada.hears("That was it")
    await ada.taps("Next")
    await ada.hears("2 of")
