"""Many due in the same second: delivered once each, how fast, within the limit, and what a reply waits.

    python -m benchmarks.burst 10000 30

The far side is a process of its own; its count of arrivals is what is told.
"""

import asyncio
import gc
import statistics
import sys
import tempfile
import time
from base64 import b64encode
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from benchmarks import peer
from benchmarks.crowd import fill
from benchmarks.far_side import TOKEN, Arrival, FarSide
from benchmarks.rows import Row
from bot.app import App, build
from bot.clock import SystemClock
from bot.conversation.messages import Incoming
from bot.roles import Role
from bot.settings import load_settings
from bot.store.database import open_database
from bot.store.encryption import Keyring
from bot.store.ids import Ids
from bot.store.migrate import migrate

KEY = bytes(range(32))
_TALKERS = 10
_QUIET_SECONDS = 6.0
_LONGEST_SECONDS = 30.0
_AHEAD = timedelta(seconds=4)


@dataclass
class Burst:
    """What arrived. Seconds; `waits` are of replies, `stalls` of the event loop."""

    count: int
    rate: int
    due: float
    arrivals: list[Arrival] = field(default_factory=list)
    replies: int = 0
    waits: list[float] = field(default_factory=list)
    stall: float = 0.0

    @property
    def nudges(self) -> Counter[int]:
        """How often each chat that was to be nudged got something."""
        return Counter(each.chat for each in self.arrivals if each.chat <= self.count)

    @property
    def first(self) -> float:
        """How long after the time the first came."""
        return min((each.at for each in self.arrivals if each.chat <= self.count), default=0.0) - self.due

    @property
    def total(self) -> float:
        """From the time till the last."""
        return max((each.at for each in self.arrivals), default=self.due) - self.due

    @property
    def ratio(self) -> float:
        """The total beside the least that the rate allows."""
        return self.total / (len(self.arrivals) / self.rate)

    @property
    def most(self) -> int:
        """The most in any second."""
        times = sorted(each.at for each in self.arrivals)
        return max((bisect_right(times, at) - bisect_right(times, at - 1.0) for at in times), default=0)

    def __str__(self) -> str:
        got, doubled = len(self.nudges), sum(self.nudges.values()) - len(self.nudges)
        if got < self.count:
            return f"{got:,} of {self.count:,} after {self.total:.0f} s"
        told = f"{got:,} once, {doubled} doubled; {self.ratio:.3f} × N/rate; first after {self.first:.2f} s; "
        told += f"most in a second {self.most}"
        return told + (f"; stall {self.stall * 1e3:.0f} ms" if self.stall else "")


