"""Two processes on one PostgreSQL, and people who link their chats through both, crosswise and at once."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import select

from bot.store.tables import Account, Conversation, LinkCode, Person, Practice
from bot.store.unit import Store
from tests.chat import Chat, Someone, talking
from tests.clock import MovableClock

ROUNDS = 3


@pytest.fixture
async def chats(tmp_path: Path, clock: MovableClock, postgres_url: str) -> AsyncIterator[tuple[Chat, Chat]]:
    """Two of Limber's processes, as far as the database can tell: nothing in memory is shared."""
    async for one in talking(tmp_path, clock, postgres_url):
        async for other in talking(tmp_path, clock, postgres_url):
            yield one, other


async def _agrees(person: Someone) -> None:
    await person.says("/start")
    await person.taps("I agree")
    await person.says("/cancel")
    person.heard = len(person.messages)


async def _code_of(person: Someone) -> str:
    await person.says("/link")
    await person.taps("Make a code")
    found = re.search(r"<b>([\w-]+)</b>", person.hears("works once").wire.text)
    assert found is not None
    return found[1]


async def _all(chat: Chat, table: Any) -> list[Any]:
    return list(await chat.app.database.read(lambda store: store.session.exec(select(table)).all()))


async def _deadlocks(chat: Chat) -> int:
    asked = text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
    return int(await chat.app.database.read(lambda store: store.session.execute(asked).scalar_one()))


def _two(chats: tuple[Chat, Chat], number: int) -> tuple[Someone, Someone]:
    return (
        chats[0].person(f"ada {number}", platform="telegram"),
        chats[1].person(f"ada {number}", platform="discord"),
    )


async def test_one_record_is_kept_through_two_processes(chats: tuple[Chat, Chat]) -> None:
    one, other = _two(chats, 0)
    await _agrees(one)
    await one.says("/log did it, 5 min")
    await other.says(f"/link {await _code_of(one)}")
    await other.taps("Link this chat")
    other.hears("Linked with Telegram")
    await asyncio.gather(*(each.says("/log did it, 6 min") for each in (one, other) for _ in range(5)))
    assert len(await _all(chats[0], Practice)) == 11
    assert len(await _all(chats[0], Person)) == 1
    await other.says("/delete")
    await other.taps("Delete everything")
    for table in (Person, Account, Conversation, Practice, LinkCode):
        assert await _all(chats[0], table) == []


async def test_crosswise_and_at_once_one_of_the_two_goes_through(chats: tuple[Chat, Chat]) -> None:
    for number in range(ROUNDS):
        one, other = _two(chats, number)
        await _agrees(one)
        await _agrees(other)
        mine, yours = await _code_of(one), await _code_of(other)
        await one.says(f"/link {yours}")
        await other.says(f"/link {mine}")
        one.heard, other.heard = len(one.messages), len(other.messages)
        async with asyncio.timeout(20):
            await asyncio.gather(*(each.taps("Erase this one and link") for each in (one, other)))
            await asyncio.gather(*(chat.deliver() for chat in chats))
        heard = [one.hears("").wire.text, other.hears("").wire.text]
        assert not any("wrong on my side" in each for each in heard), heard
        said = "\n".join(each.wire.text for person in (one, other) for each in person.messages[-2:])
        assert "Linked with" in said
        assert "time of that code is over" in said

        def homes(store: Store, name: str = one.name) -> list[int]:
            found = (store.people.find(platform, name) for platform in ("telegram", "discord"))
            return [party.person.id for party in found if party is not None]

        first, second = await chats[0].app.database.read(homes)
        assert first == second
    assert len(await _all(chats[0], Person)) == ROUNDS
    assert len(await _all(chats[0], Conversation)) == ROUNDS
    print(f"{await _deadlocks(chats[0])} deadlocks in {ROUNDS} rounds")  # noqa: T201 - to be read with -s
