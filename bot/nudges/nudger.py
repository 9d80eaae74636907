"""The nudger: claims what is due, writes nudges to the outbox, moves reminders on, a transaction a batch."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.nudges.composer import Composer
from bot.practice.nudging import CEILING, Circumstances, Verdict, decide
from bot.practice.schedule import Rule, day_span, instants_on, local_day, next_due
from bot.store.database import Database
from bot.store.outbox import NUDGE
from bot.store.reminders import Due, rule_of
from bot.store.tables import Account, Nudge, Person, Practice, Reminder
from bot.store.unit import Store
from bot.understanding.places import zone_of

log = logging.getLogger(__name__)

BATCH = 500
_POISON_PAUSE = timedelta(hours=1)
_PRACTISED_LATELY = timedelta(hours=36)
_NUDGED_LATELY = timedelta(days=14)
_CRISIS_REST = timedelta(hours=24)
_NO_CEILING = 1_000


@dataclass(frozen=True, slots=True)
class Around:
    """What happened lately around a batch of due reminders, by person."""

    homes: dict[int, Account]
    practices: dict[int, list[Practice]] = field(default_factory=dict)
    nudges: dict[int, list[Nudge]] = field(default_factory=dict)


class Nudger:
    """Looks for due reminders, each second and whenever asked."""

    def __init__(
        self,
        database: Database,
        composer: Composer,
        clock: Clock,
        wake: Callable[[str], None],
        batch: int = BATCH,
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
            platforms, claimed = await self._database.write(self._nudge)
            for platform in platforms:
                self._wake(platform)
            total += claimed
            if claimed < self._batch:
                return total

    def _nudge(self, store: Store) -> tuple[set[str], int]:
        now = self._clock.now()
        due = store.reminders.claim_due(now, self._batch)
        if not due:
            return set(), 0
        around = _around(store, due, now)
        sent_to = {self._one(store, each, around, now) for each in due}
        return {platform for platform in sent_to if platform is not None}, len(due)

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
        if home is None or due_at is None:
            return None
        verdict = decide(circumstances(due.reminder, due.person, around, now))
        if not verdict.sends:
            return None
        nudge = store.reminders.new_nudge(
            person_id=due.person.id,
            plan_id=due.reminder.plan_id,
            reminder_id=due.reminder.id,
            due_at=due_at,
            written_at=now,
            wording="",
        )
        plan = store.plans.opened(due.plan) if due.plan else None
        recent = [each.wording for each in around.nudges.get(due.person.id, [])]
        late = verdict is Verdict.SEND_DELAYED
        wire, nudge.wording = self.composer.compose(due, plan, nudge.id, recent, now, late=late)
        store.session.flush()
        store.outbox.add(home, wire.packed(), now, NUDGE, nudge.id)
        around.nudges.setdefault(due.person.id, []).append(nudge)
        return home.platform


def circumstances(reminder: Reminder, person: Person, around: Around, now: datetime) -> Circumstances:
    """What `decide` weighs, for a reminder that came due.

    Prompts of a day are counted whether they were sent or not, so that one practice covers the first of
    them and two the second. What was asked for just once always goes out, however much was done or sent.
    """
    due_at = reminder.next_due_at or now
    zone = zone_of(person.zone)
    today = local_day(due_at, zone, person.day_ends_at)
    start, _ = day_span(today, zone, person.day_ends_at)
    rule = rule_of(reminder)
    once = rule is None or "COUNT=1" in rule.days
    nudges = [each for each in around.nudges.get(person.id, []) if each.due_at <= due_at]
    same_plan = [each for each in nudges if each.plan_id == reminder.plan_id]
    others = [each for each in same_plan if each.due_at >= start and each.reminder_id != reminder.id]
    practices = [
        each
        for each in around.practices.get(person.id, [])
        if each.plan_id == reminder.plan_id and each.day == today
    ]
    return Circumstances(
        due=due_at,
        now=now,
        prompt=1 + len(others) + (0 if rule is None else _earlier_today(rule, reminder, person, due_at)),
        practised_today=0 if once else len(practices),
        sent_today=sum(each.due_at >= start for each in nudges),
        last_sent=max((each.written_at for each in same_plan), default=None),
        last_crisis=person.quiet_until - _CRISIS_REST if person.quiet_until else None,
        paused=person.paused_at is not None and (person.paused_until is None or person.paused_until > now),
        ceiling=_NO_CEILING if once or rule is None else max(CEILING, len(rule.times)),
    )


def _earlier_today(rule: Rule, reminder: Reminder, person: Person, due_at: datetime) -> int:
    """How many times the rule came due on the person's day before this one, since it was made."""
    zone = zone_of(person.zone)
    today = local_day(due_at, zone, person.day_ends_at)
    start, _ = day_span(today, zone, person.day_ends_at)
    since = max(start, reminder.created_at)
    days = (today, today + timedelta(days=1))
    return sum(since <= at < due_at for day in days for at in instants_on(rule, zone, day))


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
    for practice in store.reminders.practised(people, now - _PRACTISED_LATELY):
        around.practices.setdefault(practice.person_id, []).append(practice)
    for nudge in store.reminders.nudged(people, now - _NUDGED_LATELY):
        around.nudges.setdefault(nudge.person_id, []).append(nudge)
    return around
