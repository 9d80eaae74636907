"""What can be run step by step: a skill of the library, or one of the person's own."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.content.loader import Skill
from bot.conversation.buttons import number_in
from bot.conversation.turn import Turn
from bot.store.plans import OpenPlan
from bot.texts import Text, t

_OWN = "own"


@dataclass(frozen=True, slots=True)
class Exercise:
    """A library skill or an own one: exactly one of the two is set."""

    skill: Skill | None = None
    plan: OpenPlan | None = None

    @property
    def id(self) -> str:
        """What buttons and a run left half-way call it."""
        if self.skill is not None:
            return self.skill.id
        return f"{_OWN}{self.plan.row.id}" if self.plan is not None else _OWN

    @property
    def name(self) -> str:
        """What it is called."""
        if self.skill is not None:
            return self.skill.name
        return self.plan.words.name if self.plan is not None else ""

    @property
    def steps(self) -> tuple[str, ...]:
        """Its steps, one a screen; of an own skill without any, its name."""
        if self.skill is not None:
            return self.skill.steps
        return tuple(self.plan.words.steps if self.plan is not None else ()) or (self.name,)

    @property
    def tiny(self) -> str:
        """Its tiny version; empty where there is none."""
        if self.skill is not None:
            return self.skill.tiny
        return self.plan.words.tiny if self.plan is not None else ""

    @property
    def measure(self) -> str:
        """The rating taken before and after, or `none`."""
        return self.skill.measure if self.skill is not None else "none"

    @property
    def gated(self) -> bool:
        """Whether it waits for a word of the person before it begins."""
        return self.skill is not None and (self.skill.check == "confirm" or self.skill.needs_plan)

    @property
    def needs_plan(self) -> bool:
        """Whether it is only for those who agreed it with a therapist."""
        return self.skill is not None and self.skill.needs_plan

    @property
    def introduction(self) -> Text:
        """What is said before its first step, its caution in line."""
        skill = self.skill
        if skill is None:
            return t("practice.open_own", name=self.name)
        words = {"name": skill.name, "purpose": skill.purpose, "n": skill.minutes, "caution": skill.caution}
        if skill.needs_plan:
            return t("practice.open_agreed", **words)
        return t("practice.open_caution" if skill.caution else "practice.open", **words)


def exercise(turn: Turn, exercise_id: str | None) -> Exercise | None:
    """The exercise of this id; None where there is none for this person."""
    skill = turn.skill(exercise_id)
    if skill is not None:
        return Exercise(skill=skill)
    number = (exercise_id or "").removeprefix(_OWN)
    if number == exercise_id:
        return None
    plan = turn.store.plans.get(turn.person.id, number_in(number))
    return Exercise(plan=plan) if plan is not None and plan.row.skill is None else None


def planned(turn: Turn) -> Iterator[Exercise]:
    """The exercises of the person's plans, newest first."""
    for plan in turn.store.plans.of(turn.person.id):
        skill = turn.skill(plan.row.skill)
        if skill is not None:
            yield Exercise(skill=skill)
        elif plan.row.skill is None:
            yield Exercise(plan=plan)
