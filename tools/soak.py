"""A day of many people, compressed over a clock that is moved: does anything grow, stay behind or come late?

    python -m tools.soak --people 100000 --hours 24

In one process over SQLite, with a carrier that takes everything: what is looked at is the nudger, the
outbox and the engine. People are nudged once a day at a time of theirs, most in the morning and the
evening; of those nudged, some answer a little later.
"""

import argparse
import asyncio
import random
import resource
import sys
import tempfile
import time
from array import array
from base64 import b64encode
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import bindparam, update

from benchmarks.crowd import fill
from bot.app import App, build, settle
from bot.conversation.messages import Attachment, Incoming, Wire
from bot.delivery.sender import Sender
from bot.delivery.voice import Voice
from bot.settings import load_settings
from bot.store.database import open_database
from bot.store.encryption import Keyring
from bot.store.ids import Ids
from bot.store.migrate import migrate
from bot.store.tables import Reminder, table_of
from bot.store.unit import Store
from tests.clock import MovableClock

KEY = bytes(range(32))
_STARTS = datetime(2026, 11, 26, 22, 0, tzinfo=UTC)
_STEP = timedelta(minutes=1)
RATE = 30
"""Messages a second: the common limit of a bot."""
_PEAKS = ((8.0, 1.2, 0.5), (19.5, 1.5, 0.35), (13.0, 3.0, 0.15))
"""Local hour, its spread, and the part of people whose time lies around it."""


class Everything:
    """A platform that takes everything at once and remembers who was nudged, and how late.

    `excess` is what a nudge was late beyond the time that those before it in its minute take at the common
    limit: with a hundred due at once, the last can't be out in the same second.
    """

    platform = "telegram"

    def __init__(self) -> None:
        self.nudged: deque[str] = deque()
        self.lateness = array("f")
        self.excess = array("f")
        self.minute_began = 0.0
        self.taken = 0

    async def carry(self, address: str, wire: Wire, attachment: Attachment | None, key: str) -> str:
        self.taken += 1
        if any(button.press.startswith("n:") for row in wire.buttons for button in row):
            late = time.monotonic() - self.minute_began
            self.lateness.append(late)
            self.excess.append(max(0.0, late - len(self.nudged) / RATE))
            self.nudged.append(address)
        return str(self.taken)

    async def busy(self, address: str) -> None:
        """Nobody looks."""


@dataclass
class Day:
    """What a day was like. Lateness is how many real seconds after its minute began a nudge was taken.

    See `Everything` for its `excess`.
    """

    people: int
    nudged: int = 0
    answered: int = 0
    left: int = 0
    minutes: float = 0.0
    lateness: Sequence[float] = ()
    excess: Sequence[float] = ()
    memory: list[float] = field(default_factory=list)

    @property
    def grew(self) -> float:
        """Megabytes, from a third of the day to its end."""
        return self.memory[-1] - self.memory[len(self.memory) // 3]

    def __str__(self) -> str:
        return (
            f"{self.people:,} people, {self.nudged:,} nudged, {self.answered:,} answered, "
            f"in {self.minutes:.1f} minutes; left in the outbox {self.left}; "
            f"lateness p99 {_p99(self.lateness):.2f} s, "
            f"{_p99(self.excess):.2f} s of it beyond what {RATE} a second allow; "
            f"memory {self.memory[0]:.0f} to {self.memory[-1]:.0f} MB, "
            f"{self.grew:+.0f} MB in the last two thirds of it"
        )


async def soak(people: int, hours: int, seed: int = 7) -> Day:
    """Lives the day."""
    chance = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    clock = MovableClock(_STARTS)
    with tempfile.TemporaryDirectory(prefix="limber-soak-") as folder:
        url = f"sqlite:///{folder}/limber.db"
        await migrate(url)
        settings = {"DATABASE_URL": url, "ENCRYPTION_KEYS": b64encode(KEY).decode(), "LOG_LEVEL": "ERROR"}
        keyring = Keyring([KEY])
        database = open_database(url, keyring, Ids(clock))
        await database.start()
        await fill(database, keyring, people, 0, _STARTS)
        await database.write(lambda store: _spread(store, people, chance))
        await database.stop()
        app = build(load_settings(settings, None), clock)
        await app.database.start()
        settle()
        try:
            return await _lived(app, clock, Day(people), hours, chance)
        finally:
            await app.supervisor.stop(5)
            await app.database.stop()


def _spread(store: Store, people: int, chance: random.Random) -> None:
    """Gives each reminder its time of day."""
    rows = table_of(Reminder)
    ids = [row.id for row in store.session.execute(rows.select().with_only_columns(rows.c.id))]
    times = [_time(chance) for _ in range(people)]
    due = [_STARTS + (at - _STARTS) % timedelta(days=1) for at in times]
    statement = (
        update(rows)
        .where(rows.c.id == bindparam("of"))
        .values(next_due_at=bindparam("due"), times=bindparam("at"))
    )
    changes = [{"of": each, "due": at, "at": f"{at:%H:%M}"} for each, at in zip(ids, due, strict=True)]
    store.session.connection().execute(statement, changes)


def _time(chance: random.Random) -> datetime:
    hour, spread, _ = chance.choices(_PEAKS, [part for *_, part in _PEAKS])[0]
    minute = int(chance.gauss(hour, spread) * 60) % (24 * 60)
    return _STARTS.replace(hour=0) + timedelta(minutes=minute)


async def _lived(app: App, clock: MovableClock, day: Day, hours: int, chance: random.Random) -> Day:
    platform = Everything()
    sender = Sender(platform, app.database, app.workshop, app.supervisor, clock, None, at_once=256)
    app.switchboard.add(platform.platform, Voice(platform, None), sender)
    app.supervisor.start(sender.run(), "sender")
    began, answers = time.monotonic(), 0
    for step in range(hours * 60 + 30):
        due, platform.minute_began = clock.now(), time.monotonic()
        await app.nudger.second()
        sender.wake()
        await _emptied(app, sender)
        day.nudged += len(platform.nudged)
        while platform.nudged:
            address = platform.nudged.popleft()
            if chance.random() < 0.3:
                answers += 1
                await app.engine.handle(
                    Incoming("telegram", address, f"soak:{answers}", due, text="did it, 5 min", language="en")
                )
        if step % 30 == 0:
            day.memory.append(_memory())
        if step % 60 == 59:
            await app.tidy()
        clock.move(seconds=_STEP.total_seconds())
    await _emptied(app, sender)
    day.lateness, day.excess = platform.lateness, platform.excess
    day.answered, day.minutes = answers, (time.monotonic() - began) / 60
    day.left = int(await app.database.read(lambda store: store.outbox.oldest_due()) is not None)
    return day


async def _emptied(app: App, sender: Sender) -> None:
    """Waits until nothing is due any more."""
    while await app.database.read(lambda store: store.outbox.oldest_due()) is not None:
        sender.wake()
        await asyncio.sleep(0)
        await sender.idle()


def _p99(values: Sequence[float]) -> float:
    return sorted(values)[int(0.99 * (len(values) - 1))] if values else 0.0


def _memory() -> float:
    """Megabytes that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1024 / 1024


def main() -> int:
    """Runs it; 1 where something stayed behind."""
    parser = argparse.ArgumentParser(prog="python -m tools.soak")
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--hours", type=int, default=24)
    given = parser.parse_args()
    day = asyncio.run(soak(given.people, given.hours))
    sys.stdout.write(f"{day}\n")
    return 0 if day.left == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
