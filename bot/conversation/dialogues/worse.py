"""An exercise that made things worse: kindness, the stop rule, and twice in a row, no more nudges to it."""

from bot.conversation.buttons import number_in
from bot.conversation.dialogue import Dialogue, Move, Say, link, stay
from bot.conversation.recording import PRACTISED
from bot.conversation.turn import Turn
from bot.practice.helping import Helped, retires
from bot.store.plans import OpenPlan
from bot.store.practices import Run
from bot.store.tables import Practice
from bot.texts import t

worse = Dialogue("worse")


@worse.press("w")
def pressed(turn: Turn) -> Move:
    """`w:<practice>`."""
    practice = turn.store.practices.get(turn.person.id, number_in(turn.press) or 0)
    if practice is None:
        return stay(t("help.old_button"))
    before, practice.helped = practice.helped, Helped.WORSE.value
    plans = _retire(turn, practice)
    turn.undoable("worse", practice.id, before, [plan.row.id for plan in plans])
    turn.say(Say(t("worse.stop_rule", rule=turn.library.content.stop_rule(turn.person.language))))
    key = "worse.twice" if plans else "worse.noted"
    buttons = (link("c:crisis", t("button.crisis")), link("c:undo", t("button.undo")))
    return Move((Say(t(key), (buttons,)),), stay=True, quiet=True)


def _retire(turn: Turn, practice: Practice) -> list[OpenPlan]:
    """Takes the plans of a skill out of the nudges once it made things worse twice in a row."""
    if not retires(_answers(turn, practice)):
        return []
    plans = [each for each in turn.store.plans.of(turn.person.id) if _is_of(practice, each)]
    for plan in plans:
        plan.row.retired_at = turn.now
    return plans


def _answers(turn: Turn, practice: Practice) -> list[Helped]:
    """How each run of the same skill left the person, latest last; unasked ones changed nothing."""
    runs = turn.store.practices.runs(turn.person.id)
    return [
        Helped(run.helped or Helped.NO_CHANGE)
        for run in runs
        if run.outcome in PRACTISED and _same(run, practice)
    ]


def _same(run: Run, practice: Practice) -> bool:
    return run.skill == practice.skill and (run.skill is not None or run.plan_id == practice.plan_id)


def _is_of(practice: Practice, plan: OpenPlan) -> bool:
    return plan.row.id == practice.plan_id or (
        practice.skill is not None and plan.row.skill == practice.skill
    )
