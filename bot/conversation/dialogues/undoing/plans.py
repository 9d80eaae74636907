"""Taking back what was done to plans, their pace and the goals they serve."""

from datetime import date, datetime
from typing import Any

from bot.conversation.dialogues.undoing.entries import Undoers
from bot.conversation.dialogues.undoing.times import reminders_added
from bot.conversation.turn import Turn
from bot.store.plans import PlanWords
from bot.texts import Text, t


def _plan_added(turn: Turn, plan_id: int) -> Text | None:
    plan = turn.store.plans.get(turn.person.id, plan_id)
    if plan is None or plan.row.archived_at is not None:
        return None
    plan.row.archived_at = turn.now
    return t("undo.plan_added")


def _plan_archived(turn: Turn, plan_id: int) -> Text | None:
    plan = turn.store.plans.get(turn.person.id, plan_id)
    if plan is None:
        return None
    plan.row.archived_at = None
    return t("undo.plan")


def _plan_words(turn: Turn, plan_id: int, words: dict[str, Any], target_days: int) -> Text | None:
    plan = turn.store.plans.get(turn.person.id, plan_id)
    if plan is None:
        return None
    plan.words, plan.row.target_days = PlanWords(**words), target_days
    turn.store.plans.keep(plan)
    return t("undo.plan_words")


def _plan_week(turn: Turn, plan_id: int, target_days: int, tiny_until: str | None) -> Text | None:
    plan = turn.store.plans.get(turn.person.id, plan_id)
    if plan is None:
        return None
    plan.row.target_days = target_days
    plan.row.tiny_until = date.fromisoformat(tiny_until) if tiny_until else None
    return t("undo.plan_pace")


def _plan_pace(
    turn: Turn, plan_id: int, cadence: str, tiny_until: str | None, thinned_on: str | None = None
) -> Text | None:
    plan = turn.store.plans.get(turn.person.id, plan_id)
    if plan is None:
        return None
    plan.row.cadence = cadence
    plan.row.tiny_until = date.fromisoformat(tiny_until) if tiny_until else None
    plan.row.thinned_on = date.fromisoformat(thinned_on) if thinned_on else None
    return t("undo.plan_pace")


def _cadence(
    turn: Turn,
    plan_id: int,
    cadence: str,
    second_nature_at: str | None,
    told_at: float | None,
    thinned_on: str | None = None,
) -> Text | None:
    plan = turn.store.plans.get(turn.person.id, plan_id)
    if plan is None:
        return None
    plan.row.cadence, plan.row.told_at = cadence, told_at
    plan.row.thinned_on = date.fromisoformat(thinned_on) if thinned_on else None
    plan.row.second_nature_at = datetime.fromisoformat(second_nature_at) if second_nature_at else None
    return t("undo.cadence")


def _homework(turn: Turn, plan_id: int, had: list[Any] | None, reminder_ids: list[int]) -> Text | None:
    """Takes back a part of a pack: its reminders, and its plan or what it changed of the plan there was."""
    plan = turn.store.plans.get(turn.person.id, plan_id)
    if plan is None or plan.row.archived_at is not None:
        return None
    reminders_added(turn, reminder_ids)
    if had is None:
        plan.row.archived_at = turn.now
        return t("undo.homework", skill=turn.plan_name(plan))
    words, plan.row.target_days, tiny_until = had
    plan.row.tiny_until = date.fromisoformat(tiny_until) if tiny_until else None
    plan.words = PlanWords(**words)
    turn.store.plans.keep(plan)
    return t("undo.homework", skill=turn.plan_name(plan))


def _goal_words(turn: Turn, goal_id: int, words: str) -> Text | None:
    goal = turn.store.goals.get(turn.person.id, goal_id)
    if goal is None:
        return None
    turn.store.goals.reword(goal, words)
    return t("undo.goal_words")


def _goal_archived(turn: Turn, goal_id: int, back: bool) -> Text | None:
    goal = turn.store.goals.get(turn.person.id, goal_id)
    if goal is None:
        return None
    goal.archived_at = turn.now if back else None
    return t("undo.goal_archived" if back else "undo.goal_back")


def _plan_goal(turn: Turn, plan_id: int, goal_id: int | None) -> Text | None:
    plan = turn.store.plans.get(turn.person.id, plan_id)
    goal = turn.store.goals.get(turn.person.id, goal_id) if goal_id is not None else None
    if plan is None:
        return None
    plan.row.goal_id = goal.id if goal is not None else None
    return t("undo.plan_goal")


UNDOERS: Undoers = {
    "plan_added": _plan_added,
    "plan_archived": _plan_archived,
    "plan_words": _plan_words,
    "plan_week": _plan_week,
    "plan_pace": _plan_pace,
    "cadence": _cadence,
    "homework": _homework,
    "goal_words": _goal_words,
    "goal_archived": _goal_archived,
    "plan_goal": _plan_goal,
}
