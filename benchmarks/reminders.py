"""A million reminders beside a thousand: start to first nudge, memory, claiming, idling, and a turn's cost.

    python -m benchmarks.reminders 1000000

Limber runs as a process of its own, as it does for people. The naive design gets a tenth as many, since it
has to load each.
"""

import asyncio
import gc
import os
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from benchmarks.burst import KEY
from benchmarks.crowd import fill
from benchmarks.far_side import TOKEN, Arrival, FarSide
from benchmarks.rows import Row
from benchmarks.turns import turn
from bot.app import settle
from bot.clock import SystemClock
from bot.store.database import Database, open_database
from bot.store.encryption import Keyring
from bot.store.ids import Ids
from bot.store.migrate import migrate
from bot.store.unit import Store

_ROOT = Path(__file__).parents[1]
_DUE, _CLAIMED = 1_000, 10_000
_IDLE_SECONDS = 20.0
_SMALL, _EACH = 20_000, 10
_TURNS = 200
_TICKS = os.sysconf("SC_CLK_TCK")
_LOADED = """
import asyncio, resource, sys, time
from datetime import UTC, datetime, timedelta
from benchmarks import peer

async def main(root, people):
    app = await peer.application(root, 30, best=False)
    began = time.perf_counter()
    peer.remind(app, people, datetime.now(UTC) + timedelta(hours=2), best=False)
    await app.initialize()
    await app.start()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(time.perf_counter() - began, memory / 1024, flush=True)
    await app.stop()
asyncio.run(main(sys.argv[1], int(sys.argv[2])))
"""


@dataclass(frozen=True, slots=True)
class Found:
    """Seconds, megabytes, parts of a core."""

    first: float
    memory: float
    idle: float
    claim: float
    turn: float


async def measured(far: FarSide, reminders: int) -> Found:
    """Of a database with so many reminders, ten a person, of which a thousand are due."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/limber.db"
        await migrate(url)
        keyring = Keyring([KEY])
        database = open_database(url, keyring, Ids(SystemClock()))
        await database.start()
        due = SystemClock().now() - timedelta(seconds=30)
        await fill(database, keyring, reminders // _EACH, _DUE, due, _EACH - 1)
        claim = await _claimed(database)
        await database.stop()
        first, memory, idle = await _run(far, url, folder)
        database = open_database(url, keyring, Ids(SystemClock()))
        await database.start()
        cost = await _turns(database)
        await database.stop()
        return Found(first, memory, idle, claim, cost)


async def _claimed(database: Database) -> float:
    """How long it takes to claim 10,000; they are given back."""
    later = SystemClock().now() + timedelta(days=1)
    took = 0.0

    def claim(store: Store) -> None:
        nonlocal took
        began = time.perf_counter()
        if len(store.reminders.claim_due(later, _CLAIMED)) != _CLAIMED:
            raise AssertionError("too few are due")
        took = time.perf_counter() - began
        raise _GiveBack

    settle()
    try:
        await database.write(claim)
    except _GiveBack:
        return took
    finally:
        gc.unfreeze()
    raise AssertionError


class _GiveBack(Exception):
    """Rolls a claim back."""


async def _turns(database: Database) -> float:
    """Processor seconds of a turn."""
    began = time.process_time()
    for number in range(_TURNS):
        await database.write(lambda store, number=number: turn(store, number))  # type: ignore[misc]
    return (time.process_time() - began) / _TURNS


async def _run(far: FarSide, url: str, folder: str) -> tuple[float, float, float]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(_ROOT),
        "DATABASE_URL": url,
        "PORT": "0",
        "ENCRYPTION_KEYS": b64encode(KEY).decode(),
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": far.root,
        "SEND_RATE": "1000",
        "LOG_LEVEL": "ERROR",
    }
    far.arrived()
    began = time.monotonic()
    process = subprocess.Popen([sys.executable, "-m", "bot", "run"], env=environment, cwd=folder)  # noqa: ASYNC220
    try:
        came: list[Arrival] = []
        while len({each.chat for each in came}) < _DUE and time.monotonic() - began < 120:
            await asyncio.sleep(0.05)
            came += far.arrived()
        await asyncio.sleep(3)
        before = _processor(process.pid)
        await asyncio.sleep(_IDLE_SECONDS)
        idle = (_processor(process.pid) - before) / _IDLE_SECONDS
        memory = _memory(process.pid)
    finally:
        process.terminate()
        process.wait()
    return min(each.at for each in came) - began, memory, idle


def _processor(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _memory(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


async def _loaded(far: FarSide, people: int) -> str:
    """What the naive design needs to have so many in memory."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _LOADED, far.root, str(people), cwd=_ROOT, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await process.communicate()
    seconds, megabytes = map(float, said.split()[-2:])
    return f"{people:,}: {seconds:.1f} s to load, {megabytes:.0f} MB in all"


async def run(reminders: int = 1_000_000) -> list[Row]:
    """Both sizes, and the naive design's."""
    with FarSide() as far:
        small, big = await measured(far, _SMALL), await measured(far, reminders)
        loaded = await _loaded(far, reminders // 20)
    return [
        Row(
            f"{reminders:,} reminders, start of the process to first nudge",
            "≤ 3 s",
            f"{big.first:.2f} s",
            big.first <= 3,
            loaded,
        ),
        Row(
            f"memory, beside that of {_SMALL:,}",
            "within 20 MB",
            f"{big.memory:.0f} MB and {small.memory:.0f} MB",
            big.memory <= small.memory + 20,
        ),
        Row(
            f"{_CLAIMED:,} due claimed",
            "≤ 0.7 s",
            f"{big.claim:.2f} s ({small.claim:.2f} s of {_SMALL:,})",
            big.claim <= 0.7,
        ),
        Row("idle", "≤ 0.1% of a core", f"{big.idle:.2%} ({small.idle:.2%})", big.idle <= 0.001),
        Row(
            f"a turn's store, at {reminders:,} and {_SMALL:,} reminders",
            "flat",
            f"{big.turn * 1e3:.2f} and {small.turn * 1e3:.2f} ms of processor",
            big.turn <= 1.25 * small.turn,
        ),
    ]


if __name__ == "__main__":
    for row in asyncio.run(run(int(sys.argv[1]))):
        print(f"{row.what}: {row.ours} (aim {row.aim}) {row.peer}")
