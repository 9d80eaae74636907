"""Gates: the cautions that a person took in before a skill that is not for everyone."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from bot.store.ids import Ids
from bot.store.tables import Gate

LASTS = timedelta(days=90)
"""How long a passed gate stays open: bodies and circumstances change."""


class Gates:
    """Queries about gates."""

    def __init__(self, session: Session, ids: Ids) -> None:
        self._session = session
        self._ids = ids

    def open_for(self, person_id: int, now: datetime) -> frozenset[str]:
        """The skills whose caution this person took in within the last 90 days."""
        statement = select(Gate.skill).where(Gate.person_id == person_id, col(Gate.passed_at) > now - LASTS)
        return frozenset(self._session.exec(statement))

    def let_pass(self, person_id: int, skill: str, now: datetime) -> None:
        """Remembers that the person took in the caution of a skill now."""
        statement = select(Gate).where(Gate.person_id == person_id, Gate.skill == skill)
        row = self._session.exec(statement).first()
        if row is None:
            row = Gate(id=self._ids.new(), person_id=person_id, skill=skill, passed_at=now)
        row.passed_at = now
        self._session.add(row)
