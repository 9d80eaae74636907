"""What has to be touched to add a platform: counted, by adding one to a copy of Limber and talking there."""

import asyncio
import difflib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from importlib import import_module
from inspect import iscoroutinefunction
from pathlib import Path

import pytest

from bot.app import PLATFORMS
from tests.acceptance.process import ROOT, Process
from tests.platforms import pocket

PATIENCE = 30.0
MODULE, TABLE = Path("bot/platforms/pocket.py"), Path("bot/app.py")
LINE = '    "bot.platforms.pocket",\n'
_IGNORED = shutil.ignore_patterns("__pycache__", ".mypy_cache")


@pytest.fixture
def copy() -> Iterator[Path]:
    """Limber with one platform more."""
    folder = Path(tempfile.mkdtemp())
    shutil.copytree(ROOT / "bot", folder / "bot", ignore=_IGNORED)
    shutil.copy(ROOT / ".importlinter", folder)
    shutil.copy(pocket.__file__, folder / MODULE)
    table = (folder / TABLE).read_text(encoding="utf-8")
    end_of_table = table.index(")\n", table.index("PLATFORMS = ("))
    (folder / TABLE).write_text(table[:end_of_table] + LINE + table[end_of_table:], encoding="utf-8")
    yield folder
    shutil.rmtree(folder)


def _files(folder: Path) -> dict[Path, bytes]:
    found = (each for each in (folder / "bot").rglob("*") if each.is_file())
    return {each.relative_to(folder): each.read_bytes() for each in found if "__pycache__" not in each.parts}


def test_it_is_one_module_and_one_line(copy: Path) -> None:
    before, after = _files(ROOT), _files(copy)
    assert after.keys() - before.keys() == {MODULE}
    (changed,) = (each for each in before if before[each] != after[each])
    lines = difflib.ndiff(before[changed].decode().splitlines(True), after[changed].decode().splitlines(True))
    assert [line for line in lines if line[0] in "+-?"] == [f"+ {LINE}"]


def test_it_imports_nothing_that_a_platform_may_not(copy: Path) -> None:
    linted = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=copy, capture_output=True
    )
    assert b"0 broken" in linted.stdout, linted.stdout.decode()


class _Someone:
    """Someone at the hub."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        self._sent = 0
        self.buttons: dict[str, str] = {}

    async def sends(self, **what: str) -> None:
        self._sent += 1
        self._writer.write(json.dumps({"who": "ada", "id": self._sent, **what}).encode() + b"\n")

    async def hears(self, words: str) -> None:
        async with asyncio.timeout(PATIENCE):
            while words not in (said := json.loads(await self._reader.readline()))["text"]:
                pass
        self.buttons = said["buttons"]

    def goes(self) -> None:
        self._writer.close()


@pytest.fixture
async def someone(copy: Path) -> AsyncIterator[_Someone]:
    joined: asyncio.Queue[_Someone] = asyncio.Queue()
    hub = await asyncio.start_unix_server(
        lambda reader, writer: joined.put_nowait(_Someone(reader, writer)), copy / pocket.SOCKET
    )
    process = await Process.start(
        {"DATABASE_URL": f"sqlite:///{copy}/limber.db", "PYTHONPATH": str(copy), "LOCAL_CHAT": "false"}
    )
    try:
        async with asyncio.timeout(PATIENCE):
            ada = await joined.get()
        yield ada
        ada.goes()
    finally:
        await process.end()
        hub.close()


async def test_limber_talks_there_as_everywhere(someone: _Someone) -> None:
    await someone.sends(text="/start")
    await someone.hears("this is Limber")
    await someone.sends(press=someone.buttons["I agree"])
    await someone.hears("Which skill")
    await someone.sends(text="/cancel")
    await someone.sends(text="/log did it, 5 min")
    await someone.hears("5 minutes")
    await someone.sends(text="i want to kill myself")
    await someone.hears("sounds really hard")


@pytest.mark.parametrize("name", PLATFORMS)
def test_every_line_of_the_table_is_a_platform(name: str) -> None:
    assert iscoroutinefunction(import_module(name).join)
