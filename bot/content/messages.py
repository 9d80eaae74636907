"""What Limber says around practice, field by field: nudges, answers to barriers, marks of progress."""

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, StrictBool

from bot.content.filling import placeholders
from bot.content.models import Cue, Entry, Label, Line, Slug

Fit = Literal[
    "daily",
    "morning",
    "evening",
    "weekend",
    "late",
    "again",
    "self_starter",
    "maintenance",
    "reentry_2",
    "reentry_5",
    "reentry_14",
    "return",
]
Offer = Literal["smaller", "other_time", "why", "another_skill", "rest", "fewer", "note"]
Occasion = Literal[
    "first",
    "done",
    "tiny",
    "partly",
    "not_today",
    "returned",
    "learning",
    "confidence_up",
    "used_for_real",
    "self_started",
    "rode_out",
    "quick_recovery",
    "second_nature",
    "support_again",
    "last_session",
]

Short = Annotated[Line, Field(max_length=200)]


class Nudge(Entry):
    """One authored nudge. `discreet` ones are safe on a lock screen; `fit` says when it suits."""

    id: Slug
    text: Annotated[Line, Field(max_length=300)]
    fit: tuple[Fit, ...] = Field(min_length=1)
    discreet: StrictBool

    @cached_property
    def needs(self) -> frozenset[str]:
        """The placeholders it cannot do without."""
        return placeholders(self.text)


class BarrierWords(Entry):
    """The words of a barrier: what a translation holds."""

    id: Slug
    label: Label
    answer: Short


class Barrier(BarrierWords):
    """What got in the way of a practice, with the one concrete answer and what it offers to do."""

    offer: Offer


class Praise(Entry):
    """How one occasion of progress is marked."""

    occasion: Occasion
    texts: tuple[Short, ...] = Field(min_length=1)


class MessagesMeta(Entry):
    """What a message file says of itself."""

    language: str


class MessagesFile(Entry):
    """A message file; each entry is checked on its own afterwards. A translation may lack any part."""

    meta: MessagesMeta
    cues: tuple[Cue, ...] = ()
    questions: tuple[Short, ...] = ()
    nudge: list[dict[str, Any]] = Field(default_factory=list)
    barrier: list[dict[str, Any]] = Field(default_factory=list)
    praise: list[dict[str, Any]] = Field(default_factory=list)
