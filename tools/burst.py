"""Three workers and two web processes over one PostgreSQL: many due at once, and a worker killed half-way.

    python -m tools.burst --due 10000 --rate 200

Counts what arrived at an emulator that enforces the limit. Ends with 0 where each was sent, none above the
limit, and nothing repeated but what was in flight when the worker was killed: handed to Telegram, and its
answer not written down yet. What was claimed and not handed over is sent once.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

from benchmarks.crowd import fill
from bot.clock import SystemClock
from bot.store.database import open_database
from bot.store.encryption import Keyring
from bot.store.ids import Ids
from bot.store.migrate import migrate
from tests.emulators.telegram import SENDING, FloodLimits, Rate, TelegramEmulator
from tools.storm.deployment import KEY, Deployment, deployed

_AHEAD = timedelta(seconds=8)
_QUIET_SECONDS = 20.0
_ON_ITS_WAY = 1.0
"""Seconds: what arrived longer than this before the kill had been answered, and that was written down."""


async def burst(due: int, rate: int, seed: int = 7) -> bool:
    """Runs it and says what came of it."""
    chance = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    limits = FloodLimits(overall=Rate(rate, 1.0))
    with tempfile.TemporaryDirectory(prefix="limber-burst-") as folder:
        async with (
            TelegramEmulator(limits=limits) as emulator,
            deployed("postgres", Path(folder), emulator.root, chance) as deployment,
        ):
            for settings in deployment.settings:
                settings["SEND_RATE"] = str(rate)
            await migrate(deployment.database_url)
            keyring = Keyring([KEY])
            database = open_database(deployment.database_url, keyring, Ids(SystemClock()))
            await database.start()
            for number in range(due):
                emulator.person(id=number + 1).comes()
            await fill(database, keyring, due, due, SystemClock().now() + _AHEAD)
            await database.stop()
            await deployment.start()
            await _half_way(emulator, due)
            kills = await _kill_the_sender(deployment)
            await _until_quiet(emulator, due)
            await deployment.stop()
            return _told(emulator, due, rate, kills)


async def _half_way(emulator: TelegramEmulator, due: int) -> None:
    while len(_arrivals(emulator)) < due // 2:  # noqa: ASYNC110 - it comes from other processes
        await asyncio.sleep(0.05)


async def _kill_the_sender(deployment: Deployment) -> list[float]:
    """Kills every worker but the last, so that the one that sends is among them; they come back at once.

    Answers with when each was dead.
    """
    workers = [number for number, verb in enumerate(deployment.verbs[:-1]) if verb == "worker"]
    return [await deployment.kill(number) for number in workers]


async def _until_quiet(emulator: TelegramEmulator, due: int) -> None:
    last, seen = time.monotonic(), 0
    while len(_arrivals(emulator)) < due and time.monotonic() - last < _QUIET_SECONDS:
        await asyncio.sleep(0.1)
        if len(_arrivals(emulator)) > seen:
            last, seen = time.monotonic(), len(_arrivals(emulator))
    await asyncio.sleep(2)


def _arrivals(emulator: TelegramEmulator) -> Counter[int]:
    return Counter(
        call.parameters["chat_id"] for call in emulator.calls if call.method in SENDING and call.accepted
    )


def _told(emulator: TelegramEmulator, due: int, rate: int, kills: list[float]) -> bool:
    arrived, killed = _arrivals(emulator), kills[-1]
    sent = [call for call in emulator.calls if call.method in SENDING and call.accepted]
    times = [call.at for call in sent]
    after = min((at for at in times if at > killed), default=killed) - killed
    firsts: dict[int, float] = {}
    for call in sent:
        firsts.setdefault(call.parameters["chat_id"], call.at)
    ages = [
        min((kill - firsts[chat] for kill in kills if kill > firsts[chat]), default=_QUIET_SECONDS)
        for chat, count in arrived.items()
        if count > 1
    ]
    doubled, most = sum(arrived.values()) - len(arrived), emulator.max_in_window(1.0)
    seconds = max(times) - min(times)
    sys.stdout.write(
        f"{len(arrived):,} of {due:,} sent, {doubled} repeated at the kill, each of which had arrived "
        f"at most {max(ages, default=0.0) * 1e3:.0f} ms before it, in {seconds:.1f} s "
        f"({seconds / (sum(arrived.values()) / rate):.3f} × N/rate), most in any second {most} of {rate}, "
        f"sending went on {after:.1f} s after the kill\n"
    )
    return len(arrived) == due and most <= rate and after <= 5 and max(ages, default=0) <= _ON_ITS_WAY


def main() -> int:
    """Runs it."""
    parser = argparse.ArgumentParser(prog="python -m tools.burst")
    parser.add_argument("--due", type=int, default=10_000)
    parser.add_argument("--rate", type=int, default=200)
    given = parser.parse_args()
    return 0 if asyncio.run(burst(given.due, given.rate)) else 1


if __name__ == "__main__":
    sys.exit(main())
