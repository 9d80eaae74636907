"""Obstacles: what got in the way of practices that did not happen."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from bot.store.ids import Ids
from bot.store.tables import Obstacle


class Obstacles:
    """Queries about obstacles."""

    def __init__(self, session: Session, ids: Ids) -> None:
        self._session = session
        self._ids = ids

    def add(
        self,
        person_id: int,
        plan_id: int | None,
        barrier: str,
        day: date,
        now: datetime,
        nudge_id: int | None = None,
        nudged_at: str | None = None,
    ) -> Obstacle:
        """One barrier named; `nudged_at` is the local wall time of the nudge, such as "08:00"."""
        row = Obstacle(
            id=self._ids.new(),
            person_id=person_id,
            plan_id=plan_id,
            nudge_id=nudge_id,
            day=day,
            at=now,
            barrier=barrier,
            nudged_at=nudged_at,
        )
        self._session.add(row)
        self._session.flush()
        return row

    def of(self, person_id: int) -> list[Obstacle]:
        """Every obstacle of the person, oldest first."""
        statement = select(Obstacle).where(Obstacle.person_id == person_id).order_by(col(Obstacle.id))
        return list(self._session.exec(statement))

    def get(self, person_id: int, row_id: int) -> Obstacle | None:
        """One obstacle of this person."""
        row = self._session.get(Obstacle, row_id)
        return row if row is not None and row.person_id == person_id else None

    def remove(self, row: Obstacle) -> None:
        """Removes an obstacle."""
        self._session.delete(row)
        self._session.flush()
