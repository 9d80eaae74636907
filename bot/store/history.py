"""Practices and reflections by day, and the search in a person's own words."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from bot.store.tables import Practice, Reflection
from bot.store.words import Words

AT_ONCE = 1_000
"""Reflections that one search opens at most; the next goes on from there."""


@dataclass(frozen=True, slots=True)
class Found:
    """Words that were looked for, as they were written, and the day they belong to."""

    row_id: int
    day: date
    words: str


@dataclass(frozen=True, slots=True)
class Result:
    """What was found, newest first, and from where to look further back; None where that was all."""

    found: list[Found]
    before: int | None


class History:
    """Queries of one person's days. Words are opened in memory, for this person alone, and kept nowhere."""

    def __init__(self, session: Session, words: Words) -> None:
        self._session = session
        self._words = words

    def day_before(self, person_id: int, day: date) -> date | None:
        """The latest day before `day` with anything on it."""
        found = [
            self._session.execute(
                sa_select(func.max(col(table.day))).where(
                    col(table.person_id) == person_id, col(table.day) < day
                )
            ).scalar_one()
            for table in (Practice, Reflection)
        ]
        return max((each for each in found if each is not None), default=None)

    def day_after(self, person_id: int, day: date) -> date | None:
        """The earliest day after `day` with anything on it."""
        found = [
            self._session.execute(
                sa_select(func.min(col(table.day))).where(
                    col(table.person_id) == person_id, col(table.day) > day
                )
            ).scalar_one()
            for table in (Practice, Reflection)
        ]
        return min((each for each in found if each is not None), default=None)

    def practices_on(self, person_id: int, day: date) -> list[Practice]:
        """What was practised on a day, in order."""
        statement = select(Practice).where(Practice.person_id == person_id, Practice.day == day)
        return list(self._session.exec(statement.order_by(col(Practice.at), col(Practice.id))))

    def reflections_on(self, person_id: int, day: date) -> list[Reflection]:
        """What was written on a day, in order, still sealed."""
        statement = select(Reflection).where(Reflection.person_id == person_id, Reflection.day == day)
        return list(self._session.exec(statement.order_by(col(Reflection.at), col(Reflection.id))))

    def search(self, person_id: int, words: str, limit: int, before: int | None = None) -> Result:
        """The newest reflections that hold `words`, whatever their case; older than the row `before`."""
        statement = (
            sa_select(col(Reflection.id), col(Reflection.day), col(Reflection.words))
            .where(col(Reflection.person_id) == person_id)
            .order_by(col(Reflection.id).desc())
            .limit(AT_ONCE)
        )
        if before is not None:
            statement = statement.where(col(Reflection.id) < before)
        rows = self._session.execute(statement).all()
        wanted, found = words.casefold(), []
        for row_id, day, sealed in rows:
            opened = str(self._words.open("reflection", person_id, row_id, sealed))
            if wanted in opened.casefold():
                found.append(Found(row_id, day, opened))
            if len(found) == limit:
                return Result(found, row_id)
        return Result(found, rows[-1][0] if len(rows) == AT_ONCE else None)

    def remembered(self, practice: Practice) -> tuple[dict[str, Any], list[list[Any]]]:
        """A practice with its reflections, as JSON values, to be brought back."""
        columns = {name: _plain(value) for name, value in practice.model_dump().items()}
        statement = select(Reflection).where(Reflection.practice_id == practice.id)
        rows = self._session.exec(statement.order_by(col(Reflection.id)))
        reflections = [
            [
                row.id,
                self._words.open("reflection", row.person_id, row.id, row.words),
                row.day.isoformat(),
                row.at.isoformat(),
                row.asked,
            ]
            for row in rows
        ]
        return columns, reflections

    def bring_back(self, columns: dict[str, Any]) -> Practice:
        """Puts a practice back as it was."""
        times = {name: datetime.fromisoformat(columns[name]) for name in ("at", "logged_at")}
        day = date.fromisoformat(columns["day"])
        practice = Practice(**{**columns, **times, "day": day})
        self._session.add(practice)
        self._session.flush()
        return practice


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
