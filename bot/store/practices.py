"""Practices, and the reflections on them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from bot.store.ids import Ids
from bot.store.tables import Practice, Reflection
from bot.store.words import Words


class Practices:
    """Queries about practices and reflections."""

    def __init__(self, session: Session, words: Words, ids: Ids) -> None:
        self._session = session
        self._words = words
        self._ids = ids

    def add(self, person_id: int, **columns: Any) -> Practice:
        """Logs a practice; the columns are those of the table."""
        practice = Practice(id=self._ids.new(), person_id=person_id, **columns)
        self._session.add(practice)
        self._session.flush()
        return practice

    def reflect(
        self,
        person_id: int,
        words: str,
        day: date,
        now: datetime,
        practice_id: int | None = None,
        *,
        asked: bool = False,
    ) -> Reflection:
        """Keeps the person's own words, about a practice or, with none, as a note."""
        row_id = self._ids.new()
        row = Reflection(
            id=row_id,
            person_id=person_id,
            practice_id=practice_id,
            asked=asked,
            day=day,
            at=now,
            words=self._words.seal("reflection", person_id, row_id, words),
        )
        self._session.add(row)
        self._session.flush()
        return row

    def get(self, person_id: int, practice_id: int) -> Practice | None:
        """One practice of this person."""
        practice = self._session.get(Practice, practice_id)
        return practice if practice is not None and practice.person_id == person_id else None

    def by_message(self, person_id: int, message_ref: str) -> Practice | None:
        """The practice that this message of the person logged."""
        statement = select(Practice).where(
            Practice.person_id == person_id, Practice.message_ref == message_ref
        )
        return self._session.exec(statement).first()

    def since(self, person_id: int, day: date | None = None) -> list[Practice]:
        """The person's practices from that day on (all, with None), oldest first."""
        statement = select(Practice).where(Practice.person_id == person_id)
        if day is not None:
            statement = statement.where(Practice.day >= day)
        return list(self._session.exec(statement.order_by(col(Practice.at), col(Practice.id))))

    def reflections(self, person_id: int) -> list[Reflection]:
        """All reflections and notes of a person, oldest first, still sealed."""
        statement = select(Reflection).where(Reflection.person_id == person_id).order_by(col(Reflection.id))
        return list(self._session.exec(statement))

    def last_learning(self, person_id: int) -> str | None:
        """The newest words that answered a question about a practice."""
        statement = (
            select(Reflection)
            .where(Reflection.person_id == person_id, col(Reflection.asked).is_(True))
            .order_by(col(Reflection.id).desc())
            .limit(1)
        )
        row = self._session.exec(statement).first()
        return self.read(row) if row is not None else None

    def read(self, row: Reflection) -> str:
        """The words of a reflection, opened."""
        opened: str = self._words.open("reflection", row.person_id, row.id, row.words)
        return opened

    def remove(self, person_id: int, practice_id: int) -> bool:
        """Removes a practice with its reflections; False if there is none of this person."""
        statement = (
            delete(Practice)
            .where(col(Practice.id) == practice_id, col(Practice.person_id) == person_id)
            .returning(col(Practice.id))
        )
        return self._session.exec(statement).first() is not None

    def remove_reflection(self, person_id: int, reflection_id: int) -> bool:
        """Removes one reflection or note; False if there is none of this person."""
        statement = (
            delete(Reflection)
            .where(col(Reflection.id) == reflection_id, col(Reflection.person_id) == person_id)
            .returning(col(Reflection.id))
        )
        return self._session.exec(statement).first() is not None

    def forget_words(self, person_id: int, practice_id: int) -> None:
        """Removes the reflections on one practice, to be replaced."""
        statement = delete(Reflection).where(
            col(Reflection.practice_id) == practice_id, col(Reflection.person_id) == person_id
        )
        self._session.exec(statement)
