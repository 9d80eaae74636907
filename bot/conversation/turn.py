"""A turn: one incoming update, and all that a step may touch while answering it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from bot.content.loader import Content, Skill
from bot.conversation.dialogue import Say
from bot.conversation.handing import Handing
from bot.conversation.messages import Incoming
from bot.doors import Doors
from bot.practice.schedule import local_day
from bot.safety.lines import CrisisLines
from bot.store.people import Party
from bot.store.plans import OpenPlan
from bot.store.reminders import TOLD
from bot.store.tables import Account, Consent, Nudge, Person
from bot.store.unit import Store
from bot.understanding.answers import read_choice
from bot.understanding.places import zone_of

ANSWERABLE = timedelta(hours=36)
"""How long words are taken as the answer to a nudge: later ones are looking back."""
FADED = timedelta(hours=3)
"""How long a question by the way waits for words."""

_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Library:
    """What Limber knows by heart: skills and their texts, crisis lines, who runs it, the ways in.

    And in `handing`, for moments, the facts that pictures wait for.
    """

    content: Content
    lines: CrisisLines
    languages: tuple[str, ...]
    operator_name: str | None = None
    operator_contact: str | None = None
    doors: Doors = field(default_factory=Doors)
    handing: Handing = field(default_factory=Handing)


@dataclass(frozen=True, slots=True)
class LastWord:
    """Something said to a home of the person that is theirs no more, so that nothing of it is kept."""

    platform: str
    address: str
    say: Say
    taps_only: bool


@dataclass
class Turn:
    """The update, the person it is from, the open transaction, and the time it is. Nothing else."""

    incoming: Incoming
    party: Party
    store: Store
    library: Library
    now: datetime
    argument: str | None = None
    said: list[Say] = field(default_factory=list)
    told: list[tuple[Account, Say]] = field(default_factory=list)
    last_words: list[LastWord] = field(default_factory=list)
    erased: bool = False
    parted: bool = False
    scrubs: bool = False
    consents: dict[str, Consent] = field(default_factory=dict)
    silence: int = 0
    """The stage of silence that ended with this update, where it was spoken of; 0 once the end is told."""
    ahead: Any = None
    """What the step read ahead, moments ago, on rows that are not of this transaction; None where nothing."""

    @property
    def person(self) -> Person:
        """Who wrote."""
        return self.party.person

    @property
    def agreed(self) -> bool:
        """Whether the person agreed to their practices being kept; nothing is, before that."""
        return "records" in self.consents

    @property
    def keeps_words(self) -> bool:
        """Whether the person agreed to what they write about it being kept as well; what is tapped is."""
        return "words" in self.consents or self.incoming.taps_only

    @property
    def slots(self) -> dict[str, Any]:
        """What the dialogue has collected so far."""
        return self.party.talk.slots

    @property
    def text(self) -> str:
        """What was typed; of a command, only what follows it; empty for a press."""
        return self.argument if self.argument is not None else (self.incoming.text or "").strip()

    @property
    def quoted(self) -> str:
        """What was typed, as it may be repeated."""
        return self.quote(self.text.strip())

    def quote(self, words: str) -> str:
        """Some of what was typed, short enough to be repeated; nothing where words are not taken."""
        return "" if self.incoming.taps_only else words[:_LONGEST_QUOTE]

    @property
    def press(self) -> str | None:
        """The value of the button pressed, without what it is addressed to."""
        press = self.incoming.press
        if press is None:
            return None
        return press.split(":", 2)[-1] if press.startswith("s:") else press.rsplit(":", 1)[-1]

    @property
    def skips(self) -> bool:
        """Whether the question is passed over, by a tap or in words."""
        if self.press is not None:
            return self.press in ("skip", "stop")
        return read_choice(self.text, self.person.language) in ("skip", "no", "stop")

    @property
    def zone(self) -> tzinfo:
        """The person's zone."""
        return zone_of(self.person.zone)

    @property
    def local_now(self) -> datetime:
        """Now, on the person's clock."""
        return self.now.astimezone(self.zone)

    @property
    def today(self) -> date:
        """The person's day, which ends when theirs does."""
        return local_day(self.now, self.zone, self.person.day_ends_at)

    def nudge_in_question(self) -> Nudge | None:
        """The nudge that words of the person may answer: the one replied to, else the newest one, if open."""
        reminders, reply_to = self.store.reminders, self.incoming.reply_to
        replied = reminders.nudge_replied_to(self.person.id, reply_to) if reply_to is not None else None
        found = replied or reminders.open_nudge(self.person.id, self.now - ANSWERABLE)
        if found is None or found.outcome != TOLD:
            return found
        return found if replied is not None or self.now - found.due_at < FADED else None

    def push_in_question(self) -> Nudge | None:
        """That, where it is no nudge of a plan but a question pushed around a session."""
        found = self.nudge_in_question()
        return found if found is not None and found.outcome == TOLD else None

    def say(self, say: Say) -> None:
        """Says something ahead of what the step's move says."""
        self.said.append(say)

    @property
    def wordless(self) -> bool:
        """Whether words that the person wrote elsewhere must not be shown here."""
        return self.incoming.taps_only and self.person.has_written

    def tell(self, account: Account, say: Say) -> None:
        """Says something at another home of the person."""
        self.told.append((account, say))

    def part(self, account: Account, say: Say) -> None:
        """An account stops being a home of the person; `say` is the last that is said there."""
        address = self.store.people.address(account)
        self.last_words.append(LastWord(account.platform, address, say, account.taps_only))
        self.parted = self.parted or account.id == self.party.account.id
        self.store.people.part(account)

    def undoable(self, *entry: Any) -> None:
        """Notes how the last action can be undone; see `dialogues.undo`."""
        self.party.talk.undo = [*self.party.talk.undo, list(entry)][-10:]

    def skill(self, skill_id: str | None) -> Skill | None:
        """A library skill in the person's language."""
        found = self.library.content.skill(skill_id, self.person.language) if skill_id else None
        return self.named(found) if found else None

    def named(self, skill: Skill) -> Skill:
        """A skill under the name that the platform may show: where only taps are taken, a neutral one."""
        if not self.incoming.taps_only:
            return skill
        return skill.model_copy(update={"name": skill.discreet_name, "name_in_text": skill.discreet_name})

    def plan_name(self, plan: OpenPlan) -> str:
        """What a plan's skill is called."""
        skill = self.skill(plan.row.skill)
        return skill.name if skill else plan.words.name
