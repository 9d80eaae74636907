"""Packs: homework that a therapist put together, found by its code alone until its time is over.

A code carries nothing and is too long to be guessed. It is kept sealed, for whoever made the pack, and as a
keyed hash, by which it is found. Nothing is written when a pack is opened: who made it learns nothing.
"""

import secrets
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from bot.store.encryption import WrongKey, keyed_hash
from bot.store.ids import Ids
from bot.store.tables import Pack
from bot.store.words import Words

LASTS = timedelta(days=90)
LENGTH = 20
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Thirty letters that can't be taken for each other: twenty of them make 98 bits."""


@dataclass
class Suggested:
    """A suggested rule of reminders, as a row of them has it: local times on days, from any day on."""

    days: str
    times: str
    until: str | None = None


@dataclass
class PackItem:
    """One part of a pack: a skill of the library, or a `name` in words; empty or None where not said.

    `instruction` is the therapist's note about it.
    """

    skill: str | None = None
    name: str = ""
    cue: str = ""
    instruction: str = ""
    target_days: int | None = None
    rules: list[Suggested] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        """What of it may be written by somebody, as far as it is there."""
        return [each for each in (self.name, self.cue, self.instruction) if each]


@dataclass
class OpenPack:
    """A pack with its code and its parts opened."""

    row: Pack
    code: str
    items: list[PackItem]


class Packs:
    """Queries about packs. One whose time is over is none."""

    def __init__(self, session: Session, words: Words, ids: Ids, lookup_key: bytes) -> None:
        self._session = session
        self._words = words
        self._ids = ids
        self._lookup_key = lookup_key

    def make(self, person_id: int, items: list[PackItem], now: datetime) -> OpenPack:
        """A new pack of this person, good for `LASTS`."""
        row_id, code = self._ids.new(), "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        row = Pack(
            id=row_id,
            person_id=person_id,
            code_hash=self._hash(code),
            code=self._words.seal(_CODE, person_id, row_id, code),
            words=self._words.seal(_PACK, person_id, row_id, packed(items)),
            created_at=now,
            expires_at=now + LASTS,
        )
        self._session.add(row)
        self._session.flush()
        return OpenPack(row, code, items)

    def of(self, person_id: int, now: datetime) -> list[OpenPack]:
        """The packs that this person made, oldest first."""
        return [pack for pack in self.everything(person_id) if pack.row.expires_at > now]

    def everything(self, person_id: int) -> list[OpenPack]:
        """Every pack of this person that is kept, oldest first."""
        statement = select(Pack).where(Pack.person_id == person_id).order_by(col(Pack.id))
        return [self._opened(row) for row in self._session.exec(statement)]

    def get(self, person_id: int, pack_id: int, now: datetime) -> OpenPack | None:
        """One pack of this person."""
        row = self._session.get(Pack, pack_id)
        if row is None or row.person_id != person_id or row.expires_at <= now:
            return None
        return self._opened(row)

    def found(self, code: str, now: datetime) -> list[PackItem] | None:
        """What the pack of this code holds; None where there is none, or its maker's key is gone."""
        found = select(Pack).where(Pack.code_hash == self._hash(code), col(Pack.expires_at) > now)
        row = self._session.exec(found).first()
        try:
            return self._opened(row).items if row is not None else None
        except WrongKey:
            return None

    def keep_longer(self, pack: OpenPack, now: datetime) -> None:
        """Good for `LASTS` from now."""
        pack.row.expires_at = now + LASTS
        self._session.add(pack.row)

    def withdraw(self, pack: OpenPack) -> None:
        """Its code leads nowhere any more, and what it held is gone."""
        self._session.delete(pack.row)
        self._session.flush()

    def hand_over(self, person_id: int, to_id: int) -> None:
        """Gives someone's packs to the person they go on as; the codes stay good."""
        for pack in self.everything(person_id):
            row = pack.row
            row.person_id = to_id
            row.code = self._words.seal(_CODE, to_id, row.id, pack.code)
            row.words = self._words.seal(_PACK, to_id, row.id, packed(pack.items))
            self._session.add(row)
        self._session.flush()

    def forget_before(self, now: datetime) -> None:
        """Drops the packs whose time is over."""
        self._session.exec(delete(Pack).where(col(Pack.expires_at) <= now))

    def _opened(self, row: Pack) -> OpenPack:
        code = self._words.open(_CODE, row.person_id, row.id, row.code)
        items = unpacked(self._words.open(_PACK, row.person_id, row.id, row.words))
        self._words.opened += [(row.person_id, each.words) for each in items]
        return OpenPack(row, code, items)

    def _hash(self, code: str) -> bytes:
        return keyed_hash(self._lookup_key, "pack", code)


def packed(items: list[PackItem]) -> list[dict[str, Any]]:
    """As JSON values."""
    return [asdict(each) for each in items]


def unpacked(values: list[dict[str, Any]]) -> list[PackItem]:
    """From JSON values."""
    return [PackItem(**{**each, "rules": [Suggested(**rule) for rule in each["rules"]]}) for each in values]


def is_whole(code: str) -> bool:
    """Whether it could be the code of a pack: not a part of one, and no letter that none has."""
    return len(code) == LENGTH and set(code) <= set(ALPHABET)


_PACK, _CODE = "pack", "pack_code"
"""What the two sealed columns are bound to."""
