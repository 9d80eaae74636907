"""What to practise, explained: which skill is fading, which one today, and the ladder after treatment.

Spaced practice: gaps between practices pay off, and the better a skill is rooted the longer they may be
(Cepeda et al. 2006, 2008). The numbers here are design choices; the person can overrule every choice.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

MAINTENANCE_WEEKS = (1, 2, 4, 8)
"""Weeks from one nudge to the next after treatment; then every eighth week."""

_LONGEST_GAP = 7.0 * MAINTENANCE_WEEKS[-1]
_FADING = 2.0
_KNOWN = 3
_ROOTED = (70, 90)


class Reason(StrEnum):
    """Why a skill was chosen; the words for it live in the catalogue."""

    FADING = "fading"
    NEW = "new"
    DUE = "due"
    WEAKEST = "weakest"


@dataclass(frozen=True, slots=True)
class SkillRecord:
    """What is known of one skill the person keeps: a name, and how it has gone.

    `last` is the last day of practice, None where there was none; `practised` counts days of practice;
    `target` is wanted days a week, 1 to 7; `strength` is habit strength, 0 to 100.
    """

    skill: str
    last: date | None = None
    practised: int = 0
    target: int = 5
    strength: float = 0.0


@dataclass(frozen=True, slots=True)
class Choice:
    """A skill with the reason for it. `args` fill the words: `days` since the last practice, `gap` usual."""

    skill: str
    reason: Reason
    args: Mapping[str, int] = field(default_factory=dict)


def usual_gap(record: SkillRecord) -> float:
    """Return the days that may lie between two practices: 7 / target, doubled at 70% and again at 90%.

    Never over 56. Five days a week: 1.4 days; at a strength of 75: 2.8.
    """
    doublings = sum(record.strength >= rooted for rooted in _ROOTED)
    return min(_LONGEST_GAP, math.ldexp(7 / record.target, doublings))


def fading(records: Sequence[SkillRecord], today: date) -> list[Choice]:
    """Return the skills that were practised on three days or more and have rested for two gaps or more.

    The one that has waited for the most of its gaps comes first.
    """
    known = [record for record in records if record.practised >= _KNOWN]
    late = [record for record in known if _gaps(record, today) >= _FADING]
    ordered = sorted(late, key=lambda record: _gaps(record, today), reverse=True)
    return [Choice(record.skill, Reason.FADING, _waited(record, today)) for record in ordered]


def practise_today(
    records: Sequence[SkillRecord], today: date, passed_over: Collection[str] = ()
) -> Choice | None:
    """Choose a skill for `today`, None where all were practised today or are `passed_over`.

    First what is fading, then what was never practised, then what is due, then the least strong; among
    equals the first of `records`.
    """
    open_today = [record for record in records if record.last != today and record.skill not in passed_over]
    if not open_today:
        return None
    going = fading(open_today, today)
    if going:
        return going[0]
    return _new(open_today) or _due(open_today, today) or _weakest(open_today)


def next_maintenance(last: date, sent: int) -> date:
    """Return the day of the next nudge after treatment.

    `last` is the day of the one before, or the day treatment ended; `sent` how many there were since.
    Ended on 1 March: 8 March, then 22 March, 19 April, 14 June, and every eighth week.
    """
    return last + timedelta(weeks=MAINTENANCE_WEEKS[min(sent, len(MAINTENANCE_WEEKS) - 1)])


def climbed(since: date, due: date) -> int:
    """Return how many nudges after treatment were due up to the day `due`, sent or not; the ladder began on
    `since`.

    A nudge that wasn't needed is a step as well: whoever practises by themselves isn't nudged more for it.
    """
    day, steps = next_maintenance(since, 0), 0
    while day <= due:
        steps += 1
        day = next_maintenance(day, steps)
    return steps


def _new(records: Sequence[SkillRecord]) -> Choice | None:
    return next((Choice(record.skill, Reason.NEW) for record in records if record.last is None), None)


def _due(records: Sequence[SkillRecord], today: date) -> Choice | None:
    longest = max(records, key=lambda record: _gaps(record, today))
    if _gaps(longest, today) < 1:
        return None
    return Choice(longest.skill, Reason.DUE, _waited(longest, today))


def _weakest(records: Sequence[SkillRecord]) -> Choice:
    return Choice(min(records, key=lambda record: record.strength).skill, Reason.WEAKEST)


def _gaps(record: SkillRecord, today: date) -> float:
    """Return how many of its usual gaps a skill has rested; 0 where it was never practised."""
    return (today - record.last).days / usual_gap(record) if record.last else 0.0


def _waited(record: SkillRecord, today: date) -> dict[str, int]:
    days = (today - record.last).days if record.last else 0
    return {"days": days, "gap": round(usual_gap(record))}
