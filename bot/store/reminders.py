"""Reminders, and the nudges they became."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Any

from sqlalchemy import bindparam, delete, func, update
from sqlalchemy import select as core_select
from sqlmodel import Session, col, select

from bot.practice.nudging import next_in_window
from bot.practice.schedule import Rule, next_due
from bot.store.ids import Ids
from bot.store.people import picked
from bot.store.tables import Account, Nudge, Person, PersonKey, Plan, Practice, Reminder, table_of

_A_DAY = timedelta(days=1)

TOLD = "told"
"""The outcome of a nudge that asks for no practice, being told something beside those of plans."""


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder that came due, with all that deciding and wording its nudge needs."""

    reminder: Reminder
    person: Person
    key: PersonKey
    plan: Plan | None


class Reminders:
    """Queries about reminders and nudges."""

    def __init__(self, session: Session, ids: Ids) -> None:
        self._session = session
        self._ids = ids

    def add(
        self,
        person_id: int,
        kind: str,
        rule: Rule | None,
        next_due_at: datetime | None,
        now: datetime,
        plan_id: int | None,
        until: time | None = None,
    ) -> Reminder:
        """A new reminder: by a rule in local time, or, with no rule, once at `next_due_at` (UTC).

        With `until` it comes at a random minute between the time of the rule and that.
        """
        row = Reminder(
            id=self._ids.new(),
            person_id=person_id,
            plan_id=plan_id,
            kind=kind,
            next_due_at=next_due_at,
            created_at=now,
            until=until.isoformat("minutes") if until is not None else None,
            **_columns(rule),
        )
        self._session.add(row)
        self._session.flush()
        return row

    def of(self, person_id: int, kind: str = "practice") -> list[Reminder]:
        """The person's reminders of a kind that can still come due, oldest first."""
        statement = (
            select(Reminder)
            .where(Reminder.person_id == person_id, Reminder.kind == kind, col(Reminder.ended_at).is_(None))
            .where(col(Reminder.days).is_not(None) | col(Reminder.next_due_at).is_not(None))
            .order_by(col(Reminder.id))
        )
        return list(self._session.exec(statement))

    def all_of(self, person_id: int) -> list[Reminder]:
        """Every reminder of the person, of any kind, those that ended too."""
        statement = select(Reminder).where(Reminder.person_id == person_id).order_by(col(Reminder.id))
        return list(self._session.exec(statement))

    def get(self, person_id: int, reminder_id: int) -> Reminder | None:
        """One reminder of this person."""
        row = self._session.get(Reminder, reminder_id)
        return row if row is not None and row.person_id == person_id else None

    def remove(self, row: Reminder) -> None:
        """Removes a reminder; nudges it sent stay."""
        self._session.delete(row)
        self._session.flush()

    def end(self, row: Reminder, now: datetime) -> None:
        """Ends a reminder: it is never due again, and the days it planned stay in the record."""
        row.ended_at, row.next_due_at = now, None
        self._session.add(row)
        self._session.flush()

    def again(self, row: Reminder, now: datetime) -> Reminder:
        """A new reminder like one that ended, from now on; the time in between stays unplanned."""
        like = row.model_dump(exclude={"id", "created_at", "ended_at", "next_due_at"})
        made = Reminder(id=self._ids.new(), created_at=now, **like)
        self._session.add(made)
        self._session.flush()
        return made

    def upcoming(self, person_id: int, limit: int) -> list[Reminder]:
        """What comes due next, soonest first."""
        statement = (
            select(Reminder)
            .where(Reminder.person_id == person_id, col(Reminder.next_due_at).is_not(None))
            .order_by(col(Reminder.next_due_at))
            .limit(limit)
        )
        return list(self._session.exec(statement))

    def claim_due(self, now: datetime, limit: int) -> list[Due]:
        """Due reminders, soonest first, locked against other processes until the transaction ends."""
        found = self._session.execute(_CLAIM_DUE, {"now": now, "most": limit})
        return [Due(*row) for row in found]

    def next_due_at(self) -> datetime | None:
        """When the next reminder of anyone comes due."""
        found: datetime | None = self._session.connection().execute(_NEXT_DUE).scalar_one()
        return found

    def homes(self, people: list[int]) -> dict[int, Account]:
        """Where each of these people is nudged: the home picked last or newest, of those in reach."""
        statement = select(Account).where(
            col(Account.person_id).in_(people), col(Account.unreachable_at).is_(None)
        )
        return {each.person_id: each for each in sorted(self._session.exec(statement), key=picked)}

    def practised(self, people: list[int], since: datetime) -> list[Practice]:
        """What these people practised since then; its day, which the index has, is at most one before."""
        statement = select(Practice).where(
            col(Practice.person_id).in_(people), Practice.day >= since.date() - _A_DAY, Practice.at >= since
        )
        return list(self._session.exec(statement))

    def nudged(self, people: list[int], since: datetime) -> list[Nudge]:
        """The nudges these people had since then, oldest first."""
        statement = (
            select(Nudge)
            .where(col(Nudge.person_id).in_(people), Nudge.due_at >= since)
            .order_by(col(Nudge.due_at))
        )
        return list(self._session.exec(statement))

    def beside(self, people: list[int], kinds: Collection[str], until: datetime) -> list[Reminder]:
        """What else comes due for these people up to then, but for reminders of those kinds."""
        statement = select(Reminder).where(
            col(Reminder.person_id).in_(people),
            col(Reminder.kind).not_in(kinds),
            col(Reminder.next_due_at) <= until,
        )
        return list(self._session.exec(statement))

    def new_nudge(self, **columns: Any) -> Nudge:
        """A nudge about to be sent; it is written with the transaction."""
        nudge = Nudge(id=self._ids.new(), **columns)
        self._session.add(nudge)
        return nudge

    def nudge(self, person_id: int, nudge_id: int) -> Nudge | None:
        """One nudge of this person."""
        row = self._session.get(Nudge, nudge_id)
        return row if row is not None and row.person_id == person_id else None

    def nudge_replied_to(self, person_id: int, message_ref: str) -> Nudge | None:
        """The nudge that went out as this message."""
        statement = select(Nudge).where(Nudge.person_id == person_id, Nudge.message_ref == message_ref)
        return self._session.exec(statement).first()

    def open_nudge(self, person_id: int, since: datetime) -> Nudge | None:
        """The newest nudge, if it came due since then and nobody has answered it."""
        newest = select(Nudge).where(Nudge.person_id == person_id).order_by(col(Nudge.due_at).desc()).limit(1)
        nudge = self._session.exec(newest).first()
        if nudge is None or nudge.answered_at is not None or nudge.due_at < since:
            return None
        return nudge

    def mark_sent(self, nudges: Sequence[tuple[int, str, datetime]]) -> dict[int, datetime]:
        """Notes which nudges went out, as which messages of their platform, and when.

        Answers with when each was due.
        """
        if not nudges:
            return {}
        sent = [{"sent": nudge_id, "ref": message_ref, "at": at} for nudge_id, message_ref, at in nudges]
        self._session.connection().execute(_MARK_SENT, sent)
        due = self._session.execute(_DUE, {"ids": [each[0] for each in nudges]})
        return {row.id: row.due_at for row in due}

    def drop_snoozes(self, person_id: int, plan_id: int | None) -> None:
        """Removes one-off repeats of a plan that are no longer needed."""
        statement = delete(Reminder).where(
            col(Reminder.person_id) == person_id,
            col(Reminder.plan_id) == plan_id,
            col(Reminder.kind) == "snooze",
        )
        self._session.exec(statement)


