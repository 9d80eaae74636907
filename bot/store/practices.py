"""Practices, and the reflections on them."""

from collections.abc import Collection
from datetime import date, datetime
from functools import cache
from itertools import starmap
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, case, delete, func
from sqlalchemy import select as sa_select
from sqlmodel import Session, SQLModel, col, select

from bot.store.ids import Ids
from bot.store.tables import Practice, Reflection
from bot.store.words import Words

_QUOTABLE = 100
"""Characters of own words that still fit into a nudge."""


class Logged(NamedTuple):
    """What measures need of a logged practice; see `Practice`. `at` is None where it was not asked for."""

    plan_id: int | None
    day: date
    at: datetime | None
    outcome: str
    times: int
    minutes: int | None
    before: int | None
    after: int | None
    measure: str | None
    real: bool
    start: str | None


class Run(NamedTuple):
    """What is asked of the runs of a skill; see `Practice`."""

    plan_id: int | None
    skill: str | None
    outcome: str
    measure: str | None
    before: int | None
    after: int | None
    helped: str | None


class Practices:
    """Queries about practices and reflections."""

    def __init__(self, session: Session, words: Words, ids: Ids) -> None:
        self._session = session
        self._words = words
        self._ids = ids

    def add(self, person_id: int, **columns: Any) -> Practice:
        """Logs a practice; the columns are those of the table."""
        practice = Practice(id=self._ids.new(), person_id=person_id, **columns)
        self._session.add(practice)
        self._session.flush()
        return practice

    def reflect(
        self,
        person_id: int,
        words: str,
        day: date,
        now: datetime,
        practice_id: int | None = None,
        *,
        asked: bool = False,
        purpose: str | None = None,
        row_id: int | None = None,
    ) -> Reflection:
        """Keeps the person's own words, about a practice or, with none, as a note; see `Reflection`.

        What is brought back keeps the id it had.
        """
        row_id = row_id or self._ids.new()
        row = Reflection(
            id=row_id,
            person_id=person_id,
            practice_id=practice_id,
            asked=asked,
            purpose=purpose,
            day=day,
            at=now,
            words=self._words.seal("reflection", person_id, row_id, words),
        )
        self._session.add(row)
        self._session.flush()
        return row

    def get(self, person_id: int, practice_id: int) -> Practice | None:
        """One practice of this person."""
        practice = self._session.get(Practice, practice_id)
        return practice if practice is not None and practice.person_id == person_id else None

    def logged_last(self, person_id: int, since: datetime) -> Practice | None:
        """What was logged last, whenever it was practised; None where that was before `since`."""
        statement = (
            select(Practice)
            .where(Practice.person_id == person_id, Practice.logged_at >= since)
            .order_by(col(Practice.logged_at).desc(), col(Practice.id).desc())
            .limit(1)
        )
        return self._session.exec(statement).first()

    def by_message(self, person_id: int, message_ref: str) -> Practice | None:
        """The practice that this message of the person logged."""
        statement = select(Practice).where(
            Practice.person_id == person_id, Practice.message_ref == message_ref
        )
        return self._session.exec(statement).first()

    def newest_before(self, person_id: int, practice: Practice) -> Practice | None:
        """The practice of the person that came last before this one."""
        statement = (
            select(Practice)
            .where(Practice.person_id == person_id, Practice.at < practice.at)
            .order_by(col(Practice.day).desc(), col(Practice.at).desc())
            .limit(1)
        )
        return self._session.exec(statement).first()

    def since(self, person_id: int, day: date) -> list[Practice]:
        """The person's practices from that day on, oldest first; over years, see `record`."""
        statement = select(Practice).where(Practice.person_id == person_id, Practice.day >= day)
        return list(self._session.exec(statement.order_by(col(Practice.at), col(Practice.id))))

    def record(
        self,
        person_id: int,
        timed_from: date | None = None,
        *,
        since: date | None = None,
        plan_id: int | None = None,
    ) -> list[Logged]:
        """The practices of the person (from a day on, of one plan) as measures need them: quick over years.

        The oldest day comes first, and each as it was logged: as the index has them, since sorting by the
        hour would take longer than reading. Reading an instant costs more than all the rest of a row, so
        `at` is None before `timed_from`, if that is given. It goes by the connection, since a session takes
        as long again for each row.
        """
        self._session.flush()
        statement = _record(timed_from is not None, since is not None, plan_id is not None)
        asked = {"whose": person_id, "timed_from": timed_from, "since": since, "of_plan": plan_id}
        return list(starmap(Logged, self._session.connection().execute(statement, asked).all()))

    def runs(self, person_id: int) -> list[Run]:
        """What the person's practices did, oldest first: quick over years."""
        columns = [col(getattr(Practice, name)) for name in Run._fields]
        statement = sa_select(*columns).where(col(Practice.person_id) == person_id)
        rows = self._session.execute(statement.order_by(col(Practice.day), col(Practice.id)))
        return [Run(*row) for row in rows]

    def count(self, person_id: int) -> int:
        """How often the person practised, in all."""
        statement = select(func.coalesce(func.sum(Practice.times), 0)).where(Practice.person_id == person_id)
        return int(self._session.exec(statement).one())

    def reflections(self, person_id: int) -> list[Reflection]:
        """All reflections and notes of a person, oldest first, still sealed."""
        statement = select(Reflection).where(Reflection.person_id == person_id).order_by(col(Reflection.id))
        return list(self._session.exec(statement))

    def reflections_since(self, person_id: int, day: date) -> list[Reflection]:
        """Reflections and notes from that day of the person on, oldest first, still sealed."""
        statement = select(Reflection).where(Reflection.person_id == person_id, Reflection.day >= day)
        return list(self._session.exec(statement.order_by(col(Reflection.at), col(Reflection.id))))

    def reflection(self, person_id: int, reflection_id: int) -> Reflection | None:
        """One reflection or note of this person, still sealed."""
        row = self._session.get(Reflection, reflection_id)
        return row if row is not None and row.person_id == person_id else None

    def reword(self, row: Reflection, words: str) -> None:
        """Changes what a reflection says."""
        row.words = self._words.seal("reflection", row.person_id, row.id, words)
        self._session.add(row)
        self._session.flush()

    def remembered(self, row: Reflection) -> tuple[Any, ...]:
        """What undoing the removal of a reflection needs, as an entry of the undo list."""
        practice = row.practice_id
        return (
            "reflection_deleted",
            row.id,
            self.read(row),
            row.day.isoformat(),
            row.at.isoformat(),
            practice,
            row.asked,
            row.purpose,
        )

    def counted(self, people: Collection[int], since: date) -> dict[int, tuple[int, int]]:
        """By plan of these people, how often it was practised from that day on, and without a nudge."""
        alone = case((col(Practice.start) == "prompted", 0), else_=1)
        statement = (
            sa_select(col(Practice.plan_id), func.sum(col(Practice.times)), func.sum(alone))
            .where(col(Practice.person_id).in_(people), col(Practice.day) >= since)
            .where(col(Practice.plan_id).is_not(None))
            .group_by(col(Practice.plan_id))
        )
        return {
            plan_id: (int(times), int(by_itself))
            for plan_id, times, by_itself in self._session.execute(statement)
        }

    def made_worse(self, person_id: int, since: datetime) -> int:
        """How many practices since then were said to have made things worse."""
        statement = (
            select(func.count())
            .select_from(Practice)
            .where(Practice.person_id == person_id, Practice.at > since, Practice.helped == "worse")
        )
        return self._session.exec(statement).one()

    def newest_learning(
        self, person_id: int, plan_ids: Collection[int] | None = None, since: date | None = None
    ) -> Reflection | None:
        """The newest reflection that answered a question (of these plans' practices, from that day on)."""
        statement = (
            select(Reflection)
            .where(Reflection.person_id == person_id, col(Reflection.asked).is_(True))
            .order_by(col(Reflection.id).desc())
            .limit(1)
        )
        if plan_ids is not None:
            statement = statement.join(Practice, col(Practice.id) == col(Reflection.practice_id))
            statement = statement.where(col(Practice.plan_id).in_(plan_ids))
        if since is not None:
            statement = statement.where(Reflection.day >= since)
        return self._session.exec(statement).first()

    def last_learning(
        self, person_id: int, plan_ids: Collection[int] | None = None, since: date | None = None
    ) -> str | None:
        """The words of that reflection."""
        row = self.newest_learning(person_id, plan_ids, since)
        return self.read(row) if row is not None else None

    def quotable(self, person_id: int, plan_id: int) -> str | None:
        """What was noted last of a plan's practices, in a line; None for a long one, or of one that hurt."""
        row = self.newest_learning(person_id, [plan_id])
        practice = self.get(person_id, row.practice_id) if row is not None and row.practice_id else None
        if row is None or practice is None or practice.helped == "worse":
            return None
        words = " ".join(self.read(row).split())
        return words if len(words) <= _QUOTABLE else None

    def read(self, row: Reflection) -> str:
        """The words of a reflection, opened."""
        opened: str = self._words.open("reflection", row.person_id, row.id, row.words)
        return opened

    def remove(self, person_id: int, practice_id: int) -> bool:
        """Removes a practice with its reflections; False if there is none of this person."""
        statement = (
            delete(Practice)
            .where(col(Practice.id) == practice_id, col(Practice.person_id) == person_id)
            .returning(col(Practice.id))
        )
        return self._session.exec(statement).first() is not None

    def remove_reflection(self, person_id: int, reflection_id: int) -> bool:
        """Removes one reflection or note; False if there is none of this person."""
        statement = (
            delete(Reflection)
            .where(col(Reflection.id) == reflection_id, col(Reflection.person_id) == person_id)
            .returning(col(Reflection.id))
        )
        return self._session.exec(statement).first() is not None

    def forget_all_words(self, person_id: int) -> int:
        """Removes all reflections and notes of a person: how many there were."""
        statement = delete(Reflection).where(col(Reflection.person_id) == person_id)
        return len(self._session.exec(statement.returning(col(Reflection.id))).all())

    def told_with(self, person_id: int, practice_id: int) -> list[Reflection]:
        """The words in which a practice was logged, without answers to questions about it, still sealed."""
        statement = select(Reflection).where(
            col(Reflection.practice_id) == practice_id,
            col(Reflection.person_id) == person_id,
            col(Reflection.asked).is_(False),
        )
        return list(self._session.exec(statement))


@cache
def _record(timed: bool, since: bool, of_plan: bool) -> Select[Any]:
    """The statement of `Practices.record`, with the bounds that are given."""
    table = SQLModel.metadata.tables["practice"]
    columns: dict[str, Any] = {name: table.c[name] for name in Logged._fields}
    if timed:
        columns["at"] = case(
            (table.c.day >= bindparam("timed_from", type_=table.c.day.type), table.c.at), else_=None
        )
    statement = sa_select(*columns.values()).where(table.c.person_id == bindparam("whose"))
    if since:
        statement = statement.where(table.c.day >= bindparam("since", type_=table.c.day.type))
    if of_plan:
        statement = statement.where(table.c.plan_id == bindparam("of_plan"))
    return statement.order_by(table.c.day, table.c.id)
