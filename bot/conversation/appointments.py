"""When the sessions with the therapist are."""

from datetime import datetime

from bot.practice.schedule import Rule, next_due
from bot.store.tables import Person, TherapySession
from bot.store.unit import Store
from bot.understanding.places import zone_of


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


def rule_of_series(row: TherapySession, person: Person) -> Rule | None:
    """The rule of a series, on the person's clock; None for one appointment."""
    if row.days is None:
        return None
    local = row.at.astimezone(zone_of(person.zone))
    return Rule(row.days, (local.time().replace(tzinfo=None),), local.date())
