"""Whether a nudge goes out, and how nudges grow fewer and come back when they stay unanswered.

Kind before diligent: DESIGN section 3 (promises), EVIDENCE sections 4.1 and 4.3. The wording is chosen in
`wording`, the due time in `schedule`.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import IntEnum, StrEnum

from bot.practice.schedule import Rule, next_due, to_instant

CEILING = 3
"""Nudges a day at most, unless the person's own times ask for more."""

_LATEST = timedelta(hours=2)
_DELAYED = timedelta(minutes=5)
_APART = timedelta(minutes=10)
_CRISIS_REST = timedelta(hours=24)
_A_DAY = timedelta(days=1)


class Cadence(StrEnum):
    """How often nudges go out."""

    AS_PLANNED = "as_planned"
    EVERY_SECOND_DAY = "every_second_day"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    STOPPED = "stopped"


_DAYS_APART = {Cadence.AS_PLANNED: 0, Cadence.EVERY_SECOND_DAY: 2, Cadence.WEEKLY: 7, Cadence.MONTHLY: 28}
_SPARSER_LAST = tuple(Cadence)


class Reentry(IntEnum):
    """The stages of silence that get one message each, by the day from which they are due."""

    STILL_UP_FOR_IT = 2
    KEEP_SHRINK_SWITCH_PAUSE = 5
    GOODBYE_FOR_NOW = 14

    def reached(self, silent_days: int, unanswered: int) -> bool:
        """Tell whether the silence has come to this stage.

        `silent_days` are days of the person since the first unanswered nudge, `unanswered` the nudges since
        then. The days alone are not enough: a weekend without nudges is no silence, nor is one nudge of a
        weekly plan. So 2, 4 and 6 nudges have to have stayed unanswered, which are those that go out in the
        2, 5 and 14 days of EVIDENCE 4.3 where every day has one (our choice).
        """
        return silent_days >= self and unanswered >= _UNANSWERED[self]


_UNANSWERED = {
    Reentry.STILL_UP_FOR_IT: 2,
    Reentry.KEEP_SHRINK_SWITCH_PAUSE: 4,
    Reentry.GOODBYE_FOR_NOW: 6,
}


