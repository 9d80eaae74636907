"""`python -m benchmarks`: all of them, or those named; all of them also write `docs/benchmarks.md`.

Each runs in a process of its own, with a time to end in: one that fails is a row that says so, and the
others are measured all the same.
"""

import asyncio
import importlib
import json
import logging
import os
import platform
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.rows import Row, table
from bot.clock import SystemClock

ALL = {
    "turns": 60,
    "transport": 90,
    "burst": 280,
    "reminders": 240,
    "drawing": 30,
    "progress": 90,
    "years": 90,
    "understanding": 90,
}
"""Seconds that each may take at most; on a quiet machine all take a good deal less together."""

_ROOT = Path(__file__).parents[1]
_STORED = _ROOT / "benchmarks" / "results.json"
_PAGE = _ROOT / "docs" / "benchmarks.md"
_MEASURE = "--measure"
_ABOUT = """Made by `make bench`; don't edit.

Ours runs beside the naive design in the same run, in turns: a job a reminder in python-telegram-bot's
JobQueue, its rate limiter, its default transport, and a commit an update through an AsyncSession. Its best
form runs late jobs too (`misfire_grace_time=None`) and has a larger pool of connections. The other side is a
process of its own, and what arrived there is what is counted. A ratio is the median of its rounds, with the
range."""


def main() -> int:
    """Prints the table of each, and stores that of all; 1 where one could not be run."""
    if sys.argv[1:2] == [_MEASURE]:
        return _measure(sys.argv[2])
    names = sys.argv[1:] or list(ALL)
    began, rows = time.monotonic(), []
    for name in names:
        found = _run(name)
        _say(table(found))
        rows += found
    missed = [row.what for row in rows if row.met is False]
    _say(f"\n{time.monotonic() - began:.0f} s; not met: {'; '.join(missed) or 'none'}")
    if names == list(ALL):
        _store(rows, time.monotonic() - began)
    return int(any(row.ours == "" for row in rows))


def _run(name: str) -> list[Row]:
    """Runs one in a process of its own."""
    command = [sys.executable, "-m", "benchmarks", _MEASURE, name]
    try:
        done = subprocess.run(
            command, cwd=_ROOT, timeout=ALL.get(name, 600), stdout=subprocess.PIPE, check=True, text=True
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        return [Row(f"{name}: {type(error).__name__}", "to be measured", "", met=False)]
    return [Row(**row) for row in json.loads(done.stdout.splitlines()[-1])]


def _measure(name: str) -> int:
    logging.disable()
    found = asyncio.run(importlib.import_module(f"benchmarks.{name}").run())
    _say(json.dumps([row.packed() for row in found]))
    return 0


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def _store(rows: list[Row], seconds: float) -> None:
    stored = {
        "at": f"{SystemClock().now():%Y-%m-%d %H:%M} UTC",
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}",
        "seconds": round(seconds),
        "rows": [row.packed() for row in rows],
    }
    _STORED.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n")
    _PAGE.write_text(page(stored))


def page(stored: dict[str, Any]) -> str:
    """The document, from what was stored."""
    rows = [Row(**row) for row in stored["rows"]]
    met = sum(row.met is True for row in rows)
    return (
        f"# Benchmarks\n\n{_ABOUT}\n\n{stored['at']}, {stored['machine']}, {stored['seconds']} seconds. "
        f"{met} of {sum(row.met is not None for row in rows)} aims were met.\n\n{table(rows)}\n"
    )


if __name__ == "__main__":
    sys.exit(main())
