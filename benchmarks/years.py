"""Replies to someone with five years of daily practice beside the same to someone who has just begun."""

import asyncio
from statistics import median

from benchmarks.doorstep import PLATFORM, Doorstep, limber
from benchmarks.rounds import told
from benchmarks.rows import Row, table
from bot.clock import SystemClock
from bot.store.unit import Store
from tests.lives import begun, lived

ROUNDS, A_ROUND = 9, 7
YEARS, PRACTICES = 5, 6
MOST = 1.5
_NAME = "ada"
_SAID = ("/log 5 min", "did it, helped, 7 to 3", "not today")
"""What is said most days."""


async def run(rounds: int = ROUNDS) -> list[Row]:
    """A row for each thing said."""
    async with limber() as (old_app, old), limber() as (new_app, new):
        await old_app.database.write(lambda store: _person(store, YEARS))
        await new_app.database.write(lambda store: _person(store, 0))
        return [await _compared(old, new, said, rounds) for said in _SAID]


async def _compared(old: Doorstep, new: Doorstep, said: str, rounds: int) -> Row:
    """How many times longer the reply takes after years: the median of rounds in turns."""
    found = [(await _answered(old, said), await _answered(new, said)) for _ in range(rounds)]
    ratios = [after / before for after, before in found]
    after, before = (median(side) * 1e3 for side in zip(*found, strict=True))
    ours = f"{told(ratios)} times; {after:.0f} ms beside {before:.0f}"
    what = f"“{said}” after {YEARS} years, beside the first week"
    return Row(what, f"≤ {MOST} times", ours, median(ratios) <= MOST)


async def _answered(door: Doorstep, said: str) -> float:
    """Seconds until a reply, what it asks for cancelled: the median of some."""
    took = []
    for _ in range(A_ROUND):
        took.append(await door.says(_NAME, said))
        await door.says(_NAME, "/cancel")
    return median(took)


def _person(store: Store, years: int) -> None:
    now = SystemClock().now()
    person = store.people.meet(PLATFORM, _NAME, now, "en", "Europe/Berlin").person
    store.people.agree(person.id, "records", 1, now, PLATFORM)
    if years:
        lived(store, person.id, now, years)
    else:
        begun(store, person.id, now, PRACTICES)


if __name__ == "__main__":
    print(table(asyncio.run(run())))
