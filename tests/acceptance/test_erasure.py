"""Who has been erased has left no trace; who stays keeps everything."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.conversation.requests import NobodyThere, erase, exported
from tests.chat import Chat, Someone, agreed, talking
from tests.clock import MovableClock
from tests.exports import files_in
from tests.traces import identities, in_files, in_tables

MARKER = "zebraumbrella"
OTHERS = 40


@pytest.fixture
async def chat(tmp_path: Path, clock: MovableClock, database_url: str) -> AsyncIterator[Chat]:
    async for each in talking(tmp_path, clock, database_url):
        yield each


async def _live(person: Someone) -> None:
    for number in range(5):
        await person.says(f"/log did it, 5 min, {MARKER} {number}")
    await person.says("/remind in 10 minutes")
    await person.says(f"a note: {MARKER}")


async def _identities(chat: Chat, name: str) -> list[bytes]:
    return await chat.app.database.write(lambda store: identities(store, "local", name))


async def _traces(url: str, folder: Path, needles: list[bytes]) -> list[bytes]:
    if url.startswith("postgresql"):
        return await in_tables(url, needles)
    return in_files(folder, needles)


async def test_delete_leaves_no_byte_of_the_person(chat: Chat, database_url: str, tmp_path: Path) -> None:
    ada = await agreed(chat, "ada-with-a-name-of-her-own")
    for number in range(OTHERS):
        await chat.person(f"bo{number}").says("/start")
        if number % 10 == 0:
            await _live(ada)
    needles = [*await _identities(chat, ada.name), MARKER.encode()]
    bo = await _identities(chat, "bo7")
    assert len(await _traces(database_url, tmp_path, needles)) > 3

    await ada.says("/delete")
    await ada.taps("Delete everything")

    assert await _traces(database_url, tmp_path, needles) == []
    assert len(await _traces(database_url, tmp_path, bo)) > 3


async def test_erasing_by_mail_is_the_same(chat: Chat, database_url: str, tmp_path: Path) -> None:
    ada = await agreed(chat, "ada-with-a-name-of-her-own")
    await _live(ada)
    needles = [*await _identities(chat, ada.name), MARKER.encode()]

    contents = files_in(await exported(chat.app.database, "local", ada.name, chat.clock.now()))["limber.json"]
    await erase(chat.app.database, "local", ada.name, chat.clock.now())

    assert contents.count(MARKER.encode()) == 6
    assert await _traces(database_url, tmp_path, needles) == []
    with pytest.raises(NobodyThere):
        await erase(chat.app.database, "local", ada.name, chat.clock.now())
    await ada.says("hello")
    ada.hears("this is Limber")
