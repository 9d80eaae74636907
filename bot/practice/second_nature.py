"""Whether a skill has become second nature: claimed from three signals together, never from one reading.

Automaticity is asked in our own words (EVIDENCE 2.3), so it is no SRBAI score and has no norms. The
plateau follows Lally et al. 2010; with one reading a fortnight a fitted curve is shaky, so rules stand in
for it (EVIDENCE 2.7, thresholds are design choices).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

from bot.practice.progress import Consistency
from bot.practice.ratings import Reading
from bot.practice.record import Start

_ANSWERS = 3
_FORTNIGHT = timedelta(days=14)
_PRACTICES_BETWEEN = 5
_AUTOMATIC = 7.0
_PLATEAU_READINGS = 3
_PLATEAU_WIDTH = 1.0
_LAST_PRACTICES = 10
_LAST_PLANNED = 28
_DROP = 2.0
_FADED_STRENGTH = 60.0


@dataclass(frozen=True, slots=True)
class Signals:
    """The three signals; the skill is second nature when all hold."""

    automatic: bool
    settled: bool
    self_started: bool

    @property
    def second_nature(self) -> bool:
        """Tell whether all three hold."""
        return self.automatic and self.settled and self.self_started


def automaticity(answers: Sequence[int | None]) -> float | None:
    """Return the mean of the four statements (0-10, None for "not sure"); None under three answers.

    8, 7, not sure, 9 gives 8.0.
    """
    answered = [answer for answer in answers if answer is not None]
    return fmean(answered) if len(answered) >= _ANSWERS else None


def check_in_due(last: date | None, begun: date, practices_since: int, today: date) -> bool:
    """Tell whether to ask about automaticity: every 14 days, after at least five practices since.

    `last` is the day of the last check-in, None where there was none: then it counts from `begun`.
    """
    return today - (last or begun) >= _FORTNIGHT and practices_since >= _PRACTICES_BETWEEN


def signals(readings: Sequence[Reading], starts: Sequence[Start], thinned: Consistency) -> Signals:
    """Return the signals from automaticity `readings` and the `starts` of practices, both oldest first.

    automatic: 7 or more at the latest check-in and at one at least 14 days before it;
    settled: the last three readings lie within 1.0 of each other;
    self-started: at least half of the last ten practices began without the nudge, or practice on 80% of
    the last 28 planned days while nudges are thinned (`thinned` counts the planned days since then).
    """
    return Signals(
        automatic=_automatic(readings),
        settled=_settled(readings),
        self_started=_started_alone(starts) or _kept_up(thinned),
    )


def try_thinning(found: Signals, recent: Consistency) -> bool:
    """Tell whether to offer rarer nudges, so that the third signal can show for those who wait for them.

    Automaticity is high and settled, practice was kept up on 80% of the last 28 planned days (`recent`),
    and all that is missing is whether it carries itself.
    """
    return found.automatic and found.settled and not found.self_started and _kept_up(recent)


def wants_support(told_at: float, latest: float, strength_then: float, strength: float) -> bool:
    """Tell whether to offer more support again, some time after second nature was told.

    `told_at` is automaticity (0-10) when it was told and `latest` now, `strength_then` and `strength` are
    habit strength in percent: a drop by 2 or more, or a fall below 60 percent, is reason to ask.
    """
    return told_at - latest >= _DROP or strength < _FADED_STRENGTH <= strength_then


def _automatic(readings: Sequence[Reading]) -> bool:
    if not readings or readings[-1].value < _AUTOMATIC:
        return False
    before = readings[-1].day - _FORTNIGHT
    return any(reading.value >= _AUTOMATIC and reading.day <= before for reading in readings)


def _settled(readings: Sequence[Reading]) -> bool:
    last = [reading.value for reading in readings[-_PLATEAU_READINGS:]]
    return len(last) == _PLATEAU_READINGS and max(last) - min(last) <= _PLATEAU_WIDTH


def _started_alone(starts: Sequence[Start]) -> bool:
    last = starts[-_LAST_PRACTICES:]
    alone = sum(start.by_itself for start in last)
    return len(last) == _LAST_PRACTICES and 2 * alone >= _LAST_PRACTICES


def _kept_up(recent: Consistency) -> bool:
    return recent.planned >= _LAST_PLANNED and 5 * recent.practised >= 4 * recent.planned
