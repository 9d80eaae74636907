"""Letters to oneself, for a date or for a hard day."""

from datetime import date, datetime

from sqlmodel import Session

from bot.store.ids import Ids
from bot.store.sealed import SealedRows
from bot.store.tables import LetterToSelf
from bot.store.words import Words


class Letters(SealedRows[LetterToSelf]):
    """Queries about letters to oneself."""

    def __init__(self, session: Session, words: Words, ids: Ids) -> None:
        super().__init__(LetterToSelf, session, words, ids)

    def add(self, person_id: int, words: str, deliver_on: date | None, now: datetime) -> LetterToSelf:
        """A letter for the local day `deliver_on`, or, with None, for a hard day."""
        row_id = self._ids.new()
        sealed = self._sealed(person_id, row_id, words)
        row = LetterToSelf(
            id=row_id, person_id=person_id, written_at=now, deliver_on=deliver_on, words=sealed
        )
        return self._keep(row)

    def due(self, person_id: int, today: date) -> LetterToSelf | None:
        """The dated letter that waits to be delivered on `today` or was to be before, the earliest first."""
        waiting = [row for row in self.of(person_id) if row.deliver_on and row.delivered_at is None]
        late = [row for row in waiting if row.deliver_on is not None and row.deliver_on <= today]
        return min(late, key=lambda row: (row.deliver_on or today, row.id), default=None)

    def for_a_hard_day(self, person_id: int) -> LetterToSelf | None:
        """The newest letter that was written for a hard day."""
        return next((row for row in reversed(self.of(person_id)) if row.deliver_on is None), None)

    def read(self, row: LetterToSelf) -> str:
        """The letter, opened."""
        return str(self._opened(row))
