"""What operators look at: whether the process is ready, and its figures."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.app import App
from tests.clock import MovableClock
from tests.emulators.telegram import TOKEN, Person, TelegramEmulator
from tests.running import running

TALLIES = {
    "turns": ("limber_turn_seconds_count", {"platform": "telegram"}),
    "sent": ("limber_sends_total", {"platform": "telegram", "outcome": "sent"}),
    "limited": ("limber_limiter_wait_seconds_count", {}),
    "nudged": ("limber_nudge_lateness_seconds_count", {}),
    "late": ("limber_nudge_lateness_seconds_sum", {}),
}


@pytest.fixture
async def emulator() -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator() as started:
        yield started


@pytest.fixture
async def app(emulator: TelegramEmulator, tmp_path: Path, clock: MovableClock) -> AsyncIterator[App]:
    async with running(tmp_path, clock, TELEGRAM_TOKEN=TOKEN, TELEGRAM_API_URL=emulator.root) as started:
        yield started


@pytest.fixture
async def ada(app: App, emulator: TelegramEmulator) -> Person:
    person = emulator.person(id=1001, first_name="Ada", language_code="en")
    await person.says("/start")
    await person.hears("this is Limber")
    await person.taps("I agree")
    await person.hears("Which skill")
    return person


async def _emptied(app: App) -> None:
    """Waits until the outbox is empty."""
    async with asyncio.timeout(10):
        while await app.database.read(lambda store: store.outbox.oldest_due()) is not None:
            await app.switchboard.idle()


async def _asked(app: App, path: str) -> httpx.Response:
    async with httpx.AsyncClient() as client:
        return await client.get(f"http://127.0.0.1:{app.port}{path}")


async def _figure(app: App, name: str, labels: dict[str, str]) -> float:
    text = (await _asked(app, "/metrics")).text
    samples = [each for family in text_string_to_metric_families(text) for each in family.samples]
    return sum(each.value for each in samples if each.name == name and each.labels == labels)


async def _tallies(app: App) -> dict[str, float]:
    return {key: await _figure(app, name, labels) for key, (name, labels) in TALLIES.items()}


async def test_what_happens_is_counted(
    app: App, ada: Person, clock: MovableClock, emulator: TelegramEmulator
) -> None:
    await _emptied(app)
    sent_before = len(emulator.calls_of("sendMessage"))
    before = await _tallies(app)
    await ada.says("/remind in 1 minute")
    await ada.hears("Next:")
    clock.move(seconds=67)
    await app.nudger.tick()
    await ada.hears(lambda message: message.button("Did it") is not None)
    await _emptied(app)
    after = await _tallies(app)
    grown = {key: round(after[key] - before[key], 1) for key in after}
    sent = len(emulator.calls_of("sendMessage")) - sent_before
    assert sent >= 2
    assert grown == {"turns": 1, "sent": sent, "limited": sent, "nudged": 1, "late": 7}


async def test_how_long_the_outbox_waits_is_told(app: App, ada: Person, clock: MovableClock) -> None:
    await _emptied(app)
    assert await _figure(app, "limber_outbox_age_seconds", {}) == 0


async def test_nothing_of_a_person_is_in_the_figures(app: App, ada: Person) -> None:
    text = (await _asked(app, "/metrics")).text
    assert "1001" not in text
    assert "Ada" not in text


async def test_all_parts_are_ready(app: App) -> None:
    answer = await _asked(app, "/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True,
        "parts": {"database": "ready", "telegram": "ready", "nudger": "ready"},
    }


async def test_the_part_that_is_not_ready_is_named(app: App) -> None:
    await app.database.write(
        lambda store: store.session.connection().exec_driver_sql("ALTER TABLE outbox RENAME TO elsewhere")
    )
    answer = await _asked(app, "/readyz")
    assert answer.status_code == 503
    assert answer.json()["ready"] is False
    assert answer.json()["parts"] == {"database": "not ready", "telegram": "ready", "nudger": "ready"}
    assert (await _asked(app, "/healthz")).status_code == 200
