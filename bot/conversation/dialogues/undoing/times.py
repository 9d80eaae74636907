"""Taking back what was done to reminders, sessions, pauses and settings."""

from datetime import datetime
from typing import Any

from bot.conversation.appointments import keep_pushes
from bot.conversation.dialogues.after_treatment import end, full_support
from bot.conversation.dialogues.settings import set_back
from bot.conversation.dialogues.undoing.entries import Undoers
from bot.conversation.scheduling import reschedule
from bot.conversation.turn import Turn
from bot.texts import Text, t


def reminders_added(turn: Turn, reminder_ids: list[int]) -> Text | None:
    """Takes back reminders that were set."""
    rows = [turn.store.reminders.get(turn.person.id, each) for each in reminder_ids]
    found = [row for row in rows if row is not None]
    for row in found:
        turn.store.reminders.remove(row)
    return t("undo.reminder_added", n=len(found)) if found else None


def _reminder_ended(turn: Turn, reminder_id: int, due: str | None) -> Text | None:
    row = turn.store.reminders.get(turn.person.id, reminder_id)
    if row is None:
        return None
    row.ended_at, row.next_due_at = None, datetime.fromisoformat(due) if due else None
    reschedule(turn)
    return t("undo.reminder_removed")


def _reminder_times(turn: Turn, reminder_id: int, times: str) -> Text | None:
    row = turn.store.reminders.get(turn.person.id, reminder_id)
    if row is None:
        return None
    row.times = times
    reschedule(turn)
    return t("undo.reminder_times")


def _zone(turn: Turn, zone: str, known: bool) -> Text:
    turn.person.zone, turn.person.zone_known = zone, known
    reschedule(turn)
    return t("undo.zone", zone=zone)


def _pause(turn: Turn, paused_at: str | None, paused_until: str | None) -> Text:
    turn.person.paused_at = datetime.fromisoformat(paused_at) if paused_at else None
    turn.person.paused_until = datetime.fromisoformat(paused_until) if paused_until else None
    reschedule(turn)
    return t("undo.pause") if turn.person.paused_at else t("undo.pause_over")


def _setting(turn: Turn, name: str, value: Any) -> Text:
    set_back(turn.person, name, value)
    return t("undo.setting")


def _session_added(turn: Turn, session_id: int, had: list[Any] | None) -> Text | None:
    row = turn.store.sessions.get(turn.person.id, session_id)
    if row is None:
        return None
    turn.store.sessions.remove(row)
    keep_pushes(turn.store, turn.person, turn.now)
    return _session_deleted(turn, *had) if had is not None else t("undo.session_added")


def _session_deleted(turn: Turn, at: str, days: str | None, words: dict[str, Any]) -> Text:
    row = turn.store.sessions.add(turn.person.id, datetime.fromisoformat(at), days)
    if words:
        turn.store.sessions.keep(row, words)
    keep_pushes(turn.store, turn.person, turn.now)
    return t("undo.session_deleted")


def _session_words(turn: Turn, session_id: int, words: dict[str, Any]) -> Text | None:
    row = turn.store.sessions.get(turn.person.id, session_id)
    if row is None:
        return None
    turn.store.sessions.keep(row, words)
    return t("undo.session_words")


def _treatment_ended(turn: Turn) -> Text | None:
    if turn.person.treatment_ended_at is None:
        return None
    full_support(turn)
    return t("undo.treatment_ended")


def _full_support(turn: Turn, ended_at: str) -> Text | None:
    if turn.person.treatment_ended_at is not None:
        return None
    end(turn, datetime.fromisoformat(ended_at))
    return t("undo.full_support")


UNDOERS: Undoers = {
    "reminders_added": reminders_added,
    "reminder_ended": _reminder_ended,
    "reminder_times": _reminder_times,
    "zone": _zone,
    "pause": _pause,
    "setting": _setting,
    "session_added": _session_added,
    "session_deleted": _session_deleted,
    "session_words": _session_words,
    "treatment_ended": _treatment_ended,
    "full_support": _full_support,
}
