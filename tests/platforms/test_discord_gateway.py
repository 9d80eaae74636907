"""Discord's gateway cut, refused and lost; the process killed: what people asked for is done, once."""

import base64
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from bot.app import App
from bot.clock import SystemClock
from bot.conversation.messages import Wire
from bot.delivery.failures import TryAgain
from bot.platforms.discord.adapter import Discord, Sentences, TokenRefused
from bot.settings import SettingsError
from bot.store.database import Database, open_database
from bot.store.encryption import Keyring
from bot.store.ids import Ids
from bot.store.plans import PlanWords
from bot.store.tables import Practice
from bot.store.unit import Store
from tests.acceptance.process import Process
from tests.clock import MovableClock
from tests.conftest import KEY
from tests.emulators.discord import TOKEN, DiscordEmulator, Fault, Person
from tests.running import offers_nothing, running

PATIENCE = 30.0


@pytest.fixture
async def emulator() -> AsyncIterator[DiscordEmulator]:
    async with DiscordEmulator(heartbeat_seconds=0.2) as started:
        yield started


@pytest.fixture
async def app(emulator: DiscordEmulator, tmp_path: Path, clock: MovableClock) -> AsyncIterator[App]:
    settings = {"DISCORD_TOKEN": TOKEN, "DISCORD_API_URL": emulator.root, "DISCORD_FREE_TEXT": "true"}
    async with running(tmp_path, clock, **settings) as started:
        await emulator.identified()
        yield started


@pytest.fixture
async def beside(sqlite_url: str) -> AsyncIterator[Database]:
    """The same database, opened beside the process once that has made it."""
    database = open_database(sqlite_url, Keyring([KEY]), Ids(SystemClock()))
    yield database
    await database.stop()


def _nudge_at_once(store: Store) -> None:
    party = store.people.find("discord", "1001")
    assert party is not None
    now = datetime.now(UTC)
    plan = store.plans.add(party.person.id, "worry_sort", PlanWords(), now)
    store.reminders.add(party.person.id, "snooze", None, now, now, plan.row.id)


async def _agrees(ada: Person) -> None:
    await ada.runs("start")
    await ada.hears("this is Limber", timeout=PATIENCE)
    await ada.taps("I agree")
    await ada.hears("Which skill")
    await ada.runs("cancel")
    await ada.hears("All right")


async def test_a_gateway_cut_in_a_burst_loses_and_doubles_nothing(
    app: App, emulator: DiscordEmulator
) -> None:
    ada = emulator.person(1001, "Ada")
    await _agrees(ada)
    for minutes in range(1, 21):
        await ada.says(f"/log did it, {minutes} min")
        if minutes % 10 == 0:
            emulator.gateway.drop()
    await emulator.resumed()
    await ada.hears("20 minutes", timeout=PATIENCE)

    practices = await app.database.read(lambda store: store.session.exec(select(Practice)).all())
    assert sorted(practice.minutes or 0 for practice in practices) == list(range(1, 21))
    assert len(emulator.gateway.identifies) == 1


async def test_a_burst_across_a_session_that_is_gone_loses_and_doubles_nothing(
    app: App, emulator: DiscordEmulator
) -> None:
    """Begun afresh, a connection is told nothing of what was missed: it has to be asked for."""
    ada, bo = emulator.person(1001, "Ada"), emulator.person(1002, "Bo")
    await _agrees(ada)
    await _agrees(bo)
    for minutes in range(1, 11):
        await ada.says(f"/log did it, {minutes} min")
    emulator.gateway.is_held = True
    emulator.gateway.forget()
    emulator.gateway.drop()
    for minutes in range(11, 16):
        await ada.says(f"/log did it, {minutes} min")
        await bo.says(f"/log did it, {minutes + 5} min")
    emulator.gateway.is_held = False
    await emulator.identified(times=2, seconds=PATIENCE)
    await ada.says("/log did it, 21 min")
    await ada.hears("15 minutes", timeout=PATIENCE)
    await bo.hears("20 minutes", timeout=PATIENCE)
    await ada.says("/log did it, 22 min")
    await ada.hears("22 minutes", timeout=PATIENCE)

    practices = await app.database.read(lambda store: store.session.exec(select(Practice)).all())
    assert sorted(practice.minutes or 0 for practice in practices) == list(range(1, 23))


async def test_events_told_twice_are_handled_once(app: App, emulator: DiscordEmulator) -> None:
    ada = emulator.person(1001, "Ada")
    await _agrees(ada)
    await ada.says("/log did it, 5 min")
    await ada.hears("Logged")
    session = emulator.gateway.current
    assert session is not None
    await emulator.gateway.dispatch(*session.events[-1][1:])
    await ada.says("/log did it, 6 min")
    await ada.hears("6 minutes")

    practices = await app.database.read(lambda store: store.session.exec(select(Practice)).all())
    assert len(practices) == 2


