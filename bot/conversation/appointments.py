"""When the sessions with the therapist are, and what is pushed around them."""

from datetime import date, datetime, time, timedelta

from bot.practice.brief import AFTER, evening_before
from bot.practice.recurrence import days_from, read_days
from bot.practice.schedule import Rule, next_due, to_instant
from bot.store.tables import Person, TherapySession
from bot.store.unit import Store
from bot.understanding.places import zone_of

BRIEF, AFTER_SESSION = "brief", "after_session"
"""Kinds of reminder: the page on the evening before, and the question for takeaways afterwards."""

ANSWERED_IN_WORDS = {BRIEF: "brief.to_bring", AFTER_SESSION: "brief.line"}
"""By kind of push, the step that takes words typed in answer to it."""

_LOOKED_BACK = timedelta(days=60)
_MOST_AHEAD = 3


def next_session(store: Store, person_id: int, now: datetime) -> datetime | None:
    """When the next appointment is (UTC), None where none is known."""
    return next((at for _, at in coming(store, person_id, now)), None)


def coming(store: Store, person_id: int, now: datetime) -> list[tuple[TherapySession, datetime]]:
    """The appointments to come, soonest first, each with when it is; a series with its next."""
    person = store.session.get_one(Person, person_id)
    rows = [(row, next_of(row, person, now)) for row in store.sessions.of(person_id)]
    return sorted(
        [(row, at) for row, at in rows if at is not None], key=lambda found: (found[1], found[0].id)
    )


def next_of(row: TherapySession, person: Person, now: datetime) -> datetime | None:
    """When this appointment is next, at the same time of the person's clock; None once it is over."""
    if row.at > now:
        return row.at
    rule = rule_of_series(row, person)
    return next_due(rule, zone_of(person.zone), now) if rule is not None else None


def last_session(store: Store, person: Person, now: datetime) -> datetime | None:
    """When the latest session was (UTC), up to sixty days back; None where none is known."""
    found = (_last_of(row, person, now) for row in store.sessions.of(person.id))
    return max((at for at in found if at is not None and now - at <= _LOOKED_BACK), default=None)


def rule_of_series(row: TherapySession, person: Person) -> Rule | None:
    """The rule of a series, on the person's clock; None for one appointment."""
    if row.days is None:
        return None
    local = row.at.astimezone(zone_of(person.zone))
    return Rule(row.days, (local.time().replace(tzinfo=None),), local.date())


def keep_pushes(store: Store, person: Person, now: datetime) -> None:
    """Sets when the page and the question afterwards come next, by the sessions there are."""
    for kind in (BRIEF, AFTER_SESSION):
        due = push_due(store, person, kind, now)
        rows = [row for row in store.reminders.all_of(person.id) if row.kind == kind]
        for row in rows:
            row.next_due_at = due
        if due is not None and not rows:
            store.reminders.add(person.id, kind, None, due, now, None)


def push_due(store: Store, person: Person, kind: str, now: datetime) -> datetime | None:
    """When a push around sessions comes next after now (UTC); None where no session is to come."""
    if person.treatment_ended_at is not None:
        return None
    found = []
    for row in store.sessions.of(person.id):
        at = next_of(row, person, now - AFTER)
        for _ in range(_MOST_AHEAD):
            due = None if at is None else _push_of(person, kind, at)
            if due is None or due > now:
                found.append(due)
                break
            at = next_of(row, person, at) if at is not None else None
    return min((due for due in found if due is not None), default=None)


def _push_of(person: Person, kind: str, at: datetime) -> datetime:
    if kind == AFTER_SESSION:
        return at + AFTER
    quiet = None
    if person.quiet_from is not None and person.quiet_to is not None:
        quiet = (_wall(person.quiet_from), _wall(person.quiet_to))
    return evening_before(at, zone_of(person.zone), quiet)


def _wall(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


def _last_of(row: TherapySession, person: Person, now: datetime) -> datetime | None:
    rule = rule_of_series(row, person)
    if rule is None:
        return row.at if row.at <= now else None
    zone = zone_of(person.zone)
    last = None
    for day in days_from(read_days(rule.days, rule.starts), _not_before(rule, now)):
        at = to_instant(day, rule.times[0], zone)
        if at > now:
            break
        last = at
    return last


def _not_before(rule: Rule, now: datetime) -> date:
    return max(rule.starts, now.date() - _LOOKED_BACK)
