"""Limber on Discord: discord.py over HTTP and the gateway against Discord's emulator."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlmodel import select

from bot.app import App
from bot.clock import SystemClock
from bot.content.loader import load_content
from bot.portable.leaving import record_of, written
from bot.store.tables import Account, Outbox, Plan, Practice, Reflection
from bot.store.unit import Store
from tests.clock import MovableClock
from tests.emulators.discord import TOKEN, DiscordEmulator, Fault, Limit, Person
from tests.exports import all_of
from tests.running import running

WITHIN = 3.0
"""Seconds in which Discord asks that a command or press is acknowledged."""


@pytest.fixture
async def emulator() -> AsyncIterator[DiscordEmulator]:
    async with DiscordEmulator() as started:
        yield started


@pytest.fixture
async def app(emulator: DiscordEmulator, tmp_path: Path, clock: MovableClock) -> AsyncIterator[App]:
    async with running(tmp_path, clock, DISCORD_TOKEN=TOKEN, DISCORD_API_URL=emulator.root) as started:
        await emulator.identified()
        yield started


@pytest.fixture
async def open_app(emulator: DiscordEmulator, tmp_path: Path, clock: MovableClock) -> AsyncIterator[App]:
    """With free text allowed by the operator."""
    settings = {"DISCORD_TOKEN": TOKEN, "DISCORD_API_URL": emulator.root, "DISCORD_FREE_TEXT": "true"}
    async with running(tmp_path, clock, **settings) as started:
        await emulator.identified()
        yield started


async def _agreed(emulator: DiscordEmulator) -> Person:
    """Ada, who agreed and is in Berlin."""
    ada = emulator.person(1001, "Ada")
    await ada.runs("start")
    await ada.hears("this is Limber")
    await ada.taps("I agree")
    await ada.hears("Which skill")
    await ada.taps("Skip")
    await ada.hears("Where are you?")
    await ada.runs("timezone", "Berlin")
    await ada.hears("When would you like a nudge?")
    await ada.taps("Skip")
    await ada.hears("You're set")
    return ada


@pytest.fixture
async def ada(app: App, emulator: DiscordEmulator) -> Person:
    return await _agreed(emulator)


async def _due(app: App, clock: MovableClock, **by: float) -> None:
    clock.move(**by)
    await app.nudger.tick()


async def _emptied(app: App) -> None:
    """Waits until the outbox is empty."""
    async with asyncio.timeout(10):
        while await app.database.read(lambda store: store.session.exec(select(Outbox)).first()) is not None:
            await app.switchboard.idle()


async def test_the_walk_from_start_to_progress_by_taps(
    app: App, emulator: DiscordEmulator, clock: MovableClock
) -> None:
    ada = emulator.person(1001, "Ada")
    await ada.runs("start")
    await ada.hears("this is Limber")
    await ada.taps("I agree")
    await ada.hears("Which skill")
    first = ada.messages[-1].buttons[0][0].label
    await ada.taps(first)
    await ada.hears("could it fit")
    await ada.taps("Skip")
    await ada.hears("Run /timezone with a city")
    await ada.runs("timezone", "Berlin")
    await ada.hears("10:00 there now")
    await ada.runs("remind", "weekdays at 7:30 and 21:00")
    await ada.hears("every weekday at 07:30 and 21:00")
    await ada.hears("first one right now")
    await ada.taps("Did it")
    await ada.hears("Logged: tiny version")
    await ada.taps("Easier than I thought")
    await ada.hears("Kept with it")
    await ada.runs("remind", "in 1 minute")
    await ada.hears("Next: Wed 25 Nov, 10:01")
    await _due(app, clock, minutes=1)
    await ada.hears(lambda message: message.button("Later") is not None)
    await ada.taps("Did it")
    await ada.hears("✓ Did it")
    await ada.hears("Logged: did it")
    await ada.runs("progress")
    picture = await ada.hears("You have practised")
    assert picture.files[0].content.startswith(b"\x89PNG")
    assert "practised on 1 day" in picture.files[0].description
    assert all(waited is not None and waited < WITHIN for waited in ada.waits)


async def test_with_free_text_words_are_taken_as_everywhere(
    open_app: App, emulator: DiscordEmulator, clock: MovableClock
) -> None:
    ada = await _agreed(emulator)
    said = await ada.says("/log 10 min, felt silly at first")
    await ada.hears("10 minutes")
    await ada.edits(said, "/log 15 min, felt silly at first")
    await ada.hears("15 minutes")
    await ada.runs("remind", "in 1 minute")
    await ada.hears("Next:")
    await _due(open_app, clock, minutes=1)
    nudge = await ada.hears(lambda message: message.button("Later") is not None)
    await ada.says("did it, 5 min, calmer", reply_to=nudge.id)
    await ada.hears("5 minutes")


async def test_commands_are_offered_where_they_work(app: App, emulator: DiscordEmulator) -> None:
    offered = {each["name"]: each for each in emulator.commands}
    assert {"practice", "log", "progress", "remind", "crisis", "delete"} <= set(offered)
    assert {name for name, each in offered.items() if each["options"]} == {
        *(
            "remind",
            "timezone",
            "country",
            "language",
            "pause",
            "link",
            "pack",
            "session",
            "review",
            "practice",
            "plan",
        )
    }
    assert {name for name, each in offered.items() if 0 in each["contexts"]} == {"start", "help"}
    assert all(each["integration_types"] == [0, 1] for each in offered.values())


async def test_in_a_server_one_sentence_says_where_to_go_and_nothing_is_kept(
    app: App, emulator: DiscordEmulator
) -> None:
    server = emulator.server(77)
    await server.runs(emulator.person(1001, "Ada"), "start")
    told = await server.hears("in private only")
    assert told.ephemeral
    accounts = await app.database.read(lambda store: store.session.exec(select(Account)).all())
    assert accounts == []


async def test_what_announces_an_answer_is_taken_away_when_the_answer_is_there(
    ada: Person, emulator: DiscordEmulator
) -> None:
    commands = sum(call.name == "delete_original" for call in emulator.calls)
    await ada.runs("help")
    await ada.hears("/practice")
    await emulator.answers("delete_original", commands + 1)
    assert not ada.sees_thinking


async def test_a_press_is_acknowledged_though_the_database_takes_its_time(
    app: App, ada: Person, emulator: DiscordEmulator
) -> None:
    acknowledged, seen = asyncio.Event(), len(emulator.calls_of("callback"))

    def hold_up(store: Store) -> None:
        store.updates.first_sight("held up", app.clock.now())
        asyncio.run_coroutine_threadsafe(acknowledged.wait(), loop).result(10)

    loop = asyncio.get_running_loop()
    held_up = asyncio.ensure_future(app.database.write(hold_up))
    await ada.runs("help")
    await emulator.answers("callback", seen + 1)
    acknowledged.set()
    await held_up
    await ada.hears("/practice")


def _files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def test_what_was_typed_is_nowhere_afterwards(
    app: App, ada: Person, emulator: DiscordEmulator, tmp_path: Path
) -> None:
    await ada.says("xylograph terrors at the chapel")
    await ada.hears("was not kept")
    await ada.says("/log xylograph 5 min")
    await ada.hears("was not kept")
    await ada.runs("export")
    exported = await ada.hears(lambda message: bool(message.files))

    def opened(store: Store) -> str:
        rows = [store.session.exec(select(table)).all() for table in (Reflection, Practice, Plan)]
        return repr(rows) + repr(store.people.find("discord", str(ada.id)))

    assert "xylograph" not in await app.database.read(opened)
    assert b"xylograph" not in all_of(exported.files[0].content)
    assert b"xylograph" not in _files(tmp_path)


async def test_words_that_sound_like_danger_are_heard_all_the_same(
    app: App, ada: Person, emulator: DiscordEmulator
) -> None:
    await ada.says("i want to kill myself")
    card = await ada.hears("0800 111 0 111")
    assert card.button("Keep nudging me") is not None


async def test_an_open_question_is_put_again_after_words_that_were_not_taken(ada: Person) -> None:
    await ada.runs("log")
    await ada.hears("How did it go?")
    await ada.says("quite well, thank you")
    await ada.hears("was not kept")
    await ada.hears("How did it go?")


async def test_what_was_tapped_is_kept_with_the_practice(app: App, ada: Person) -> None:
    await ada.runs("log")
    await ada.hears("How did it go?")
    await ada.taps("did it")
    await ada.hears("next to what you expected")
    await ada.taps("Harder than I thought")
    await ada.hears("Kept with it")

    def exported(store: Store) -> bytes:
        party = store.people.find("discord", str(ada.id))
        assert party is not None
        return written(record_of(store, party.person.id))

    assert b"Harder than I thought" in await app.database.read(exported)


async def test_everything_is_erased_with_a_last_word(app: App, ada: Person) -> None:
    await ada.runs("delete")
    await ada.hears(lambda message: message.button("Delete everything") is not None)
    await ada.taps("Delete everything")
    await ada.hears("Everything is erased")
    accounts = await app.database.read(lambda store: store.session.exec(select(Account)).all())
    assert accounts == []


async def test_skills_go_by_neutral_names(ada: Person, app: App) -> None:
    await ada.runs("skills")
    listed = await ada.hears(lambda message: bool(message.buttons))
    labels = [button.label for row in listed.buttons for button in row]
    assert labels[:8] == [skill.discreet_name for skill in load_content().skills("en")[:8]]


async def test_someone_who_closed_their_messages_is_told_once_and_costs_nothing(
    app: App, ada: Person, emulator: DiscordEmulator, clock: MovableClock
) -> None:
    ada.closes_direct_messages()
    await ada.runs("help")
    told = await ada.hears("I can't send you messages")
    assert told.ephemeral
    await ada.runs("remind", "every day at 12:00")
    await ada.hears("I can't send you messages")
    await _emptied(app)

    ada.opens_direct_messages()
    await ada.runs("reminders")
    await ada.hears("every day")


async def test_a_nudge_to_closed_messages_is_settled(
    app: App, ada: Person, emulator: DiscordEmulator, clock: MovableClock
) -> None:
    await ada.runs("remind", "every day at 12:00")
    await ada.hears("every day")
    ada.closes_direct_messages()
    emulator.forget_interactions()
    await _due(app, clock, hours=2)
    await _emptied(app)
    accounts = await app.database.read(lambda store: store.session.exec(select(Account)).all())
    assert [account.unreachable_at for account in accounts] == [clock.now()]


@pytest.mark.parametrize(
    "fault",
    [
        Fault.limited(0.2),
        Fault.limited(0.2, is_global=True),
        Fault.server_error(503),
        Fault.server_error(503, accepted=True),
        Fault.reset(accepted=False),
        Fault.reset(accepted=True),
    ],
    ids=["limit", "global limit", "server error", "taken, then error", "reset", "taken, then reset"],
)
async def test_what_fails_on_the_way_arrives_once(
    emulator: DiscordEmulator, tmp_path: Path, fault: Fault
) -> None:
    settings = {"DISCORD_TOKEN": TOKEN, "DISCORD_API_URL": emulator.root}
    async with running(tmp_path, SystemClock(), **settings) as app:
        await emulator.identified()
        ada = emulator.person(1001, "Ada")
        emulator.faults.next(fault)
        await ada.runs("about")
        await ada.hears("isn't a therapist", timeout=10)
        await _emptied(app)
    assert len(ada.messages) == 1


async def test_a_limit_on_a_channel_is_kept_by_the_library(ada: Person, emulator: DiscordEmulator) -> None:
    emulator.limit_messages(Limit(2, 0.5))
    for _ in range(5):
        await ada.runs("about")
    for _ in range(5):
        await ada.hears("isn't a therapist")
    assert sum(call.status == 429 for call in emulator.calls_of("create_message")) <= 1
