"""Appointments with the therapist."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from bot.store.ids import Ids
from bot.store.sealed import SealedRows
from bot.store.tables import TherapySession
from bot.store.words import Words


class Sessions(SealedRows[TherapySession]):
    """Queries about appointments."""

    def __init__(self, session: Session, words: Words, ids: Ids) -> None:
        super().__init__(TherapySession, session, words, ids)

    def add(self, person_id: int, at: datetime, days: str | None) -> TherapySession:
        """An appointment at `at` (UTC); with `days`, an RFC 5545 rule, the next of a series."""
        return self._keep(TherapySession(id=self._ids.new(), person_id=person_id, at=at, days=days))

    def in_order(self, person_id: int) -> list[TherapySession]:
        """Every appointment of the person, by time."""
        statement = (
            select(TherapySession)
            .where(TherapySession.person_id == person_id)
            .order_by(col(TherapySession.at), col(TherapySession.id))
        )
        return list(self._session.exec(statement))

    def read(self, row: TherapySession) -> dict[str, Any]:
        """What to bring and what was taken away, opened; empty where nothing was noted."""
        return dict(self._opened(row))

    def keep(self, row: TherapySession, words: dict[str, Any]) -> None:
        """Writes what is noted about an appointment."""
        row.words = self._sealed(row.person_id, row.id, words)
        self._keep(row)
