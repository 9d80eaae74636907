"""A person's record on its way out: read from the store, in the shape of `models.Record`.

Nothing is checked on the way out: whatever is kept is given.
"""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlmodel import SQLModel

from bot.portable.models import VERSION, You
from bot.portable.parts import PARTS, PartOf
from bot.store.tables import Person, WellPlan
from bot.store.unit import Store

Plain = dict[str, Any]
"""A record as plain values, with dates and times as they are; what is not given is left out."""


def record_of(store: Store, person_id: int) -> Plain:
    """Everything of the person that can go with them; the same record is the same each time."""
    person = store.session.get_one(Person, person_id)
    record: Plain = {"format": "limber", "version": VERSION, "you": _settings(person)}
    numbers: dict[str, dict[int, int]] = {}
    for part in PARTS:
        rows = rows_of(store, part, person_id)
        numbers[part.name] = {row.id: number for number, row in enumerate(rows, 1)}
        record[part.name] = [_entry(store, part, row, numbers) for row in rows]
    page = store.session.get(WellPlan, person_id)
    if page is not None:
        record["well_plan"] = {"changed_at": page.changed_at, **vars(store.well_plans.read(person_id))}
    return record


def written(record: Plain) -> bytes:
    """Plain values as JSON; the same values are the same bytes."""
    return json.dumps(record, ensure_ascii=False, indent=1, default=_told).encode()


def rows_of(store: Store, part: PartOf, person_id: int) -> Sequence[Any]:
    """The rows of one list, in their order."""
    columns = part.table.metadata.tables[str(part.table.__tablename__)].c
    statement = select(*columns).where(columns.person_id == person_id).order_by(columns.id)
    return store.session.execute(statement).all()


def _settings(person: Person) -> Plain:
    return _given({name: getattr(person, name, None) for name in You.model_fields})


def _entry(store: Store, part: PartOf, row: Any, numbers: dict[str, dict[int, int]]) -> Plain:
    entry: Plain = {"number": numbers[part.name][row.id]} if part.numbered else {}
    for name, where in part.refers.items():
        entry[name] = numbers[where].get(getattr(row, f"{name}_id"))
    entry |= {name: getattr(row, column) for name, column in part.columns.items()}
    if part.has_words:
        entry["words"] = _words(store, part.table, row)
    if entry.get("days") is not None and "once_at" in entry:
        entry["once_at"] = None
    return _given(entry)


def _given(entry: Plain) -> Plain:
    return {name: value for name, value in entry.items() if value is not None}


def _words(store: Store, table: type[SQLModel], row: Any) -> Any:
    if row.words is None:
        return {}
    return store.words.open(str(table.__tablename__), row.person_id, row.id, row.words)


def _told(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError
