"""The page for the next session: what happened since the last one, and up to three things to bring.

Suggested only where what was logged speaks for it; the last two always fit. The order is a design choice:
what stood in the way comes before what went well, since that is what a session can change.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum

from bot.practice.nudging import in_quiet_hours
from bot.practice.schedule import to_instant

THINGS = 3
"""Things to bring that are suggested, the person's own among them."""

AFTER = timedelta(minutes=75)
"""From the start of a session to when its takeaways are asked for."""

_EVENING = time(18)
_OFTEN = 2


class Topic(StrEnum):
    """What could be brought up; the words for it live in the catalogue."""

    OBSTACLE = "obstacle"
    WORSE = "worse"
    SLIPS = "slips"
    UNCHANGED = "unchanged"
    FITTING = "fitting"
    LEARNED = "learned"
    NEXT = "next"
    WANTED = "wanted"


@dataclass(frozen=True, slots=True)
class Since:
    """What was logged since the last session: counts, the barrier named most often, and the usual change.

    `worse` counts practices that made things worse; `eased` is None under five rated ones.
    """

    practices: int = 0
    learned: int = 0
    barrier: str | None = None
    barrier_times: int = 0
    worse: int = 0
    slips: int = 0
    eased: float | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing to bring up, with the numbers in its words."""

    topic: Topic
    args: Mapping[str, object] = field(default_factory=dict)


def suggestions(since: Since, dropped: frozenset[str] = frozenset(), noted: int = 0) -> list[Suggestion]:
    """Return what to bring beside the `noted` things of the person's own, three in all, without `dropped`."""
    offered = [each for each in _offered(since) if each.topic not in dropped]
    return offered[: max(0, THINGS - noted)]


def evening_before(session: datetime, zone: tzinfo, quiet: tuple[time, time] | None = None) -> datetime:
    """Return when (UTC) the page comes: 18:00 on the day before, or an hour before quiet hours begin."""
    day = session.astimezone(zone).date() - timedelta(days=1)
    wall = _EVENING
    if quiet is not None and in_quiet_hours(wall, *quiet):
        begins = to_instant(day, quiet[0], zone)
        return begins - timedelta(hours=1)
    return to_instant(day, wall, zone)


def _offered(since: Since) -> Iterator[Suggestion]:
    if since.worse:
        yield Suggestion(Topic.WORSE)
    if since.barrier is not None and since.barrier_times >= _OFTEN:
        yield Suggestion(Topic.OBSTACLE, {"barrier": since.barrier, "n": since.barrier_times})
    if since.slips:
        yield Suggestion(Topic.SLIPS)
    if since.eased is not None and since.eased <= 0:
        yield Suggestion(Topic.UNCHANGED)
    if not since.practices:
        yield Suggestion(Topic.FITTING)
    if since.learned:
        yield Suggestion(Topic.LEARNED)
    yield Suggestion(Topic.NEXT)
    yield Suggestion(Topic.WANTED)
