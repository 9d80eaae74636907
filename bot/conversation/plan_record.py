"""The record of one plan, laid out for the measures of `practice`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.conversation.overview import after_treatment_days, paused_days, planned_days
from bot.conversation.turn import Turn
from bot.practice.progress import Consistency, consistency
from bot.practice.record import Day, Occasion, Practised, Start, lay_out
from bot.practice.strength import Strength
from bot.practice.summary import strength_of
from bot.store.plans import OpenPlan
from bot.store.practices import Logged
from bot.store.tables import Person
from bot.store.unit import Store

_LAST_PLANNED = 28


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """What was practised for a plan, oldest first, and what that comes to.

    `recent` looks at the last 28 planned days, `thinned` at those of them since it is nudged less; `starts`
    are the ones that were told.
    """

    practices: list[Logged]
    starts: list[Start]
    recent: Consistency
    thinned: Consistency
    strength: Strength | None

    @property
    def days(self) -> list[date]:
        """The days of practice, each once, in order."""
        return sorted({row.day for row in self.practices})


def record_of(store: Store, person: Person, plan: OpenPlan, today: date) -> PlanRecord:
    """Reads the record of one plan up to the person's day `today`."""
    rows = store.practices.record(person.id, plan_id=plan.row.id)
    rows = [row for row in rows if Occasion(row.outcome).practised]
    practised = [Practised(row.day, Occasion(row.outcome), times=row.times) for row in rows]
    planned = planned_days(store, person, today, {plan.row.id})
    paused = paused_days(store, person, today)
    laid_out = lay_out(practised, planned, paused, today)
    after = after_treatment_days(store, person, today)
    return PlanRecord(
        practices=rows,
        starts=[Start(row.start) for row in rows if row.start is not None],
        recent=consistency(laid_out, last=_LAST_PLANNED),
        thinned=consistency(_since(laid_out, plan.row.thinned_on), last=_LAST_PLANNED),
        strength=strength_of(laid_out, plan.row.target_days, after),
    )


def _since(days: Sequence[Day], first: date | None) -> list[Day]:
    return [day for day in days if first is not None and day.day >= first]


def name_in_text(turn: Turn, plan: OpenPlan) -> str:
    """What a plan's skill is called inside a sentence."""
    skill = turn.skill(plan.row.skill)
    return skill.name_in_text if skill else plan.words.name
