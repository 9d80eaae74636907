"""Taking back what was done to practices and to the words about them."""

from datetime import date, datetime
from typing import Any

from bot.conversation.dialogues.correcting import restore, unwrite
from bot.conversation.dialogues.undoing.entries import Undoers
from bot.conversation.recording import recap
from bot.conversation.turn import Turn
from bot.store.tables import Nudge
from bot.texts import Text, t


def _practice(turn: Turn, practice_id: int) -> Text | None:
    practice = turn.store.practices.get(turn.person.id, practice_id)
    if practice is None:
        return None
    _unanswer(turn, practice.nudge_id)
    turn.store.practices.remove(turn.person.id, practice_id)
    return t("undo.practice")


def _not_today(turn: Turn, nudge_id: int) -> Text | None:
    return t("undo.not_today") if _unanswer(turn, nudge_id) else None


def _practice_part(turn: Turn, practice_id: int, part: str, value: Any) -> Text | None:
    practice = turn.store.practices.get(turn.person.id, practice_id)
    if practice is None:
        return None
    setattr(practice, part, value)
    return t("undo.practice_part")


def _practice_changed(turn: Turn, practice_id: int, before: dict[str, Any], days: int) -> Text | None:
    practice = turn.store.practices.get(turn.person.id, practice_id)
    if practice is None:
        return None
    restore(practice, before, days)
    return t("log.changed", recap=recap(turn, practice))


def _practice_edited(
    turn: Turn, practice_id: int, before: dict[str, Any], moved: tuple[int, float], words: list[list[Any]]
) -> Text | None:
    practice = turn.store.practices.get(turn.person.id, practice_id)
    if practice is None:
        return None
    unwrite(turn, practice, before, moved)
    for each in words:
        _reflection_deleted(turn, *each)
    return t("log.changed", recap=recap(turn, practice))


def _practice_deleted(turn: Turn, columns: dict[str, Any], reflections: list[list[Any]]) -> Text:
    practice = turn.store.history.bring_back(columns)
    for row_id, words, day, at, asked in reflections:
        turn.store.practices.reflect(
            turn.person.id,
            words,
            date.fromisoformat(day),
            datetime.fromisoformat(at),
            practice.id,
            asked=asked,
            row_id=row_id,
        )
    return t("undo.practice_back", recap=recap(turn, practice))


def _worse(turn: Turn, practice_id: int, helped: str | None, plan_ids: list[int]) -> Text | None:
    practice = turn.store.practices.get(turn.person.id, practice_id)
    if practice is None:
        return None
    practice.helped = helped
    plans = [turn.store.plans.get(turn.person.id, each) for each in plan_ids]
    for plan in (each for each in plans if each is not None):
        plan.row.retired_at = None
    return t("undo.worse")


def _reflection(turn: Turn, reflection_id: int) -> Text | None:
    removed = turn.store.practices.remove_reflection(turn.person.id, reflection_id)
    return t("undo.note") if removed else None


def _reflection_deleted(
    turn: Turn,
    row_id: int,
    words: str,
    day: str,
    at: str,
    practice_id: int | None,
    asked: bool,
    purpose: str | None,
) -> Text | None:
    if practice_id is not None and turn.store.practices.get(turn.person.id, practice_id) is None:
        return None
    turn.store.practices.reflect(
        turn.person.id,
        words,
        date.fromisoformat(day),
        datetime.fromisoformat(at),
        practice_id,
        asked=asked,
        purpose=purpose,
        row_id=row_id,
    )
    return t("undo.reflection_back")


def _reflection_words(turn: Turn, reflection_id: int, words: str) -> Text | None:
    row = turn.store.practices.reflection(turn.person.id, reflection_id)
    if row is None:
        return None
    turn.store.practices.reword(row, words)
    return t("undo.reflection_words")


def _reflection_day(turn: Turn, reflection_id: int, day: str, at: str) -> Text | None:
    row = turn.store.practices.reflection(turn.person.id, reflection_id)
    if row is None:
        return None
    row.day, row.at = date.fromisoformat(day), datetime.fromisoformat(at)
    return t("undo.reflection_words")


def _unanswer(turn: Turn, nudge_id: int | None) -> Nudge | None:
    nudge = turn.store.reminders.nudge(turn.person.id, nudge_id) if nudge_id is not None else None
    if nudge is not None:
        nudge.outcome, nudge.answered_at = None, None
    return nudge


UNDOERS: Undoers = {
    "practice": _practice,
    "not_today": _not_today,
    "practice_part": _practice_part,
    "practice_changed": _practice_changed,
    "practice_edited": _practice_edited,
    "practice_deleted": _practice_deleted,
    "worse": _worse,
    "reflection": _reflection,
    "reflection_deleted": _reflection_deleted,
    "reflection_words": _reflection_words,
    "reflection_day": _reflection_day,
}
