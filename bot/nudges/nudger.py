"""The nudger: claims what is due, writes nudges to the outbox, moves reminders on, a transaction a batch."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.clock import Clock
from bot.conversation.dialogues.crisis import NEXT_DAY
from bot.nudges.around import Around, circumstances, look_around, silent_days
from bot.nudges.composer import Composer, Learnt
from bot.nudges.occasions import OCCASIONS, Pushed, push
from bot.practice.nudging import Reentry, Verdict, decide, reentry
from bot.practice.schedule import local_day
from bot.store.database import Database, Unavailable
from bot.store.outbox import NUDGE
from bot.store.reminders import Due, next_of, rule_of
from bot.store.tables import Account, Nudge
from bot.store.unit import Store
from bot.understanding.places import zone_of

log = logging.getLogger(__name__)

_FIRST_BATCH = 8
"""So that the first go out at once, however many are due."""
BATCH = 32
"""How many are handled in one transaction, some 20 ms: what people say meanwhile hardly waits.

On PostgreSQL, where work runs in the event loop, messages that were answered wait for it as well.
"""
_LOOKED_UP_FOR = timedelta(seconds=5)
_POISON_PAUSE = timedelta(hours=1)
_REPEATED_AFTER = timedelta(hours=1)
_SEVERAL, _MANY = 2, 10
_ONE_OFF = ("snooze", "repeat", "letter", NEXT_DAY)
_STILL_UNANSWERED = (Verdict.SEND, Verdict.SEND_DELAYED, Verdict.BACKED_OFF)


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
        self._next_due_at: datetime | None = None
        self._looked_at: datetime | None = None
        self._is_away = False

    def look(self) -> None:
        """Something may have changed what is due: the next second looks it up afresh."""
        self._looked_at = None

    async def second(self) -> None:
        """Nudges if something is due. Asks the database only now and then, or where it was told to `look`."""
        now = self._clock.now()
        if self._knows(now) and (self._next_due_at is None or self._next_due_at > now):
            return
        try:
            self._looked_at = now
            self._next_due_at = await self._upcoming()
            if self._next_due_at is not None and self._next_due_at <= now:
                await self.tick()
                self._next_due_at = await self._upcoming()
            self._is_away = False
        except Unavailable as error:
            self.look()
            if not self._is_away:
                log.warning("nobody is nudged while the database is away", extra={"kind": str(error)})
            self._is_away = True

    async def _upcoming(self) -> datetime | None:
        return await self._database.read(lambda store: store.reminders.next_due_at())

    def _knows(self, now: datetime) -> bool:
        """Whether what was last looked up still holds; a clock that was put back has it looked up again."""
        return self._looked_at is not None and timedelta() <= now - self._looked_at < _LOOKED_UP_FOR

    async def tick(self) -> int:
        """Nudges everyone who is due now. Answers how many reminders came due."""
        total, most = 0, min(_FIRST_BATCH, self._batch)
        while True:
            platforms, claimed = await self._database.write(partial(self._nudge, most))
            for platform in platforms:
                self._wake(platform)
            total += claimed
            if claimed < most:
                return total
            most = min(2 * most, self._batch)

    def _nudge(self, most: int, store: Store) -> tuple[set[str], int]:
        """Handles up to so many; the platforms that have something to send, and how many there were."""
        now = self._clock.now()
        if not (due := store.reminders.claim_due(now, most)):
            return set(), 0
        try:
            with store.session.begin_nested(), store.outbox.together():
                sent_to = self._all(store, due, now)
        except Exception as error:  # noqa: BLE001 - one by one it will be seen which of them it was
            log.warning("reminders could not be handled together", extra={"kind": type(error).__name__})
            due = store.reminders.claim_due(now, most)
            around = look_around(store, due, now)
            sent_to = {self._one(store, each, around, now) for each in due}
        return {platform for platform in sent_to if platform is not None}, len(due)

    def _all(self, store: Store, due: Sequence[Due], now: datetime) -> set[str | None]:
        """Handles all, or raises where one of them can't be handled."""
        around = look_around(store, due, now)
        for each in due:
            store.words.use_key(each.key)
        return {self._handle(store, each, around, now) for each in due}

    def _one(self, store: Store, due: Due, around: Around, now: datetime) -> str | None:
        """Handles one due reminder in a savepoint: what can't be handled moves on and stops no one else."""
        due_at = due.reminder.next_due_at
        try:
            with store.session.begin_nested():
                store.words.use_key(due.key)
                return self._handle(store, due, around, now)
        except Exception as error:
            log.error("a reminder could not be handled", extra={"reminder": due.reminder.id}, exc_info=error)
            due.reminder.next_due_at = (due_at or now) + _POISON_PAUSE
            store.session.add(due.reminder)
            return None

    def _handle(self, store: Store, due: Due, around: Around, now: datetime) -> str | None:
        home = around.homes.get(due.person.id)
        pushed = Pushed()
        if home is not None and due.reminder.kind in OCCASIONS:
            pushed = push(store, due, home, self.composer, now)
        elif home is not None:
            pushed = self._send(store, due, home, around, now)
        platform = self._put(store, due, home, pushed, now) if home is not None else None
        _advance(store, due, now, pushed.next_due_at)
        return platform

    def _put(self, store: Store, due: Due, home: Account, pushed: Pushed, now: datetime) -> str | None:
        """Puts the message in the outbox; the platform it goes to.

        Words of the person's own don't go where only taps are taken, but to a home of theirs that takes
        them; where there is none, the rest is said without them.
        """
        if pushed.wire is None:
            return None
        wire = pushed.wire
        if home.taps_only and due.person.has_written:
            opened = [value for whose, value in store.words.opened if whose == due.person.id]
            wire = self.composer.masked(wire, due.person, opened)
        if wire != pushed.wire and (other := store.people.home_for_words(due.person.id)) is not None:
            home, wire = other, pushed.wire
        store.outbox.add(home, wire.packed(), now, NUDGE, pushed.nudge_id)
        return home.platform

    def _send(self, store: Store, due: Due, home: Account, around: Around, now: datetime) -> Pushed:
        """The nudge of a plan, or what silence asks for in its place."""
        verdict = decide(circumstances(due.reminder, due.person, due.plan, around, now))
        stage = _reentry(due, now) if verdict in _STILL_UNANSWERED else None
        if due.reminder.kind == "repeat" and _answered(due, around):
            return Pushed()
        if stage is None and not verdict.sends:
            return Pushed()
        nudge = _new_nudge(store, due, now)
        plan = store.plans.opened(due.plan) if due.plan else None
        recent = around.wordings(due.person.id)
        late = verdict is Verdict.SEND_DELAYED
        if stage is not None:
            due.person.reentry_told = int(stage)
            wire, nudge.wording = self.composer.come_back(due, plan, nudge.id, stage, recent, now, home)
        else:
            wire, nudge.wording = self.composer.compose(
                due, plan, nudge.id, recent, now, late=late, home=home, learnt=_learnt(store, due, around)
            )
        _count_unanswered(due, now)
        _ask_again(store, due, stage, now)
        around.nudges.setdefault(due.person.id, []).append(nudge)
        return Pushed(wire, nudge.id)


