"""What the tables of sealed words have in common: found by person, opened with the person's key."""

from typing import Any, Generic, TypeVar

from sqlmodel import Session, col, select

from bot.store.ids import Ids
from bot.store.tables import Goal, LetterToSelf, Prediction, Slip, TherapySession
from bot.store.words import Words

RowT = TypeVar("RowT", Goal, Slip, Prediction, LetterToSelf, TherapySession)


class SealedRows(Generic[RowT]):
    """Queries about one such table; a row of someone else is no row."""

    def __init__(self, table: type[RowT], session: Session, words: Words, ids: Ids) -> None:
        self._table: type[RowT] = table
        self._session = session
        self._words = words
        self._ids = ids

    def of(self, person_id: int) -> list[RowT]:
        """Every row of the person, oldest first."""
        table = self._table
        statement = select(table).where(table.person_id == person_id).order_by(col(table.id))
        return list(self._session.exec(statement))

    def get(self, person_id: int, row_id: int) -> RowT | None:
        """One row of this person."""
        row = self._session.get(self._table, row_id)
        return row if row is not None and row.person_id == person_id else None

    def remove(self, row: RowT) -> None:
        """Removes a row with its words."""
        self._session.delete(row)
        self._session.flush()

    def _keep(self, row: RowT) -> RowT:
        self._session.add(row)
        self._session.flush()
        return row

    def _sealed(self, person_id: int, row_id: int, value: Any) -> bytes:
        return self._words.seal(str(self._table.__tablename__), person_id, row_id, value)

    def _opened(self, row: RowT) -> Any:
        if row.words is None:
            return {}
        return self._words.open(str(self._table.__tablename__), row.person_id, row.id, row.words)
