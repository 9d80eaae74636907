"""What is pushed beside the nudges of plans: letters to oneself, and what follows the end of treatment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.conversation.appointments import AFTER_SESSION, BRIEF, push_due
from bot.conversation.dialogue import Say, link
from bot.conversation.dialogues import letter, staying_well, today
from bot.conversation.dialogues.after_treatment import maintenance_due
from bot.conversation.dialogues.crisis import NEXT_DAY, next_day
from bot.conversation.dialogues.review import WEEKLY
from bot.conversation.messages import Wire
from bot.conversation.scheduling import EARLY_SIGNS, MAINTENANCE
from bot.nudges.around import is_quiet
from bot.nudges.composer import Composer
from bot.practice.nudging import CEILING
from bot.practice.plans import climbed
from bot.practice.schedule import day_span, local_day
from bot.store.reminders import Due
from bot.store.tables import Account, Person
from bot.store.unit import Store
from bot.texts import t
from bot.understanding.places import zone_of


@dataclass(frozen=True, slots=True)
class Pushed:
    """A message to push, None for none; the nudge it is; when the reminder comes next, if not by its rule."""

    wire: Wire | None = None
    nudge_id: int | None = None
    next_due_at: datetime | None = None


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
    if _rests(due.person, now):
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
    if chosen is None or _rests(person, now):
        return Pushed(next_due_at=after)
    plan, _ = chosen
    nudge = store.reminders.new_nudge(
        person_id=person.id,
        plan_id=plan.row.id,
        reminder_id=reminder.id,
        due_at=reminder.next_due_at or now,
        written_at=now,
        wording="",
    )
    wire, nudge.wording = composer.maintain(person, plan, nudge.id, steps, now, home)
    return Pushed(wire, nudge.id, after)


def _brief(store: Store, due: Due, home: Account, composer: Composer, now: datetime) -> Pushed:
    """On the evening before a session, that its page is ready: nothing on a lock screen says what for."""
    said = Say(t("brief.ready"), ((link("brief:show", t("brief.show")),),))
    wire = None if _rests(due.person, now) else composer.word(said, due.person, home)
    return Pushed(wire, next_due_at=push_due(store, due.person, BRIEF, now))


def _after_session(store: Store, due: Due, home: Account, composer: Composer, now: datetime) -> Pushed:
    """Once a session is over, one question: what of it is worth keeping."""
    note, plan = link("take:note", t("takeaway.note")), link("take:plan", t("takeaway.plan"))
    keep = (plan,) if home.taps_only else (note, plan)
    said = Say(t("takeaway.asked"), (keep, (link("take:no", t("takeaway.no")),)))
    wire = None if _rests(due.person, now) else composer.word(said, due.person, home)
    return Pushed(wire, next_due_at=push_due(store, due.person, AFTER_SESSION, now))


def _weekly(store: Store, due: Due, home: Account, composer: Composer, now: datetime) -> Pushed:
    """That the week is ready to look at: one of the three messages of a day, else on the day after.

    It is kept as a nudge that asks for nothing, so that the others are counted with it.
    """
    person, zone = due.person, zone_of(due.person.zone)
    start, _ = day_span(local_day(now, zone, person.day_ends_at), zone, person.day_ends_at)
    if len(store.reminders.nudged([person.id], start)) >= CEILING:
        return Pushed(next_due_at=now + timedelta(days=1))
    if _rests(person, now) or is_quiet(person, now.astimezone(zone).time()):
        return Pushed()
    nudge = store.reminders.new_nudge(
        person_id=person.id,
        plan_id=None,
        reminder_id=due.reminder.id,
        due_at=due.reminder.next_due_at or now,
        written_at=now,
        wording="weekly_review",
        outcome="told",
        answered_at=now,
    )
    store.session.flush()
    said = Say(t("review.ready"), ((link("rev:show", t("brief.show")),),))
    return Pushed(composer.word(said, person, home), nudge.id)


def _rests(person: Person, now: datetime) -> bool:
    in_crisis = person.quiet_until is not None and person.quiet_until > now
    return in_crisis or _has_paused(person, now)


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
