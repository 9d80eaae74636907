"""Check-ins: short questions that are asked again and again."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from bot.practice.ratings import Reading
from bot.store.ids import Ids
from bot.store.tables import CheckIn


class Value(NamedTuple):
    """One answer; see `CheckIn`."""

    plan_id: int | None
    day: date
    value: float | None


class CheckIns:
    """Queries about check-ins."""

    def __init__(self, session: Session, ids: Ids) -> None:
        self._session = session
        self._ids = ids

    def add(
        self, person_id: int, plan_id: int | None, kind: str, day: date, now: datetime, value: float | None
    ) -> CheckIn:
        """One check-in; `value` is 0-10, None where it was passed over."""
        row = CheckIn(
            id=self._ids.new(),
            person_id=person_id,
            plan_id=plan_id,
            kind=kind,
            day=day,
            at=now,
            value=value,
        )
        self._session.add(row)
        self._session.flush()
        return row

    def values(self, person_id: int, kind: str, since: date) -> list[Value]:
        """What was answered to the check-ins of one kind from that day on, oldest first: quick over years."""
        columns = [col(getattr(CheckIn, name)) for name in Value._fields]
        statement = sa_select(*columns).where(
            col(CheckIn.person_id) == person_id, col(CheckIn.kind) == kind, col(CheckIn.day) >= since
        )
        return [Value(*row) for row in self._session.execute(statement.order_by(col(CheckIn.id)))]

    def any_on(self, person_id: int, day: date) -> bool:
        """Whether the person had a check-in on that day."""
        statement = select(CheckIn.id).where(CheckIn.person_id == person_id, CheckIn.day == day).limit(1)
        return self._session.exec(statement).first() is not None

    def about(self, person_id: int, plan_id: int | None, kind: str) -> list[CheckIn]:
        """The check-ins of one kind about one plan, oldest first."""
        statement = select(CheckIn).where(
            CheckIn.person_id == person_id, CheckIn.plan_id == plan_id, CheckIn.kind == kind
        )
        return list(self._session.exec(statement.order_by(col(CheckIn.id))))

    def readings(self, person_id: int, plan_id: int | None, kind: str) -> list[Reading]:
        """The answers of one kind about one plan, oldest first."""
        rows = self.about(person_id, plan_id, kind)
        return [Reading(row.day, row.value) for row in rows if row.value is not None]

    def get(self, person_id: int, row_id: int) -> CheckIn | None:
        """One check-in of this person."""
        row = self._session.get(CheckIn, row_id)
        return row if row is not None and row.person_id == person_id else None

    def remove(self, row: CheckIn) -> None:
        """Removes a check-in."""
        self._session.delete(row)
        self._session.flush()
