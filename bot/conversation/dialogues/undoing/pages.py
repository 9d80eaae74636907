"""Taking back what was written on pages of its own: letters, predictions, slips, plans to stay well."""

from datetime import date, datetime
from typing import Protocol, TypeVar

from bot.conversation.dialogues.letter import delivered_at
from bot.conversation.dialogues.undoing.entries import Undoers
from bot.conversation.turn import Turn
from bot.store.predictions import PredictionWords
from bot.texts import Text, t

RowT = TypeVar("RowT")


class Rows(Protocol[RowT]):
    """Rows of one kind, of one person each."""

    def get(self, person_id: int, row_id: int, /) -> RowT | None:
        """One row of this person."""

    def remove(self, row: RowT, /) -> None:
        """Removes a row."""


def _added(turn: Turn, what: str, row_id: int) -> Text | None:
    """Takes back a row of a kind; nothing if it is gone already."""
    store, person_id = turn.store, turn.person.id
    if what == "goals":
        return _taken_back(store.goals, person_id, row_id, what)
    if what == "slips":
        return _taken_back(store.slips, person_id, row_id, what)
    if what == "predictions":
        return _taken_back(store.predictions, person_id, row_id, what)
    if what == "obstacles":
        return _taken_back(store.obstacles, person_id, row_id, what)
    return _taken_back(store.check_ins, person_id, row_id, what)


def _letter_added(turn: Turn, letter_id: int, reminder_id: int | None) -> Text | None:
    letter = turn.store.letters.get(turn.person.id, letter_id)
    if letter is None:
        return None
    turn.store.letters.remove(letter)
    reminder = turn.store.reminders.get(turn.person.id, reminder_id) if reminder_id is not None else None
    if reminder is not None:
        turn.store.reminders.remove(reminder)
    return t("undo.letters")


def _letter_deleted(turn: Turn, words: str, deliver_on: str | None) -> Text:
    on = date.fromisoformat(deliver_on) if deliver_on else None
    turn.store.letters.add(turn.person.id, words, on, turn.now)
    if on is not None and on > turn.today:
        turn.store.reminders.add(turn.person.id, "letter", None, delivered_at(on, turn.zone), turn.now, None)
    return t("undo.letter_deleted")


def _prediction_after(turn: Turn, prediction_id: int) -> Text | None:
    row = turn.store.predictions.get(turn.person.id, prediction_id)
    if row is None:
        return None
    row.happened_at, row.experienced = None, None
    words = turn.store.predictions.read(row)
    words.happened = ""
    turn.store.predictions.keep(row, words)
    return t("undo.prediction_after")


def _prediction_deleted(
    turn: Turn,
    at: str,
    expected: int | None,
    happened_at: str | None,
    experienced: int | None,
    words: dict[str, str],
) -> Text:
    row = turn.store.predictions.add(turn.person.id, PredictionWords(**words), datetime.fromisoformat(at))
    row.expected, row.experienced = expected, experienced
    row.happened_at = datetime.fromisoformat(happened_at) if happened_at else None
    return t("undo.prediction_deleted")


def _well_plan(turn: Turn, section: str, words: str) -> Text:
    page = turn.store.well_plans.read(turn.person.id)
    setattr(page, section, words)
    turn.store.well_plans.keep(turn.person.id, page, turn.now)
    return t("undo.well_plan")


def _taken_back(rows: Rows[RowT], person_id: int, row_id: int, what: str) -> Text | None:
    row = rows.get(person_id, row_id)
    if row is None:
        return None
    rows.remove(row)
    return t(f"undo.{what}")


UNDOERS: Undoers = {
    "added": _added,
    "letter_added": _letter_added,
    "letter_deleted": _letter_deleted,
    "prediction_after": _prediction_after,
    "prediction_deleted": _prediction_deleted,
    "well_plan": _well_plan,
}