def _new_nudge(store: Store, due: Due, now: datetime) -> Nudge:
    return store.reminders.new_nudge(
        person_id=due.person.id,
        plan_id=due.reminder.plan_id,
        reminder_id=due.reminder.id,
        due_at=due.reminder.next_due_at or now,
        written_at=now,
        wording="",
    )


def _learnt(store: Store, due: Due, around: Around) -> Learnt:
    """What the record of the last four weeks says of the plan; words of the person only in full texts."""
    if due.plan is None:
        return Learnt()
    times, alone = around.counted.get(due.plan.id, (0, 0))
    values = {"n": str(times)} if times >= _SEVERAL else {}
    if due.person.full_text:
        noted = store.practices.quotable(due.person.id, due.plan.id)
        values.update({"last_learning": noted} if noted is not None else {})
    return Learnt(values, starts_alone=times >= _MANY and 2 * alone >= times)


def _reentry(due: Due, now: datetime) -> Reentry | None:
    """The word that silence asks for, in place of the next nudge of a rule."""
    person = due.person
    if due.reminder.kind != "practice" or due.reminder.days is None:
        return None
    today = local_day(now, zone_of(person.zone), person.day_ends_at)
    told = [Reentry(person.reentry_told)] if person.reentry_told else []
    return reentry(silent_days(person, today), person.unanswered, told)


def _count_unanswered(due: Due, now: datetime) -> None:
    person = due.person
    person.unanswered += 1
    if person.silent_since is None:
        person.silent_since = local_day(now, zone_of(person.zone), person.day_ends_at)


def _ask_again(store: Store, due: Due, stage: Reentry | None, now: datetime) -> None:
    """One repeat, for those who asked for it."""
    if due.person.repeats and stage is None and due.reminder.kind == "practice":
        again = now + _REPEATED_AFTER
        store.reminders.add(due.person.id, "repeat", None, again, now, due.reminder.plan_id)


def _answered(due: Due, around: Around) -> bool:
    """Whether the newest nudge of the plan was answered, so that it need not be repeated."""
    nudges = around.nudges.get(due.person.id, [])
    same_plan = [each for each in nudges if each.plan_id == due.reminder.plan_id]
    return not same_plan or same_plan[-1].answered_at is not None


def _advance(store: Store, due: Due, now: datetime, next_due_at: datetime | None) -> None:
    person, reminder = due.person, due.reminder
    zone = zone_of(person.zone)
    if person.paused_at is not None and person.paused_until is not None and person.paused_until <= now:
        began = local_day(person.paused_at, zone, person.day_ends_at)
        store.people.end_pause(person, began, local_day(person.paused_until, zone, person.day_ends_at))
    if reminder.kind in _ONE_OFF and next_due_at is None:
        store.reminders.remove(reminder)
        return
    reminder.next_due_at = next_due_at or (next_of(reminder, zone, now) if rule_of(reminder) else None)
