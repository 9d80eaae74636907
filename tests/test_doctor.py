"""What doctor says about set-ups that are right and wrong."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlmodel import col, update

from bot.doctor import Finding, examine
from bot.settings import load_settings
from bot.store.tables import Outbox
from tests.clock import MovableClock
from tests.emulators.telegram import TOKEN, TelegramEmulator
from tests.running import running


@pytest.fixture
async def emulator() -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator() as started:
        yield started


@pytest.fixture
def settings(emulator: TelegramEmulator, tmp_path: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": f"sqlite:///{tmp_path}/limber.db",
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": emulator.root,
    }


async def _examined(settings: dict[str, str]) -> list[Finding]:
    return await examine(load_settings(settings, None))


async def _troubles(settings: dict[str, str]) -> list[str]:
    return [finding.sentence for finding in await _examined(settings) if finding.is_trouble]


async def test_before_the_first_start_nothing_is_made_and_nothing_is_wrong(
    settings: dict[str, str], tmp_path: Path
) -> None:
    findings = await _examined(settings)
    assert not any(finding.is_trouble for finding in findings)
    assert "the first start makes it" in findings[0].sentence
    assert not (tmp_path / "limber.db").exists()
    assert not (tmp_path / "limber.key").exists()


async def test_a_healthy_set_up_has_no_trouble(
    settings: dict[str, str], tmp_path: Path, clock: MovableClock
) -> None:
    async with running(tmp_path, clock, **settings):
        pass
    said = " ".join(finding.sentence for finding in await _examined(settings))
    assert await _troubles(settings) == []
    assert "The key lies beside the database" in said
    assert "@limber_bot" in said
    assert TOKEN not in said


async def test_a_message_that_was_set_aside_is_listed_without_words(
    settings: dict[str, str], tmp_path: Path, clock: MovableClock, emulator: TelegramEmulator
) -> None:
    async with running(tmp_path, clock, **settings) as app:
        ada = emulator.person(id=1001, first_name="Ada")
        await ada.says("/start")
        await ada.hears("this is Limber")
        await ada.taps("I agree")
        await ada.hears("Which skill")
        await ada.says("/remind in 1 minute")
        await ada.hears("Next:")
        await app.switchboard.drain(5)
        clock.move(minutes=1)
        await app.nudger.tick()
        nudge = update(Outbox).where(col(Outbox.nudge_id).is_not(None))
        aside = nudge.values(state="set_aside", reason="bad request").returning(col(Outbox.id))
        rows = await app.database.write(lambda store: store.session.execute(aside).scalars().all())
    assert len(rows) == 1
    assert await _troubles(settings) == [
        f"Message {rows[0]} to telegram was set aside after 0 attempts: bad request."
    ]


async def test_a_key_that_others_can_read_is_told(
    settings: dict[str, str], tmp_path: Path, clock: MovableClock
) -> None:
    async with running(tmp_path, clock, **settings):
        pass
    (tmp_path / "limber.key").chmod(0o644)
    assert "can be read by others (mode 644)" in (await _troubles(settings))[0]


async def test_a_missing_key_is_told_and_not_made_anew(
    settings: dict[str, str], tmp_path: Path, clock: MovableClock
) -> None:
    async with running(tmp_path, clock, **settings):
        pass
    (tmp_path / "limber.key").unlink()
    assert "is missing" in (await _troubles(settings))[0]
    assert not (tmp_path / "limber.key").exists()


async def test_the_wrong_key_is_told(settings: dict[str, str], tmp_path: Path, clock: MovableClock) -> None:
    async with running(tmp_path, clock, **settings):
        pass
    assert "do not open this database" in (await _troubles(settings | {"ENCRYPTION_KEYS": "00" * 32}))[0]


async def test_a_webhook_that_is_not_the_one_set_is_told(settings: dict[str, str]) -> None:
    webhook = {
        "TELEGRAM_WEBHOOK_URL": "https://limber.example.org/telegram",
        "TELEGRAM_WEBHOOK_SECRET": "a-secret_that_is_long_enough_for_anyone",
    }
    [sentence] = await _troubles(settings | webhook)
    assert "nobody" in sentence
    assert "https://limber.example.org/telegram" in sentence
    assert webhook["TELEGRAM_WEBHOOK_SECRET"] not in sentence


async def test_telegram_out_of_reach_is_told(settings: dict[str, str], emulator: TelegramEmulator) -> None:
    await emulator.stop()
    [sentence] = await _troubles(settings)
    assert "Telegram cannot be reached" in sentence
    assert TOKEN not in sentence


async def test_a_token_that_telegram_does_not_know_is_told(settings: dict[str, str]) -> None:
    unknown = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
    [sentence] = await _troubles(settings | {"TELEGRAM_TOKEN": unknown})
    assert "not known to Telegram" in sentence
    assert unknown not in sentence


async def test_tables_that_are_not_there_are_told(postgres_url: str) -> None:
    postgres = {"DATABASE_URL": postgres_url, "ENCRYPTION_KEYS": "01" * 32}
    assert await _troubles(postgres) == ["The database has no tables yet: run python -m bot migrate"]


async def test_a_database_out_of_reach_is_told() -> None:
    postgres = {"DATABASE_URL": "postgresql://u:pw@127.0.0.1:1/x", "ENCRYPTION_KEYS": "01" * 32}
    [sentence] = await _troubles(postgres)
    assert "cannot be reached" in sentence
    assert "pw" not in sentence
