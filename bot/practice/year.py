"""A look back over a year: what was learned and where the person came back, never unbroken runs."""

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

_A_GAP = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something reached in the year: the words for `key` live in the catalogue, `n` is the number in them."""

    key: str
    n: int


def returns(days: Collection[date], paused: AbstractSet[date] = frozenset()) -> int:
    """Return how often practice was taken up again after a week or more without, pauses left out."""
    ordered = sorted(set(days))
    gaps = (
        later - earlier - timedelta(days=sum(earlier < day < later for day in paused))
        for earlier, later in pairwise(ordered)
    )
    return sum(gap > _A_GAP for gap in gaps)


def milestones(
    *,
    days: Collection[date],
    paused: AbstractSet[date],
    learned: int,
    uses: int,
    ridden_out: int,
    second_nature: int,
    easier: Sequence[tuple[int, int]],
) -> list[Milestone]:
    """Return what can be told of a year, each only where there was some of it.

    `easier` are pairs (expected, experienced), 0-10, of predictions that came true or not.
    """
    counts = (
        ("learned", learned),
        ("returned", returns(days, paused)),
        ("real", uses),
        ("ridden_out", ridden_out),
        ("easier", sum(experienced < expected for expected, experienced in easier)),
        ("second_nature", second_nature),
    )
    return [Milestone(key, n) for key, n in counts if n]
