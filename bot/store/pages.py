"""The person's own page for staying well after treatment."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlmodel import Session

from bot.store.tables import WellPlan
from bot.store.words import Words


@dataclass
class WellPlanWords:
    """The sections of the page, each empty where it was not written."""

    signs: str = ""
    helps: str = ""
    safe: str = ""
    people: str = ""
    myself: str = ""


class WellPlans:
    """Queries about these pages, one a person."""

    def __init__(self, session: Session, words: Words) -> None:
        self._session = session
        self._words = words

    def read(self, person_id: int) -> WellPlanWords:
        """The page; empty where there is none."""
        row = self._session.get(WellPlan, person_id)
        if row is None:
            return WellPlanWords()
        return WellPlanWords(**self._words.open("well_plan", person_id, person_id, row.words))

    def keep(self, person_id: int, words: WellPlanWords, now: datetime) -> None:
        """Writes the page."""
        sealed = self._words.seal("well_plan", person_id, person_id, asdict(words))
        row = self._session.get(WellPlan, person_id) or WellPlan(person_id=person_id, changed_at=now)
        row.words, row.changed_at = sealed, now
        self._session.add(row)
        self._session.flush()
