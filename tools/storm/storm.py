"""One storm, from the first process to the verdict."""

import asyncio
import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.clock import SystemClock
from bot.store.database import Database, open_database
from bot.store.encryption import Keyring
from bot.store.ids import Ids
from bot.store.migrate import migrate
from bot.store.unit import Store
from tests.emulators.telegram import Fault, FloodLimits, TelegramEmulator
from tools.storm.crowd import Crowd
from tools.storm.deployment import KEY, Deployment, Engine, deployed
from tools.storm.verdict import Verdict, judge

FAILING = 0.10
WAYS = (
    Fault.flood(1),
    Fault.flood(2),
    Fault.server_error(500),
    Fault.server_error(502),
    Fault.server_error(503),
    Fault.reset(accepted=False),
    Fault.reset(accepted=True),
    Fault.hang(accepted=False),
    Fault.hang(accepted=True),
)
_MOVES_EVERY = 20
_LONGEST_LIFE = 3.0
_LONGEST_START = 15.0
_DRAIN_SECONDS = 120.0
_SHOWN = 20_000


@dataclass(frozen=True, slots=True)
class Storm:
    """What to do. `server` is the URL of a PostgreSQL that runs already; `tell` is told how far it is."""

    engine: Engine
    kills: int
    seed: int
    people: int = 12
    server: str | None = None
    tell: Callable[[str], None] = lambda _: None

    async def rage(self) -> Verdict:
        """Runs it in a folder of its own."""
        with tempfile.TemporaryDirectory(prefix="limber-storm-") as folder:
            chance = random.Random(self.seed)  # noqa: S311 - to be repeated, not to be secret
            async with (
                TelegramEmulator(limits=FloodLimits()) as emulator,
                deployed(self.engine, Path(folder), emulator.root, chance, self.server) as deployment,
            ):
                await migrate(deployment.database_url)
                database = open_database(deployment.database_url, Keyring([KEY]), Ids(SystemClock()))
                await database.start()
                try:
                    return await self._over(emulator, deployment, database, chance)
                except BaseException:
                    self.tell(deployment.log.read_text()[-_SHOWN:])
                    raise
                finally:
                    await database.stop()

    async def _over(
        self, emulator: TelegramEmulator, deployment: Deployment, database: Database, chance: random.Random
    ) -> Verdict:
        crowd = Crowd.of(emulator, database, chance, self.people)
        await deployment.start()
        await crowd.agree()
        emulator.faults.randomly(FAILING, WAYS, seed=self.seed)
        kills = [await self._round(number, crowd, deployment, chance) for number in range(self.kills)]
        emulator.faults.clear()
        await crowd.everyone_is_back()
        await self._until_settled(database, crowd)
        await deployment.stop()
        verdict = await judge(emulator, database, crowd, kills)
        if not verdict.is_good:
            self.tell(deployment.log.read_text()[-_SHOWN:])
        return verdict

    async def _round(self, number: int, crowd: Crowd, deployment: Deployment, chance: random.Random) -> float:
        """People do something, then a process dies at any instant. Answers with the instant.

        Mostly once the last one is up again: else little would be going on when it dies.
        """
        if number % 4:
            await _until_it_calls(crowd.emulator)
        await crowd.go_on()
        if number % 5 == 2:
            await crowd.block_or_come_back()
        if number % 3 == 1:
            crowd.refuse()
        if number % _MOVES_EVERY == min(_MOVES_EVERY, self.kills) // 2:
            await crowd.move()
        await asyncio.sleep(chance.uniform(0, _LONGEST_LIFE))
        verb, at = await deployment.kill_one(chance)
        self.tell(f"kill {number + 1} of {self.kills}: {verb}")
        return at

    async def _until_settled(self, database: Database, crowd: Crowd) -> None:
        """Waits until nothing is due, nothing waits and nothing is on its way; gives up in the end."""
        deadline = time.monotonic() + _DRAIN_SECONDS
        while time.monotonic() < deadline:
            if not crowd.emulator.pending and await database.read(_is_quiet):
                return
            await asyncio.sleep(0.2)


async def _until_it_calls(emulator: TelegramEmulator) -> None:
    """Waits until someone calls Telegram, or for a while."""
    before, deadline = len(emulator.calls), time.monotonic() + _LONGEST_START
    while len(emulator.calls) == before and time.monotonic() < deadline:  # noqa: ASYNC110 - in another process
        await asyncio.sleep(0.05)


def _is_quiet(store: Store) -> bool:
    return store.reminders.next_due_at() is None and store.outbox.oldest_due() is None
