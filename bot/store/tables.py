"""The tables. Times are UTC; local things (wall times, zones, a person's day) are stored as local things.

Every row of a person goes with the person. Columns named `words` hold what people typed, sealed with the
person's own key (see `encryption`): nothing outside those columns holds a text of theirs.
"""

from datetime import date, datetime
from typing import Any, ClassVar, Literal

from sqlalchemy import BigInteger, Index, Integer, LargeBinary, Table, UniqueConstraint
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

BigInt = BigInteger().with_variant(Integer, "sqlite")


def table_of(model: type[SQLModel]) -> Table:
    """The table behind a model, for statements that are built once and need no objects."""
    return SQLModel.metadata.tables[str(model.__tablename__)]


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
    """Someone who uses Limber.

    `unanswered` counts nudges in a row without any sign of the person, who has been silent since the day
    `silent_since`; `reentry_told` is the last stage of silence that was spoken of. Quiet hours are minutes
    of the local day, from `quiet_from` up to `quiet_to`. `warned_at` is when they were told that silence
    ends in erasure. `theme`, light or dark, is how pictures are drawn; None goes by the platform.
    `has_written` says that some of what is kept may be words of their own, not choices.
    """

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
    silent_since: date | None = None
    reentry_told: int = 0
    quiet_from: int | None = None
    quiet_to: int | None = None
    repeats: bool = False
    rhythm: bool = False
    theme: str | None = None
    has_written: bool = False
    treatment_ended_at: datetime | None = None


class PersonKey(SQLModel, table=True):
    """The person's data key, wrapped by the operator's key. Destroyed, their words are gone everywhere."""

    __tablename__ = "person_key"
    person_id: int = _of_person(primary=True)
    wrapped: bytes = _words()


class Account(SQLModel, table=True):
    """A person's home on a platform: an address there, found by its keyed hash.

    With `taps_only`, people answer by tapping there. Nudges go to the home picked last (`picked_at`), of
    those never picked to the newest. `tries` counts wrong codes entered since `tried_at`.
    """

    __table_args__ = (UniqueConstraint("platform", "address_hash"),)
    id: int = _id()
    person_id: int = _of_person()
    platform: str
    address_hash: bytes = _words()
    address: bytes = _words()
    created_at: datetime
    unreachable_at: datetime | None = None
    taps_only: bool = False
    picked_at: datetime | None = None
    tries: int = 0
    tried_at: datetime | None = None


class LinkCode(SQLModel, table=True):
    """A code that links another home to the person: kept as a keyed hash, one a person, for minutes."""

    __tablename__ = "link_code"
    person_id: int = _of_person(primary=True)
    code_hash: bytes = Field(sa_type=LargeBinary, unique=True)
    expires_at: datetime


class Pack(SQLModel, table=True):
    """Homework that a therapist, here a person like any other, put together for clients.

    `words` holds its parts; the `code` that opens it is sealed too, and found by its keyed hash.
    """

    id: int = _id()
    person_id: int = _of_person()
    code_hash: bytes = Field(sa_type=LargeBinary, unique=True)
    code: bytes = _words()
    words: bytes = _words()
    created_at: datetime
    expires_at: datetime = Field(index=True)


class Consent(SQLModel, table=True):
    """What a person agreed to: kind, version of the text and where it was read, from when till when."""

    id: int = _id()
    person_id: int = _of_person()
    kind: str
    version: int
    platform: str = ""
    given_at: datetime
    withdrawn_at: datetime | None = None


class Pause(SQLModel, table=True):
    """A pause that is over: the person's days from `starts` to `ends`, both paused, count in no measure."""

    id: int = _id()
    person_id: int = _of_person()
    starts: date
    ends: date


class Goal(SQLModel, table=True):
    """What the person wants from therapy, in their words; plans serve goals."""

    id: int = _id()
    person_id: int = _of_person()
    words: bytes = _words()
    created_at: datetime
    archived_at: datetime | None = None


class Plan(SQLModel, table=True):
    """A commitment to one skill. `words` holds the if-then and the reason; an own skill also its steps.

    `cadence` is how often it is nudged: as the reminders say, or, since the day `thinned_on`, `weekly`,
    `monthly` or `never`. Until the day `tiny_until` the tiny version is what is asked for. `retired_at` is
    set once it made things worse twice.
    `second_nature_at` is when it was told that it had become second nature, at `told_at` automaticity
    (0-10). `declined` names suggestions that were turned down, by commas.
    """

    id: int = _id()
    person_id: int = _of_person()
    skill: str | None = None
    words: bytes = _words()
    goal_id: int | None = _of("goal", ondelete="SET NULL")
    target_days: int = 5
    cadence: str = "as_planned"
    thinned_on: date | None = None
    tiny_until: date | None = None
    changed_at: datetime | None = None
    declined: str = ""
    retired_at: datetime | None = None
    second_nature_at: datetime | None = None
    told_at: float | None = None
    created_at: datetime
    archived_at: datetime | None = None


