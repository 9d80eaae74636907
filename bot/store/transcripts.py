"""What was said on the local page, both ways."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from bot.store.tables import Transcript
from bot.store.words import Words


class Transcripts:
    """Queries about the local page's messages. Each has a key; the same key again replaces its contents."""

    def __init__(self, session: Session, words: Words) -> None:
        self._session = session
        self._words = words

    def put(self, person_id: int, key: str, contents: dict[str, Any], now: datetime) -> datetime:
        """Keeps a message, or what became of it. Returns when it was first said."""
        row = self._session.exec(select(Transcript).where(Transcript.key == key)).first()
        if row is None:
            row = Transcript(person_id=person_id, key=key, at=now, words=b"")
            self._session.add(row)
            self._session.flush()
        row.words = self._words.seal("transcript", person_id, row.id or 0, contents)
        return row.at

    def get(self, person_id: int, key: str) -> dict[str, Any] | None:
        """One message of this person."""
        statement = select(Transcript).where(Transcript.key == key, Transcript.person_id == person_id)
        row = self._session.exec(statement).first()
        return self._opened(row) if row is not None else None

    def newest(self, person_id: int, limit: int) -> list[tuple[str, datetime, dict[str, Any]]]:
        """The newest messages, oldest of them first: key, when, contents."""
        statement = (
            select(Transcript)
            .where(Transcript.person_id == person_id)
            .order_by(col(Transcript.id).desc())
            .limit(limit)
        )
        rows = list(self._session.exec(statement))
        return [(row.key, row.at, self._opened(row)) for row in reversed(rows)]

    def forget(self, person_id: int) -> None:
        """Removes all messages of this person's page."""
        self._session.exec(delete(Transcript).where(col(Transcript.person_id) == person_id))

    def _opened(self, row: Transcript) -> dict[str, Any]:
        opened: dict[str, Any] = self._words.open("transcript", row.person_id, row.id or 0, row.words)
        return opened
