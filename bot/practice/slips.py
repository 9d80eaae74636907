"""After an old habit came back: time between slips and time to getting back (EVIDENCE 2.8).

No totals and no "days since": what is told is how soon the person was back on track.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

_USUALLY = 3
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Recovery:
    """How slips went of late.

    `back_within` is whole days, at least 1, within which the person was usually back at practice; None
    under three times. `between` is the usual time from one slip to the next; None under three spans.
    `latest` is how long the last slip took, None where there is no practice since. `ridden_out` counts
    urges that passed without acting on them: each one a win.
    """

    back_within: int | None
    between: timedelta | None
    latest: timedelta | None
    ridden_out: int


def recovery(slips: Sequence[datetime], practices: Sequence[datetime], ridden_out: int = 0) -> Recovery:
    """Return how the person got back after `slips`, by the next of `practices`; both aware, any order.

    "Usually" is the median. Slips on days 1, 10 and 20 with practice 12, 30 and 60 hours later: back
    within 2 days.
    """
    ordered, practised = sorted(slips), sorted(practices)
    backs = [_back(slip, practised) for slip in ordered]
    usual_back = _usual([back for back in backs if back is not None])
    return Recovery(
        back_within=None if usual_back is None else max(1, math.ceil(usual_back / _A_DAY)),
        between=_usual([later - earlier for earlier, later in pairwise(ordered)]),
        latest=backs[-1] if backs else None,
        ridden_out=ridden_out,
    )


def _back(slip: datetime, practised: Sequence[datetime]) -> timedelta | None:
    following = bisect_right(practised, slip)
    return practised[following] - slip if following < len(practised) else None


def _usual(spans: Sequence[timedelta]) -> timedelta | None:
    if len(spans) < _USUALLY:
        return None
    return timedelta(seconds=median(span.total_seconds() for span in spans))
