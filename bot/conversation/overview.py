"""What a person practised, gathered once for the words and the picture of /progress, which so agree."""

from collections import Counter
from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from itertools import takewhile

from bot.conversation.buttons import number_in
from bot.conversation.scheduling import MAINTENANCE, RESTING
from bot.practice.insight import Facts, facts
from bot.practice.progress import Rhythm
from bot.practice.ratings import Reading
from bot.practice.record import Occasion, Practised, Start, each_day
from bot.practice.recurrence import days_from, read_days
from bot.practice.schedule import instants_on, local_day
from bot.practice.summary import Window
from bot.store.check_ins import Value
from bot.store.plans import OpenPlan
from bot.store.practices import Logged
from bot.store.reminders import rule_of
from bot.store.tables import Person, Reminder
from bot.store.unit import Store
from bot.understanding.places import zone_of

EVERYTHING = "a"
"""The scope of all practice; `p<plan>` is that of one plan, `o<goal>` that of the plans of a goal."""

_A_DAY = timedelta(days=1)
_PLANNING = ("practice", RESTING)
"""Kinds of reminders whose days are planned days."""


_OCCASIONS = {str(each): each for each in Occasion}
_STARTS = {str(each): each for each in Start}


@dataclass(frozen=True, slots=True)
class Overview:
    """The facts of a window and scope, and the newest learning.

    `confident_in` is the plan whose confidence is told, `rhythm` is None unless the person asks for it.
    """

    facts: Facts
    scope: str
    plans: tuple[OpenPlan, ...]
    goal: str | None
    confident_in: OpenPlan | None
    learning: str | None
    rhythm: Rhythm | None


class NoSuchScope(Exception):
    """The plan or goal is gone, or is not this person's."""


def overview(
    store: Store, person: Person, window: Window, now: datetime, scope: str = EVERYTHING
) -> Overview:
    """Reads the person's record and sums it up. Days are the person's. Raises `NoSuchScope`."""
    zone = zone_of(person.zone)
    today = local_day(now, zone, person.day_ends_at)
    first = today - timedelta(days=window.days)
    plans, goal = _plans(store, person.id, scope)
    ids = None if scope == EVERYTHING else {plan.row.id for plan in plans}
    rows = [row for row in store.practices.record(person.id, first) if ids is None or row.plan_id in ids]
    asked = store.check_ins.values(person.id, "confidence", first)
    confident_in = _most_asked(asked, plans)
    found = facts(
        practised(rows, zone),
        planned_days(store, person, today, ids),
        today,
        window,
        paused=paused_days(store, person, today),
        target=max((plan.row.target_days for plan in plans if plan.row.archived_at is None), default=None),
        readings=_readings(asked, confident_in),
        after_treatment=after_treatment_days(store, person, today),
    )
    learning = store.practices.last_learning(person.id, ids)
    return Overview(
        found,
        scope,
        tuple(plans),
        goal,
        confident_in,
        learning,
        found.summary.rhythm if person.rhythm else None,
    )


def practised(rows: Sequence[Logged], zone: tzinfo) -> list[Practised]:
    """Rows as the rules of practice take them."""
    return [
        Practised(
            row.day,
            _OCCASIONS[row.outcome],
            row.minutes,
            row.before,
            row.after,
            row.times,
            row.measure,
            row.at.astimezone(zone).time() if row.at is not None else None,
            row.real,
            _STARTS[row.start] if row.start else None,
        )
        for row in rows
    ]


def planned_days(
    store: Store, person: Person, today: date, plan_ids: Collection[int] | None = None
) -> set[date]:
    """The days up to `today` on which practice was planned (of these plans, if given).

    Those on which a reminder came due, or comes today, from when it was made until it was deleted, replaced
    or put to rest, or its plan was archived or retired.
    """
    over = {
        plan.row.id: plan.row.archived_at or plan.row.retired_at for plan in store.plans.everything(person.id)
    }
    days: set[date] = set()
    for row in store.reminders.all_of(person.id):
        if row.kind in _PLANNING and (plan_ids is None or row.plan_id in plan_ids):
            ends = [at for at in (row.ended_at, over.get(row.plan_id or 0)) if at is not None]
            days |= _planned_by(row, person, today, min(ends, default=None))
    return days


def _planned_by(row: Reminder, person: Person, today: date, end: datetime | None) -> AbstractSet[date]:
    """The days planned by a reminder; on the first and the last it has to have come due in its time."""
    rule, zone = rule_of(row), zone_of(person.zone)
    if rule is None:
        return frozenset()
    first = local_day(row.created_at, zone, person.day_ends_at)
    last = min(today, local_day(end, zone, person.day_ends_at)) if end is not None else today
    days = _days_between(rule.days, rule.starts, first, last)
    due = ((day, instants_on(rule, zone, day)) for day in {first, last} & days)
    return days - {
        day
        for day, instants in due
        if instants and not any(row.created_at <= at and (end is None or at < end) for at in instants)
    }


@lru_cache(maxsize=1024)
def _days_between(days: str, starts: date, first: date, last: date) -> frozenset[date]:
    """The days of a rule from `first` to `last`; remembered, since a day asks for the same ones often."""
    return frozenset(takewhile(lambda day: day <= last, days_from(read_days(days, starts), first)))


def after_treatment_days(store: Store, person: Person, today: date) -> set[date]:
    """The days up to `today` after treatment had ended, until full support came back."""
    zone = zone_of(person.zone)
    days: set[date] = set()
    for row in store.reminders.all_of(person.id):
        if row.kind == MAINTENANCE:
            first = local_day(row.created_at, zone, person.day_ends_at)
            end = local_day(row.ended_at, zone, person.day_ends_at) if row.ended_at else today + _A_DAY
            days.update(each_day(first, end - _A_DAY))
    return days


def paused_days(store: Store, person: Person, today: date) -> set[date]:
    """The days of the person's pauses, the one of now up to `today`."""
    spans = [(each.starts, each.ends) for each in store.people.pauses(person.id)]
    if person.paused_at is not None:
        spans.append((local_day(person.paused_at, zone_of(person.zone), person.day_ends_at), today))
    return {day for first, last in spans for day in each_day(first, last)}


def _plans(store: Store, person_id: int, scope: str) -> tuple[list[OpenPlan], str | None]:
    """The plans of a scope, archived ones too, and the goal in the person's words."""
    if scope == EVERYTHING:
        return store.plans.everything(person_id), None
    row_id = number_in(scope[1:]) or 0
    plan = store.plans.get(person_id, row_id) if scope.startswith("p") else None
    if plan is not None:
        return [plan], None
    goal = store.goals.get(person_id, row_id) if scope.startswith("o") else None
    if goal is None:
        raise NoSuchScope
    serving = [each for each in store.plans.everything(person_id) if each.row.goal_id == goal.id]
    return serving, store.goals.read(goal)


def _most_asked(asked: Sequence[Value], plans: Sequence[OpenPlan]) -> OpenPlan | None:
    """The plan about which confidence was asked most often of late."""
    counts = Counter(row.plan_id for row in asked)
    most = max(plans, key=lambda plan: counts[plan.row.id], default=None)
    return most if most is not None and counts[most.row.id] else None


def _readings(asked: Sequence[Value], plan: OpenPlan | None) -> list[Reading]:
    return [
        Reading(row.day, row.value)
        for row in asked
        if plan is not None and row.plan_id == plan.row.id and row.value is not None
    ]
