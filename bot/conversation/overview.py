"""What a person practised, gathered for the words and the picture of /progress, which so agree."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile

from bot.practice.progress import Practised, Summary, Window, summarise
from bot.practice.recurrence import days_from, read_days
from bot.practice.schedule import local_day
from bot.store.reminders import rule_of
from bot.store.tables import Pause, Person
from bot.store.unit import Store
from bot.understanding.places import zone_of


@dataclass(frozen=True, slots=True)
class Overview:
    """The sums over a window, and the newest words that belong to a practice."""

    summary: Summary
    learning: str | None


def overview(store: Store, person: Person, window: Window, now: datetime) -> Overview:
    """Reads the person's practices and sums them up."""
    zone = zone_of(person.zone)
    today = local_day(now, zone, person.day_ends_at)
    rows = store.practices.since(person.id)
    practised = [
        Practised(day=row.day, outcome=row.outcome, minutes=row.minutes, before=row.before, after=row.after)
        for row in rows
    ]
    paused = _paused_days(person, store.people.pauses(person.id), today)
    planned = _planned_days(store, person, today)
    summary = summarise(practised, planned=planned, paused=paused, today=today, window=window)
    return Overview(summary, store.practices.last_reflection(person.id))


def _planned_days(store: Store, person: Person, today: date) -> frozenset[date]:
    zone = zone_of(person.zone)
    days: set[date] = set()
    for row in store.reminders.of(person.id):
        rule = rule_of(row)
        if rule is not None:
            first = local_day(row.created_at, zone, person.day_ends_at)
            coming = days_from(read_days(rule.days, rule.starts), first)
            days.update(takewhile(lambda day: day <= today, coming))
    return frozenset(days)


def _paused_days(person: Person, pauses: list[Pause], today: date) -> frozenset[date]:
    spans = [(each.starts, each.ends) for each in pauses]
    if person.paused_at is not None:
        began = local_day(person.paused_at, zone_of(person.zone), person.day_ends_at)
        spans.append((began, today))
    return frozenset(
        first + timedelta(days=number) for first, last in spans for number in range((last - first).days + 1)
    )
