"""Plans made of skills."""

from bot.conversation.buttons import addressed
from bot.conversation.dialogue import Choice, Dialogue, Move, Say, answer, ask, done, link, stay
from bot.conversation.dialogues import if_then
from bot.conversation.dialogues.guided import named_skill, starters
from bot.conversation.turn import Turn
from bot.store.plans import OpenPlan, PlanWords
from bot.texts import Text, t

skills = Dialogue("skills")

_SKIP = answer("skip", t("button.skip"))


@skills.press("q")
def added(turn: Turn) -> Move:
    """`q:<skill>`: makes it a plan."""
    skill = turn.skill((turn.incoming.press or "").removeprefix("q:"))
    if skill is None:
        return stay(t("help.old_button"))
    return _planned(turn, turn.store.plans.add(turn.person.id, skill.id, PlanWords(), turn.now))


@skills.command("plan")
def plan(turn: Turn) -> Move:
    """`/plan [skill]`: what is planned, each with a way to change or end it."""
    if turn.text:
        return _new_plan(turn)
    plans = turn.store.plans.of(turn.person.id)
    for each in plans:
        turn.say(Say(_line(turn, each), (_plan_buttons(each),)))
    if plans:
        return done(t("plan.end"), buttons=((link("c:skills", t("plan.another")),),))
    return _which(turn)


@skills.step
def new(turn: Turn) -> Move:
    """The skill of a new plan."""
    if turn.press == "stop":
        return done(t("cancel.done"))
    return _new_plan(turn)


@skills.step
def cue(turn: Turn) -> Move:
    """After what: the if of the if-then."""
    chosen = turn.store.plans.get(turn.person.id, turn.slots.get("plan"))
    if chosen is None or turn.skips:
        return done(t("plan.kept"), buttons=((link("c:remind", t("button.set_reminder")),),))
    chosen.words.cue = turn.text[:200]
    turn.store.plans.keep(chosen)
    return done(_line(turn, chosen), buttons=((link("c:remind", t("button.set_reminder")),),))


@skills.press("p")
def pressed(turn: Turn) -> Move:
    """`p:<plan>:cue|archive`."""
    row_id, what = addressed(turn)
    chosen = turn.store.plans.get(turn.person.id, row_id)
    if chosen is None:
        return stay(t("help.old_button"))
    if what == "archive":
        chosen.row.archived_at = turn.now
        turn.undoable("plan_archived", chosen.row.id)
        said = t("plan.archived", skill=turn.plan_name(chosen))
        return done(said, buttons=((link("c:undo", t("button.undo")),),))
    return _planned(turn, chosen)


def _which(turn: Turn) -> Move:
    return ask(new, t("plan.none"), *_starter_rows(turn), (answer("stop", t("button.cancel")),))


def _new_plan(turn: Turn) -> Move:
    found = turn.skill(turn.press) or named_skill(turn, turn.text)
    if found is None and turn.incoming.taps_only:
        return _which(turn)
    words = PlanWords() if found else PlanWords(name=turn.text[:80])
    return _planned(turn, turn.store.plans.add(turn.person.id, found.id if found else None, words, turn.now))


def _planned(turn: Turn, chosen: OpenPlan) -> Move:
    return if_then.begin(turn, chosen)


def _line(turn: Turn, each: OpenPlan) -> Text:
    name, words = turn.plan_name(each), each.words
    said = t("plan.line_cue", skill=name, cue=words.cue) if words.cue else t("plan.line", skill=name)
    if not words.instruction or turn.wordless:
        return said
    return t("two_lines", first=said, second=t("plan.instruction", words=words.instruction))


def _plan_buttons(each: OpenPlan) -> tuple[Choice, ...]:
    return (
        link(f"p:{each.row.id}:cue", t("plan.change_cue")),
        link(f"p:{each.row.id}:archive", t("plan.archive")),
    )


def _starter_rows(turn: Turn) -> tuple[tuple[Choice, ...], ...]:
    return tuple((answer(skill.id, t("words", words=skill.name)),) for skill in starters(turn))
