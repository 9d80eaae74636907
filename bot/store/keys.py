"""Wrapped keys, of people and of the deployment, on their way from one operator's key to the next."""

from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from bot.store.encryption import Keyring, WrongKey
from bot.store.tables import PersonKey, Secret


def key_place(person_id: int) -> str:
    """What a person's wrapped key is bound to."""
    return f"person_key|{person_id}|{person_id}"


def secret_place(name: str) -> str:
    """What a wrapped secret of the deployment is bound to."""
    return f"secret|{name}"


@dataclass(frozen=True, slots=True)
class Rotated:
    """How far a rotation is: keys wrapped afresh, and keys that none of the operator's keys opens."""

    wrapped: int = 0
    unopened: int = 0
    last_person: int = 0


class Keys:
    """Queries about wrapped keys."""

    def __init__(self, session: Session, keyring: Keyring) -> None:
        self._session = session
        self._keyring = keyring

    def rotate_people(self, so_far: Rotated, limit: int) -> Rotated:
        """Wraps the keys of the next people with the newest key; one that does not open is left as it is."""
        statement = (
            select(PersonKey)
            .where(col(PersonKey.person_id) > so_far.last_person)
            .order_by(col(PersonKey.person_id))
            .limit(limit)
            .with_for_update()
        )
        for row in self._session.exec(statement):
            so_far = replace(self._rotate(row, key_place(row.person_id), so_far), last_person=row.person_id)
        return so_far

    def rotate_secrets(self, so_far: Rotated) -> Rotated:
        """Wraps the deployment's own secrets with the newest key."""
        for row in self._session.exec(select(Secret).with_for_update()):
            so_far = self._rotate(row, secret_place(row.name), so_far)
        return so_far

    def _rotate(self, row: PersonKey | Secret, place: str, so_far: Rotated) -> Rotated:
        if self._keyring.is_newest(row.wrapped):
            return so_far
        try:
            key = self._keyring.unwrap(row.wrapped, place)
        except WrongKey:
            return replace(so_far, unopened=so_far.unopened + 1)
        row.wrapped = self._keyring.wrap(key, place)
        self._session.add(row)
        return replace(so_far, wrapped=so_far.wrapped + 1)
