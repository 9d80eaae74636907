"""One suggestion at a time from what was logged: explained, confirmed by the person, never done unasked."""

from datetime import time, timedelta

from bot.conversation.buttons import UNDO, addressed
from bot.conversation.dialogue import Dialogue, Move, Say, done, link, stay
from bot.conversation.recording import PRACTISED, iso
from bot.conversation.scheduling import due_next
from bot.conversation.turn import Turn
from bot.practice.suggestions import Barrier, Obstacle, Smaller, suggest
from bot.practice.suggestions import Move as MoveTo
from bot.store.plans import OpenPlan
from bot.store.reminders import rule_of
from bot.store.tables import Reminder
from bot.texts import Clock, t

suggestion_ = Dialogue("suggestion")

_SMALL_FOR = timedelta(days=7)
_KINDS: dict[str, type[Smaller | MoveTo]] = {"smaller": Smaller, "move": MoveTo}


def offer(turn: Turn, plan: OpenPlan) -> Move | None:
    """The suggestion that what was logged about a plan speaks for; None where there is none."""
    found = _found(turn, plan)
    if found is None:
        return None
    no = "smaller" if isinstance(found, Smaller) else "move"
    decline = link(f"sg:{plan.row.id}:no-{no}", t("suggestion.not_now"))
    accept = link(f"sg:{plan.row.id}:{no}", t("suggestion.yes"))
    if isinstance(found, Smaller):
        said = t("suggestion.smaller", n=found.times)
    else:
        said = t("suggestion.move", n=found.times, at=Clock(found.away_from), to=Clock(found.to))
    return Move((Say(said, ((accept, decline),)),), stay=True, quiet=True)


@suggestion_.press("sg")
def answered(turn: Turn) -> Move:
    """`sg:<plan>:smaller|move|no-smaller|no-move`."""
    row_id, what = addressed(turn)
    plan = turn.store.plans.get(turn.person.id, row_id)
    if plan is None or what.removeprefix("no-") not in _KINDS:
        return stay(t("help.old_button"))
    if what.startswith("no-"):
        declined = {each for each in plan.row.declined.split(",") if each}
        plan.row.declined = ",".join(sorted(declined | {what.removeprefix("no-")}))
        return done(t("suggestion.declined"))
    found = _found(turn, plan)
    if not isinstance(found, _KINDS[what]):
        return stay(t("help.old_button"))
    if isinstance(found, MoveTo):
        return _moved(turn, plan, found)
    turn.undoable(
        "plan_pace", plan.row.id, plan.row.cadence, iso(plan.row.tiny_until), iso(plan.row.thinned_on)
    )
    plan.row.tiny_until, plan.row.changed_at = turn.today + _SMALL_FOR, turn.now
    return done(t("back.shrunk"), buttons=((UNDO,),))


def _found(turn: Turn, plan: OpenPlan) -> Smaller | MoveTo | None:
    since = plan.row.changed_at
    obstacles = [
        Obstacle(row.day, Barrier(row.barrier), time.fromisoformat(row.nudged_at) if row.nudged_at else None)
        for row in turn.store.obstacles.of(turn.person.id)
        if row.plan_id == plan.row.id and (since is None or row.at > since)
    ]
    practised = [
        row.at.astimezone(turn.zone).time()
        for row in turn.store.practices.record(turn.person.id, plan_id=plan.row.id)
        if row.at is not None and row.outcome in PRACTISED
    ]
    declined = [_KINDS[each] for each in plan.row.declined.split(",") if each in _KINDS]
    return suggest(obstacles, practised, turn.today, declined)


def _moved(turn: Turn, plan: OpenPlan, found: MoveTo) -> Move:
    """Moves the nudges of a plan from one time of day to another."""
    moved = [row for row in turn.store.reminders.of(turn.person.id) if _comes_at(row, plan, found.away_from)]
    if not moved:
        return done(t("suggestion.nothing_to_move"), buttons=((link("c:reminders", t("button.reminders")),),))
    for row in moved:
        times = {time.fromisoformat(each) for each in (row.times or "").split(",")}
        new = sorted((times - {found.away_from}) | {found.to})
        turn.undoable("reminder_times", row.id, row.times)
        row.times = ",".join(each.isoformat("minutes") for each in new)
        row.next_due_at = due_next(turn, row)
    plan.row.changed_at = turn.now
    return done(t("suggestion.moved", to=Clock(found.to)), buttons=((UNDO,),))


def _comes_at(row: Reminder, plan: OpenPlan, wall: time) -> bool:
    rule = rule_of(row)
    return row.plan_id == plan.row.id and rule is not None and wall in rule.times
