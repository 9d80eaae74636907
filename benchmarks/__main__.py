"""`python -m benchmarks`: all of them, or those named; all of them also write `docs/benchmarks.md`."""

import asyncio
import importlib
import importlib.util
import json
import logging
import os
import platform
import sys
from pathlib import Path

from benchmarks.rows import Row, table
from bot.clock import SystemClock

ALL = ("turns", "transport", "burst", "reminders", "drawing", "progress", "understanding")
_ROOT = Path(__file__).parents[1]
_STORED = _ROOT / "benchmarks" / "results.json"
_PAGE = _ROOT / "docs" / "benchmarks.md"
_ABOUT = """Made by `make bench`; don't edit.

Ours runs beside the naive design in the same run: a job a reminder in python-telegram-bot's JobQueue, its
rate limiter, its default transport, and a commit an update through an AsyncSession. Its best form runs late
jobs too (`misfire_grace_time=None`) and has a larger pool of connections. The other side is a process of its
own, and what arrived there is what is counted."""


def main() -> None:
    """Prints the table of each, and stores that of all."""
    logging.disable()
    names = sys.argv[1:] or [each for each in ALL if importlib.util.find_spec(f"benchmarks.{each}")]
    rows: list[Row] = []
    lines: list[str] = []
    for name in names:
        found = asyncio.run(importlib.import_module(f"benchmarks.{name}").run())
        sys.stdout.write((table(found) if isinstance(found, list) else str(found)) + "\n")
        sys.stdout.flush()
        if isinstance(found, list):
            rows += found
        else:
            lines.append(str(found))
    if not sys.argv[1:]:
        _store(rows, lines)


def _store(rows: list[Row], lines: list[str]) -> None:
    at = f"{SystemClock().now():%Y-%m-%d %H:%M} UTC"
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
    stored = {"at": at, "machine": machine, "rows": [row.packed() for row in rows], "lines": lines}
    _STORED.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n")
    _PAGE.write_text(page(stored))


def page(stored: dict[str, object]) -> str:
    """The document, from what was stored."""
    rows = [Row(**row) for row in stored["rows"]]  # type: ignore[attr-defined]
    lines = "\n".join(f"* {line}" for line in stored["lines"])  # type: ignore[attr-defined]
    return (
        f"# Benchmarks\n\n{_ABOUT}\n\n"
        f"{stored['at']}, {stored['machine']}.\n\n{table(rows)}\n\n## More\n\n{lines}\n"
    )


if __name__ == "__main__":
    main()
