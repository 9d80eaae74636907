"""What is pushed beside the nudges of plans: letters to oneself, sessions, and what follows treatment.

Each is kept as a nudge that asks for no practice, so that all that is pushed counts among the messages of a
day. What may come later as well waits for the end of quiet hours, of the rest after a card, and of a day
that had its messages; the page for a session can't, and is left out then.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from bot.conversation.appointments import AFTER_SESSION, ANSWERED_IN_WORDS, BRIEF, last_session, push_due
from bot.conversation.dialogue import Say, link
from bot.conversation.dialogues import letter, staying_well, today
from bot.conversation.dialogues.after_treatment import maintenance_due
from bot.conversation.dialogues.crisis import NEXT_DAY, next_day
from bot.conversation.messages import Wire
from bot.conversation.scheduling import EARLY_SIGNS, MAINTENANCE, WEEKLY
from bot.nudges.around import NUDGED_SELDOM, is_quiet, wordings
from bot.nudges.composer import Composer
from bot.practice.nudging import CEILING
from bot.practice.plans import climbed
from bot.practice.schedule import day_span, local_day, to_instant
from bot.store.reminders import TOLD, Due, rule_of
from bot.store.tables import Account, Nudge, Person
from bot.store.unit import Store
from bot.texts import t
from bot.understanding.places import zone_of


@dataclass(frozen=True, slots=True)
class Pushed:
    """A message to push, None for none; the nudge it is; when the reminder comes next, if not by its rule."""

    wire: Wire | None = None
    nudge_id: int | None = None
    next_due_at: datetime | None = None


def push(store: Store, due: Due, home: Account, composer: Composer, now: datetime) -> Pushed:
    """What is pushed for a reminder of no plan; nothing yet, where it has to wait."""
    kind = due.reminder.kind
    if (later := _put_off(store, due, now)) is not None:
        bound = kind == BRIEF
        return Pushed(next_due_at=push_due(store, due.person, BRIEF, now) if bound else later)
    pushed = OCCASIONS[kind](store, due, home, composer, now)
    if pushed.wire is None or pushed.nudge_id is not None:
        return pushed
    nudge = _noted(store, due, now, wording=kind, outcome=TOLD)
    nudge.answered_at = None if kind in ANSWERED_IN_WORDS else now
    store.session.flush()
    return replace(pushed, nudge_id=nudge.id)


def _put_off(store: Store, due: Due, now: datetime) -> datetime | None:
    """When to look again for what must not come now, None where it may.

    The look-in on the day after a card comes through: it was asked for.
    """
    person, zone = due.person, zone_of(due.person.zone)
    local = now.astimezone(zone)
    if due.reminder.kind == NEXT_DAY:
        return None
    if person.quiet_until is not None and person.quiet_until > now:
        return _at_its_time(due, local.date(), person.quiet_until)
    if is_quiet(person, local.time()):
        return _quiet_ends(person, local)
    start, _ = day_span(local_day(now, zone, person.day_ends_at), zone, person.day_ends_at)
    if len(store.reminders.nudged([person.id], start)) >= _ceiling(store, person):
        return _at_its_time(due, local.date(), now)
    return None


def _ceiling(store: Store, person: Person) -> int:
    """Messages a day at most: three, unless the person's own times ask for more."""
    rules = (rule_of(row) for row in store.reminders.of(person.id))
    return max((CEILING, *(len(rule.times) for rule in rules if rule is not None)))


def _at_its_time(due: Due, day: date, after: datetime) -> datetime:
    """The time of day at which the reminder came due, on the first day from `day` on that lies after."""
    zone = zone_of(due.person.zone)
    wall = (due.reminder.next_due_at or after).astimezone(zone).time()
    at = to_instant(day, wall, zone)
    while at <= after:
        day += timedelta(days=1)
        at = to_instant(day, wall, zone)
    return at


