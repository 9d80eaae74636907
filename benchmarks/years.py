"""Five years of daily practice beside five weeks: how long replies take, and what nudges read."""

import asyncio
import time
from datetime import datetime
from functools import partial
from statistics import median

from sqlmodel import col, update

from benchmarks.doorstep import PLATFORM, Doorstep, limber
from benchmarks.rounds import told
from benchmarks.rows import Row, table
from bot.app import App
from bot.clock import SystemClock
from bot.nudges.around import look_around
from bot.store.tables import Reminder
from bot.store.unit import Store
from tests.lives import lived

ROUNDS, A_ROUND = 9, 7
YEARS, A_BIT, PEOPLE = 5, 0.1, 8
MOST = 1.5
_SAID = ("/log 5 min", "did it, helped, 7 to 3", "not today")
"""What is said most days."""


async def run(rounds: int = ROUNDS) -> list[Row]:
    """A row for each thing said, and one for nudges."""
    async with limber() as (old_app, old), limber() as (new_app, new):
        for number in range(PEOPLE):
            await old_app.database.write(partial(_person, number=number, years=YEARS))
            await new_app.database.write(partial(_person, number=number, years=A_BIT))
        replies = [await _replies(old, new, said, rounds) for said in _SAID]
        found = [(await _read(old_app), await _read(new_app)) for _ in range(rounds)]
    return [*replies, _row("what nudges read", found)]


async def _replies(old: Doorstep, new: Doorstep, said: str, rounds: int) -> Row:
    found = [(await _answered(old, said), await _answered(new, said)) for _ in range(rounds)]
    return _row(f"“{said}”", found)


def _row(what: str, found: list[tuple[float, float]]) -> Row:
    """How many times longer it takes after years: the median of rounds in turns."""
    ratios = [after / before for after, before in found]
    after, before = (median(side) * 1e3 for side in zip(*found, strict=True))
    ours = f"{told(ratios)} times; {after:.1f} ms beside {before:.1f}"
    return Row(
        f"{what} after {YEARS} years, beside five weeks", f"≤ {MOST} times", ours, median(ratios) <= MOST
    )


async def _answered(door: Doorstep, said: str) -> float:
    """Seconds until a reply, what it asks for cancelled: the median of some."""
    took = []
    for _ in range(A_ROUND):
        took.append(await door.says(_name(0), said))
        await door.says(_name(0), "/cancel")
    return median(took)


async def _read(app: App) -> float:
    """Seconds to read what deciding on a nudge of each needs; nothing of it is kept."""
    took = 0.0

    def read(store: Store) -> None:
        nonlocal took
        now = SystemClock().now()
        _come_due(store, now)
        due = {each.person.id: each for each in store.reminders.claim_due(now, 100 * PEOPLE)}
        if len(due) != PEOPLE:
            raise AssertionError("somebody has no reminder")
        began = time.perf_counter()
        look_around(store, list(due.values()), now)
        took = time.perf_counter() - began
        raise _GiveBack

    try:
        await app.database.write(read)
    except _GiveBack:
        return took
    raise AssertionError


class _GiveBack(Exception):
    """Rolls what came due back."""


def _come_due(store: Store, now: datetime) -> None:
    asking = (Reminder.kind == "practice", col(Reminder.ended_at).is_(None), col(Reminder.days).is_not(None))
    store.session.exec(update(Reminder).where(*asking).values(next_due_at=now))


def _person(store: Store, number: int, years: float) -> None:
    now = SystemClock().now()
    person = store.people.meet(PLATFORM, _name(number), now, "en", "Europe/Berlin").person
    store.people.agree(person.id, "records", 1, now, PLATFORM)
    lived(store, person.id, now, years, seed=number)


def _name(number: int) -> str:
    return f"ada{number}"


if __name__ == "__main__":
    print(table(asyncio.run(run())))
