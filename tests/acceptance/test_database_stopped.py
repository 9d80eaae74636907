"""With the database locked, closed or stopped, who calls for help is answered within a second."""

import asyncio
import json
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect

from bot.app import App
from tests.clock import MovableClock
from tests.emulators.discord import TOKEN as DISCORD_TOKEN
from tests.emulators.discord import DiscordEmulator
from tests.emulators.telegram import TOKEN, TelegramEmulator
from tests.running import running

WITHIN = 1.0
_SOCKET = ".s.PGSQL.5432"
CALLS = ("/crisis", "/help", "I want to die")


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Another program holds the database's only right to write."""
    other = sqlite3.connect(folder / "limber.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()


class Gate:
    """A socket in front of that of a PostgreSQL; shut, nothing gets through and nothing can connect."""

    def __init__(self, url: str, folder: str) -> None:
        self.url = url.partition("?host=")[0] + f"?host={folder}"
        self._behind = f"{url.partition('?host=')[2]}/{_SOCKET}"
        self._here = f"{folder}/{_SOCKET}"
        self._writers: list[asyncio.StreamWriter] = []
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        """Lets through."""
        self._server = await asyncio.start_unix_server(self._joined, self._here)

    def shut(self) -> None:
        """Ends every connection and takes no more."""
        assert self._server is not None
        self._server.close()
        for writer in self._writers:
            writer.close()

    async def _joined(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_unix_connection(self._behind)
        self._writers += [writer, back]
        await asyncio.gather(_flow(reader, back), _flow(there, writer), return_exceptions=True)


async def _flow(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while part := await reader.read(65_536):
        writer.write(part)
    writer.close()


@pytest.mark.parametrize("said", CALLS)
async def test_on_telegram_behind_what_is_stuck(tmp_path: Path, clock: MovableClock, said: str) -> None:
    async with TelegramEmulator() as emulator:
        settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": emulator.root}
        async with running(tmp_path, clock, **settings):
            ada, bo = emulator.person(id=1, first_name="Ada"), emulator.person(id=2, first_name="Bo")
            await bo.says("/start")
            await bo.hears("this is Limber")
            with locked(tmp_path):
                await bo.says("/log did it")
                await ada.says("hello")
                asked_at = time.monotonic()
                await ada.says(said)
                await ada.hears("findahelpline", timeout=WITHIN)
                assert time.monotonic() - asked_at < WITHIN
            await ada.hears("this is Limber")


async def test_the_country_somebody_chose_is_still_known(tmp_path: Path, clock: MovableClock) -> None:
    async with TelegramEmulator() as emulator:
        settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": emulator.root}
        async with running(tmp_path, clock, **settings):
            ada, bo = emulator.person(id=1, first_name="Ada"), emulator.person(id=2, first_name="Bo")
            await ada.says("/country Germany")
            await ada.hears("shows the lines of")
            await bo.says("/country Germany")
            await bo.hears("shows the lines of")
            await bo.says("/delete")
            await bo.hears("Are you sure?")
            await bo.taps("Delete everything")
            await bo.hears("Everything is erased")
            with locked(tmp_path):
                await ada.says("/crisis")
                await ada.hears("TelefonSeelsorge")
                await ada.hears("for the country you chose")
                await bo.says("/crisis")
                await bo.hears("I don't know which country")


async def test_on_the_local_page(tmp_path: Path, clock: MovableClock) -> None:
    async with running(tmp_path, clock, LOCAL_CHAT="true") as app:
        with locked(tmp_path):
            await _calls_on_the_page(app)


async def test_on_the_local_page_with_the_database_broken(tmp_path: Path, clock: MovableClock) -> None:
    async with running(tmp_path, clock, LOCAL_CHAT="true") as app:
        with sqlite3.connect(tmp_path / "limber.db") as other:
            other.execute("DROP TABLE seen_update")
            other.execute("DROP TABLE transcript")
        await _calls_on_the_page(app)


async def _calls_on_the_page(app: App) -> None:
    root = f"127.0.0.1:{app.port}"
    async with httpx.AsyncClient() as client:
        cookie = (await client.get(app.link)).headers["set-cookie"].partition(";")[0]
    headers = {"Cookie": cookie}
    async with connect(f"ws://{root}/socket", additional_headers=headers, origin=f"http://{root}") as page:  # type: ignore[arg-type]
        asked_at = time.monotonic()
        await page.send(json.dumps({"id": "00000000-0000-4000-8000-000000000001", "text": "/crisis"}))
        async with asyncio.timeout(WITHIN):
            while "findahelpline" not in str(await page.recv()):
                pass
        assert time.monotonic() - asked_at < WITHIN


async def test_on_discord(tmp_path: Path, clock: MovableClock) -> None:
    async with DiscordEmulator() as emulator:
        settings = {"DISCORD_TOKEN": DISCORD_TOKEN, "DISCORD_API_URL": emulator.root}
        async with running(tmp_path, clock, **settings):
            await emulator.identified()
            ada = emulator.person(1001, "Ada")
            await ada.runs("start")
            await ada.hears("this is Limber")
            with locked(tmp_path):
                asked_at = time.monotonic()
                await ada.runs("crisis")
                await ada.hears("findahelpline")
                assert time.monotonic() - asked_at < WITHIN


async def test_with_postgresql_stopped(tmp_path: Path, clock: MovableClock, postgres_url: str) -> None:
    folder = tempfile.mkdtemp()
    gate = Gate(postgres_url, folder)
    await gate.open()
    async with TelegramEmulator() as emulator:
        settings = {
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_URL": emulator.root,
            "DATABASE_URL": gate.url,
            "ENCRYPTION_KEYS": "A" * 43 + "=",
        }
        async with running(tmp_path, clock, **settings):
            ada = emulator.person(id=1, first_name="Ada")
            await ada.says("/start")
            await ada.hears("this is Limber")
            gate.shut()
            asked_at = time.monotonic()
            await ada.says("/crisis")
            await ada.hears("findahelpline")
            assert time.monotonic() - asked_at < WITHIN
            await gate.open()
            await ada.hears("Nobody is reading this chat", timeout=20)
    gate.shut()
    shutil.rmtree(folder)
