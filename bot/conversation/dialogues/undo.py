"""Undoing the last action, and the one before."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from bot.conversation.dialogue import Dialogue, Move, done, stay
from bot.conversation.scheduling import reschedule
from bot.conversation.turn import Turn
from bot.practice.schedule import Rule
from bot.store.tables import Nudge
from bot.texts import Text, t

undo = Dialogue("undo")


@undo.command("undo")
def undo_last(turn: Turn) -> Move:
    """Takes back the newest action that is still there."""
    while turn.party.talk.undo:
        kind, *data = turn.party.talk.undo.pop()
        undone = _UNDOERS[kind](turn, *data)
        if undone is not None:
            return done(undone)
    return stay(t("undo.nothing"))


def _practice(turn: Turn, practice_id: int) -> Text | None:
    practice = turn.store.practices.get(turn.person.id, practice_id)
    if practice is None:
        return None
    _unanswer(turn, practice.nudge_id)
    turn.store.practices.remove(turn.person.id, practice_id)
    return t("undo.practice")


def _not_today(turn: Turn, nudge_id: int) -> Text | None:
    return t("undo.not_today") if _unanswer(turn, nudge_id) else None


def _unanswer(turn: Turn, nudge_id: int | None) -> Nudge | None:
    nudge = turn.store.reminders.nudge(turn.person.id, nudge_id) if nudge_id is not None else None
    if nudge is not None:
        nudge.outcome, nudge.answered_at = None, None
    return nudge


def _reflection(turn: Turn, reflection_id: int) -> Text | None:
    removed = turn.store.practices.remove_reflection(turn.person.id, reflection_id)
    return t("undo.note") if removed else None


def _reminders_added(turn: Turn, reminder_ids: list[int]) -> Text | None:
    rows = [turn.store.reminders.get(turn.person.id, each) for each in reminder_ids]
    found = [row for row in rows if row is not None]
    for row in found:
        turn.store.reminders.remove(row)
    return t("undo.reminder_added", n=len(found)) if found else None


def _reminder_removed(
    turn: Turn, kind: str, rule: dict[str, Any] | None, due: str | None, plan: int | None
) -> Text:
    restored = None
    if rule is not None:
        starts, times = date.fromisoformat(rule["starts"]), rule["times"]
        restored = Rule(
            rule["days"], tuple(datetime.fromisoformat(f"{starts}T{at}").time() for at in times), starts
        )
    next_due_at = datetime.fromisoformat(due) if due else None
    turn.store.reminders.add(turn.person.id, kind, restored, next_due_at, turn.now, plan)
    reschedule(turn)
    return t("undo.reminder_removed")


def _zone(turn: Turn, zone: str, known: bool) -> Text:
    turn.person.zone, turn.person.zone_known = zone, known
    reschedule(turn)
    return t("undo.zone", zone=zone)


def _pause(turn: Turn, paused_at: str | None, paused_until: str | None) -> Text:
    turn.person.paused_at = datetime.fromisoformat(paused_at) if paused_at else None
    turn.person.paused_until = datetime.fromisoformat(paused_until) if paused_until else None
    reschedule(turn)
    return t("undo.pause") if turn.person.paused_at else t("undo.pause_over")


def _plan_archived(turn: Turn, plan_id: int) -> Text | None:
    plan = turn.store.plans.get(turn.person.id, plan_id)
    if plan is None:
        return None
    plan.row.archived_at = None
    return t("undo.plan")


def _worse(turn: Turn, practice_id: int, helped: str | None, plan_ids: list[int]) -> Text | None:
    practice = turn.store.practices.get(turn.person.id, practice_id)
    if practice is None:
        return None
    practice.helped = helped
    plans = [turn.store.plans.get(turn.person.id, each) for each in plan_ids]
    for plan in (each for each in plans if each is not None):
        plan.row.retired_at = None
    return t("undo.worse")


_UNDOERS: dict[str, Callable[..., Text | None]] = {
    "practice": _practice,
    "not_today": _not_today,
    "reflection": _reflection,
    "reminders_added": _reminders_added,
    "reminder_removed": _reminder_removed,
    "zone": _zone,
    "pause": _pause,
    "plan_archived": _plan_archived,
    "worse": _worse,
}