async def ours(far: FarSide, count: int, rate: int, *, talk: bool) -> Burst:
    """Limber over SQLite, while some people talk."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/limber.db"
        await migrate(url)
        keyring = Keyring([KEY])
        database = open_database(url, keyring, Ids(SystemClock()))
        await database.start()
        app = build(_settings(url, far, rate), role=Role.RUN)
        due = (SystemClock().now() + _AHEAD + timedelta(seconds=count / 4000)).replace(microsecond=0)
        await fill(database, keyring, count, count, due)
        await database.stop()
        await app.start()
        gc.freeze()
        try:
            return await _watched(app, far, Burst(count, rate, _monotonic(due)), talk=talk)
        finally:
            gc.unfreeze()
            await app.stop()


async def theirs(far: FarSide, count: int, rate: int, *, best: bool) -> Burst:
    """The naive design."""
    app = await peer.application(far.root, rate, best=best)
    due = (SystemClock().now() + _AHEAD + timedelta(seconds=count / 1500)).replace(microsecond=0)
    await app.initialize()
    peer.remind(app, count, due, best=best)
    await app.start()
    far.arrived()
    burst = Burst(count, rate, _monotonic(due))
    await _until_quiet(far, burst)
    await app.stop()
    await app.shutdown()
    return burst


async def _watched(app: App, far: FarSide, burst: Burst, *, talk: bool) -> Burst:
    far.arrived()
    beside = [asyncio.create_task(_look_for_stalls(burst))]
    handed: list[tuple[int, float]] = []
    if talk:
        beside.append(asyncio.create_task(_talk(app, burst, handed)))
    await _until_quiet(far, burst)
    for task in beside:
        task.cancel()
    for chat, at in handed:
        came = [each.at for each in burst.arrivals if each.chat == chat and each.at >= at]
        burst.waits += [min(came) - at] if came else []
    return burst


async def _talk(app: App, burst: Burst, handed: list[tuple[int, float]]) -> None:
    """Someone says something twice a second, once the burst has begun."""
    await asyncio.sleep(max(0.0, burst.due - time.monotonic()) + 0.5)
    number = 0
    while True:
        number += 1
        chat = burst.count + 1 + number
        handed.append((chat, time.monotonic()))
        await app.engine.handle(
            Incoming(
                "telegram", str(chat), f"bench:{number}", SystemClock().now(), text="/about", language="en"
            )
        )
        await asyncio.sleep(0.5)


async def _look_for_stalls(burst: Burst) -> None:
    await asyncio.sleep(max(0.0, burst.due - time.monotonic()))
    while True:
        before = time.perf_counter()
        await asyncio.sleep(0.002)
        burst.stall = max(burst.stall, time.perf_counter() - before - 0.002)


async def _until_quiet(far: FarSide, burst: Burst) -> None:
    """Until everyone got theirs, nothing comes any more, or it has taken far too long."""
    await asyncio.sleep(max(0.0, burst.due - time.monotonic()))
    last = time.monotonic()
    longest = burst.due + _LONGEST_SECONDS + 1.5 * burst.count / burst.rate
    while time.monotonic() < min(longest, last + _QUIET_SECONDS) and len(burst.nudges) < burst.count:
        await asyncio.sleep(0.25)
        new = far.arrived()
        burst.arrivals += new
        last = time.monotonic() if new else last
    await asyncio.sleep(0.5)
    burst.arrivals += far.arrived()


def _settings(url: str, far: FarSide, rate: int):  # type: ignore[no-untyped-def]
    told = {
        "DATABASE_URL": url,
        "ENCRYPTION_KEYS": b64encode(KEY).decode(),
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": far.root,
        "SEND_RATE": str(rate),
        "PORT": "0",
        "LOG_LEVEL": "ERROR",
    }
    return load_settings(told, None)


def _monotonic(at: datetime) -> float:
    return time.monotonic() + (at - datetime.now(UTC)).total_seconds()


def _p99(waits: list[float]) -> str:
    if not waits:
        return "nobody was answered"
    return f"p99 {sorted(waits)[int(0.99 * (len(waits) - 1))]:.2f} s, median {statistics.median(waits):.2f} s"


async def run(count: int = 900, rate: int = 30, fast: int = 2000) -> list[Row]:
    """At the common limit with people talking, then with that of paid broadcasts."""
    with FarSide() as far:
        slow = await ours(far, count, rate, talk=True)
        slow_peers = [await theirs(far, count, rate, best=best) for best in (False, True)]
        quick = await ours(far, fast, 1000, talk=False)
        quick_peers = [await theirs(far, fast, 1000, best=best) for best in (False, True)]
    aim = "each once; ≤ 1.01 × N/rate; first within 0.1 s; never above the limit in any second; stall ≤ 25 ms"
    return [
        Row(f"{count:,} due at once, {rate}/s", aim, str(slow), *map(str, slow_peers)),
        Row(f"a reply meanwhile ({len(slow.waits)} of them)", "p99 ≤ 1 s", _p99(slow.waits)),
        Row(f"{fast:,} due at once, 1000/s", "≤ 1.05 × N/rate", str(quick), *map(str, quick_peers)),
    ]


async def _alone(count: int, rate: int) -> None:
    with FarSide() as far:
        burst = await ours(far, count, rate, talk=rate <= 100)
    print(burst, f"; replies: {_p99(burst.waits)}" if burst.waits else "")


if __name__ == "__main__":
    asyncio.run(_alone(int(sys.argv[1]), int(sys.argv[2])))