async def test_asked_to_reconnect_the_bot_resumes(app: App, emulator: DiscordEmulator) -> None:
    ada = emulator.person(1001, "Ada")
    await emulator.gateway.ask_reconnect()
    await emulator.resumed()
    await _agrees(ada)
    assert emulator.gateway.heartbeats > 0


async def test_a_session_that_is_gone_is_begun_anew(app: App, emulator: DiscordEmulator) -> None:
    emulator.gateway.forget()
    emulator.gateway.drop()
    await emulator.identified(times=2, seconds=PATIENCE)
    await _agrees(emulator.person(1001, "Ada"))


async def test_a_gateway_out_of_reach_is_tried_again(app: App, emulator: DiscordEmulator) -> None:
    ada = emulator.person(1001, "Ada")
    await _agrees(ada)
    emulator.gateway.is_held = True
    emulator.gateway.drop()
    await ada.runs("about")
    emulator.gateway.is_held = False
    await ada.hears("isn't a therapist", timeout=PATIENCE)
    assert len(emulator.gateway.identifies) == 1


async def test_more_shards_are_opened_where_discord_asks_for_them(
    emulator: DiscordEmulator, tmp_path: Path, clock: MovableClock
) -> None:
    emulator.ask_for_shards(2)
    async with running(tmp_path, clock, DISCORD_TOKEN=TOKEN, DISCORD_API_URL=emulator.root):
        await emulator.identified(times=2, seconds=PATIENCE)
        assert [data["shard"] for data in emulator.gateway.identifies] == [[0, 2], [1, 2]]


async def test_a_start_while_discord_is_out_of_reach_goes_on_when_it_is_back(
    emulator: DiscordEmulator, tmp_path: Path, clock: MovableClock
) -> None:
    emulator.faults.next(Fault.server_error(), call="own_user")
    async with running(tmp_path, clock, DISCORD_TOKEN=TOKEN, DISCORD_API_URL=emulator.root):
        await emulator.identified()
        await _agrees(emulator.person(1001, "Ada"))


async def test_nothing_is_lost_that_was_to_go_out_before_the_first_connection(clock: MovableClock) -> None:
    async def nobody(incoming: object) -> None:
        raise AssertionError(incoming)

    discord = Discord(
        TOKEN, nobody, offers_nothing, Sentences("{}{}".format, str, str), clock.now, free_text=False
    )
    with pytest.raises(TryAgain):
        await discord.carry("1001", Wire("Good evening"), None, "out:1")
    await discord.busy("1001")
    await discord.stop()


async def test_a_token_that_discord_refuses_is_said(emulator: DiscordEmulator, clock: MovableClock) -> None:
    async def nobody(incoming: object) -> None:
        raise AssertionError(incoming)

    discord = Discord(
        "wrong", nobody, offers_nothing, Sentences("{}{}".format, str, str), clock.now, free_text=False
    )
    with pytest.raises(TokenRefused):
        await discord.start(emulator.root, [])
    await discord.stop()


async def test_a_start_with_a_token_that_discord_refuses_is_one_sentence(
    emulator: DiscordEmulator, tmp_path: Path, clock: MovableClock
) -> None:
    with pytest.raises(SettingsError, match=r"DISCORD_TOKEN .* is refused by Discord"):
        async with running(tmp_path, clock, DISCORD_TOKEN="wrong", DISCORD_API_URL=emulator.root):
            raise AssertionError("it should not have started")


async def test_a_button_works_after_the_process_was_killed(
    emulator: DiscordEmulator, sqlite_url: str, beside: Database
) -> None:
    settings = {
        "DISCORD_TOKEN": TOKEN,
        "DISCORD_API_URL": emulator.root,
        "DATABASE_URL": sqlite_url,
        "ENCRYPTION_KEYS": base64.b64encode(KEY).decode(),
    }
    ada = emulator.person(1001, "Ada")
    process = await Process.start(settings)
    try:
        await emulator.identified(seconds=PATIENCE)
        await _agrees(ada)
        await beside.start()
        await beside.write(_nudge_at_once)
        await ada.hears(lambda message: message.button("Later") is not None, timeout=PATIENCE)
        await process.kill()

        process = await Process.start(settings)
        await emulator.identified(times=2, seconds=PATIENCE)
        await ada.taps("Did it")
        await ada.hears("✓ Did it", timeout=PATIENCE)
        await ada.hears("Logged: did it")
        assert await process.stop() == 0
    finally:
        await process.end()

    practices = await beside.read(
        lambda store: [each.outcome for each in store.session.exec(select(Practice))]
    )
    assert practices == ["done"]
