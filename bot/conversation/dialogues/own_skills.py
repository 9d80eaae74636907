"""Skills of the person's own: a name, steps and a tiny version, made and changed in chat."""

from dataclasses import asdict, replace
from typing import Any

from bot.conversation.buttons import UNDO, number_in
from bot.conversation.dialogue import Dialogue, Move, Rows, Step, answer, ask, done, link, stay
from bot.conversation.dialogues.guided import open_exercise
from bot.conversation.exercises import Exercise
from bot.conversation.turn import Turn
from bot.store.plans import OpenPlan, PlanWords
from bot.texts import Text, t

own_skills = Dialogue("own")

_LISTED = 8
LONGEST_NAME, LONGEST_STEP, MOST_STEPS = 80, 300, 12
"""Characters of a name and of a step, and steps of a skill."""


@own_skills.command("own")
def mine(turn: Turn) -> Move:
    """`/own`: the person's own skills, and a new one."""
    plans = [plan for plan in turn.store.plans.of(turn.person.id) if plan.row.skill is None]
    last = (link("o:0:new", t("own.new")), link("o:0:archived", t("own.archived")))
    return stay(t("own.list") if plans else t("own.none"), *_named_rows(turn, plans, "show"), last)


@own_skills.press("o")
def pressed(turn: Turn) -> Move:
    """`o:<plan>:show|go|name|steps|tiny|archive|back`, `o:0:new`, `o:0:archived`."""
    _, number, what = (*(turn.incoming.press or "").split(":"), "", "")[:3]
    if what == "new":
        turn.party.talk.slots = {}
        return _ask_name()
    if what == "archived":
        return _archived(turn)
    chosen = turn.store.plans.get(turn.person.id, number_in(number))
    if chosen is None or (chosen.row.skill is not None and what != "back"):
        return stay(t("help.old_button"))
    return _changed(turn, chosen, what)


@own_skills.step
def name(turn: Turn) -> Move:
    """What the skill is called."""
    if turn.press == "stop":
        return done(t("cancel.done"))
    words = " ".join(turn.text.split())
    if not words or len(words) > LONGEST_NAME:
        return _ask(name, t("own.name_length", most=LONGEST_NAME))
    chosen = _plan(turn)
    if chosen is None:
        turn.slots["name"], turn.slots["steps"] = words, []
        return _ask_steps()
    return _kept(turn, chosen, name=words)


@own_skills.step
def steps(turn: Turn) -> Move:
    """A step, or several lines of them, until that's all."""
    told: list[str] = turn.slots.setdefault("steps", [])
    if turn.press == "stop":
        return done(t("cancel.done"))
    if turn.press == "all":
        return _steps_told(turn, told) if told else _ask_steps()
    lines = [line for each in turn.text.splitlines() if (line := " ".join(each.split()))]
    if any(len(line) > LONGEST_STEP for line in lines):
        return _ask_more(t("own.step_length", most=LONGEST_STEP))
    if len(told) + len(lines) > MOST_STEPS:
        return _ask_more(t("own.too_many", most=MOST_STEPS))
    told.extend(lines)
    return _ask_more(t("own.more", n=len(told)))


@own_skills.step
def small(turn: Turn) -> Move:
    """The tiny version, or none."""
    if turn.press == "stop":
        return done(t("cancel.done"))
    words = "" if turn.skips else " ".join(turn.text.split())
    if len(words) > LONGEST_STEP:
        return _ask_tiny(t("own.step_length", most=LONGEST_STEP))
    chosen = _plan(turn)
    if chosen is None:
        told = PlanWords(name=turn.slots["name"], steps=turn.slots["steps"])
        chosen = turn.store.plans.add(turn.person.id, None, replace(told, tiny=words), turn.now)
        turn.undoable("plan_added", chosen.row.id)
        return _shown(chosen)
    return _kept(turn, chosen, tiny=words)


def _changed(turn: Turn, chosen: OpenPlan, what: str) -> Move:
    if what == "go":
        return open_exercise(turn, Exercise(plan=chosen))
    if what in ("name", "steps", "tiny"):
        turn.party.talk.slots = {"plan": chosen.row.id}
        return {"name": _ask_name, "steps": _ask_steps, "tiny": _ask_tiny}[what]()
    if what == "archive":
        chosen.row.archived_at = turn.now
        turn.undoable("plan_archived", chosen.row.id)
        undo = (link("c:undo", t("button.undo")),)
        return stay(t("plan.archived", skill=chosen.words.name), undo)
    if what == "back":
        chosen.row.archived_at = None
        turn.undoable("plan_added", chosen.row.id)
        return stay(t("own.back", name=turn.plan_name(chosen)), (UNDO,))
    return stay(_told(chosen), *_card(chosen))


def _steps_told(turn: Turn, told: list[str]) -> Move:
    chosen = _plan(turn)
    if chosen is None:
        return _ask_tiny()
    return _kept(turn, chosen, steps=list(told))


def _archived(turn: Turn) -> Move:
    everything = turn.store.plans.everything(turn.person.id)
    put_away = [plan for plan in reversed(everything) if plan.row.archived_at is not None]
    rows = _named_rows(turn, put_away, "back")
    return stay(t("own.archived_list") if rows else t("own.archived_none"), *rows)


def _named_rows(turn: Turn, plans: list[OpenPlan], what: str) -> Rows:
    listed = plans[:_LISTED]
    return tuple(
        (link(f"o:{each.row.id}:{what}", t("words", words=turn.plan_name(each))),) for each in listed
    )


def _kept(turn: Turn, chosen: OpenPlan, **changed: Any) -> Move:
    turn.undoable("plan_words", chosen.row.id, asdict(chosen.words), chosen.row.target_days)
    chosen.words = replace(chosen.words, **changed)
    turn.store.plans.keep(chosen)
    return _shown(chosen)


def _shown(chosen: OpenPlan) -> Move:
    return done(_told(chosen), buttons=(*_card(chosen), (UNDO,)))


def _told(chosen: OpenPlan) -> Text:
    words = chosen.words
    key = "own.card_tiny" if words.tiny else "own.card"
    steps_told = "\n".join(f"{number}. {step}" for number, step in enumerate(words.steps, 1))
    return t(key, name=words.name, steps=steps_told, tiny=words.tiny)


def _card(chosen: OpenPlan) -> Rows:
    at = f"o:{chosen.row.id}"
    return (
        (link(f"{at}:go", t("button.practice")),),
        (link(f"{at}:name", t("own.change_name")), link(f"{at}:steps", t("own.change_steps"))),
        (link(f"{at}:tiny", t("own.change_tiny")), link(f"{at}:archive", t("plan.archive"))),
    )


def _plan(turn: Turn) -> OpenPlan | None:
    return turn.store.plans.get(turn.person.id, turn.slots.get("plan"))


def _ask(step: Step, said: Text) -> Move:
    return ask(step, said, (answer("stop", t("button.cancel")),))


def _ask_name() -> Move:
    return _ask(name, t("own.name"))


def _ask_steps() -> Move:
    return _ask(steps, t("own.steps"))


def _ask_more(said: Text) -> Move:
    return ask(steps, said, (answer("all", t("own.all")), answer("stop", t("button.cancel"))))


def _ask_tiny(said: Text | None = None) -> Move:
    return ask(
        small, said or t("own.tiny"), (answer("skip", t("button.skip")), answer("stop", t("button.cancel")))
    )
