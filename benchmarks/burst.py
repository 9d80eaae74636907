"""Many due in the same second: delivered once each, how fast, within the limit, and what a reply waits.

    python -m benchmarks.burst 10000 30

The far side is a process of its own; its count of arrivals is what is told.
"""

import asyncio
import gc
import logging
import statistics
import sys
import tempfile
import time
from base64 import b64encode
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from benchmarks import peer
from benchmarks.crowd import fill
from benchmarks.far_side import TOKEN, Arrival, FarSide
from benchmarks.rounds import told
from benchmarks.rows import Row
from bot.app import App, build, settle
from bot.clock import SystemClock
from bot.conversation.messages import Incoming
from bot.roles import Role
from bot.settings import load_settings
from bot.store.database import open_database
from bot.store.encryption import Keyring
from bot.store.ids import Ids
from bot.store.migrate import migrate

KEY = bytes(range(32))
SLOW, SLOW_ROUNDS = (300, 30), 3
FAST, FAST_ROUNDS = (2000, 1000), 5
_QUIET_SECONDS = 6.0
_LONGEST_SECONDS = 30.0
_NAIVE = 300
"""Messages that the naive design is given at most: with 2,000 its queue keeps it busy for minutes."""
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
    def lost(self) -> int:
        """How many never got theirs."""
        return self.count - len(self.nudges)

    @property
    def doubled(self) -> int:
        """How many messages were too many."""
        return sum(self.nudges.values()) - len(self.nudges)

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
        if self.lost:
            return f"{len(self.nudges):,} of {self.count:,}"
        said = f"{self.doubled} doubled; {self.ratio:.3f} × N/rate; most in a second {self.most}"
        return said + (f"; stall {self.stall * 1e3:.0f} ms" if self.stall else "")


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
        settle()
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


def _p99(waits: list[float]) -> float:
    return sorted(waits)[int(0.99 * (len(waits) - 1))] if waits else float("inf")


async def run() -> list[Row]:
    """At the common limit with people talking, then with that of paid broadcasts."""
    with FarSide() as far:
        slow = await _rounds(far, *SLOW, SLOW_ROUNDS, talk=True)
        fast = await _rounds(far, *FAST, FAST_ROUNDS, talk=False)
    waits = [wait for burst, *_ in slow for wait in burst.waits]
    return [
        _row(slow, 1.01, "; first within 0.1 s; never above the limit in any second"),
        Row(
            "a reply while nudges go out",
            "p99 ≤ 1 s",
            f"p99 {_p99(waits):.2f} s, median {statistics.median(waits):.2f} s, {len(waits)} times",
            _p99(waits) <= 1,
        ),
        _row(fast, 1.05, "; never above the limit in any second"),
        _stalls(f"event loop, longest stall at {SLOW[1]}/s", [burst for burst, *_ in slow]),
        _stalls(f"event loop, longest stall at {FAST[1]}/s", [burst for burst, *_ in fast]),
    ]


Round = tuple[Burst, Burst | None, Burst | None]


async def _round(far: FarSide, count: int, rate: int, *, talk: bool) -> Round:
    mine, fewer = await ours(far, count, rate, talk=talk), min(count, _NAIVE)
    return mine, await theirs(far, fewer, rate, best=False), await theirs(far, fewer, rate, best=True)


async def _rounds(far: FarSide, count: int, rate: int, rounds: int, *, talk: bool) -> list[Round]:
    """The naive design takes part in the first alone: it takes most of the time, and is off by far."""
    first = await _round(far, count, rate, talk=talk)
    return [first, *[(await ours(far, count, rate, talk=talk), None, None) for _ in range(rounds - 1)]]


def _row(rounds: Sequence[Round], most: float, more: str) -> Row:
    bursts = [burst for burst, *_ in rounds]
    count, rate = bursts[0].count, bursts[0].rate
    lost, doubled = sum(each.lost for each in bursts), sum(each.doubled for each in bursts)
    in_a_second = max(each.most for each in bursts)
    ratios, firsts = [each.ratio for each in bursts], [each.first for each in bursts]
    met = not lost and not doubled and statistics.median(ratios) <= most and in_a_second <= rate
    return Row(
        f"{count:,} due at once, {rate:,}/s",
        f"each once; ≤ {most} × N/rate{more}",
        f"{lost} lost, {doubled} doubled; {told(ratios, '.3f')} × N/rate; "
        f"first after {told(firsts)} s; most in a second {in_a_second}",
        met and ("first" not in more or statistics.median(firsts) <= 0.1),
        *("; ".join(str(each[side]) for each in rounds if each[side] is not None) for side in (1, 2)),
    )


def _stalls(what: str, bursts: Sequence[Burst]) -> Row:
    stalls = [each.stall * 1e3 for each in bursts]
    return Row(what, "≤ 25 ms", f"{told(stalls, '.0f')} ms", statistics.median(stalls) <= 25)


async def _alone(count: int, rate: int) -> None:
    with FarSide() as far:
        burst = await ours(far, count, rate, talk=rate <= 100)
    print(burst, f"; replies: p99 {_p99(burst.waits):.2f} s" if burst.waits else "")


if __name__ == "__main__":
    logging.disable()
    asyncio.run(_alone(int(sys.argv[1]), int(sys.argv[2])))
