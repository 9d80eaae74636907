"""Undoing the last action, and the one before."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from bot.conversation.appointments import keep_pushes
from bot.conversation.dialogue import Dialogue, Move, done, stay
from bot.conversation.dialogues.after_treatment import end, full_support
from bot.conversation.dialogues.correcting import restore, unwrite
from bot.conversation.dialogues.letter import delivered_at
from bot.conversation.dialogues.settings import set_back
from bot.conversation.recording import recap
from bot.conversation.scheduling import reschedule
from bot.conversation.turn import Turn
from bot.store.plans import PlanWords
from bot.store.predictions import PredictionWords
from bot.store.tables import Nudge
from bot.texts import Text, t

undo = Dialogue("undo")

RowT = TypeVar("RowT")


class Rows(Protocol[RowT]):
    """Rows of one kind, of one person each."""

    def get(self, person_id: int, row_id: int, /) -> RowT | None:
        """One row of this person."""

    def remove(self, row: RowT, /) -> None:
        """Removes a row."""


@undo.command("undo")
def undo_last(turn: Turn) -> Move:
    """Takes back the newest action that is still there."""
    while turn.party.talk.undo:
        kind, *data = turn.party.talk.undo.pop()
        undone = _UNDOERS[kind](turn, *data) if kind in _UNDOERS else None
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


def _reminder_ended(turn: Turn, reminder_id: int, due: str | None) -> Text | None:
    row = turn.store.reminders.get(turn.person.id, reminder_id)
    if row is None:
        return None
    row.ended_at, row.next_due_at = None, datetime.fromisoformat(due) if due else None
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


def _setting(turn: Turn, name: str, value: Any) -> Text:
    set_back(turn.person, name, value)
    return t("undo.setting")


def _plan_archived(turn: Turn, plan_id: int) -> Text | None:
    plan = turn.store.plans.get(turn.person.id, plan_id)
    if plan is None:
        return None
    plan.row.archived_at = None
    return t("undo.plan")


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


def _taken_back(rows: Rows[RowT], person_id: int, row_id: int, what: str) -> Text | None:
    row = rows.get(person_id, row_id)
    if row is None:
        return None
    rows.remove(row)
    return t(f"undo.{what}")


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


def _plan_words(turn: Turn, plan_id: int, words: dict[str, Any], target_days: int) -> Text | None:
    plan = turn.store.plans.get(turn.person.id, plan_id)
    if plan is None:
        return None
    plan.words, plan.row.target_days = PlanWords(**words), target_days
    turn.store.plans.keep(plan)
    return t("undo.plan_words")


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


def _well_plan(turn: Turn, section: str, words: str) -> Text:
    page = turn.store.well_plans.read(turn.person.id)
    setattr(page, section, words)
    turn.store.well_plans.keep(turn.person.id, page, turn.now)
    return t("undo.well_plan")


def _worse(turn: Turn, practice_id: int, helped: str | None, plan_ids: list[int]) -> Text | None:
    practice = turn.store.practices.get(turn.person.id, practice_id)
    if practice is None:
        return None
    practice.helped = helped
    plans = [turn.store.plans.get(turn.person.id, each) for each in plan_ids]
    for plan in (each for each in plans if each is not None):
        plan.row.retired_at = None
    return t("undo.worse")


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


def _reflection_day(turn: Turn, reflection_id: int, day: str, at: str) -> Text | None:
    row = turn.store.practices.reflection(turn.person.id, reflection_id)
    if row is None:
        return None
    row.day, row.at = date.fromisoformat(day), datetime.fromisoformat(at)
    return t("undo.reflection_words")


def _reflection_words(turn: Turn, reflection_id: int, words: str) -> Text | None:
    row = turn.store.practices.reflection(turn.person.id, reflection_id)
    if row is None:
        return None
    turn.store.practices.reword(row, words)
    return t("undo.reflection_words")


def _session_words(turn: Turn, session_id: int, words: dict[str, Any]) -> Text | None:
    row = turn.store.sessions.get(turn.person.id, session_id)
    if row is None:
        return None
    turn.store.sessions.keep(row, words)
    return t("undo.session_words")


def _plan_week(turn: Turn, plan_id: int, target_days: int, tiny_until: str | None) -> Text | None:
    plan = turn.store.plans.get(turn.person.id, plan_id)
    if plan is None:
        return None
    plan.row.target_days = target_days
    plan.row.tiny_until = date.fromisoformat(tiny_until) if tiny_until else None
    return t("undo.plan_pace")


def _plan_added(turn: Turn, plan_id: int) -> Text | None:
    plan = turn.store.plans.get(turn.person.id, plan_id)
    if plan is None or plan.row.archived_at is not None:
        return None
    plan.row.archived_at = turn.now
    return t("undo.plan_added")


def _homework(turn: Turn, plan_id: int, had: list[Any] | None, reminder_ids: list[int]) -> Text | None:
    """Takes back a part of a pack: its reminders, and its plan or what it changed of the plan there was."""
    plan = turn.store.plans.get(turn.person.id, plan_id)
    if plan is None or plan.row.archived_at is not None:
        return None
    _reminders_added(turn, reminder_ids)
    if had is None:
        plan.row.archived_at = turn.now
        return t("undo.homework", skill=turn.plan_name(plan))
    words, plan.row.target_days, tiny_until = had
    plan.row.tiny_until = date.fromisoformat(tiny_until) if tiny_until else None
    plan.words = PlanWords(**words)
    turn.store.plans.keep(plan)
    return t("undo.homework", skill=turn.plan_name(plan))


def _practice_part(turn: Turn, practice_id: int, part: str, value: Any) -> Text | None:
    practice = turn.store.practices.get(turn.person.id, practice_id)
    if practice is None:
        return None
    setattr(practice, part, value)
    return t("undo.practice_part")


def _reminder_times(turn: Turn, reminder_id: int, times: str) -> Text | None:
    row = turn.store.reminders.get(turn.person.id, reminder_id)
    if row is None:
        return None
    row.times = times
    reschedule(turn)
    return t("undo.reminder_times")


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


_UNDOERS: dict[str, Callable[..., Text | None]] = {
    "practice": _practice,
    "plan_pace": _plan_pace,
    "practice_part": _practice_part,
    "reflection_deleted": _reflection_deleted,
    "reflection_words": _reflection_words,
    "practice_deleted": _practice_deleted,
    "reflection_day": _reflection_day,
    "session_words": _session_words,
    "plan_added": _plan_added,
    "homework": _homework,
    "plan_week": _plan_week,
    "reminder_times": _reminder_times,
    "practice_changed": _practice_changed,
    "practice_edited": _practice_edited,
    "not_today": _not_today,
    "reflection": _reflection,
    "reminders_added": _reminders_added,
    "reminder_ended": _reminder_ended,
    "zone": _zone,
    "pause": _pause,
    "plan_archived": _plan_archived,
    "setting": _setting,
    "added": _added,
    "plan_words": _plan_words,
    "cadence": _cadence,
    "prediction_after": _prediction_after,
    "prediction_deleted": _prediction_deleted,
    "session_added": _session_added,
    "session_deleted": _session_deleted,
    "treatment_ended": _treatment_ended,
    "full_support": _full_support,
    "well_plan": _well_plan,
    "goal_words": _goal_words,
    "goal_archived": _goal_archived,
    "plan_goal": _plan_goal,
    "letter_added": _letter_added,
    "letter_deleted": _letter_deleted,
    "worse": _worse,
}
