"""Everything that is kept about a person, as JSON."""

import json
from datetime import date, datetime
from typing import Any

from sqlmodel import SQLModel, select

from bot.store.tables import CheckIn, Consent, Gate, Nudge, Obstacle, Pause, Person, Practice, Reminder
from bot.store.unit import Store

SCHEMA = 1
_LEFT_OUT = {"person_id", "words", "address", "address_hash"}


def export(store: Store, person_id: int) -> bytes:
    """The person's data: rows as they are, words opened, times in UTC (ISO 8601), ids as strings."""
    person = store.session.get_one(Person, person_id)
    contents = {
        "format": "limber",
        "schema": SCHEMA,
        "person": _row(person),
        "accounts": [
            {**_row(each), "address": store.people.address(each)} for each in store.people.accounts(person_id)
        ],
        "consents": _rows(store, Consent, person_id),
        "pauses": _rows(store, Pause, person_id),
        "plans": [{**_row(each.row), **vars(each.words)} for each in store.plans.everything(person_id)],
        "reminders": _rows(store, Reminder, person_id),
        "nudges": _rows(store, Nudge, person_id),
        "practices": _rows(store, Practice, person_id),
        "reflections": [
            {**_row(each), "words": store.practices.read(each)}
            for each in store.practices.reflections(person_id)
        ],
        "goals": [{**_row(each), "words": store.goals.read(each)} for each in store.goals.of(person_id)],
        "slips": [{**_row(each), **vars(store.slips.read(each))} for each in store.slips.of(person_id)],
        "check_ins": _rows(store, CheckIn, person_id),
        "obstacles": _rows(store, Obstacle, person_id),
        "gates": _rows(store, Gate, person_id),
        "predictions": [
            {**_row(each), **vars(store.predictions.read(each))} for each in store.predictions.of(person_id)
        ],
        "letters": [
            {**_row(each), "words": store.letters.read(each)} for each in store.letters.of(person_id)
        ],
        "sessions": [{**_row(each), **store.sessions.read(each)} for each in store.sessions.of(person_id)],
        "well_plan": vars(store.well_plans.read(person_id)),
        "messages": [
            {"at": at.isoformat(), "who": message["who"], "text": message["text"]}
            for _, at, message in store.transcripts.newest(person_id, 1_000_000)
        ],
    }
    return json.dumps(contents, ensure_ascii=False, indent=2).encode()


def _rows(store: Store, table: type[SQLModel], person_id: int) -> list[dict[str, Any]]:
    statement = select(table).where(table.person_id == person_id).order_by(table.id)  # type: ignore[attr-defined]
    return [_row(row) for row in store.session.exec(statement)]


def _row(row: SQLModel) -> dict[str, Any]:
    return {name: _plain(name, value) for name, value in row.model_dump().items() if name not in _LEFT_OUT}


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, int) and (name == "id" or name.endswith("_id")):
        return str(value)
    return value
