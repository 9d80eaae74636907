"""How the lists of the portable record stand to the tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import SQLModel

from bot.portable import models
from bot.store import tables


@dataclass(frozen=True, slots=True)
class PartOf:
    """One list of the record and its table.

    `refers` names, for each field that is a number, the list it points into; its column is `<field>_id`.
    `identity` are the fields by which an entry is known to be there already. `renamed` maps fields to
    columns of another name.
    """

    name: str
    model: type[models.Part]
    table: type[SQLModel]
    identity: tuple[str, ...]
    refers: Mapping[str, str] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_words(self) -> bool:
        """Whether the entries hold words, sealed in the table."""
        return "words" in self.model.model_fields

    @property
    def numbered(self) -> bool:
        """Whether others refer to its entries."""
        return "number" in self.model.model_fields

    @property
    def columns(self) -> dict[str, str]:
        """The fields that are columns as they are, with the column of each."""
        apart = {"number", "words", *self.refers}
        fields = [each for each in self.model.model_fields if each not in apart]
        there: dict[str, Any] = self.table.model_fields
        named = {each: self.renamed.get(each, each) for each in fields}
        return {each: column for each, column in named.items() if column in there}


_PLAN, _NUDGE = {"plan": "plans"}, {"nudge": "nudges"}
PARTS = (
    PartOf("goals", models.Goal, tables.Goal, ("created_at",)),
    PartOf("plans", models.Plan, tables.Plan, ("created_at",), {"goal": "goals"}),
    PartOf(
        "reminders",
        models.Reminder,
        tables.Reminder,
        ("created_at", "kind", "plan"),
        _PLAN,
        {"once_at": "next_due_at"},
    ),
    PartOf("nudges", models.Nudge, tables.Nudge, ("due_at", "reminder"), _PLAN | {"reminder": "reminders"}),
    PartOf("practices", models.Practice, tables.Practice, ("logged_at",), _PLAN | _NUDGE),
    PartOf(
        "reflections", models.Reflection, tables.Reflection, ("at", "practice"), {"practice": "practices"}
    ),
    PartOf("obstacles", models.Obstacle, tables.Obstacle, ("at",), _PLAN | _NUDGE),
    PartOf("slips", models.Slip, tables.Slip, ("at",), _PLAN),
    PartOf("check_ins", models.CheckIn, tables.CheckIn, ("at", "kind", "plan"), _PLAN),
    PartOf("predictions", models.Prediction, tables.Prediction, ("at",), _PLAN),
    PartOf("letters", models.Letter, tables.LetterToSelf, ("written_at",)),
    PartOf("gates", models.Gate, tables.Gate, ("skill",)),
    PartOf("sessions", models.Session, tables.TherapySession, ("at", "days")),
    PartOf("pauses", models.Pause, tables.Pause, ("starts", "ends")),
)
"""Every list, what others refer to first."""
