"""What has helped this person: which skill at which strength of distress, and which one to leave alone."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

_LIKE_NOW = 2
_ENOUGH = 3
_RETIRES = 2


class Helped(StrEnum):
    """The answer to "Did it help?"."""

    WORSE = "worse"
    NO_CHANGE = "no_change"
    A_LITTLE = "a_little"
    A_LOT = "a_lot"


@dataclass(frozen=True, slots=True)
class Try:
    """One run of a skill with distress before and after, 0 to 10."""

    skill: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Worked:
    """A skill that has eased distress like now: usually by `eased` points, over `times` runs."""

    skill: str
    eased: float
    times: int


def worked_at(tries: Sequence[Try], distress: int) -> list[Worked]:
    """Return what has worked at `distress` (0-10), the most helpful first.

    Runs that began within 2 points of now count; a skill needs three of them, and its median has to have
    eased. A design choice after EVIDENCE 2.1: the count is always told, and nothing is said from one run.
    """
    eased: defaultdict[str, list[int]] = defaultdict(list)
    for one in tries:
        if abs(one.before - distress) <= _LIKE_NOW:
            eased[one.skill].append(one.before - one.after)
    worked = [Worked(skill, float(median(by)), len(by)) for skill, by in eased.items() if len(by) >= _ENOUGH]
    return sorted((one for one in worked if one.eased > 0), key=lambda one: (-one.eased, -one.times))


def retires(answers: Sequence[Helped]) -> bool:
    """Tell whether a skill leaves the nudges: "made it worse" twice in a row, latest last (EVIDENCE 3)."""
    last = answers[-_RETIRES:]
    return len(last) == _RETIRES and all(answer is Helped.WORSE for answer in last)
