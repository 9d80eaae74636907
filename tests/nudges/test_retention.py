"""What has been kept long enough goes, after a warning in good time."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlmodel import select

from bot.nudges.retention import Retention
from bot.store.packs import PackItem
from bot.store.tables import Person
from bot.store.unit import Store
from tests.chat import Chat, Someone, agreed, talking
from tests.clock import MovableClock


@pytest.fixture
async def chat(tmp_path: Path, clock: MovableClock, database_url: str) -> AsyncIterator[Chat]:
    async for opened in talking(tmp_path, clock, database_url):
        yield opened


@pytest.fixture
async def ada(chat: Chat) -> Someone:
    return await agreed(chat)


async def _passes(chat: Chat, days: int, kept_for: int | None = 100) -> None:
    """So many days go by, with an hourly tidying at the end of each."""
    for _ in range(days):
        chat.clock.move(days=1)
        app = chat.app
        await Retention(app.database, app.catalogues, chat.clock, chat.wake, kept_for).tidy()
    await chat.deliver()


async def _people(chat: Chat) -> int:
    return await chat.app.database.read(lambda store: len(store.session.exec(select(Person)).all()))


async def test_silence_is_warned_of_and_then_ends_in_erasure(chat: Chat, ada: Someone) -> None:
    await _passes(chat, 85)
    ada.hears_nothing()
    await _passes(chat, 2)
    warning = ada.hears("erased on Fri 5 Mar")
    assert warning.labels == ["Keep my notes", "Export my data"]
    await _passes(chat, 12)
    ada.hears_nothing()
    assert await _people(chat) == 1
    await _passes(chat, 1)
    assert await _people(chat) == 0
    await ada.says("hello again")
    ada.hears("this is Limber")


async def test_one_tap_keeps_everything_and_a_later_silence_is_warned_of_anew(
    chat: Chat, ada: Someone
) -> None:
    await _passes(chat, 90)
    await ada.taps("Keep my notes")
    ada.hears("Kept")
    await _passes(chat, 84)
    ada.hears_nothing()
    await _passes(chat, 3)
    ada.hears("erased on")
    assert await _people(chat) == 1


async def test_nobody_is_erased_without_two_weeks_notice(chat: Chat, ada: Someone) -> None:
    """Neither where the operator sets a short time, nor where Limber was off meanwhile."""
    await _passes(chat, 300, kept_for=None)
    await _passes(chat, 1, kept_for=7)
    ada.hears("erased on")
    await _passes(chat, 13, kept_for=7)
    assert await _people(chat) == 1
    await _passes(chat, 1, kept_for=7)
    assert await _people(chat) == 0


async def test_who_cannot_be_reached_is_not_kept_for_it(chat: Chat, ada: Someone) -> None:
    def lose(store: Store) -> None:
        party = store.people.find("local", "ada")
        assert party is not None
        party.account.unreachable_at = chat.clock.now()
        store.session.add(party.account)

    await chat.app.database.write(lose)
    await _passes(chat, 101)
    ada.hears_nothing()
    assert await _people(chat) == 0


async def test_who_made_a_pack_without_agreeing_is_forgotten_when_its_time_is_over(chat: Chat) -> None:
    await chat.person("bo").says("/start")

    def made(store: Store) -> None:
        party = store.people.find("local", "bo")
        assert party is not None
        store.packs.make(party.person.id, [PackItem("box_breathing")], chat.clock.now())

    await chat.app.database.write(made)
    await _passes(chat, 89, kept_for=None)
    assert await _people(chat) == 1
    chat.clock.move(days=1)
    await chat.app.tidy()
    assert await _people(chat) == 0


async def test_who_never_agreed_is_forgotten_after_a_month(chat: Chat, ada: Someone) -> None:
    await chat.person("bo").says("/start")
    await _passes(chat, 29, kept_for=None)
    assert await _people(chat) == 2
    await _passes(chat, 2, kept_for=None)
    assert await _people(chat) == 1
    chat.clock.move(days=2000)
    await chat.app.tidy()
    assert await _people(chat) == 1
