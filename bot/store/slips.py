"""Slips: old habits that came back, and urges that were ridden out."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from bot.store.ids import Ids
from bot.store.sealed import SealedRows
from bot.store.tables import Slip
from bot.store.words import Words


@dataclass
class SlipWords:
    """The map of a slip, each part empty where it was not given.

    `state` is a name of the few that are offered, or own words. `helped` is what helped to ride it out.
    """

    situation: str = ""
    state: str = ""
    before: str = ""
    if_then: str = ""
    helped: str = ""


class Slips(SealedRows[Slip]):
    """Queries about slips."""

    def __init__(self, session: Session, words: Words, ids: Ids) -> None:
        super().__init__(Slip, session, words, ids)

    def add(
        self, person_id: int, words: SlipWords, day: date, now: datetime, *, ridden_out: bool = False
    ) -> Slip:
        """A slip, or an urge that was ridden out, on the person's `day`."""
        row_id = self._ids.new()
        sealed = self._sealed(person_id, row_id, asdict(words))
        row = Slip(id=row_id, person_id=person_id, day=day, at=now, ridden_out=ridden_out, words=sealed)
        return self._keep(row)

    def newest(self, person_id: int) -> Slip | None:
        """The latest old habit that came back; urges that were ridden out are left out."""
        statement = (
            select(Slip)
            .where(Slip.person_id == person_id, col(Slip.ridden_out).is_(False))
            .order_by(col(Slip.at).desc())
            .limit(1)
        )
        return self._session.exec(statement).first()

    def lately(self, people: list[int], since: datetime) -> set[int]:
        """Those of these people to whom an old habit came back since then."""
        statement = select(Slip.person_id).where(
            col(Slip.person_id).in_(people), Slip.at >= since, col(Slip.ridden_out).is_(False)
        )
        return set(self._session.exec(statement))

    def read(self, row: Slip) -> SlipWords:
        """The map, opened."""
        return SlipWords(**self._opened(row))

    def keep(self, row: Slip, words: SlipWords) -> None:
        """Writes a changed map back."""
        row.words = self._sealed(row.person_id, row.id, asdict(words))
        self._keep(row)
