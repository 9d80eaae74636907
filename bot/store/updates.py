"""Which updates were handled already."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from bot.store.tables import SeenUpdate, table_of


class Updates:
    """An update is handled once, however often the platform delivers it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def first_sight(self, key: str, now: datetime) -> bool:
        """Notes the update; False if it was noted before, by any process."""
        note = _NOTES[self._session.get_bind().dialect.name]
        return self._session.connection().execute(note, {"key": key, "at": now}).first() is not None

    def forget(self, key: str) -> None:
        """Forgets one update, so that it is handled when it comes again."""
        self._session.exec(delete(SeenUpdate).where(col(SeenUpdate.key) == key))

    def forget_before(self, moment: datetime) -> None:
        """Drops the notes of updates that no platform delivers again."""
        self._session.exec(delete(SeenUpdate).where(col(SeenUpdate.at) < moment))


_ROWS = table_of(SeenUpdate)
_NOTES = {
    name: insert(_ROWS).on_conflict_do_nothing().returning(_ROWS.c.key)
    for name, insert in (("postgresql", postgresql.insert), ("sqlite", sqlite.insert))
}
