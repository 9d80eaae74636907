"""Predictions: what was expected before a feared step, and what happened."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlmodel import Session

from bot.store.ids import Ids
from bot.store.sealed import SealedRows
from bot.store.tables import Prediction
from bot.store.words import Words


@dataclass
class PredictionWords:
    """The step, what was expected of it and what happened; empty where not given."""

    step: str = ""
    expects: str = ""
    happened: str = ""


class Predictions(SealedRows[Prediction]):
    """Queries about predictions."""

    def __init__(self, session: Session, words: Words, ids: Ids) -> None:
        super().__init__(Prediction, session, words, ids)

    def add(self, person_id: int, words: PredictionWords, now: datetime) -> Prediction:
        """A feared step that is to come."""
        row_id = self._ids.new()
        sealed = self._sealed(person_id, row_id, asdict(words))
        return self._keep(Prediction(id=row_id, person_id=person_id, at=now, words=sealed))

    def read(self, row: Prediction) -> PredictionWords:
        """What was expected and what happened, opened."""
        return PredictionWords(**self._opened(row))

    def keep(self, row: Prediction, words: PredictionWords) -> None:
        """Writes changed words back."""
        row.words = self._sealed(row.person_id, row.id, asdict(words))
        self._keep(row)
