"""Who has been silent for long, and so is to be warned or erased."""

from datetime import datetime

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from bot.store.tables import Consent, Pack, Person


class Silent:
    """Queries about silence. Moments are UTC."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def to_warn(self, silent_since: datetime, limit: int) -> list[Person]:
        """People silent since then who agreed once and were not warned in this silence."""
        unwarned = or_(col(Person.warned_at).is_(None), ~_warned_in_this_silence())
        return self._found(silent_since, limit, unwarned, _agreed())

    def to_erase(self, silent_since: datetime, warned_before: datetime, limit: int) -> list[Person]:
        """People silent since then who were warned in this silence, and long enough ago."""
        warned = _warned_in_this_silence() & (col(Person.warned_at) <= warned_before)
        return self._found(silent_since, limit, warned)

    def never_agreed(self, silent_since: datetime, limit: int) -> list[Person]:
        """People silent since then who never agreed to anything, and made no pack whose time isn't over."""
        return self._found(silent_since, limit, ~_agreed(), ~_made_a_pack())

    def _found(self, silent_since: datetime, limit: int, *which: ColumnElement[bool]) -> list[Person]:
        statement = (
            select(Person)
            .where(Person.last_seen_at <= silent_since, *which)
            .order_by(col(Person.last_seen_at))
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return list(self._session.exec(statement))


def _warned_in_this_silence() -> ColumnElement[bool]:
    return col(Person.warned_at) > col(Person.last_seen_at)


def _agreed() -> ColumnElement[bool]:
    return select(Consent.id).where(col(Consent.person_id) == col(Person.id)).exists()


def _made_a_pack() -> ColumnElement[bool]:
    return select(Pack.id).where(col(Pack.person_id) == col(Person.id)).exists()
