"""Words of a person on their way in and out of the sealed columns."""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import Session

from bot.store.encryption import Cipher, Keyring, WrongKey, new_key
from bot.store.keys import key_place
from bot.store.tables import PersonKey, table_of

_NOT_THEIRS = frozenset(("account", "conversation", "outbox", "transcript", "pack", "pack_code"))
"""What holds addresses, codes and what is said, not what the person wrote down; of packs `Packs` tells."""


class Words:
    """Seals and opens what a person wrote, within one transaction; each person has a key of their own."""

    def __init__(self, session: Session, keyring: Keyring) -> None:
        self._session = session
        self._keyring = keyring
        self._ciphers: dict[int, Cipher] = {}
        self.opened: list[tuple[int, Any]] = []
        """What was opened of people's own words in this transaction: whose, and what."""

    def make_key(self, person_id: int) -> None:
        """Gives a new person their data key."""
        key = new_key()
        wrapped = self._keyring.wrap(key, key_place(person_id))
        self._session.add(PersonKey(person_id=person_id, wrapped=wrapped))
        self._ciphers[person_id] = Cipher(key)

    def use_key(self, row: PersonKey) -> None:
        """Takes a key that a query has brought along, so that it need not be fetched again."""
        self._ciphers[row.person_id] = Cipher(self._keyring.unwrap(row.wrapped, key_place(row.person_id)))

    def use_keys(self, people: Collection[int]) -> None:
        """Fetches the keys of these people at once."""
        unknown = [each for each in people if each not in self._ciphers]
        for person_id, wrapped in self._session.execute(_KEYS, {"people": unknown}):
            self._ciphers[person_id] = Cipher(self._keyring.unwrap(wrapped, key_place(person_id)))

    def seal(self, table: str, person_id: int, row_id: int, value: Any) -> bytes:
        """Seals a JSON value for one row. Raises `WrongKey` if the person's key is gone."""
        packed = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        return self._cipher(person_id).seal(packed, _belongs_to(table, person_id, row_id))

    def open(self, table: str, person_id: int, row_id: int, sealed: bytes) -> Any:
        """Opens what `seal` made for the same row. Raises `WrongKey` otherwise."""
        value = json.loads(self._cipher(person_id).open(sealed, _belongs_to(table, person_id, row_id)))
        if table not in _NOT_THEIRS:
            self.opened.append((person_id, value))
        return value

    def _cipher(self, person_id: int) -> Cipher:
        if person_id not in self._ciphers:
            row = self._session.get(PersonKey, person_id)
            if row is None:
                raise WrongKey
            self.use_key(row)
        return self._ciphers[person_id]


def _belongs_to(table: str, person_id: int, row_id: int) -> str:
    return f"{table}|{person_id}|{row_id}"


_ROWS = table_of(PersonKey)
_KEYS = select(_ROWS.c.person_id, _ROWS.c.wrapped).where(
    _ROWS.c.person_id.in_(bindparam("people", expanding=True))
)
