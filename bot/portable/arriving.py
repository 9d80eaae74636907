"""A person's record on its way in: nothing in a file is trusted, ids are made afresh, nothing is doubled."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError
from sqlalchemy import insert

from bot.errors import InvalidInputError
from bot.portable.leaving import rows_of
from bot.portable.models import Part, Record, You
from bot.portable.parts import PARTS, PartOf
from bot.store.pages import WellPlanWords
from bot.store.tables import Person, WellPlan
from bot.store.unit import Store

LARGEST = 12_000_000
"""Bytes that a file of a record may have."""
_LIVED = ("day", "at", "logged_at", "created_at", "written_at")
"""What has happened when it is written down; of a session alone `at` may lie ahead."""
_A_DAY = timedelta(days=1)
_NAMED = re.compile(r"[a-z_]{1,30}")
_WHY = {"missing": "missing", "extra_forbidden": "unknown", "too_long": "too_many", "string_too_long": "long"}

Known = dict[str, dict[int, int]]


def read(content: bytes, now: datetime) -> Record:
    """The record that a file holds. Raises `InvalidInputError` that says what is wrong, and where."""
    if len(content) > LARGEST:
        raise InvalidInputError("import.too_large", most=LARGEST // 1_000_000)
    try:
        record = Record.model_validate_json(content)
    except ValidationError as error:
        raise _told(error) from None
    for part in PARTS:
        _check(record, part)
        _check_lived(record, part, now + _A_DAY)
    return record


def arrive(store: Store, person: Person, record: Record, language: str) -> dict[str, int]:
    """Puts into the person's record what is not there yet; answers how many came, by list.

    The settings come along where the person has none of a record yet; `language` then, if given.
    """
    fresh = not any(rows_of(store, part, person.id) for part in PARTS)
    ids: Known = {}
    came = {part.name: _put(store, person.id, part, getattr(record, part.name), ids) for part in PARTS}
    if fresh:
        _settle(person, record.you, language)
    if record.well_plan is not None and store.session.get(WellPlan, person.id) is None:
        words = record.well_plan.model_dump(exclude={"changed_at"})
        store.well_plans.keep(person.id, WellPlanWords(**words), record.well_plan.changed_at)
    person.has_written = person.has_written or bool(texts_in(record))
    store.session.flush()
    return came


def texts_in(record: Record) -> list[str]:
    """Every free text of a record."""
    found: list[str] = []
    for part in PARTS:
        for entry in getattr(record, part.name):
            if part.has_words:
                found.extend(_strings(entry.words))
    return [*found, *_strings(record.well_plan)]


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of the file with its numbers turned into ids."""

    columns: dict[str, Any]
    words: Any
    identity: tuple[Any, ...]


def _put(store: Store, person_id: int, part: PartOf, entries: list[Any], ids: Known) -> int:
    there = _there(store, part, person_id)
    known: dict[int, int] = {}
    added = []
    for number, entry in enumerate(entries, 1):
        new = _entry(part, entry, ids)
        if there[new.identity]:
            known[number] = there[new.identity].pop(0)
            continue
        known[number] = store.ids.new()
        added.append(_row(store, person_id, part, new, known[number]))
    if added:
        store.session.execute(insert(part.table), added)
    ids[part.name] = known
    return len(added)


def _there(store: Store, part: PartOf, person_id: int) -> defaultdict[tuple[Any, ...], list[int]]:
    columns = [f"{name}_id" if name in part.refers else name for name in part.identity]
    found: defaultdict[tuple[Any, ...], list[int]] = defaultdict(list)
    for row in rows_of(store, part, person_id):
        found[tuple(getattr(row, column) for column in columns)].append(row.id)
    return found


def _entry(part: PartOf, entry: Part, ids: Known) -> _Entry:
    columns = {column: getattr(entry, name) for name, column in part.columns.items()}
    columns |= {f"{name}_id": ids[where].get(getattr(entry, name)) for name, where in part.refers.items()}
    identity = tuple(columns[f"{name}_id" if name in part.refers else name] for name in part.identity)
    words = getattr(entry, "words", None)
    return _Entry(columns, words.model_dump() if isinstance(words, Part) else words, identity)


def _row(store: Store, person_id: int, part: PartOf, new: _Entry, row_id: int) -> dict[str, Any]:
    sealed = {}
    if part.has_words:
        sealed["words"] = store.words.seal(str(part.table.__tablename__), person_id, row_id, new.words)
    return part.table(id=row_id, person_id=person_id, **new.columns, **sealed).model_dump()


def _settle(person: Person, you: You, language: str) -> None:
    for name in You.model_fields:
        if hasattr(person, name):
            setattr(person, name, getattr(you, name))
    person.language = language


def _check(record: Record, part: PartOf) -> None:
    """Numbers are places, what is referred to is there, and a reminder nudges once at a time."""
    entries = getattr(record, part.name)
    sizes = {where: len(getattr(record, where)) for where in part.refers.values()}
    for number, entry in enumerate(entries, 1):
        if part.numbered and entry.number != number:
            raise _wrong(part.name, number, "number", "out_of_order")
        for name, where in part.refers.items():
            if (getattr(entry, name) or 1) > max(1, sizes[where]) or (
                getattr(entry, name) and not sizes[where]
            ):
                raise _wrong(part.name, number, name, "points_nowhere")
    _check_once(part, entries)


def _check_lived(record: Record, part: PartOf, latest: datetime) -> None:
    """Nothing has happened later than anybody's today; `latest` is a day on, for zones and clocks."""
    fields = [name for name in _LIVED if name in part.model.model_fields and part.name != "sessions"]
    for number, entry in enumerate(getattr(record, part.name), 1):
        for name in fields:
            value = getattr(entry, name)
            if value is not None and value > (latest if isinstance(value, datetime) else latest.date()):
                raise _wrong(part.name, number, name, "ahead")


def _check_once(part: PartOf, entries: list[Any]) -> None:
    if part.name not in ("nudges", "gates"):
        return
    seen: set[tuple[Any, ...]] = set()
    for number, entry in enumerate(entries, 1):
        identity = tuple(getattr(entry, name) for name in part.identity)
        if identity in seen and None not in identity:
            raise _wrong(part.name, number, part.identity[0], "twice")
        seen.add(identity)


def _told(error: ValidationError) -> InvalidInputError:
    """What is wrong first, in our own terms: no word of the file but a plain field name is repeated."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    where = [part for part in first["loc"] if isinstance(part, int) or _NAMED.fullmatch(part)]
    if first["type"] in ("json_invalid", "model_type", "literal_error") and len(where) < 2:
        return InvalidInputError("import.not_ours")
    if not where or not any(isinstance(part, str) for part in where):
        return InvalidInputError("import.not_ours")
    number = next((part + 1 for part in where if isinstance(part, int)), 0)
    named = [part for part in where if isinstance(part, str)]
    return _wrong(named[0], number, named[-1], _WHY.get(first["type"], "value"))


def _wrong(name: str, number: int, field: str, why: str) -> InvalidInputError:
    return InvalidInputError(f"import.wrong_{why}", list=name, number=number, field=field)


def _strings(words: Any) -> list[str]:
    if isinstance(words, str):
        return [words] if words else []
    if isinstance(words, Part):
        return _strings(words.model_dump())
    if isinstance(words, dict):
        words = list(words.values())
    return [text for each in words for text in _strings(each)] if isinstance(words, list) else []
