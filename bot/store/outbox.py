"""The outbox: everything that Limber says, from the commit that caused it until a platform took it.

States: `waiting`, `claimed` (a sender has it, until the lease ends), `set_aside` (can never be sent; kept
without words, with a reason). What was sent is removed. A beat, with a time after which it is of no use,
is dropped unsent once that has passed.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, Row, Update, bindparam, delete, exists, func, insert, select, update
from sqlmodel import Session, col

from bot.store.tables import Account, Outbox, Person, table_of
from bot.store.words import Words

REPLY, NUDGE = 0, 1
_EVER = datetime(1970, 1, 1, tzinfo=UTC)
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

    @property
    def asks_for_attachment(self) -> bool:
        """Whether a picture or a document is to be made for it."""
        return self.wire.get("picture") is not None or self.wire.get("document") is not None

    @property
    def is_edit(self) -> bool:
        """Whether it changes a message that is there already."""
        return self.wire.get("edits") is not None


class OutboxRows:
    """Queries about the outbox."""

    def __init__(self, session: Session, words: Words) -> None:
        self._session = session
        self._words = words
        self._gathered: list[dict[str, Any]] | None = None

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
        row = {
            "person_id": account.person_id,
            "account_id": account.id,
            "nudge_id": nudge_id,
            "platform": account.platform,
            "urgency": urgency,
            "state": "waiting",
            "due_at": now,
            "created_at": now,
            "expires_at": expires_at,
            "attempts": 0,
            "unsure": 0,
            "words": self._words.seal("outbox", account.person_id, account.id, wire),
        }
        if self._gathered is not None:
            self._gathered.append(row)
            return
        if nudge_id is not None:
            self._session.flush()
        self._session.connection().execute(_ADD, row)

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is added meanwhile is written at once in the end, after all else that has changed."""
        self._gathered = []
        try:
            yield
            self._session.flush()
            if self._gathered:
                self._session.connection().execute(_ADD, self._gathered)
        finally:
            self._gathered = None

    def claim(self, platform: str, now: datetime, limit: int, urgency: int = NUDGE) -> list[Letter]:
        """Takes due messages of a platform, replies first: whoever gets them, nobody else does.

        With `urgency=REPLY`, replies alone. A message waits while an earlier one of the same account is
        being tried again, so that the order within a chat holds. Beats hold nothing back, and those whose
        time is over are dropped.
        """
        at = {"of_platform": platform, "now": now}
        self._session.execute(_DROP_LATE, at)
        claimed = {"up_to": urgency, "most": limit, "lease": now + LEASE}
        rows = self._session.execute(_CLAIM, at | claimed).all()
        return self._opened(sorted(rows, key=lambda row: (row.urgency, row.id)))

    def drop_beats(self, person_id: int) -> None:
        """Drops the timed edits that a person still waits for, at any home."""
        beats = delete(Outbox).where(col(Outbox.person_id) == person_id, col(Outbox.state) == "waiting")
        self._session.exec(beats.where(col(Outbox.expires_at).is_not(None)))

    def settle(self, letters: Sequence[int]) -> None:
        """Removes messages that their platform has taken."""
        self._session.execute(_SETTLE, {"ids": list(letters)})

    def give_back(self, letters: Sequence[int]) -> None:
        """Gives back messages that were claimed and not tried."""
        self._session.execute(_GIVE_BACK, {"ids": list(letters)})

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

    def release(self, platform: str, but: Collection[int] = ()) -> None:
        """Gives back what a sender that is gone had claimed; `but` are those that someone still has.

        Its attempt is not counted: a crash says nothing about the message, which would only wait longer.
        """
        statement = update(Outbox).where(col(Outbox.platform) == platform, col(Outbox.state) == "claimed")
        statement = statement.where(col(Outbox.id).not_in(but))
        self._session.exec(statement.values(state="waiting", leased_until=None, attempts=Outbox.attempts - 1))

    def next_due_at(self, platform: str, after: datetime = _EVER) -> datetime | None:
        """When the next message of a platform may go out; None if none waits.

        With `after`, the next of those that may only go out later than that.
        """
        found: datetime | None = self._session.execute(
            _NEXT_DUE, {"of_platform": platform, "after": after}
        ).scalar_one()
        return found

    def oldest_due(self) -> datetime | None:
        """When the message that is under way or waits the longest could have gone out; None if none does."""
        statement = select(func.min(_ROWS.c.due_at)).where(_ROWS.c.state != "set_aside")
        found: datetime | None = self._session.execute(statement).scalar_one()
        return found

    def aside(self, limit: int) -> Sequence[Outbox]:
        """Messages that can never be sent, oldest first, at most so many."""
        aside = select(Outbox).where(col(Outbox.state) == "set_aside")
        return self._session.execute(aside.order_by(col(Outbox.id)).limit(limit)).scalars().all()

    def unreachable(self, account_id: int, now: datetime, tried_at: datetime | None = None) -> bool:
        """Notes that an account cannot be reached, and drops what waits for it.

        False, and nothing is changed, if the person has written since it was tried, at `tried_at`.
        """
        if tried_at is not None and self._wrote_since(account_id, tried_at):
            return False
        self._session.exec(update(Account).where(col(Account.id) == account_id).values(unreachable_at=now))
        self._session.exec(delete(Outbox).where(col(Outbox.account_id) == account_id))
        return True

    def _wrote_since(self, account_id: int, moment: datetime) -> bool:
        person = select(col(Person.id)).join(Account, col(Account.person_id) == col(Person.id))
        wrote = person.where(col(Account.id) == account_id, col(Person.last_seen_at) > moment)
        return self._session.execute(wrote).first() is not None

    def _opened(self, rows: Sequence[Row[Any]]) -> list[Letter]:
        self._words.use_keys({row.person_id for row in rows})
        return [self._letter(row) for row in rows]

    def _letter(self, row: Row[Any]) -> Letter:
        return Letter(
            id=row.id,
            person_id=row.person_id,
            account_id=row.account_id,
            nudge_id=row.nudge_id,
            platform=row.platform,
            urgency=row.urgency,
            address=self._words.open("account", row.person_id, row.account_id, row.address),
            wire=self._words.open("outbox", row.person_id, row.account_id, row.words),
            attempts=row.attempts,
            unsure=row.unsure,
        )


