"""The PostgreSQL of the tests: real, empty for each test, and gone afterwards."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.settings import load_settings
from tests.postgres import (
    NOBODY,
    StartError,
    Way,
    command,
    packaged,
    running,
    start_somehow,
    ways,
    with_driver,
)


@pytest.fixture
async def engine(postgres_url: str) -> AsyncIterator[AsyncEngine]:
    engine = create_async_engine(with_driver(postgres_url))
    yield engine
    await engine.dispose()


def folder_of(url: str) -> Path:
    return Path(parse_qs(urlsplit(url).query)["host"][0])


async def test_two_connections_share_rows_by_skipping_locked_ones(engine: AsyncEngine) -> None:
    claim = text("SELECT id FROM due ORDER BY id LIMIT 3 FOR UPDATE SKIP LOCKED")
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE due AS SELECT generate_series(1, 10) AS id"))
    async with engine.connect() as one, engine.connect() as other:
        mine = list(await one.scalars(claim))
        theirs = list(await other.scalars(claim))
    assert (mine, theirs) == ([1, 2, 3], [4, 5, 6])


@pytest.mark.parametrize("turn", ["first", "second"])
async def test_every_test_has_an_empty_database(engine: AsyncEngine, turn: str) -> None:
    async with engine.begin() as connection:
        tables = await connection.scalar(text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
        await connection.execute(text(f"CREATE TABLE {turn} ()"))
    assert tables == 0


async def test_the_url_is_a_right_setting(engine: AsyncEngine, postgres_url: str) -> None:
    assert load_settings({"DATABASE_URL": postgres_url}, env_file=None).database_url == postgres_url
    async with engine.connect() as connection:
        name = await connection.scalar(text("SELECT current_database()"))
    assert name == urlsplit(postgres_url).path.removeprefix("/")


def test_nothing_is_left_behind() -> None:
    users = Path("/etc/passwd").read_bytes()
    with ExitStack() as stack:
        url = start_somehow(stack, packaged(), ways())
        folder = folder_of(url)
        command(url, "SELECT 1")
        assert (folder / "data").is_dir()
    assert not folder.exists()
    assert Path("/etc/passwd").read_bytes() == users


def test_binaries_in_a_closed_folder_are_used_without_opening_it(tmp_path: Path) -> None:
    package = packaged().parent.parent
    closed = tmp_path / "closed"
    for part in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(part, closed / part.name, symlinks=True)
    closed.chmod(0o700)
    binaries = closed / package.name / "pginstall" / "bin"
    with ExitStack() as stack:
        among = [Way(user=NOBODY)] if os.geteuid() == 0 else ways()
        command(start_somehow(stack, binaries, among), "SELECT 1")
    assert closed.stat().st_mode & 0o777 == 0o700


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Binaries that only complain."""
    binaries = tmp_path / "package" / "pginstall" / "bin"
    binaries.mkdir(parents=True)
    for name in ("initdb", "postgres"):
        (binaries / name).write_text("#!/bin/sh\necho no room left >&2\nexit 1\n")
        (binaries / name).chmod(0o755)
    return binaries


def test_a_server_that_cannot_start_says_why_and_cleans_up(broken: Path) -> None:
    before = set(Path("/tmp").glob("limber-postgres-*"))
    with pytest.raises(StartError, match="no room left"), running(ways()[0], broken):
        raise AssertionError("it cannot have started")
    assert set(Path("/tmp").glob("limber-postgres-*")) <= before


def test_where_no_way_works_every_reason_is_told(broken: Path) -> None:
    with ExitStack() as stack, pytest.raises(StartError) as caught:
        start_somehow(stack, broken, ways())
    assert str(caught.value).count("no room left") == len(ways())
