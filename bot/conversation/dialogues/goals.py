"""Goals: what the person wants from therapy, in their words, and the plans that serve them."""

from bot.conversation.buttons import CANCEL, UNDO, addressed, number_in
from bot.conversation.dialogue import Choice, Dialogue, Move, Say, answer, ask, done, link, stay
from bot.conversation.turn import Turn
from bot.store.plans import OpenPlan
from bot.store.tables import Goal
from bot.texts import Listing, Text, t

goals = Dialogue("goals")

LONGEST = 300
_LABEL = 40


@goals.command("goals")
def start(turn: Turn) -> Move:
    """`/goals [words]`: adds one, or shows what there is."""
    if turn.text:
        return _added(turn, turn.text)
    rows = turn.store.goals.of(turn.person.id)
    current = [row for row in rows if row.archived_at is None]
    if not rows:
        return ask(new, t("goals.none"), (CANCEL,))
    for row in current:
        turn.say(Say(_line(turn, row), _buttons(row)))
    archived = (link("goal:0:archived", t("goals.archived_button")),) if len(current) < len(rows) else ()
    return done(t("goals.end"), buttons=((link("goal:0:new", t("goals.add")),), archived))


@goals.step
def new(turn: Turn) -> Move:
    """The goal, in own words."""
    if turn.press is not None or turn.skips:
        return done(t("cancel.done"))
    return _added(turn, turn.text)


@goals.step
def changed(turn: Turn) -> Move:
    """What a goal says instead."""
    row = turn.store.goals.get(turn.person.id, turn.slots.get("goal", 0))
    if row is None or turn.press is not None or not turn.text:
        return done(t("log.left"))
    turn.undoable("goal_words", row.id, turn.store.goals.read(row))
    turn.store.goals.reword(row, turn.text[:LONGEST])
    return done(_line(turn, row), buttons=((UNDO,),))


@goals.press("goal")
def pressed(turn: Turn) -> Move:
    """`goal:<goal>:change|archive|unarchive|plans|serve-<plan>`, or `goal:0:new|archived`."""
    row_id, what = addressed(turn)
    if what == "new":
        return ask(new, t("goals.ask"), (CANCEL,))
    if what == "archived":
        return _archived(turn)
    row = turn.store.goals.get(turn.person.id, row_id)
    if row is None:
        return stay(t("help.old_button"))
    if what == "change":
        turn.slots["goal"] = row.id
        said = t("goals.change", goal=turn.store.goals.read(row))
        return ask(changed, said, (answer("skip", t("button.leave_it")),))
    if what.startswith("serve-"):
        return _serve(turn, row, what.removeprefix("serve-"))
    return _plans(turn, row) if what == "plans" else _put_away(turn, row, back=what == "unarchive")


def _added(turn: Turn, words: str) -> Move:
    row = turn.store.goals.add(turn.person.id, words[:LONGEST], turn.now)
    turn.undoable("added", "goals", row.id)
    said = t("goals.added", goal=turn.store.goals.read(row))
    return done(said, buttons=((link(f"goal:{row.id}:plans", t("goals.plans")),), (UNDO,)))


def _put_away(turn: Turn, row: Goal, *, back: bool) -> Move:
    row.archived_at = None if back else turn.now
    turn.undoable("goal_archived", row.id, back)
    return done(t("goals.unarchived" if back else "goals.archived"), buttons=((UNDO,),))


def _archived(turn: Turn) -> Move:
    rows = [row for row in turn.store.goals.of(turn.person.id) if row.archived_at is not None]
    for row in rows:
        unarchive = link(f"goal:{row.id}:unarchive", t("goals.unarchive"))
        turn.say(Say(t("words", words=turn.store.goals.read(row)), ((unarchive,),)))
    return stay(t("goals.archived_end" if rows else "goals.archived_none"))


def _plans(turn: Turn, row: Goal) -> Move:
    plans = turn.store.plans.of(turn.person.id)
    if not plans:
        return stay(t("goals.no_plans"), (link("c:skills", t("plan.another")),))
    rows = tuple((_plan_choice(turn, row, plan),) for plan in plans)
    return stay(t("goals.which_plans", goal=turn.store.goals.read(row)), *rows)


def _plan_choice(turn: Turn, row: Goal, plan: OpenPlan) -> Choice:
    key = "goals.serves" if plan.row.goal_id == row.id else "words"
    return link(f"goal:{row.id}:serve-{plan.row.id}", t(key, words=turn.plan_name(plan)[:_LABEL]))


def _serve(turn: Turn, row: Goal, number: str) -> Move:
    plan = turn.store.plans.get(turn.person.id, number_in(number))
    if plan is None:
        return stay(t("help.old_button"))
    turn.undoable("plan_goal", plan.row.id, plan.row.goal_id)
    serves = plan.row.goal_id != row.id
    plan.row.goal_id = row.id if serves else None
    said = t("goals.now_serves" if serves else "goals.serves_no_more", skill=turn.plan_name(plan))
    return stay(said, (UNDO,))


def _line(turn: Turn, row: Goal) -> Text:
    words = turn.store.goals.read(row)
    plans = [each for each in turn.store.plans.of(turn.person.id) if each.row.goal_id == row.id]
    if not plans:
        return t("goals.line", goal=words)
    return t("goals.line_plans", goal=words, plans=Listing(tuple(turn.plan_name(each) for each in plans)))


def _buttons(row: Goal) -> tuple[tuple[Choice, ...], ...]:
    return (
        (link(f"goal:{row.id}:plans", t("goals.plans")),),
        (
            link(f"goal:{row.id}:change", t("button.change")),
            link(f"goal:{row.id}:archive", t("goals.archive")),
        ),
    )
