"""The outbox: everything that Limber says, from the commit that caused it until a platform took it.

States: `waiting`, `claimed` (a sender has it, until the lease ends), `set_aside` (can never be sent; kept
without words, with a reason). What was sent is removed. A beat, with a time after which it is of no use,
is dropped unsent once that has passed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from bot.store.tables import Account, Outbox, PersonKey
from bot.store.words import Words

REPLY, NUDGE = 0, 1
LEASE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Letter:
    """A claimed message with its words opened, ready to be carried."""

    id: int
    person_id: int
    account_id: int
    nudge_id: int | None
    platform: str
    urgency: int
    address: str
    wire: dict[str, Any]
    attempts: int
    unsure: int


class OutboxRows:
    """Queries about the outbox."""

    def __init__(self, session: Session, words: Words) -> None:
        self._session = session
        self._words = words

    def add(
        self,
        account: Account,
        wire: dict[str, Any],
        now: datetime,
        urgency: int = REPLY,
        nudge_id: int | None = None,
        expires_at: datetime | None = None,
    ) -> None:
        """Puts one message in the outbox; it goes out after the commit, and not before `now`.

        With `expires_at` it is a beat, and dropped if it could not go out before then.
        """
        row = Outbox(
            person_id=account.person_id,
            account_id=account.id,
            nudge_id=nudge_id,
            platform=account.platform,
            urgency=urgency,
            state="waiting",
            due_at=now,
            created_at=now,
            expires_at=expires_at,
            words=self._words.seal("outbox", account.person_id, account.id, wire),
        )
        self._session.add(row)

    def claim(self, platform: str, now: datetime, limit: int) -> list[Letter]:
        """Takes due messages of a platform, replies first: whoever gets them, nobody else does.

        A message waits while an earlier one of the same account is being tried again, so that the order
        within a chat holds. Beats hold nothing back, and those whose time is over are dropped.
        """
        self._drop_late(platform, now)
        earlier = aliased(Outbox)
        held_back = (
            select(earlier.id)
            .where(col(earlier.account_id) == col(Outbox.account_id), col(earlier.id) < col(Outbox.id))
            .where(
                col(earlier.state) == "waiting", col(earlier.due_at) > now, col(earlier.expires_at).is_(None)
            )
            .exists()
        )
        chosen = (
            select(Outbox.id)
            .where(Outbox.platform == platform, Outbox.state == "waiting", Outbox.due_at <= now, ~held_back)
            .order_by(col(Outbox.urgency), col(Outbox.id))
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        statement = (
            update(Outbox)
            .where(col(Outbox.id).in_(chosen))
            .values(state="claimed", leased_until=now + LEASE, attempts=Outbox.attempts + 1)
            .returning(Outbox)
            .execution_options(populate_existing=True)
        )
        rows = list(self._session.exec(statement).scalars())
        return self._opened(sorted(rows, key=lambda row: (row.urgency, row.id or 0)))

    def drop_beats(self, person_id: int) -> None:
        """Drops the timed edits that a person still waits for, at any home."""
        beats = delete(Outbox).where(col(Outbox.person_id) == person_id, col(Outbox.state) == "waiting")
        self._session.exec(beats.where(col(Outbox.expires_at).is_not(None)))

    def _drop_late(self, platform: str, now: datetime) -> None:
        waiting = delete(Outbox).where(col(Outbox.platform) == platform, col(Outbox.state) == "waiting")
        self._session.exec(waiting.where(col(Outbox.expires_at) <= now))

    def settle(self, letter_id: int) -> None:
        """Removes a message that its platform has taken."""
        self._session.exec(delete(Outbox).where(col(Outbox.id) == letter_id))

    def postpone(self, letter_id: int, until: datetime, unsure: int = 0) -> None:
        """Gives a message back, to be tried again from `until` on."""
        statement = (
            update(Outbox)
            .where(col(Outbox.id) == letter_id)
            .values(state="waiting", due_at=until, leased_until=None, unsure=Outbox.unsure + unsure)
        )
        self._session.exec(statement)

    def set_aside(self, letter_id: int, reason: str) -> None:
        """Keeps a message that never can be sent, without its words, with a reason for the operator."""
        statement = (
            update(Outbox)
            .where(col(Outbox.id) == letter_id)
            .values(state="set_aside", reason=reason, words=b"", leased_until=None)
        )
        self._session.exec(statement)

    def release(self, platform: str, before: datetime | None = None) -> None:
        """Gives back what a sender that is gone had claimed; with `before`, only where its lease is over."""
        statement = update(Outbox).where(col(Outbox.platform) == platform, col(Outbox.state) == "claimed")
        if before is not None:
            statement = statement.where(col(Outbox.leased_until) < before)
        self._session.exec(statement.values(state="waiting", leased_until=None))

    def next_due_at(self, platform: str) -> datetime | None:
        """When the next message of a platform may go out; None if none waits."""
        statement = select(func.min(Outbox.due_at)).where(
            Outbox.platform == platform, Outbox.state == "waiting"
        )
        return self._session.exec(statement).one()

    def oldest_due(self) -> datetime | None:
        """When the message that is under way or waits the longest could have gone out; None if none does."""
        return self._session.exec(select(func.min(Outbox.due_at)).where(Outbox.state != "set_aside")).one()

    def aside(self, limit: int) -> Sequence[Outbox]:
        """Messages that can never be sent, oldest first, at most so many."""
        statement = select(Outbox).where(Outbox.state == "set_aside").order_by(col(Outbox.id)).limit(limit)
        return self._session.exec(statement).all()

    def unreachable(self, account_id: int, now: datetime) -> None:
        """Notes that an account cannot be reached, and drops what waits for it."""
        self._session.exec(update(Account).where(col(Account.id) == account_id).values(unreachable_at=now))
        self._session.exec(delete(Outbox).where(col(Outbox.account_id) == account_id))

    def _opened(self, rows: list[Outbox]) -> list[Letter]:
        people = {row.person_id for row in rows}
        for key in self._session.exec(select(PersonKey).where(col(PersonKey.person_id).in_(people))):
            self._words.use_key(key)
        ids = {row.account_id for row in rows}
        accounts = {
            each.id: each for each in self._session.exec(select(Account).where(col(Account.id).in_(ids)))
        }
        return [self._letter(row, accounts[row.account_id]) for row in rows]

    def _letter(self, row: Outbox, account: Account) -> Letter:
        return Letter(
            id=row.id or 0,
            person_id=row.person_id,
            account_id=row.account_id,
            nudge_id=row.nudge_id,
            platform=row.platform,
            urgency=row.urgency,
            address=self._words.open("account", account.person_id, account.id, account.address),
            wire=self._words.open("outbox", row.person_id, row.account_id, row.words),
            attempts=row.attempts,
            unsure=row.unsure,
        )
