"""`/progress` over five years with its picture, beside somebody else's reply: the real engine and sender."""

import asyncio
from statistics import median

from benchmarks.doorstep import PLATFORM, Doorstep, limber
from benchmarks.rows import Row, table
from bot.clock import SystemClock
from bot.reports import pictures
from bot.store.unit import Store
from tests.lives import lived

ROUNDS = 40
LIMIT, OTHERS_LIMIT = 0.2, 0.05
_WINDOWS = ("week", "month", "year")
_EVERY = 0.02
"""Seconds from one reply to the other person to their next message."""


async def run(rounds: int = ROUNDS) -> list[Row]:
    """Every picture is drawn afresh: something was logged before it, and no drawn one is kept."""
    pictures.KEPT = 0
    async with limber() as (app, door):
        await app.database.write(_people)
        drawn, others = await _measured(door, rounds)
    return [
        _row("/progress of five years, picture included", drawn, LIMIT),
        _row("meanwhile, another person's reply", others, OTHERS_LIMIT),
    ]


def _row(what: str, took: list[float], limit: float) -> Row:
    said = f"p95 {_p95(took) * 1e3:.0f} ms, median {median(took) * 1e3:.0f} ms, {len(took)} times"
    return Row(what, f"p95 ≤ {limit * 1e3:.0f} ms", said, _p95(took) <= limit)


def _people(store: Store) -> None:
    now = SystemClock().now()
    for name in ("ada", "eve"):
        person = store.people.meet(PLATFORM, name, now, "en", "Europe/Berlin").person
        store.people.agree(person.id, "records", 1, now, PLATFORM)
        if name == "ada":
            lived(store, person.id, now)


async def _measured(door: Doorstep, rounds: int) -> tuple[list[float], list[float]]:
    drawn: list[float] = []
    others: list[float] = []
    for number in range(rounds * len(_WINDOWS)):
        await door.says("ada", f"/log {number % 9 + 1} min")
        asked = f"/progress {_WINDOWS[number % 3]}"
        drawing = asyncio.create_task(door.says("ada", asked, picture=True))
        while not drawing.done():
            others.append(await door.says("eve", "/about"))
            await asyncio.sleep(_EVERY)
        drawn.append(await drawing)
    return drawn, others


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


if __name__ == "__main__":
    print(table(asyncio.run(run())))
