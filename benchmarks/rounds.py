"""Interleaved rounds of ours and a peer, told as the median ratio with its range."""

import resource
import statistics
import time
from collections.abc import Awaitable, Callable
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


async def compare(
    name: str,
    ours: Callable[[], Awaitable[int]],
    peer: Callable[[], Awaitable[int]],
    rounds: int = ROUNDS,
    by: Literal["wall", "processor"] = "wall",
) -> str:
    """One line: how many times cheaper ours is an item, by the wall or by the processor, with costs."""
    pairs = [(await spent(ours), await spent(peer)) for _ in range(rounds)]
    ratios = sorted((getattr(b, by) / b.items) / (getattr(a, by) / a.items) for a, b in pairs)
    costs = [
        statistics.median(each.processor / each.items for each in side) for side in zip(*pairs, strict=True)
    ]
    return (
        f"{name}: {statistics.median(ratios):.1f} times the peer (range {ratios[0]:.1f}-{ratios[-1]:.1f}); "
        f"processor an item {costs[0] * 1e3:.2f} ms, peer {costs[1] * 1e3:.2f} ms"
    )
