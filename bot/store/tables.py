"""The tables. Times are UTC; local things (wall times, zones, a person's day) are stored as local things.

Every row of a person goes with the person. Columns named `words` hold what people typed, sealed with the
person's own key (see `encryption`): nothing outside those columns holds a text of theirs.
"""

from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import BigInteger, Index, Integer, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

BigInt = BigInteger().with_variant(Integer, "sqlite")


def _id() -> Any:
    return Field(primary_key=True, sa_type=BigInt, sa_column_kwargs={"autoincrement": False})


def _serial() -> Any:
    return Field(default=None, primary_key=True, sa_type=BigInt)


def _words(*, nullable: bool = False) -> Any:
    return Field(default=None, sa_type=LargeBinary, nullable=nullable)


def _of_person(*, primary: bool = False) -> Any:
    return Field(
        foreign_key="person.id", ondelete="CASCADE", sa_type=BigInt, index=not primary, primary_key=primary
    )


def _of(table: str, *, ondelete: Literal["CASCADE", "SET NULL"] = "CASCADE", nullable: bool = True) -> Any:
    return Field(
        default=None,
        foreign_key=f"{table}.id",
        ondelete=ondelete,
        sa_type=BigInt,
        index=True,
        nullable=nullable,
    )


class Secret(SQLModel, table=True):
    """A secret of this deployment (such as the key of the address look-up), wrapped by the operator's key."""

    name: str = Field(primary_key=True)
    wrapped: bytes = _words()


class Person(SQLModel, table=True):
    """Someone who uses Limber. `warned_at`: when they were told that silence ends in erasure."""

    id: int = _id()
    created_at: datetime
    last_seen_at: datetime = Field(index=True)
    warned_at: datetime | None = None
    language: str
    country: str | None = None
    zone: str
    zone_known: bool = False
    day_ends_at: int = 240
    paused_at: datetime | None = None
    paused_until: datetime | None = None
    quiet_until: datetime | None = None
    full_text: bool = False
    unanswered: int = 0


class PersonKey(SQLModel, table=True):
    """The person's data key, wrapped by the operator's key. Destroyed, their words are gone everywhere."""

    __tablename__ = "person_key"
    person_id: int = _of_person(primary=True)
    wrapped: bytes = _words()


class Account(SQLModel, table=True):
    """Where a person can be reached: a platform and an address there, found by its keyed hash."""

    __table_args__ = (UniqueConstraint("platform", "address_hash"),)
    id: int = _id()
    person_id: int = _of_person()
    platform: str
    address_hash: bytes = _words()
    address: bytes = _words()
    created_at: datetime
    unreachable_at: datetime | None = None


class Consent(SQLModel, table=True):
    """What a person agreed to: kind, version of the text, from when till when."""

    id: int = _id()
    person_id: int = _of_person()
    kind: str
    version: int
    given_at: datetime
    withdrawn_at: datetime | None = None


class Pause(SQLModel, table=True):
    """A pause that is over: the person's days from `starts` to `ends`, both paused, count in no measure."""

    id: int = _id()
    person_id: int = _of_person()
    starts: date
    ends: date


class Plan(SQLModel, table=True):
    """A commitment to one skill. `words` holds the if-then and the reason; an own skill also its name."""

    id: int = _id()
    person_id: int = _of_person()
    skill: str | None = None
    words: bytes = _words()
    target_days: int = 5
    created_at: datetime
    archived_at: datetime | None = None


class Reminder(SQLModel, table=True):
    """When to nudge: a rule (`days`, `times`, `starts`, local) or, with none, the one instant `next_due_at`.

    `next_due_at` is None when nothing is due any more or while the person has paused.
    """

    id: int = _id()
    person_id: int = _of_person()
    plan_id: int | None = _of("plan")
    kind: str
    days: str | None = None
    times: str | None = None
    starts: date | None = None
    next_due_at: datetime | None = Field(default=None, index=True)
    created_at: datetime


class Nudge(SQLModel, table=True):
    """One message pushed because a reminder came due; kept once a reminder and due time."""

    __table_args__ = (UniqueConstraint("reminder_id", "due_at"), Index("ix_nudge_of", "person_id", "due_at"))
    id: int = _id()
    person_id: int = _of_person()
    plan_id: int | None = _of("plan")
    reminder_id: int | None = _of("reminder", ondelete="SET NULL")
    due_at: datetime
    written_at: datetime
    sent_at: datetime | None = None
    message_ref: str | None = None
    wording: str
    outcome: str | None = None
    answered_at: datetime | None = None


class Practice(SQLModel, table=True):
    """One logged occasion. `day` is the person's own day; ratings are 0-10."""

    __table_args__ = (Index("ix_practice_of", "person_id", "day"),)
    id: int = _id()
    person_id: int = _of_person()
    plan_id: int | None = _of("plan")
    nudge_id: int | None = _of("nudge", ondelete="SET NULL")
    skill: str | None = None
    day: date
    at: datetime
    logged_at: datetime
    outcome: str
    times: int = 1
    minutes: int | None = None
    before: int | None = None
    after: int | None = None
    barrier: str | None = None
    message_ref: str | None = None


class Reflection(SQLModel, table=True):
    """The person's own words, about a practice or, with none, a note.

    `asked` says that they answer a question, and so tell what was learned, not just what was done.
    """

    id: int = _id()
    person_id: int = _of_person()
    practice_id: int | None = _of("practice")
    asked: bool = False
    day: date
    at: datetime
    words: bytes = _words()


class Conversation(SQLModel, table=True):
    """Where a person is in the conversation: made with the account, one row a person.

    `words` holds the slots, the open question and what the last action can be undone with.
    """

    person_id: int = _of_person(primary=True)
    version: int = 0
    dialogue: str | None = None
    step: str | None = None
    asked_at: datetime | None = None
    words: bytes | None = _words(nullable=True)


class SeenUpdate(SQLModel, table=True):
    """An update that was handled, so that it is handled once."""

    __tablename__ = "seen_update"
    key: str = Field(primary_key=True)
    at: datetime = Field(index=True)


class Outbox(SQLModel, table=True):
    """A message to be sent. Rows that were sent are removed; rows that never can be stay, without words."""

    __table_args__ = (
        Index("ix_outbox_ready", "platform", "state", "urgency", "id"),
        {"sqlite_autoincrement": True},
    )
    id: int | None = _serial()
    person_id: int = _of_person()
    account_id: int = _of("account", nullable=False)
    nudge_id: int | None = _of("nudge", ondelete="SET NULL")
    platform: str
    urgency: int
    state: str
    due_at: datetime
    created_at: datetime
    leased_until: datetime | None = None
    attempts: int = 0
    unsure: int = 0
    reason: str | None = None
    words: bytes = _words()


class Transcript(SQLModel, table=True):
    """A message of the local page, both ways: other platforms keep their own history."""

    __table_args__ = {"sqlite_autoincrement": True}
    id: int | None = _serial()
    person_id: int = _of_person()
    key: str = Field(unique=True)
    at: datetime
    words: bytes = _words()


class Audit(SQLModel, table=True):
    """That something was exported, erased or agreed to, and when; about whom only as a keyed hash."""

    id: int = _id()
    at: datetime
    kind: str
    subject: bytes = _words()
