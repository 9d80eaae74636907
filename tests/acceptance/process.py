"""Limber as a process of its own, to be started and killed."""

import asyncio
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]


@dataclass
class Process:
    """A running `python -m bot`, with one of its verbs."""

    running: asyncio.subprocess.Process

    @classmethod
    async def start(
        cls,
        settings: Mapping[str, str],
        verb: str = "run",
        folder: Path | None = None,
        log: int | IO[bytes] = asyncio.subprocess.DEVNULL,
    ) -> "Process":
        """Starts it, with these settings and no others, in a folder without `.env`.

        The folder is that of the SQLite file, unless one is given. What it logs goes to `log`.
        """
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PORT": "0", **settings}
        running = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            verb,
            env=environment,
            cwd=folder or Path(settings["DATABASE_URL"].removeprefix("sqlite:///")).parent,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=log,
        )
        return cls(running)

    async def kill(self) -> None:
        """kill -9."""
        self.running.kill()
        await self.running.wait()

    async def end(self) -> None:
        """Ends it, if it still runs."""
        if self.running.returncode is None:
            await self.kill()

    async def stop(self) -> int:
        """SIGTERM; answers with the exit code."""
        self.running.terminate()
        return await self.running.wait()
