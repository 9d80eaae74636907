"""Canaries: words that only one person could have written are looked for wherever they must not be."""

import io
import json
import logging
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from bot.conversation.dialogue import Move, Step
from bot.conversation.requests import exported
from bot.conversation.turn import Turn
from bot.logs import configure_logging
from bot.metrics import exposed
from bot.settings import load_settings
from bot.store.unit import Store
from tests.chat import Chat, Someone, talking
from tests.clock import MovableClock
from tests.emulators.discord import TOKEN as DISCORD_TOKEN
from tests.emulators.discord import DiscordEmulator
from tests.emulators.telegram import TOKEN, TelegramEmulator
from tests.exports import all_of
from tests.running import running
from tests.thorough import Thorough
from tests.traces import identities, in_files, in_tables
from tests.wanderer import Watched

MOST_LIVES = 40
LIVES_ON_POSTGRESQL = int(os.environ.get("CANARY_LIVES", "4"))
"""The search through its tables takes few; as many as on SQLite, 40, take a minute."""
ACTIONS = 60
ADDRESS = "zqcanaryaddress"


@pytest.fixture
def logs() -> Iterator[io.StringIO]:
    """All that is logged at DEBUG, set up as `run` does."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    stream = io.StringIO()
    settings = load_settings({"TELEGRAM_TOKEN": TOKEN, "LOG_LEVEL": "DEBUG"}, None)
    configure_logging(settings, stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
async def wanderer(
    tmp_path: Path, clock: MovableClock, database_url: str, logs: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Thorough]:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    async for chat in talking(tmp_path, clock, database_url):
        router = Watched()
        chat.app.engine.router = router
        yield Thorough(chat, chat.person(ADDRESS, zone="Europe/Berlin"), router)


async def _kept(url: str, folder: Path, needles: list[bytes]) -> list[bytes]:
    """What is found in the database, its log, temporary files, and the names of all files."""
    found = in_files(folder, needles)
    if url.startswith("postgresql"):
        found += await in_tables(url, needles)
    return found + [needle for needle in needles if needle in _names(folder)]


async def _lives(wanderer: Thorough, number: int) -> None:
    if number == 1:
        await wanderer.lives_through()
    elif number == 2:
        await wanderer.looks_closely()
        await wanderer.links()
    else:
        await wanderer.wanders(ACTIONS)


async def _identities(chat: Chat, person: Someone) -> list[bytes]:
    return await chat.app.database.write(lambda store: identities(store, "local", person.name))


def _file_names(people: list[Someone]) -> str:
    """What the files that they were sent are called."""
    sent = [message.attachment for each in people for message in each.messages]
    names = [each.name for each in sent if each is not None]
    assert names
    return "\n".join(names)


async def _remembered(wanderer: Thorough, people: list[Someone]) -> list[str]:
    """What sounded like danger and is still in a talk of theirs two hours later: in what can be undone,
    what is collected, what waits for a choice.
    """
    await wanderer.chat.passes(hours=2)
    await wanderer.chat.app.retention.tidy()

    def talks(store: Store) -> str:
        parties = [store.people.find("local", each.name) for each in people]
        opened = [{**vars(each.talk), "row": None} for each in parties if each is not None]
        assert len(opened) == len(people)
        return json.dumps(opened)

    told = await wanderer.chat.app.database.read(talks)
    assert any(word in told for word in wanderer.markers)
    return [word for word in wanderer.unspeakable if word in told]


def _names(folder: Path) -> bytes:
    return "\n".join(str(path) for path in folder.rglob("*")).encode()


@pytest.mark.timeout(300)
async def test_what_is_written_is_found_in_the_export_alone(
    wanderer: Thorough,
    database_url: str,
    tmp_path: Path,
    logs: io.StringIO,
    capfd: pytest.CaptureFixture[str],
) -> None:
    app, clock = wanderer.chat.app, wanderer.chat.clock
    people: list[Someone] = []
    most = LIVES_ON_POSTGRESQL if database_url.startswith("postgresql") else MOST_LIVES
    while wanderer.left_to_do and len(people) < most:
        people.append(wanderer.chat.person(f"{ADDRESS}{len(people)}", zone="Europe/Berlin"))
        wanderer.person = people[-1]
        await _lives(wanderer, len(people))
    words = [*wanderer.markers, *wanderer.unspeakable, ADDRESS]
    needles = [word.encode() for word in words]
    exports = [all_of(await exported(app.database, "local", each.name, clock.now())) for each in people]

    assert wanderer.left_to_do == set() or most < MOST_LIVES
    assert await _kept(database_url, tmp_path, needles) == []
    assert [
        word for word in words if word in logs.getvalue() + exposed().decode() + _file_names(people)
    ] == []
    assert await _remembered(wanderer, people) == []
    assert logs.getvalue().count("a step failed") >= len(people) * ACTIONS // 20
    found = [word for word in wanderer.markers if any(word.encode() in export for export in exports)]
    assert len(found) > 3
    assert not any(word.encode() in export for word in wanderer.unspeakable for export in exports)

    needles += [part for each in people for part in await _identities(wanderer.chat, each)]
    assert len(await _kept(database_url, tmp_path, needles)) > 3 * len(people)
    for wanderer.person in people:
        await wanderer.erases()
    assert await _kept(database_url, tmp_path, needles) == []
    said = capfd.readouterr()
    assert [word for word in words if word in said.out + said.err] == []


async def test_over_telegram_neither_words_nor_name_nor_token_get_out(
    tmp_path: Path, clock: MovableClock, logs: io.StringIO
) -> None:
    settings = {"TELEGRAM_TOKEN": TOKEN, "LOG_LEVEL": "DEBUG"}
    secrets = ("zqfeltsilly", "zqname", "987654321", TOKEN, TOKEN.split(":")[1])
    async with TelegramEmulator() as emulator:
        async with running(tmp_path, clock, **settings, TELEGRAM_API_URL=emulator.root):
            ada = emulator.person(id=987654321, first_name="zqname")
            await ada.says("/start")
            await ada.hears("this is Limber")
            await ada.taps("I agree")
            await ada.hears("Which skill")
            await ada.says("/log did it, 5 min, zqfeltsilly")
            await ada.hears("Logged")
            await ada.says("/export")
            export = await ada.hears("everything I keep")
            assert export.document is not None
            assert b"zqfeltsilly" in all_of(export.document.content)
        assert in_files(tmp_path, [secret.encode() for secret in secrets]) == []
    assert "limber.db" not in logs.getvalue()
    assert [secret for secret in secrets if secret in logs.getvalue()] == []


async def test_not_with_every_logger_there_is_at_debug(
    tmp_path: Path, clock: MovableClock, logs: io.StringIO, postgres_url: str
) -> None:
    """Our own set-up, heard through every library that was started: on PostgreSQL, with the page served."""
    secrets = ("zqfeltsilly", "zqname", "987654321", TOKEN, TOKEN.split(":")[1], "A" * 43)
    async with TelegramEmulator() as emulator:
        settings = {
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_URL": emulator.root,
            "DATABASE_URL": postgres_url,
            "ENCRYPTION_KEYS": "A" * 43 + "=",
            "LOCAL_CHAT": "true",
        }
        async with running(tmp_path, clock, **settings) as app:
            loud = [logging.getLogger(), *map(logging.getLogger, logging.root.manager.loggerDict)]
            levels = [each.level for each in loud]
            for each in loud:
                each.setLevel(logging.DEBUG)
            ada = emulator.person(id=987654321, first_name="zqname")
            await ada.says("/start")
            await ada.hears("this is Limber")
            await ada.taps("I agree")
            await ada.hears("Which skill")
            await ada.says("/log did it, 5 min, zqfeltsilly")
            await ada.hears("Logged")
            app.engine.router.steps["note.unasked"] = Step("note.unasked", _quoting)
            await ada.says("/cancel")
            await ada.says("zqfeltsilly again")
            await ada.hears("wrong")
            async with httpx.AsyncClient() as client:
                await client.get(app.link)
            for each, level in zip(loud, levels, strict=True):
                each.setLevel(level)
    assert "a step failed" in logs.getvalue()
    assert "whose=" in logs.getvalue()
    assert [secret for secret in secrets if secret in logs.getvalue()] == []


async def test_over_discord_no_logger_tells_token_name_or_number(
    tmp_path: Path, clock: MovableClock, logs: io.StringIO
) -> None:
    """Its library tells whole events at DEBUG, as a listener of its own hears."""
    number = 987654321012345678
    told = io.StringIO()
    listener, library = logging.StreamHandler(told), logging.getLogger("discord")
    async with DiscordEmulator() as emulator:
        settings = {"DISCORD_TOKEN": DISCORD_TOKEN, "DISCORD_API_URL": emulator.root, "LOG_LEVEL": "DEBUG"}
        async with running(tmp_path, clock, **settings):
            loud = [logging.getLogger(), *map(logging.getLogger, logging.root.manager.loggerDict)]
            levels = [each.level for each in loud]
            for each in loud:
                each.setLevel(logging.DEBUG)
            library.addHandler(listener)
            await emulator.identified()
            ada = emulator.person(number, "zqname")
            await ada.runs("start")
            await ada.hears("this is Limber")
            await ada.says("zqtyped and not kept")
            await ada.hears("")
            library.removeHandler(listener)
            for each, level in zip(loud, levels, strict=True):
                each.setLevel(level)
    secrets = (DISCORD_TOKEN, DISCORD_TOKEN.rpartition(".")[2], "zqname", "zqtyped", str(number))
    assert str(number) in told.getvalue()
    assert [secret for secret in secrets if secret in logs.getvalue()] == []


def _quoting(turn: Turn) -> Move:
    raise ValueError(f"{turn.incoming.text} of {turn.incoming.address}")


async def test_no_library_may_tell_the_token(tmp_path: Path, clock: MovableClock) -> None:
    """Heard by a listener of its own at DEBUG, which no formatter of ours cleans."""
    told = io.StringIO()
    libraries = [logging.getLogger(name) for name in ("telegram", "httpx", "httpcore", "aiohttp", "asyncio")]
    listener = logging.StreamHandler(told)
    async with TelegramEmulator() as emulator:
        settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": emulator.root}
        async with running(tmp_path, clock, **settings):
            for library in libraries:
                library.addHandler(listener)
                library.setLevel(logging.DEBUG)
            ada = emulator.person(id=1, first_name="Bo")
            await ada.says("/start")
            await ada.hears("this is Limber")
        for library in libraries:
            library.removeHandler(listener)
            library.setLevel(logging.NOTSET)
    assert TOKEN not in told.getvalue()
