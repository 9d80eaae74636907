"""Plans: a person's commitment to a skill."""

from dataclasses import asdict, dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from bot.store.ids import Ids
from bot.store.tables import Plan
from bot.store.words import Words


@dataclass
class PlanWords:
    """What a plan says in the person's words: the if-then, and why it matters. Empty where not given.

    A skill of the person's own also has its name, its steps and a tiny version here. `instruction` is what
    their therapist wrote about it, in a pack.
    """

    name: str = ""
    cue: str = ""
    action: str = ""
    place: str = ""
    reason: str = ""
    tiny: str = ""
    steps: list[str] = field(default_factory=list)
    instruction: str = ""


@dataclass
class OpenPlan:
    """A plan with its words opened."""

    row: Plan
    words: PlanWords


class Plans:
    """Queries about plans."""

    def __init__(self, session: Session, words: Words, ids: Ids) -> None:
        self._session = session
        self._words = words
        self._ids = ids

    def add(self, person_id: int, skill: str | None, words: PlanWords, now: datetime) -> OpenPlan:
        """A new plan for a library skill, or, with `skill` None, for a skill named in the words."""
        row_id = self._ids.new()
        sealed = self._words.seal("plan", person_id, row_id, asdict(words))
        row = Plan(id=row_id, person_id=person_id, skill=skill, words=sealed, created_at=now)
        self._session.add(row)
        self._session.flush()
        return OpenPlan(row, words)

    def keep(self, plan: OpenPlan) -> None:
        """Writes changed words back."""
        plan.row.words = self._words.seal("plan", plan.row.person_id, plan.row.id, asdict(plan.words))
        self._session.add(plan.row)

    def of(self, person_id: int) -> list[OpenPlan]:
        """The plans in force, newest first."""
        statement = (
            select(Plan)
            .where(Plan.person_id == person_id, col(Plan.archived_at).is_(None))
            .order_by(col(Plan.id).desc())
        )
        return [self.opened(row) for row in self._session.exec(statement)]

    def everything(self, person_id: int) -> list[OpenPlan]:
        """Every plan, archived ones too, oldest first."""
        statement = select(Plan).where(Plan.person_id == person_id).order_by(col(Plan.id))
        return [self.opened(row) for row in self._session.exec(statement)]

    def get(self, person_id: int, plan_id: int | None) -> OpenPlan | None:
        """One plan of this person, in force or archived."""
        row = self._session.get(Plan, plan_id) if plan_id is not None else None
        return self.opened(row) if row is not None and row.person_id == person_id else None

    def opened(self, row: Plan) -> OpenPlan:
        """The plan with its words."""
        return OpenPlan(row, PlanWords(**self._words.open("plan", row.person_id, row.id, row.words)))
