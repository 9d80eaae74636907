"""The nudger: claims what is due, writes nudges to the outbox, moves every reminder on; one transaction a batch."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.nudges.composer import Composer
from bot.practice.schedule import day_span, instants_on, local_day, next_due
from bot.store.database import Database
from bot.store.outbox import NUDGE
from bot.store.reminders import Due, rule_of
from bot.store.tables import Account, Nudge, Person, Practice, Reminder
from bot.store.unit import Store
from bot.understanding.places import zone_of

log = logging.getLogger(__name__)

BATCH = 500
STALE = timedelta(hours=2)
APART = timedelta(minutes=10)
_POISON_PAUSE = timedelta(hours=1)
_LOOK_BACK = timedelta(hours=36)


@dataclass(frozen=True, slots=True)
class Around:
    """What happened lately around a batch of due reminders, by person."""

    homes: dict[int, Account]
    practices: dict[int, list[Practice]] = field(default_factory=dict)
    nudges: dict[int, list[Nudge]] = field(default_factory=dict)


class Nudger:
    """Looks for due reminders, each second and whenever asked."""

    def __init__(
        self, database: Database, composer: Composer, clock: Clock, wake: Callable[[str], None], batch: int = BATCH
    ) -> None:
        self._database = database
        self.composer = composer
        self._clock = clock
        self._wake = wake
        self._batch = batch

    async def tick(self) -> int:
        """Nudges everyone who is due now. Answers how many reminders came due."""
        total = 0
        while True:
            now = self._clock.now()
            platforms, claimed = await self._database.write(lambda store: self._nudge(store, now))
            for platform in platforms:
                self._wake(platform)
            total += claimed
            if claimed < self._batch:
                return total

    def _nudge(self, store: Store, now: datetime) -> tuple[set[str], int]:
        due = store.reminders.claim_due(now, self._batch)
        if not due:
            return set(), 0
        around = _around(store, due, now)
        platforms = set()
        for each in due:
            platform = self._one(store, each, around, now)
            if platform is not None:
                platforms.add(platform)
        return platforms, len(due)

    def _one(self, store: Store, due: Due, around: Around, now: datetime) -> str | None:
        """Handles one due reminder in a savepoint: what can't be handled moves on and stops no one else."""
        due_at = due.reminder.next_due_at
        try:
            with store.session.begin_nested():
                store.words.use_key(due.key)
                platform = self._send(store, due, around, now)
                _advance(store, due, now)
                return platform
        except Exception as error:
            log.error("a reminder could not be handled", extra={"reminder": due.reminder.id}, exc_info=error)
            due.reminder.next_due_at = (due_at or now) + _POISON_PAUSE
            store.session.add(due.reminder)
            return None

    def _send(self, store: Store, due: Due, around: Around, now: datetime) -> str | None:
        home = around.homes.get(due.person.id)
        due_at = due.reminder.next_due_at
        if home is None or due_at is None or not wanted(due, around, now):
            return None
        plan = store.plans.opened(due.plan) if due.plan else None
        nudge = store.reminders.new_nudge(
            person_id=due.person.id,
            plan_id=due.reminder.plan_id,
            reminder_id=due.reminder.id,
            due_at=due_at,
            written_at=now,
            wording="",
        )
        wire, nudge.wording = self.composer.compose(due, plan, nudge.id, late=now - due_at)
        store.session.flush()
        store.outbox.add(home, wire.packed(), now, NUDGE, nudge.id)
        around.nudges.setdefault(due.person.id, []).append(nudge)
        return home.platform


def wanted(due: Due, around: Around, now: datetime) -> bool:
    """Whether a due reminder becomes a nudge.

    Not while paused or within a day of a crisis card; not more than two hours late; not within ten minutes
    of another nudge for the same plan. The k-th prompt of a day not when k practices are logged already,
    unless it was asked for just this once.
    """
    person, reminder = due.person, due.reminder
    if _resting(person, now) or reminder.next_due_at is None or now - reminder.next_due_at > STALE:
        return False
    same_plan = [each for each in around.nudges.get(person.id, []) if each.plan_id == reminder.plan_id]
    if any(now - each.due_at < APART for each in same_plan):
        return False
    return _comes_once(reminder) or not _already_done(due, around)


def _already_done(due: Due, around: Around) -> bool:
    """One practice covers the first prompt of the person's day, two its second, whether it was sent or not."""
    person, reminder = due.person, due.reminder
    rule, due_at = rule_of(reminder), reminder.next_due_at
    if rule is None or due_at is None:
        return False
    zone = zone_of(person.zone)
    today = local_day(due_at, zone, person.day_ends_at)
    start, _ = day_span(today, zone, person.day_ends_at)
    own = sum(start <= at < due_at for day in (0, 1) for at in instants_on(rule, zone, today + timedelta(days=day)))
    others = [
        each
        for each in around.nudges.get(person.id, [])
        if each.plan_id == reminder.plan_id and each.reminder_id != reminder.id and start <= each.due_at < due_at
    ]
    practices = [
        each for each in around.practices.get(person.id, []) if each.plan_id == reminder.plan_id and each.day == today
    ]
    return len(practices) > own + len(others)


def _comes_once(reminder: Reminder) -> bool:
    """Asked for expressly, for this one time."""
    return reminder.days is None or "COUNT=1" in reminder.days


def _resting(person: Person, now: datetime) -> bool:
    if person.paused_at is not None and (person.paused_until is None or person.paused_until > now):
        return True
    return person.quiet_until is not None and person.quiet_until > now


def _advance(store: Store, due: Due, now: datetime) -> None:
    person, reminder = due.person, due.reminder
    zone = zone_of(person.zone)
    if person.paused_at is not None and person.paused_until is not None and person.paused_until <= now:
        began = local_day(person.paused_at, zone, person.day_ends_at)
        store.people.end_pause(person, began, local_day(person.paused_until, zone, person.day_ends_at))
    rule = rule_of(reminder)
    reminder.next_due_at = next_due(rule, zone, now) if rule else None


def _around(store: Store, due: list[Due], now: datetime) -> Around:
    people = sorted({each.person.id for each in due})
    around = Around(store.reminders.homes(people))
    for practice in store.reminders.practised(people, now - _LOOK_BACK):
        around.practices.setdefault(practice.person_id, []).append(practice)
    for nudge in store.reminders.nudged(people, now - _LOOK_BACK):
        around.nudges.setdefault(nudge.person_id, []).append(nudge)
    return around
