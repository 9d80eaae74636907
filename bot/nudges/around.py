"""What happened lately around due reminders, and what of it a decision weighs."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

from bot.practice.nudging import CEILING, Cadence, Circumstances, back_off, in_quiet_hours, sparser
from bot.practice.schedule import Rule, day_span, instants_on, local_day
from bot.practice.wording import NO_REPEAT
from bot.store.reminders import TOLD, Due, rule_of
from bot.store.tables import Account, Nudge, Person, Plan, Practice, Reminder
from bot.store.unit import Store
from bot.understanding.places import zone_of

OF_PLANS = ("practice", "snooze", "repeat")
"""The kinds of reminders that become nudges of plans."""

_PRACTISED_LATELY = timedelta(hours=36)
_COUNTED = timedelta(days=28)
_A_DAY = timedelta(days=1)
_NUDGED_LATELY = timedelta(days=14)
_NUDGED_THIS_MONTH = timedelta(days=31)
NUDGED_SELDOM = timedelta(days=200)
_AFTER_SLIP = timedelta(hours=2)
_CRISIS_REST = timedelta(hours=24)
_NO_CEILING = 1_000
_CADENCES = {
    "as_planned": Cadence.AS_PLANNED,
    "weekly": Cadence.WEEKLY,
    "monthly": Cadence.MONTHLY,
    "never": Cadence.STOPPED,
}


@dataclass(frozen=True, slots=True)
class Around:
    """What happened lately around a batch of due reminders, by person."""

    homes: Mapping[int, Account]
    practices: dict[int, list[Practice]] = field(default_factory=dict)
    nudges: dict[int, list[Nudge]] = field(default_factory=dict)
    slipped: AbstractSet[int] = frozenset()
    beside: dict[int, list[datetime]] = field(default_factory=dict)
    counted: Mapping[int, tuple[int, int]] = field(default_factory=dict)

    def wordings(self, person_id: int) -> list[str]:
        """The texts of the person's nudges, latest last."""
        return wordings(self.nudges.get(person_id, ()))


def look_around(store: Store, due: Sequence[Due], now: datetime) -> Around:
    """Reads what deciding on a batch needs, in a query each.

    Of those who are nudged seldom, nudges of long ago are read too: their wordings are not to come again yet.
    """
    people = sorted({each.person.id for each in due})
    slipped = store.slips.lately(people, now - _AFTER_SLIP)
    planning = {each.person.id for each in due if each.plan is not None}
    counted = store.practices.counted(planning, now.date() - _COUNTED) if planning else {}
    around = Around(store.reminders.homes(people), slipped=slipped, counted=counted)
    for practice in store.reminders.practised(people, now - _PRACTISED_LATELY):
        around.practices.setdefault(practice.person_id, []).append(practice)
    monthly = any(each.plan is not None and each.plan.cadence == "monthly" for each in due)
    since = now - (_NUDGED_THIS_MONTH if monthly else _NUDGED_LATELY)
    around.nudges.update(_by_person(store.reminders.nudged(people, since)))
    seldom = [each for each in people if len(around.wordings(each)) < NO_REPEAT]
    if seldom:
        around.nudges.update(_by_person(store.reminders.nudged(seldom, now - NUDGED_SELDOM)))
    for row in store.reminders.beside(people, OF_PLANS, now + _A_DAY):
        around.beside.setdefault(row.person_id, []).append(row.next_due_at or now)
    return around


def wordings(nudges: Iterable[Nudge]) -> list[str]:
    """The texts of those nudges that ask for a practice, in their order."""
    return [each.wording for each in nudges if each.outcome != TOLD]


def _by_person(nudges: Sequence[Nudge]) -> dict[int, list[Nudge]]:
    found: dict[int, list[Nudge]] = {}
    for nudge in nudges:
        found.setdefault(nudge.person_id, []).append(nudge)
    return found


def silent_days(person: Person, today: date) -> int:
    """Days of the person since the first nudge in a row that nobody answered."""
    return (today - person.silent_since).days if person.silent_since is not None else 0


def circumstances(
    reminder: Reminder, person: Person, plan: Plan | None, around: Around, now: datetime
) -> Circumstances:
    """What `decide` weighs, for a reminder that came due.

    Prompts of a day are counted whether they were sent or not, so that one practice covers the first of
    them and two the second. What was asked for just once always goes out, however much was done or sent.
    Nudges leave room for what else comes due that day: it is rarer.
    """
    due_at = reminder.next_due_at or now
    zone = zone_of(person.zone)
    today = local_day(due_at, zone, person.day_ends_at)
    start, end = day_span(today, zone, person.day_ends_at)
    rule = rule_of(reminder)
    once = rule is None or "COUNT=1" in rule.days
    nudges = [each for each in around.nudges.get(person.id, []) if each.due_at <= due_at]
    same_plan = [each for each in nudges if each.plan_id == reminder.plan_id and each.outcome != TOLD]
    beside = sum(due_at <= at < end for at in around.beside.get(person.id, []))
    others = [each for each in same_plan if each.due_at >= start and each.reminder_id != reminder.id]
    practised = [
        each
        for each in around.practices.get(person.id, [])
        if each.plan_id == reminder.plan_id and each.day == today
    ]
    return Circumstances(
        due=due_at,
        now=now,
        prompt=1 + len(others) + _earlier_today(rule, reminder, person, due_at),
        practised_today=0 if once else len(practised),
        sent_today=beside + sum(each.due_at >= start for each in nudges),
        last_sent=max((each.written_at for each in same_plan), default=None),
        days_since_last=_days_since(same_plan, today, zone, person),
        last_crisis=person.quiet_until - _CRISIS_REST if person.quiet_until else None,
        paused=person.paused_at is not None and (person.paused_until is None or person.paused_until > now),
        quiet=person.id in around.slipped or (not once and is_quiet(person, due_at.astimezone(zone).time())),
        cadence=Cadence.AS_PLANNED if once else _cadence(person, plan, today),
        ceiling=_NO_CEILING if once or rule is None else max(CEILING, len(rule.times)),
    )


def _cadence(person: Person, plan: Plan | None, today: date) -> Cadence:
    """The sparsest of what silence, the plan and its history ask for."""
    own = back_off(person.unanswered, silent_days(person, today))
    if plan is None:
        return own
    if plan.retired_at is not None or plan.archived_at is not None:
        return Cadence.STOPPED
    return sparser(own, _CADENCES[plan.cadence])


def is_quiet(person: Person, wall: time) -> bool:
    """Whether a local time lies in the person's quiet hours."""
    if person.quiet_from is None or person.quiet_to is None:
        return False
    start, end = (time(each // 60, each % 60) for each in (person.quiet_from, person.quiet_to))
    return in_quiet_hours(wall, start, end)


def _days_since(nudges: Sequence[Nudge], today: date, zone: tzinfo, person: Person) -> int | None:
    if not nudges:
        return None
    last = max(each.due_at for each in nudges)
    return (today - local_day(last, zone, person.day_ends_at)).days


def _earlier_today(rule: Rule | None, reminder: Reminder, person: Person, due_at: datetime) -> int:
    """How many times the rule came due on the person's day before this one, since it was made.

    In a window, or with a single time, it comes once a day.
    """
    if rule is None or reminder.until is not None or len(rule.times) == 1:
        return 0
    zone = zone_of(person.zone)
    today = local_day(due_at, zone, person.day_ends_at)
    start, _ = day_span(today, zone, person.day_ends_at)
    since = max(start, reminder.created_at)
    days = (today, today + timedelta(days=1))
    return sum(since <= at < due_at for day in days for at in instants_on(rule, zone, day))
