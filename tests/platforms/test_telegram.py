"""Limber on Telegram: python-telegram-bot over HTTP against the Bot API's emulator."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlmodel import select

from bot.app import App
from bot.clock import SystemClock
from bot.store.tables import Outbox, Practice
from tests.clock import MovableClock
from tests.emulators.telegram import TOKEN, Fault, Person, TelegramEmulator
from tests.running import running


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
    """Agreed, in Berlin."""
    person = emulator.person(id=1001, first_name="Ada", language_code="en")
    await person.says("/start")
    await person.hears("this is Limber")
    await person.taps("I agree")
    await person.hears("Which skill")
    await person.taps("Skip")
    await person.hears("Where are you?")
    await person.says("Berlin")
    await person.hears("When would you like a nudge?")
    await person.taps("Skip")
    await person.hears("You're set")
    return person


async def _due(app: App, clock: MovableClock, **by: float) -> None:
    clock.move(**by)
    await app.nudger.tick()


async def _emptied(app: App) -> None:
    """Waits until the outbox is empty."""
    async with asyncio.timeout(10):
        while await app.database.read(lambda store: store.session.exec(select(Outbox)).first()) is not None:
            await app.switchboard.idle()


async def test_the_walk_from_start_to_progress(
    app: App, emulator: TelegramEmulator, clock: MovableClock
) -> None:
    ada = emulator.person(id=1001, first_name="Ada", language_code="en")
    await ada.says("/start")
    await ada.hears("this is Limber")
    await ada.taps("I agree")
    await ada.hears("Which skill")
    await ada.says("Sort the worry")
    await ada.hears("could it fit")
    await ada.says("after breakfast")
    await ada.hears("Where are you?")
    await ada.shares_location(52.52, 13.405)
    await ada.hears("10:00 there now")
    await ada.says("weekdays at 7:30 and 21:00")
    await ada.hears("every weekday at 07:30 and 21:00")
    await ada.hears("first one right now")
    await ada.taps("Did it")
    await ada.hears("Logged: tiny version")
    await ada.says("felt silly at first")
    await ada.hears("Kept with it")
    await ada.says("/remind in 1 minute")
    await ada.hears("Next: Wed 25 Nov, 10:01")
    await _due(app, clock, minutes=1)
    nudge = await ada.hears(lambda message: message.button("Later") is not None)
    assert "Sort the worry" not in nudge.text
    await ada.says("did it, 5 min, calmer")
    await ada.hears("5 minutes")
    await ada.says("/progress")
    picture = await ada.hears("You have practised")
    assert picture.photo is not None
    assert picture.photo.content.startswith(b"\x89PNG")


async def test_people_are_understood_the_way_they_talk(
    app: App, emulator: TelegramEmulator, clock: MovableClock
) -> None:
    ada = emulator.person(id=1001, first_name="Ada", language_code="en")
    await ada.says("/start")
    await ada.hears("this is Limber")
    await ada.taps("I agree")
    await ada.hears("Which skill")
    await ada.says("Sort the worry")
    await ada.hears("could it fit")
    await ada.taps("Skip")
    await ada.hears("Where are you?")
    await ada.says("I'm in Bombay")
    await ada.hears("14:30 there now")
    await ada.says("mon wed fri at half seven")
    await ada.hears("Morning or evening?")
    await ada.taps("every Monday, Wednesday, and Friday at 19:30")
    await ada.hears("Friday at 19:30. Next: Wed 25 Nov, 19:30")
    await ada.hears("first one right now")
    await ada.taps("Not now")
    await ada.hears("at the time you picked")
    await _due(app, clock, hours=5)
    await ada.hears(lambda message: message.button("Later") is not None)
    await ada.says("nah, migraine")
    await ada.hears("not today. Thanks for saying so")
    await ada.says("did it twice, 10 min, nerves from 8 down to 5")
    await ada.hears("did it · 2 times · 10 minutes · 8 before, 5 after")


async def test_a_tap_answers_a_nudge_and_the_message_tells_it(
    app: App, ada: Person, emulator: TelegramEmulator, clock: MovableClock
) -> None:
    await ada.says("/remind in 1 minute")
    await ada.hears("Next:")
    await _due(app, clock, minutes=1)
    await ada.hears(lambda message: message.button("Did it") is not None)
    await ada.taps("Did it")
    await ada.hears("✓ Did it")
    await ada.hears("Logged: did it")
    assert not ada.unanswered


async def test_commands_are_offered_in_each_language(app: App, ada: Person) -> None:
    assert {"practice", "log", "progress", "remind", "crisis"} <= {each["command"] for each in ada.commands}


async def test_long_words_with_markup_come_back_as_they_were(app: App, ada: Person) -> None:
    await ada.says("/plan " + "a<b>& " * 600)
    await ada.hears("a<b>& a<b>& ")


async def test_an_update_delivered_again_is_handled_once(
    app: App, ada: Person, emulator: TelegramEmulator
) -> None:
    update = await ada.says("/log did it, 5 min")
    await ada.hears("Logged")
    await emulator.redeliver(update)
    await ada.says("/log did it, 6 min")
    await ada.hears("6 minutes")

    practices = await app.database.read(lambda store: store.session.exec(select(Practice)).all())
    assert len(practices) == 2


async def test_an_edited_message_edits_its_record(app: App, ada: Person) -> None:
    await ada.says("/log did it, 5 min")
    await ada.hears("Logged")
    await ada.edits(ada.said[-1].message_id, "/log did it, 15 min")
    await ada.hears("15 minutes")


async def test_someone_who_blocked_the_bot_costs_nothing_and_is_back_when_they_write(
    app: App, ada: Person, clock: MovableClock, emulator: TelegramEmulator
) -> None:
    await ada.says("/remind every day at 12:00")
    await ada.hears("every day")
    await ada.blocks()
    await _due(app, clock, hours=2)
    await _emptied(app)
    assert await app.database.read(lambda store: store.session.exec(select(Outbox)).all()) == []

    await ada.unblocks()
    await ada.says("/reminders")
    await ada.hears("Next: Thu 26 Nov, 12:00")


@pytest.mark.parametrize(
    ("fault", "times"),
    [
        (Fault.flood(1), 1),
        (Fault.server_error(502), 1),
        (Fault.reset(accepted=False), 1),
        (Fault.reset(accepted=True), 2),
    ],
    ids=["flood", "server error", "reset", "reset after it was taken"],
)
async def test_what_fails_on_the_way_arrives(
    emulator: TelegramEmulator, tmp_path: Path, fault: Fault, times: int
) -> None:
    async with running(tmp_path, SystemClock(), TELEGRAM_TOKEN=TOKEN, TELEGRAM_API_URL=emulator.root):
        person = emulator.person(id=1001, first_name="Ada")
        emulator.faults.next(fault)
        await person.says("/about")
        for _ in range(times):
            await person.hears("isn't a therapist")


async def test_in_a_group_limber_offers_a_private_chat(
    app: App, ada: Person, emulator: TelegramEmulator
) -> None:
    group = emulator.group(id=-5, title="Friends")
    await group.says(ada, "/start")
    await group.hears("in private only")


async def test_a_record_is_brought_along_as_a_file(app: App, ada: Person) -> None:
    await ada.says("/goals be at ease with people")
    await ada.says("/export")
    export = await ada.hears("everything I keep")
    assert export.document is not None
    assert not export.json.get("has_protected_content")
    await ada.says("/undo")
    await ada.sends_document(export.document.name, export.document.content)
    await ada.hears("This file holds one goal")
    await ada.taps("Take it in")
    await ada.hears("Taken in: one goal")