def _claim() -> Update:
    """Built once: building it costs more than running it."""
    rows, earlier = table_of(Outbox), table_of(Outbox).alias()
    account = table_of(Account)
    waiting = rows.c.platform == bindparam("of_platform"), rows.c.state == "waiting"
    held_back = exists().where(
        earlier.c.account_id == rows.c.account_id,
        earlier.c.id < rows.c.id,
        earlier.c.state == "waiting",
        earlier.c.due_at > bindparam("now"),
        earlier.c.expires_at.is_(None),
    )
    chosen = (
        select(rows.c.id)
        .where(*waiting, rows.c.due_at <= bindparam("now"), rows.c.urgency <= bindparam("up_to"), ~held_back)
        .order_by(rows.c.urgency, rows.c.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
    )
    address = select(account.c.address).where(account.c.id == rows.c.account_id).scalar_subquery()
    return (
        update(rows)
        .where(rows.c.id.in_(chosen))
        .values(state="claimed", leased_until=bindparam("lease"), attempts=rows.c.attempts + 1)
        .returning(*rows.c, address.label("address"))
    )


def _given_back() -> Update:
    rows = table_of(Outbox)
    back = {"state": "waiting", "leased_until": None, "attempts": rows.c.attempts - 1}
    return update(rows).where(rows.c.id.in_(_IDS)).values(**back)


_IDS: BindParameter[list[int]] = bindparam("ids", expanding=True)
_ROWS = table_of(Outbox)
_ADD = insert(_ROWS)
_CLAIM = _claim()
_GIVE_BACK = _given_back()
_SETTLE = delete(_ROWS).where(_ROWS.c.id.in_(_IDS))
_DROP_LATE = delete(_ROWS).where(
    _ROWS.c.platform == bindparam("of_platform"),
    _ROWS.c.state == "waiting",
    _ROWS.c.expires_at <= bindparam("now"),
)
_NEXT_DUE = select(func.min(_ROWS.c.due_at)).where(
    _ROWS.c.platform == bindparam("of_platform"),
    _ROWS.c.state == "waiting",
    _ROWS.c.due_at > bindparam("after"),
)
