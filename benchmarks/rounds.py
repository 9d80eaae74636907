"""Interleaved rounds of ours and a peer, told as the median ratio with its range."""

import resource
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Literal

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the wall and of the processor, for so many items."""

    wall: float
    processor: float
    items: int


async def spent(work: Callable[[], Awaitable[int]]) -> Spent:
    """Runs work once; it answers with how many items it did."""
    before, began = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    items = await work()
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF)
    processor = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Spent(wall, processor, items)


@dataclass(frozen=True, slots=True)
class Compared:
    """How many times cheaper ours is an item: the median of the rounds with its range; costs in seconds."""

    ratio: float
    least: float
    most: float
    ours: float
    peer: float

    def __str__(self) -> str:
        return (
            f"{self.ratio:.1f} times (range {self.least:.1f}-{self.most:.1f}); "
            f"processor an item {self.ours * 1e3:.2f} ms, peer {self.peer * 1e3:.2f} ms"
        )


async def compare(
    ours: Callable[[], Awaitable[int]],
    peer: Callable[[], Awaitable[int]],
    rounds: int = ROUNDS,
    by: Literal["wall", "processor"] = "wall",
) -> Compared:
    """How many times cheaper ours is an item, by the wall or by the processor, in interleaved rounds."""
    pairs = [(await spent(ours), await spent(peer)) for _ in range(rounds)]
    ratios = sorted((getattr(b, by) / b.items) / (getattr(a, by) / a.items) for a, b in pairs)
    costs = [
        statistics.median(each.processor / each.items for each in side) for side in zip(*pairs, strict=True)
    ]
    return Compared(statistics.median(ratios), ratios[0], ratios[-1], *costs)


def told(values: Sequence[float], form: str = ".2f") -> str:
    """The median of some rounds, with the range."""
    return f"{statistics.median(values):{form}} (range {min(values):{form}}-{max(values):{form}})"