def next_of(row: Reminder, zone: tzinfo, after: datetime) -> datetime | None:
    """When a reminder with a rule comes due next after an instant (UTC); in a window, at its random minute.

    None where its rule has ended, or where it has none.
    """
    rule = rule_of(row)
    if rule is None or row.until is None:
        return next_due(rule, zone, after) if rule is not None else None
    return next_in_window(rule, time.fromisoformat(row.until), str(row.id), zone, after)


def rule_of(row: Reminder) -> Rule | None:
    """The rule of a reminder; None for one that comes once, at an instant."""
    if row.days is None or row.times is None or row.starts is None:
        return None
    times = tuple(time.fromisoformat(each) for each in row.times.split(","))
    return Rule(days=row.days, times=times, starts=row.starts)


def _columns(rule: Rule | None) -> dict[str, Any]:
    if rule is None:
        return {}
    times = ",".join(each.isoformat("minutes") for each in rule.times)
    return {"days": rule.days, "times": times, "starts": rule.starts}


_NUDGES = table_of(Nudge)
_MARK_SENT = (
    update(_NUDGES)
    .where(_NUDGES.c.id == bindparam("sent"))
    .values(sent_at=bindparam("at"), message_ref=bindparam("ref"))
)
_DUE = core_select(_NUDGES.c.id, _NUDGES.c.due_at).where(_NUDGES.c.id.in_(bindparam("ids", expanding=True)))
_REMINDERS = table_of(Reminder)
_NEXT_DUE = core_select(func.min(_REMINDERS.c.next_due_at))
_CLAIM_DUE = (
    core_select(Reminder, Person, PersonKey, Plan)
    .join(Person, col(Person.id) == col(Reminder.person_id))
    .join(PersonKey, col(PersonKey.person_id) == col(Reminder.person_id))
    .outerjoin(Plan, col(Plan.id) == col(Reminder.plan_id))
    .where(col(Reminder.next_due_at) <= bindparam("now"))
    .order_by(col(Reminder.next_due_at))
    .limit(bindparam("most"))
    .with_for_update(of=Reminder, skip_locked=True)
)
