"""A real headless Chromium for tests: found on this machine, or got by ourselves.

In order: the program named by the environment variable CHROMIUM; one on PATH; Debian's package, where we
may install it; the browser tool's own download. `python -m tests.browser` does only this, so that a first
run may take its time outside any test's time limit.
"""

import fcntl
import functools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.async_api import Browser, async_playwright

MISSING = "No Chromium: install the package `chromium`, or set CHROMIUM to the path of one, and run again."
NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
LOOK_SECONDS = 30
GET_SECONDS = 900


class Chromium(NamedTuple):
    """A browser that starts; `executable` is None for the browser tool's own."""

    executable: str | None


def _succeeds(command: Sequence[str], seconds: int) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _installed() -> Chromium | None:
    named = os.environ.get("CHROMIUM")
    found = [named] if named else [path for name in NAMES if (path := shutil.which(name))]
    return next((Chromium(path) for path in found if _succeeds([path, "--version"], LOOK_SECONDS)), None)


def _superuser() -> list[str] | None:
    """What to put before a command to run it as root: nothing, sudo, or None if we may not."""
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if _succeeds(["sudo", "-n", "true"], LOOK_SECONDS) else None


def _debian() -> Chromium | None:
    release = Path("/etc/os-release")
    if not release.exists() or "ID=debian" not in release.read_text().splitlines():
        return None
    root = _superuser()
    if root is None:
        return None
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    if not _succeeds([*apt, "update"], GET_SECONDS):
        return None
    return _installed() if _succeeds([*apt, "install", "-y", "chromium"], GET_SECONDS) else None


def _download() -> Chromium | None:
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return Chromium(None) if _succeeds(command, GET_SECONDS) else None


@functools.cache
def chromium() -> Chromium | None:
    """A Chromium that starts, got if need be; None if there is no way to one. Asked once a process.

    Processes of one run take turns, so that only the first of them gets it.
    """
    with (Path(tempfile.gettempdir()) / f"limber-browser-{os.getuid()}.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        return _installed() or _debian() or _download()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Get the browser before the first test, whose time limit it may exceed."""
    if any("browser" in getattr(item, "fixturenames", ()) for item in session.items):
        chromium()


@asynccontextmanager
async def launched() -> AsyncIterator[Browser]:
    """A headless Chromium while the block runs. Fails the test, in one sentence, where none can be had."""
    found = chromium()
    if found is None:
        pytest.fail(MISSING, pytrace=False)
    async with async_playwright() as tool:
        started = await tool.chromium.launch(
            executable_path=found.executable, args=list(QUIET), chromium_sandbox=False
        )
        yield started
        await started.close()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A headless Chromium of the test's own, on the test's own event loop."""
    async with launched() as started:
        yield started


if __name__ == "__main__":
    ready = chromium()
    sys.exit(MISSING if ready is None else 0)
