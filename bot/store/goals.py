"""Goals: what the person wants from therapy, in their words."""

from datetime import datetime

from sqlmodel import Session

from bot.store.ids import Ids
from bot.store.sealed import SealedRows
from bot.store.tables import Goal
from bot.store.words import Words


class Goals(SealedRows[Goal]):
    """Queries about goals."""

    def __init__(self, session: Session, words: Words, ids: Ids) -> None:
        super().__init__(Goal, session, words, ids)

    def add(self, person_id: int, words: str, now: datetime) -> Goal:
        """A new goal."""
        row_id = self._ids.new()
        sealed = self._sealed(person_id, row_id, words)
        return self._keep(Goal(id=row_id, person_id=person_id, words=sealed, created_at=now))

    def current(self, person_id: int) -> list[Goal]:
        """The goals that are not archived, oldest first."""
        return [row for row in self.of(person_id) if row.archived_at is None]

    def read(self, row: Goal) -> str:
        """The goal in the person's words."""
        return str(self._opened(row))

    def reword(self, row: Goal, words: str) -> None:
        """Changes what a goal says."""
        row.words = self._sealed(row.person_id, row.id, words)
        self._keep(row)