def _quiet_ends(person: Person, local: datetime) -> datetime:
    """When the person's quiet hours, which cover this local time, are over."""
    end = person.quiet_to or 0
    wall, zone = time(end // 60, end % 60), zone_of(person.zone)
    day = local.date() if local.time() < wall else local.date() + timedelta(days=1)
    return to_instant(day, wall, zone)


def _noted(store: Store, due: Due, now: datetime, **columns: str | int) -> Nudge:
    """What is about to be pushed, as a nudge."""
    reminder = due.reminder
    return store.reminders.new_nudge(
        person_id=due.person.id,
        reminder_id=reminder.id,
        due_at=reminder.next_due_at or now,
        written_at=now,
        **columns,
    )


def _letters(store: Store, due: Due, home: Account, composer: Composer, now: datetime) -> Pushed:
    """The letter for this day; one that comes late is as welcome."""
    person = due.person
    day = local_day(now, zone_of(person.zone), person.day_ends_at)
    row = store.letters.due(person.id, day)
    said = letter.delivery(store, person, row.id, now) if row is not None else None
    return Pushed(composer.word(said, person, home)) if said is not None else Pushed()


def _day_after_card(store: Store, due: Due, home: Account, composer: Composer, now: datetime) -> Pushed:
    """The look-in that was agreed to beforehand, and still is."""
    if NEXT_DAY not in store.people.consents(due.person.id) or _has_paused(due.person, now):
        return Pushed()
    return Pushed(composer.word(next_day(), due.person, home))


def _early_signs(store: Store, due: Due, home: Account, composer: Composer, now: datetime) -> Pushed:
    """The monthly look at early signs."""
    if _has_paused(due.person, now):
        return Pushed()
    return Pushed(composer.word(staying_well.early_signs(store, due.person), due.person, home))


def _maintenance(store: Store, due: Due, home: Account, composer: Composer, now: datetime) -> Pushed:
    """A nudge of the ladder: the skill that needs it most, then a longer gap."""
    person, reminder = due.person, due.reminder
    zone = zone_of(person.zone)
    day = local_day(now, zone, person.day_ends_at)
    due_at = (reminder.next_due_at or now).astimezone(zone)
    steps = climbed(local_day(reminder.created_at, zone, person.day_ends_at), due_at.date())
    after = maintenance_due(due_at.date(), steps, due_at.time(), zone)
    if after <= now:
        after = maintenance_due(day, steps, due_at.time(), zone)
    chosen = today.suggestion(store, person, day)
    if chosen is None or _has_paused(person, now):
        return Pushed(next_due_at=after)
    plan, _ = chosen
    recent = wordings(store.reminders.nudged([person.id], now - NUDGED_SELDOM))
    nudge = _noted(store, due, now, plan_id=plan.row.id, wording="")
    wire, nudge.wording = composer.maintain(due, plan, nudge.id, recent, now, home)
    return Pushed(wire, nudge.id, after)


def _brief(store: Store, due: Due, home: Account, composer: Composer, now: datetime) -> Pushed:
    """On the evening before a session, that its page is ready: nothing on a lock screen says what for."""
    said = Say(t("brief.ready"), ((link("brief:show", t("brief.show")), link("brief:add", t("brief.add"))),))
    wire = None if _has_paused(due.person, now) else composer.word(said, due.person, home)
    return Pushed(wire, next_due_at=push_due(store, due.person, BRIEF, now))


def _after_session(store: Store, due: Due, home: Account, composer: Composer, now: datetime) -> Pushed:
    """Once a session is over, on that day or after the night, one question: what of it is worth keeping."""
    note, plan = link("take:note", t("takeaway.note")), link("take:plan", t("takeaway.plan"))
    keep = (plan,) if home.taps_only else (note, plan)
    today = local_day(now, zone_of(due.person.zone), due.person.day_ends_at)
    over = last_session(store, due.person, now)
    late = over is not None and local_day(over, zone_of(due.person.zone), due.person.day_ends_at) < today
    key = "takeaway.asked_later" if late else "takeaway.asked"
    said = Say(t(key), (keep, (link("take:no", t("takeaway.no")),)))
    wire = None if _has_paused(due.person, now) else composer.word(said, due.person, home)
    return Pushed(wire, next_due_at=push_due(store, due.person, AFTER_SESSION, now))


def _weekly(_store: Store, due: Due, home: Account, composer: Composer, now: datetime) -> Pushed:
    """That the week is ready to look at."""
    if _has_paused(due.person, now):
        return Pushed()
    said = Say(t("review.ready"), ((link("rev:show", t("brief.show")),),))
    return Pushed(composer.word(said, due.person, home))


def _has_paused(person: Person, now: datetime) -> bool:
    return person.paused_at is not None and (person.paused_until is None or person.paused_until > now)


Occasion = Callable[[Store, Due, Account, Composer, datetime], Pushed]
OCCASIONS: dict[str, Occasion] = {
    "letter": _letters,
    EARLY_SIGNS: _early_signs,
    MAINTENANCE: _maintenance,
    BRIEF: _brief,
    AFTER_SESSION: _after_session,
    NEXT_DAY: _day_after_card,
    WEEKLY: _weekly,
}
"""By kind of reminder."""
