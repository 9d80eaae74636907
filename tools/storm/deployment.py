"""The processes that a storm kills: one over SQLite, or two webs and three workers over PostgreSQL."""

import base64
import random
import secrets
import socket
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from tests.acceptance.process import Process
from tests.emulators.telegram import TOKEN
from tests.postgres import packaged, start_somehow, ways
from tools.storm.balancer import Balancer

Engine = Literal["sqlite", "postgres"]
KEY = bytes(range(32))
SHARED = ("web", "web", "worker", "worker", "worker")


@dataclass
class Deployment:
    """Limber as it is run: what each process is told, and the processes, in the same order."""

    settings: list[dict[str, str]]
    verbs: tuple[str, ...]
    folder: Path
    running: list[Process] = field(default_factory=list)

    @property
    def database_url(self) -> str:
        """The database they share."""
        return self.settings[0]["DATABASE_URL"]

    @property
    def log(self) -> Path:
        """What all of them logged."""
        return self.folder / "log"

    async def start(self) -> None:
        """Starts all."""
        for number in range(len(self.verbs)):
            self.running.append(await self._process(number))

    async def kill_one(self, chance: random.Random) -> tuple[str, float]:
        """Kills any of them at once and starts it again; answers with its verb and when it was dead."""
        number = chance.randrange(len(self.verbs))
        return self.verbs[number], await self.kill(number)

    async def kill(self, number: int) -> float:
        """Kills one and starts it again; answers with when it was dead."""
        await self.running[number].kill()
        dead_at = time.monotonic()
        self.running[number] = await self._process(number)
        return dead_at

    async def stop(self) -> list[int]:
        """Asks all to stop; answers with their exit codes."""
        return [await process.stop() for process in self.running]

    async def end(self) -> None:
        """Ends what still runs."""
        for process in self.running:
            await process.end()

    async def _process(self, number: int) -> Process:
        with self.log.open("ab") as log:
            return await Process.start(self.settings[number], self.verbs[number], self.folder, log)


@asynccontextmanager
async def deployed(
    engine: Engine, folder: Path, api_url: str, chance: random.Random, server: str | None = None
) -> AsyncIterator[Deployment]:
    """What to start, not started yet. `server` is a PostgreSQL that runs already."""
    told = {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": api_url,
        "ENCRYPTION_KEYS": base64.b64encode(KEY).decode(),
    }
    async with AsyncExitStack() as exits:
        if engine == "sqlite":
            deployment = Deployment(
                [told | {"DATABASE_URL": f"sqlite:///{folder}/limber.db"}], ("run",), folder
            )
        else:
            postgres = exits.enter_context(ExitStack())
            url = server or start_somehow(postgres, packaged(), ways())
            balancer = Balancer(_free_ports(2), chance)
            await balancer.start()
            exits.callback(balancer.stop)
            deployment = Deployment(_shared(told, url, balancer), SHARED, folder)
        exits.push_async_callback(deployment.end)
        yield deployment


def _shared(told: dict[str, str], url: str, balancer: Balancer) -> list[dict[str, str]]:
    told = told | {
        "DATABASE_URL": url,
        "TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{balancer.port}/telegram",
        "TELEGRAM_WEBHOOK_SECRET": secrets.token_hex(24),
    }
    webs = [told | {"PORT": str(port)} for port in balancer.ports]
    return [*webs, *[told] * (len(SHARED) - len(webs))]


def _free_ports(count: int) -> list[int]:
    with ExitStack() as held:
        sockets = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [each.getsockname()[1] for each in sockets]
