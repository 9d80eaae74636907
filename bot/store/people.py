"""People, their accounts, and where each is in the conversation."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, update
from sqlmodel import Session, col, select

from bot.store.encryption import keyed_hash
from bot.store.ids import Ids
from bot.store.tables import (
    Account,
    Audit,
    Consent,
    Conversation,
    Outbox,
    Pause,
    Person,
    PersonKey,
    Transcript,
)
from bot.store.words import Words

UNKEPT = "unkept"
"""Under what a conversation holds words that may be kept or discarded."""


@dataclass
class Talk:
    """A conversation row, opened: position, slots of the dialogue, the open question, what can be undone.

    `aside` is what is kept beside the dialogues: what was left half-way and may be gone on with (`run`), and
    which questions were asked lately (`questions`). `asked_on` is the platform that the open question was put
    on.
    """

    row: Conversation
    slots: dict[str, Any] = field(default_factory=dict)
    question: list[dict[str, Any]] = field(default_factory=list)
    undo: list[Any] = field(default_factory=list)
    aside: dict[str, Any] = field(default_factory=dict)
    asked_on: str = ""


@dataclass
class Party:
    """Who an update is from: the person, the account they wrote from, and their conversation, locked."""

    person: Person
    account: Account
    talk: Talk


class People:
    """Finds, makes and erases people. The conversation row is made with the account, so it can be locked."""

    def __init__(self, session: Session, words: Words, ids: Ids, lookup_key: bytes) -> None:
        self._session = session
        self._words = words
        self._ids = ids
        self._lookup_key = lookup_key

    def meet(self, platform: str, address: str, now: datetime, language: str, zone: str) -> Party:
        """The person behind an address, locked for this transaction; a new one if there is none."""
        return self.find(platform, address) or self._make(platform, address, now, language, zone)

    def find(self, platform: str, address: str) -> Party | None:
        """The person behind an address, locked for this transaction."""
        at = {"on": platform, "hash": self._hash(platform, address)}
        found = self._session.execute(_FIND, at).first()
        if found is None:
            return None
        account, person, conversation, key = found
        self._words.use_key(key)
        return Party(person, account, self._open(conversation))

    def keep(self, talk: Talk) -> None:
        """Writes the conversation back, its contents sealed."""
        contents = {name: value for name, value in vars(talk).items() if name != "row"}
        person_id = talk.row.person_id
        talk.row.words = self._words.seal("conversation", person_id, person_id, contents)
        self._session.add(talk.row)

    def address(self, account: Account) -> str:
        """The account's address on its platform, opened."""
        opened: str = self._words.open("account", account.person_id, account.id, account.address)
        return opened

    def move(self, account_id: int, address: str) -> bool:
        """Gives an account the address that its platform says it has now; False if another has it already."""
        account = self._session.get_one(Account, account_id)
        wanted = self._hash(account.platform, address)
        taken = select(Account).where(Account.platform == account.platform, Account.address_hash == wanted)
        if self._session.exec(taken).first() is not None:
            return False
        account.address_hash = wanted
        account.address = self._words.seal("account", account.person_id, account.id, address)
        self._session.add(account)
        return True

    def consents(self, person_id: int) -> dict[str, Consent]:
        """The consents in force, by kind."""
        found = self._session.execute(_CONSENTS, {"of": person_id}).scalars()
        return {consent.kind: consent for consent in found}

    def agree(self, person_id: int, kind: str, version: int, now: datetime, platform: str) -> Consent:
        """Notes a consent, with the version of the text that was shown, and on which platform."""
        row = Consent(
            id=self._ids.new(),
            person_id=person_id,
            kind=kind,
            version=version,
            platform=platform,
            given_at=now,
        )
        self._session.add(row)
        self._session.flush()
        return row

    def withdraw(self, person_id: int, kind: str, now: datetime) -> None:
        """Ends a consent; that there was one stays known."""
        in_force = col(Consent.withdrawn_at).is_(None)
        theirs = update(Consent).where(col(Consent.person_id) == person_id, col(Consent.kind) == kind)
        self._session.exec(theirs.where(in_force).values(withdrawn_at=now))

    def drop_held(self, now: datetime, limit: int) -> int:
        """Discards words that waited for a choice until now; from how many people."""
        statement = (
            select(Conversation, PersonKey)
            .join(PersonKey, col(PersonKey.person_id) == Conversation.person_id)
            .where(col(Conversation.held_until) <= now)
            .limit(limit)
            .with_for_update(of=Conversation, skip_locked=True)
            .execution_options(populate_existing=True)
        )
        found = list(self._session.exec(statement))
        for row, key in found:
            self._words.use_key(key)
            talk = self._open(row)
            talk.aside.pop(UNKEPT, None)
            row.held_until = None
            self.keep(talk)
        return len(found)

    def forget_danger(self, before: datetime) -> None:
        """Forgets when nudges rested, for those whose rest was over before then: it tells of a card."""
        statement = update(Person).where(col(Person.quiet_until) < before)
        self._session.exec(statement.values(quiet_until=None))

    def every_consent(self, person_id: int) -> list[Consent]:
        """Every consent of a person, withdrawn ones too, oldest first."""
        statement = select(Consent).where(Consent.person_id == person_id).order_by(col(Consent.id))
        return list(self._session.exec(statement))

    def accounts(self, person_id: int) -> list[Account]:
        """Every account of a person, oldest first."""
        statement = select(Account).where(Account.person_id == person_id).order_by(col(Account.id))
        return list(self._session.exec(statement))

    def join(self, party: Party, person_id: int, now: datetime) -> Party:
        """Makes the party's account a home of someone else; answers with who they are from now on.

        Who is left without a home goes, with all that was theirs.
        """
        account, before = party.account, party.person
        platform, address = account.platform, self.address(account)
        self._session.exec(delete(Outbox).where(col(Outbox.account_id) == account.id))
        account.person_id = person_id
        account.address = self._words.seal("account", person_id, account.id, address)
        account.tries, account.tried_at = 0, None
        self._session.flush()
        if self.accounts(before.id):
            _leave_off(party.talk)
            self.keep(party.talk)
        else:
            self.erase(before, now)
        joined = self.find(platform, address)
        if joined is None:
            raise LookupError
        return joined

    def part(self, account: Account) -> None:
        """An account is no home of its person any more; what waits for it goes, and its transcript."""
        if account.platform == Transcript.PLATFORM:
            self._session.exec(delete(Transcript).where(col(Transcript.person_id) == account.person_id))
        self._session.flush()
        self._session.exec(delete(Account).where(col(Account.id) == account.id))
        self._session.expunge(account)

    def home_for_words(self, person_id: int) -> Account | None:
        """The home that words of the person may go to: where people write, the one picked last or newest."""
        homes = (each for each in self.accounts(person_id) if not each.taps_only)
        reached = [each for each in homes if each.unreachable_at is None]
        return max(reached, key=picked, default=None)

    def pauses(self, person_id: int) -> list[Pause]:
        """The pauses that are over, oldest first."""
        statement = select(Pause).where(Pause.person_id == person_id).order_by(col(Pause.id))
        return list(self._session.exec(statement))

    def end_pause(self, person: Person, starts: date, ends: date) -> None:
        """The person's pause is over; its days are remembered, so that they count in no measure."""
        self._session.add(Pause(id=self._ids.new(), person_id=person.id, starts=starts, ends=ends))
        person.paused_at = person.paused_until = None

    def erase(self, person: Person, now: datetime) -> None:
        """Removes the person and everything of theirs; their key with it. Only the fact stays, unnamed."""
        self.note(person, "erase", now)
        self._session.flush()
        self._session.exec(delete(Person).where(col(Person.id) == person.id))
        self._session.expunge_all()

    def note(self, person: Person, kind: str, now: datetime) -> None:
        """Writes an audit row: what happened and when, about whom only as a keyed hash."""
        self._session.add(Audit(id=self._ids.new(), at=now, kind=kind, subject=self._subject(person.id)))

    def fingerprint(self, person_id: int) -> str:
        """What a log may say of a person: enough to see that two lines are about the same one."""
        return self._subject(person_id)[:6].hex()

    def noted(self, person_id: int) -> list[Audit]:
        """The audit rows about a person, oldest first."""
        statement = select(Audit).where(Audit.subject == self._subject(person_id)).order_by(col(Audit.id))
        return list(self._session.exec(statement))

    def _make(self, platform: str, address: str, now: datetime, language: str, zone: str) -> Party:
        person_id, account_id = self._ids.new(), self._ids.new()
        person = Person(id=person_id, created_at=now, last_seen_at=now, language=language, zone=zone)
        self._session.add(person)
        self._session.flush()
        self._words.make_key(person_id)
        account = Account(
            id=account_id,
            person_id=person_id,
            platform=platform,
            address_hash=self._hash(platform, address),
            address=self._words.seal("account", person_id, account_id, address),
            created_at=now,
        )
        conversation = Conversation(person_id=person_id)
        self._session.add_all([account, conversation])
        self._session.flush()
        return Party(person, account, Talk(conversation))

    def _open(self, row: Conversation) -> Talk:
        if row.words is None:
            return Talk(row)
        return Talk(row, **self._words.open("conversation", row.person_id, row.person_id, row.words))

    def _subject(self, person_id: int) -> bytes:
        return keyed_hash(self._lookup_key, "person", str(person_id))

    def _hash(self, platform: str, address: str) -> bytes:
        return keyed_hash(self._lookup_key, platform, address)


def picked(account: Account) -> tuple[bool, datetime, int]:
    """Sorts a person's homes by how much they are the one to be nudged at."""
    return account.picked_at is not None, account.picked_at or account.created_at, account.id


def _leave_off(talk: Talk) -> None:
    talk.row.step = talk.row.dialogue = talk.row.asked_at = None
    talk.slots, talk.question = {}, []


_FIND = (
    select(Account, Person, Conversation, PersonKey)
    .join(Person, col(Person.id) == Account.person_id)
    .join(Conversation, col(Conversation.person_id) == Person.id)
    .join(PersonKey, col(PersonKey.person_id) == Person.id)
    .where(col(Account.platform) == bindparam("on"), col(Account.address_hash) == bindparam("hash"))
    .with_for_update(of=Conversation)
    .execution_options(populate_existing=True)
)
"""Statements that every turn runs are built once: building one costs more than running it."""
_CONSENTS = select(Consent).where(
    col(Consent.person_id) == bindparam("of"), col(Consent.withdrawn_at).is_(None)
)
