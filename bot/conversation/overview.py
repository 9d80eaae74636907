"""What a person practised, gathered once for the words and the picture of /progress, which so agree."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile

from bot.practice.record import Occasion, Practised, each_day
from bot.practice.recurrence import days_from, read_days
from bot.practice.schedule import local_day
from bot.practice.summary import Summary, Window, summarise
from bot.store.reminders import rule_of
from bot.store.tables import Person
from bot.store.unit import Store
from bot.understanding.places import zone_of


@dataclass(frozen=True, slots=True)
class Overview:
    """The sums over a window, how often there was practice ever, and the newest learning."""

    summary: Summary
    ever: int
    first_day: date | None
    learning: str | None


def overview(store: Store, person: Person, window: Window, now: datetime) -> Overview:
    """Reads the person's record and sums it up. Days are the person's."""
    today = local_day(now, zone_of(person.zone), person.day_ends_at)
    rows = store.practices.since(person.id)
    practised = [
        Practised(row.day, Occasion(row.outcome), row.minutes, row.before, row.after, row.times)
        for row in rows
    ]
    planned, paused = planned_days(store, person, today), paused_days(store, person, today)
    summary = summarise(practised, planned, today, window, paused, _target(store, person))
    return Overview(
        summary=summary,
        ever=sum(row.times for row in rows),
        first_day=rows[0].day if rows else None,
        learning=store.practices.last_learning(person.id),
    )


def planned_days(store: Store, person: Person, today: date, plan_id: int | None = None) -> set[date]:
    """The days on which a reminder of now asks for practice (of one plan, if given), since it was made."""
    zone = zone_of(person.zone)
    days: set[date] = set()
    for row in store.reminders.of(person.id):
        rule = rule_of(row)
        if rule is not None and plan_id in (None, row.plan_id):
            made = local_day(row.created_at, zone, person.day_ends_at)
            coming = days_from(read_days(rule.days, rule.starts), made)
            days.update(takewhile(lambda day: day <= today, coming))
    return days


def paused_days(store: Store, person: Person, today: date) -> set[date]:
    """The days of the person's pauses, the one of now up to `today`."""
    spans = [(each.starts, each.ends) for each in store.people.pauses(person.id)]
    if person.paused_at is not None:
        spans.append((local_day(person.paused_at, zone_of(person.zone), person.day_ends_at), today))
    return {day for first, last in spans for day in each_day(first, last)}


def _target(store: Store, person: Person) -> int | None:
    """Practised days a week that the person aims at: those of their most ambitious plan."""
    return max((plan.row.target_days for plan in store.plans.of(person.id)), default=None)
