"""The portable record: everything is in it, nothing wrong gets in, and there and back it is the same."""

import csv
import dataclasses
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.errors import InvalidInputError
from bot.portable import models
from bot.portable.arriving import arrive, read, texts_in
from bot.portable.bundle import RECORD, everything, packed, unpacked
from bot.portable.leaving import record_of, written
from bot.portable.parts import PARTS
from bot.portable.tables import safe, tables
from bot.store.database import Database
from bot.store.pages import WellPlanWords
from bot.store.plans import PlanWords
from bot.store.predictions import PredictionWords
from bot.store.slips import SlipWords
from bot.store.tables import Person
from bot.store.unit import Store
from tests.clock import MovableClock
from tests.exports import files_in
from tests.lives import begun, lived
from tools.export_schema import schema

DOCS = Path(__file__).parents[2] / "docs"
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
LEFT_OUT = {"id", "person_id", "words", "message_ref", "next_due_at"}
"""Remade, sealed, or of one server: a message's reference, and when a rule is due, which follows from it."""


def _meet(store: Store, clock: MovableClock, address: str = "ada") -> Person:
    person = store.people.meet("local", address, clock.now(), "en", "UTC").person
    store.people.agree(person.id, "records", 1, clock.now(), "local")
    return person


@pytest.fixture
def small(clock: MovableClock) -> Callable[[Store], dict[str, Any]]:
    """A record with six practices, as JSON values."""

    def live(store: Store) -> dict[str, Any]:
        person = _meet(store, clock)
        begun(store, person.id, clock.now(), 6)
        found: dict[str, Any] = json.loads(written(record_of(store, person.id)))
        return found

    return live


async def test_export_erase_import_export_gives_the_same_bytes(
    database: Database, clock: MovableClock
) -> None:
    def live(store: Store) -> bytes:
        person = _meet(store, clock)
        lived(store, person.id, clock.now())
        before = packed(everything(store, person.id))
        store.people.erase(person, clock.now())
        return before

    before = files_in(await database.write(live))
    clock.move(days=3)

    def come_back(store: Store) -> tuple[bytes, dict[str, int], dict[str, int]]:
        person = _meet(store, clock)
        record = read(before[RECORD], clock.now())
        came, again = (arrive(store, person, record, "en") for _ in range(2))
        return packed(everything(store, person.id)), came, again

    after, came, again = await database.write(come_back)
    assert files_in(after)[RECORD] == before[RECORD]
    assert {name: files_in(after)[name] for name in before if name.endswith(".csv")} == {
        name: content for name, content in before.items() if name.endswith(".csv")
    }
    assert came["practices"] == len(json.loads(before[RECORD])["practices"]) > 1500
    assert set(again.values()) == {0}


def test_every_column_of_a_person_is_in_the_record() -> None:
    for part in PARTS:
        references = {f"{name}_id" for name in part.refers}
        missing = set(part.table.model_fields) - LEFT_OUT - references - set(part.columns.values())
        assert missing == set(), f"{part.name} lacks {missing}: add it to bot/portable/models.py"


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (models.PlanWords, PlanWords),
        (models.SlipWords, SlipWords),
        (models.PredictionWords, PredictionWords),
        (models.WellPlan, WellPlanWords),
    ],
)
def test_all_words_of_a_row_are_in_the_record(model: type[models.Part], words: type) -> None:
    assert set(model.model_fields) - {"changed_at"} == {each.name for each in dataclasses.fields(words)}


def test_the_schema_in_the_documents_is_current() -> None:
    made = "python -m tools.export_schema docs/export.schema.json"
    assert (DOCS / "export.schema.json").read_text(encoding="utf-8") == schema(), f"run: {made}"


async def test_what_is_there_is_not_doubled_and_what_changed_here_stays(
    database: Database, clock: MovableClock, small: Callable[[Store], dict[str, Any]]
) -> None:
    record = await database.write(small)

    def change_and_import(store: Store) -> tuple[int, int | None, int]:
        person = _meet(store, clock)
        row = store.session.get_one(Person, person.id)
        practice = store.session.get_one(PARTS[4].table, store.practices.since(row.id, date.min)[0].id)
        practice.minutes = 77
        removed = store.practices.since(row.id, date.min)[-1].id
        store.practices.remove(row.id, removed)
        came = arrive(store, row, read(json.dumps(record).encode(), clock.now()), "en")
        rows = store.practices.since(row.id, date.min)
        return len(rows), rows[0].minutes, came["practices"]

    assert await database.write(change_and_import) == (6, 77, 1)