class Reminder(SQLModel, table=True):
    """When to nudge: a rule (`days`, `times`, `starts`, local) or, with none, the one instant `next_due_at`.

    `next_due_at` is None when nothing is due any more or while the person has paused. With `until`, a wall
    time such as "20:00", it comes at a random minute between the time of the rule and that. One that was
    deleted, replaced or put to rest stays with `ended_at`, since the days it planned are part of the record.
    """

    id: int = _id()
    person_id: int = _of_person()
    plan_id: int | None = _of("plan")
    kind: str
    days: str | None = None
    times: str | None = None
    starts: date | None = None
    until: str | None = None
    next_due_at: datetime | None = Field(default=None, index=True)
    created_at: datetime
    ended_at: datetime | None = None


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
    """One logged occasion. `day` is the person's own day; ratings are 0-10.

    `measure` is what was rated: distress, confidence or mood. `real` says that it was used when it
    mattered, not rehearsed. `start` is what began it: prompted, remembered, just_happened. `well` and `hard`
    are 1 (not) to 3 (very); `helped` is worse, no_change, a_little or a_lot.
    """

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
    measure: str | None = None
    real: bool = False
    start: str | None = None
    well: int | None = None
    hard: int | None = None
    helped: str | None = None
    message_ref: str | None = None


class Obstacle(SQLModel, table=True):
    """What got in the way of a practice that did not happen; `nudged_at` is the local time of its nudge."""

    id: int = _id()
    person_id: int = _of_person()
    plan_id: int | None = _of("plan")
    nudge_id: int | None = _of("nudge", ondelete="SET NULL")
    day: date
    at: datetime
    barrier: str
    nudged_at: str | None = None


class Slip(SQLModel, table=True):
    """An old habit that came back, or, `ridden_out`, an urge that passed without acting on it.

    `words` holds situation, state, what came before, and the if-then; `confidence` (0-10) is for the next
    24 hours.
    """

    id: int = _id()
    person_id: int = _of_person()
    plan_id: int | None = _of("plan")
    day: date
    at: datetime
    ridden_out: bool = False
    confidence: int | None = None
    words: bytes = _words()


class CheckIn(SQLModel, table=True):
    """A short repeated question set: `kind` automaticity, confidence, mood or early_signs.

    `value` is 0-10, of automaticity the mean of its answers; None notes that the question was put.
    """

    __tablename__ = "check_in"
    id: int = _id()
    person_id: int = _of_person()
    plan_id: int | None = _of("plan")
    kind: str
    day: date
    at: datetime
    value: float | None = None


class Prediction(SQLModel, table=True):
    """What was expected before a feared step and what happened after it, side by side, in words.

    `expected` is how bad it would be and `experienced` how bad it was, 0-10.
    """

    id: int = _id()
    person_id: int = _of_person()
    plan_id: int | None = _of("plan")
    at: datetime
    expected: int | None = None
    happened_at: datetime | None = None
    experienced: int | None = None
    words: bytes = _words()


class LetterToSelf(SQLModel, table=True):
    """A letter to oneself, for the local day `deliver_on` or, with none, a hard day."""

    __tablename__ = "letter"
    id: int = _id()
    person_id: int = _of_person()
    written_at: datetime
    deliver_on: date | None = None
    delivered_at: datetime | None = None
    words: bytes = _words()


class WellPlan(SQLModel, table=True):
    """The person's own page for staying well: early signs, what helps, who to call, words to themselves."""

    __tablename__ = "well_plan"
    person_id: int = _of_person(primary=True)
    changed_at: datetime
    words: bytes = _words()


class Gate(SQLModel, table=True):
    """That the person took in the caution of a skill, and, for some, agreed it with their therapist."""

    __table_args__ = (UniqueConstraint("person_id", "skill"),)
    id: int = _id()
    person_id: int = _of_person()
    skill: str
    passed_at: datetime


class TherapySession(SQLModel, table=True):
    """An appointment with the therapist. `words` holds what to bring, and the takeaways afterwards.

    `days` is the RFC 5545 rule of a series, of which this row is the next; None for one appointment.
    """

    __tablename__ = "session"
    id: int = _id()
    person_id: int = _of_person()
    at: datetime
    days: str | None = None
    briefed_at: datetime | None = None
    asked_at: datetime | None = None
    words: bytes | None = _words(nullable=True)


class Reflection(SQLModel, table=True):
    """The person's own words, about a practice or, with none, a note.

    `asked` says that they answer a question, and so tell what was learned, not just what was done. `purpose`
    is what a note is for: bring, to be brought up in the next session, or takeaway, taken away from one.
    """

    id: int = _id()
    person_id: int = _of_person()
    practice_id: int | None = _of("practice")
    asked: bool = False
    purpose: str | None = None
    day: date
    at: datetime
    words: bytes = _words()


class Conversation(SQLModel, table=True):
    """Where a person is in the conversation: made with the account, one row a person.

    `words` holds the slots, the open question, what the last action can be undone with, and what was left
    half-way; until `held_until`, also what sounded like danger and may be kept or discarded.
    """

    person_id: int = _of_person(primary=True)
    version: int = 0
    dialogue: str | None = None
    step: str | None = None
    asked_at: datetime | None = None
    held_until: datetime | None = Field(default=None, index=True)
    words: bytes | None = _words(nullable=True)


class SeenUpdate(SQLModel, table=True):
    """An update that was handled, so that it is handled once."""

    __tablename__ = "seen_update"
    key: str = Field(primary_key=True)
    at: datetime = Field(index=True)


class Outbox(SQLModel, table=True):
    """A message to be sent. Rows that were sent are removed; rows that never can be stay, without words.

    With `expires_at` it is a beat, one of a series of timed edits, and of no use after that time.
    """

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
    expires_at: datetime | None = None
    attempts: int = 0
    unsure: int = 0
    reason: str | None = None
    words: bytes = _words()


class Transcript(SQLModel, table=True):
    """A message of the local page, both ways: other platforms keep their own history."""

    PLATFORM: ClassVar[str] = "local"
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
