"""Codes by which a person's other home is linked: short-lived, used once, kept as a keyed hash."""

import hmac
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from bot.store.encryption import keyed_hash
from bot.store.tables import Account, LinkCode

LASTS = timedelta(minutes=10)
TRIES, TRIES_WITHIN = 5, timedelta(hours=1)
LENGTH = 8
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Thirty letters that can't be taken for each other: eight of them make 39 bits."""


class Links:
    """Queries about codes. A code carries nothing: it is random, and says who made it only here."""

    def __init__(self, session: Session, lookup_key: bytes) -> None:
        self._session = session
        self._lookup_key = lookup_key

    def make(self, person_id: int, now: datetime) -> str:
        """A new code, which takes the place of an earlier one of this person."""
        code = "".join(secrets.choice(_ALPHABET) for _ in range(LENGTH))
        self._session.merge(LinkCode(person_id=person_id, code_hash=self._hash(code), expires_at=now + LASTS))
        self._session.flush()
        return code

    def owner(self, code: str, now: datetime) -> int | None:
        """Who made a code that is still good; None where there is no such code.

        It is looked up by a hash that nobody outside can work out, so that the time this takes tells
        nothing about codes that are good.
        """
        row = self._session.exec(select(LinkCode).where(LinkCode.code_hash == self._hash(code))).first()
        if row is None or not hmac.compare_digest(row.code_hash, self._hash(code)) or row.expires_at <= now:
            return None
        return row.person_id

    def use(self, code: str, now: datetime) -> int | None:
        """Who made the code, which from now on is good for nothing; None where it was not good any more."""
        used = delete(LinkCode).where(
            col(LinkCode.code_hash) == self._hash(code), col(LinkCode.expires_at) > now
        )
        return self._session.exec(used.returning(col(LinkCode.person_id))).scalar_one_or_none()

    def forget_before(self, now: datetime) -> None:
        """Drops the codes whose time is over."""
        self._session.exec(delete(LinkCode).where(col(LinkCode.expires_at) <= now))

    def _hash(self, code: str) -> bytes:
        return keyed_hash(self._lookup_key, "link", code)


def normalised(typed: str) -> str:
    """A code as it was made, however it was typed: without hyphens and spaces, in capitals."""
    return "".join(each for each in typed.upper() if each.isalnum())


def may_try(account: Account, now: datetime) -> bool:
    """Whether another code may be entered here: five wrong ones an hour are enough."""
    return account.tried_at is None or now - account.tried_at >= TRIES_WITHIN or account.tries < TRIES


def count_wrong(account: Account, now: datetime) -> None:
    """Notes that a wrong code was entered here."""
    if account.tried_at is None or now - account.tried_at >= TRIES_WITHIN:
        account.tries, account.tried_at = 0, now
    account.tries += 1