class Verdict(StrEnum):
    """What becomes of a due nudge: sent, sent with a word that it is late, or why not."""

    SEND = "send"
    SEND_DELAYED = "send_delayed"
    TOO_LATE = "too_late"
    AFTER_CRISIS = "after_crisis"
    PAUSED = "paused"
    QUIET_HOURS = "quiet_hours"
    DONE_ALREADY = "done_already"
    TOO_SOON = "too_soon"
    ENOUGH_TODAY = "enough_today"
    BACKED_OFF = "backed_off"

    @property
    def sends(self) -> bool:
        """Tell whether the nudge goes out."""
        return self in (Verdict.SEND, Verdict.SEND_DELAYED)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of a person and a plan when a nudge comes due. All instants are UTC.

    `prompt` is which prompt of the plan's day it is, counted from 1; `practised_today` how often the plan
    was practised on the person's day so far; `sent_today` how many nudges went out on it, of any plan.
    `days_since_last` is from the person's day of this plan's last nudge to today, None where none was sent.
    `quiet` says that the person's quiet hours cover now. `ceiling` is nudges a day at most.
    """

    due: datetime
    now: datetime
    prompt: int = 1
    practised_today: int = 0
    sent_today: int = 0
    last_sent: datetime | None = None
    days_since_last: int | None = None
    last_crisis: datetime | None = None
    paused: bool = False
    quiet: bool = False
    cadence: Cadence = Cadence.AS_PLANNED
    ceiling: int = CEILING


def decide(nudge: Circumstances) -> Verdict:
    """Decide on a nudge that came due; the first reason that holds, in the order of `Verdict`.

    Up to 2 hours late it goes out once, later not; over 5 minutes late it says so. The k-th prompt of a
    day is not sent when the plan was practised k times that day. A nudge that is not sent is dropped,
    never kept for later.
    """
    late = nudge.now - nudge.due
    reasons = (
        (late > _LATEST, Verdict.TOO_LATE),
        (_within(nudge.last_crisis, nudge.now, _CRISIS_REST), Verdict.AFTER_CRISIS),
        (nudge.paused, Verdict.PAUSED),
        (nudge.quiet, Verdict.QUIET_HOURS),
        (nudge.practised_today >= nudge.prompt, Verdict.DONE_ALREADY),
        (_within(nudge.last_sent, nudge.now, _APART), Verdict.TOO_SOON),
        (nudge.sent_today >= nudge.ceiling, Verdict.ENOUGH_TODAY),
        (not _allowed(nudge.cadence, nudge.days_since_last), Verdict.BACKED_OFF),
    )
    against = next((verdict for holds, verdict in reasons if holds), None)
    return against or (Verdict.SEND_DELAYED if late > _DELAYED else Verdict.SEND)


def back_off(unanswered: int, silent_days: int) -> Cadence:
    """Return how often to nudge after `unanswered` nudges in a row (EVIDENCE 4.3).

    3: every second day; 6: weekly; from the last stage of silence on (see `Reentry.reached`): none. Any
    sign of the person sets both to 0, and with them the cadence back to the plan.
    """
    if not unanswered:
        return Cadence.AS_PLANNED
    if Reentry.GOODBYE_FOR_NOW.reached(silent_days, unanswered):
        return Cadence.STOPPED
    if unanswered >= 6:
        return Cadence.WEEKLY
    return Cadence.EVERY_SECOND_DAY if unanswered >= 3 else Cadence.AS_PLANNED


def sparser(one: Cadence, other: Cadence) -> Cadence:
    """Return the one of two cadences that nudges less."""
    return max(one, other, key=_SPARSER_LAST.index)


def reentry(silent_days: int, unanswered: int, told: Collection[Reentry]) -> Reentry | None:
    """Return the re-entry message that is due (see `Reentry.reached`), None where there is none.

    One message a stage: the highest stage reached, unless it or a later one was `told` in this silence.
    After down-time an earlier stage is skipped, not made up for.
    """
    reached = [stage for stage in Reentry if stage.reached(silent_days, unanswered)]
    if not reached or any(stage >= reached[-1] for stage in told):
        return None
    return reached[-1]


def in_quiet_hours(wall: time, start: time, end: time) -> bool:
    """Tell whether local `wall` lies in quiet hours from `start` up to `end`, over midnight or not.

    The end is not quiet any more; equal ends mean no quiet hours.
    """
    if start <= end:
        return start <= wall < end
    return wall >= start or wall < end


def minute_within(start: time, end: time, day: date, seed: str) -> time:
    """Return the random minute of local `day` for a prompt between `start` and `end`, both included.

    The same for the same `seed` (a plan's), so asking twice moves nothing; a window over midnight is not
    allowed. Raises ValueError where the end is before the start.
    """
    first, last = start.hour * 60 + start.minute, end.hour * 60 + end.minute
    if last < first:
        raise ValueError(f"a window ends after it starts, not from {start} to {end}")
    digest = hashlib.sha256(f"{seed}:{day}".encode()).digest()
    hour, minute = divmod(first + int.from_bytes(digest[:8]) % (last - first + 1), 60)
    return time(hour, minute)


def next_in_window(rule: Rule, until: time, seed: str, zone: tzinfo, after: datetime) -> datetime | None:
    """Return the next instant (UTC) after `after` at a random minute between a time of the rule and `until`.

    The same for the same `seed` and day. None where the rule has ended.
    """
    start = next_due(rule, zone, after - _A_DAY)
    while start is not None:
        local = start.astimezone(zone)
        wall = minute_within(local.time().replace(second=0, microsecond=0), until, local.date(), seed)
        at = to_instant(local.date(), wall, zone)
        if at > after:
            return at
        start = next_due(rule, zone, start)
    return None


def _within(since: datetime | None, now: datetime, span: timedelta) -> bool:
    return since is not None and now - since < span


def _allowed(cadence: Cadence, days_since_last: int | None) -> bool:
    if cadence is Cadence.STOPPED:
        return False
    return days_since_last is None or days_since_last >= _DAYS_APART[cadence]