@pytest.mark.parametrize(
    ("where", "value", "key", "told"),
    [
        (("practices", 2, "before"), 11, "import.wrong_value", ("practices", 3, "before")),
        (("practices", 0, "id"), 5, "import.wrong_unknown", ("practices", 1, "id")),
        (("plans", 0, "person_id"), 5, "import.wrong_unknown", ("plans", 1, "person_id")),
        (("practices", 0, "plan"), 2, "import.wrong_points_nowhere", ("practices", 1, "plan")),
        (("practices", 0, "number"), 2, "import.wrong_out_of_order", ("practices", 1, "number")),
        (("practices", 0, "at"), "2026-11-20T07:00:00", "import.wrong_value", ("practices", 1, "at")),
        (("practices", 0, "minutes"), 1441, "import.wrong_value", ("practices", 1, "minutes")),
        (("practices", 0, "minutes"), -1, "import.wrong_value", ("practices", 1, "minutes")),
        (("practices", 0, "times"), 1001, "import.wrong_value", ("practices", 1, "times")),
        (("practices", 1, "after"), -1, "import.wrong_value", ("practices", 2, "after")),
        (("practices", 0, "day"), "1969-12-31", "import.wrong_value", ("practices", 1, "day")),
        (("practices", 0, "day"), "2026-11-27", "import.wrong_ahead", ("practices", 1, "day")),
        (("practices", 2, "at"), "2027-11-20T07:00:00Z", "import.wrong_ahead", ("practices", 3, "at")),
        (
            ("plans", 0, "created_at"),
            "2027-01-01T00:00:00Z",
            "import.wrong_ahead",
            ("plans", 1, "created_at"),
        ),
        (("goals",), [{}] * 2001, "import.wrong_too_many", ("goals", 0, "goals")),
        (("practices", 0, "minutes"), "5", "import.wrong_value", ("practices", 1, "minutes")),
        (("practices", 0, "outcome"), "won", "import.wrong_value", ("practices", 1, "outcome")),
        (("reminders", 0, "days"), "FREQ=SECONDLY", "import.wrong_value", ("reminders", 1, "days")),
        (("reminders", 0, "times"), "25:00", "import.wrong_value", ("reminders", 1, "times")),
        (("reminders", 0, "times"), None, "import.wrong_value", ("reminders", 1, "reminders")),
        (("you", "zone"), "../../etc/passwd", "import.wrong_value", ("you", 0, "zone")),
        (("you", "language"), "x" * 36, "import.wrong_long", ("you", 0, "language")),
        (("goals", 0, "words"), "x" * 20_001, "import.wrong_long", ("goals", 1, "words")),
        (("goals", 0, "created_at"), None, "import.wrong_value", ("goals", 1, "created_at")),
        (("accounts",), [], "import.wrong_unknown", ("accounts", 0, "accounts")),
        (("version",), 1, "import.not_ours", None),
    ],
)
def test_what_is_wrong_is_said(
    where: tuple[Any, ...],
    value: Any,
    key: str,
    told: tuple[str, int, str] | None,
) -> None:
    record = _three()
    place: Any = record
    for step in where[:-1]:
        place = place[step]
    place[where[-1]] = value
    with pytest.raises(InvalidInputError) as caught:
        read(json.dumps(record).encode(), NOW)
    assert caught.value.key == key
    if told is not None:
        assert tuple(caught.value.arguments[name] for name in ("list", "number", "field")) == told


def test_what_lies_ahead_may_be_a_session_and_a_day_may_have_begun_elsewhere() -> None:
    record = _three()
    record["sessions"] = [{"at": "2027-03-01T10:00:00Z"}]
    record["practices"][0]["day"] = "2026-11-26"
    assert read(json.dumps(record).encode(), NOW).sessions


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"null", b"\xff\xfe", b'{"format": "other"}', b"[" * 100_000, b"PK\x03\x04nonsense"],
)
def test_what_is_no_record_is_no_record(content: bytes) -> None:
    with pytest.raises(InvalidInputError) as caught:
        read(unpacked(content), NOW)
    assert caught.value.key in ("import.not_ours", "import.wrong_missing")


def test_a_zip_that_swells_is_stopped() -> None:
    swollen = io.BytesIO()
    with zipfile.ZipFile(swollen, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(RECORD, b" " * 60_000_000)
    with pytest.raises(InvalidInputError) as caught:
        unpacked(swollen.getvalue())
    assert caught.value.key == "import.too_large"


def test_no_cell_is_taken_for_a_formula() -> None:
    for words in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"):
        assert safe(words).startswith("'")
    assert [safe(value) for value in ("all = well", 7, None, True, "")] == ["all = well", "7", "", "True", ""]


def test_a_table_reads_back_and_holds_the_words() -> None:
    record: dict[str, Any] = {part.name: [] for part in PARTS}
    record["plans"] = [{"number": 1, "words": {"name": "=cmd()", "steps": ["one", "two"]}}]
    record["reflections"] = [{"asked": True, "words": '-"quoted", and\nmore'}]
    found = tables(record)
    assert sorted(found) == ["plans.csv", "reflections.csv"]
    (plan,) = csv.DictReader(io.StringIO(found["plans.csv"].decode("utf-8-sig")))
    assert (plan["number"], plan["words_name"], plan["words_steps"]) == ("1", "'=cmd()", "one\ntwo")
    (reflection,) = csv.DictReader(io.StringIO(found["reflections.csv"].decode("utf-8-sig")))
    assert reflection["words"] == '\'-"quoted", and\nmore'


def test_every_text_is_found() -> None:
    record = read(
        json.dumps(
            {
                "you": {"created_at": "2026-01-01T00:00:00Z", "language": "en", "zone": "UTC"},
                "goals": [{"number": 1, "words": "a goal", "created_at": "2026-01-01T00:00:00Z"}],
                "sessions": [{"at": "2026-01-01T00:00:00Z", "words": {"bring": ["one", "two"]}}],
                "well_plan": {"changed_at": "2026-01-01T00:00:00Z", "signs": "a sign"},
            }
        ).encode(),
        NOW,
    )
    assert texts_in(record) == ["a goal", "one", "two", "a sign"]


def _three() -> dict[str, Any]:
    at = "2026-11-20T07:00:00+00:00"
    practice = {"day": "2026-11-20", "at": at, "logged_at": at, "outcome": "done", "plan": 1}
    rule = {"days": "FREQ=DAILY", "times": "07:30", "starts": "2026-11-20"}
    return {
        "format": "limber",
        "version": 2,
        "you": {"created_at": at, "language": "en", "zone": "Europe/Berlin"},
        "goals": [{"number": 1, "words": "be at ease", "created_at": at}],
        "plans": [{"number": 1, "skill": "box_breathing", "words": {}, "created_at": at}],
        "reminders": [{"number": 1, "kind": "practice", **rule, "plan": 1, "created_at": at}],
        "practices": [{"number": number, **practice} for number in (1, 2, 3)],
    }
