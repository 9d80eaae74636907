"""The if-then of a plan: after what, what, where, and on how many days a week."""

from collections.abc import Callable
from dataclasses import asdict

from bot.conversation.buttons import SKIP, UNDO, number_in
from bot.conversation.dialogue import Choice, Dialogue, Move, Say, answer, ask, done, link
from bot.conversation.plan_record import name_in_text
from bot.conversation.turn import Turn
from bot.store.plans import OpenPlan, PlanWords
from bot.texts import Text, t
from bot.understanding.answers import Unreadable, read_rating

if_then_ = Dialogue("if_then")

GOES_ON: dict[str, Callable[[Turn], Move]] = {}
"""Where the conversation goes on after the if-then, by the name given to `begin`."""
_LONGEST = 200
_LABEL = 60
_LIBRARY_CUES = 4
_ALL_CUES = 6
_DAYS = range(1, 8)
_PLACES = ("home", "work", "outdoors", "on_the_way")


def begin(turn: Turn, plan: OpenPlan, then: str = "") -> Move:
    """Asks for the if-then of `plan`; afterwards the conversation goes on at `GOES_ON[then]`."""
    turn.slots.update(plan=plan.row.id, then=then, had=[asdict(plan.words), plan.row.target_days])
    ideas = _cue_ideas(turn, plan)
    turn.slots["cues"] = ideas
    rows = tuple((answer(f"cue-{number}", t("words", words=idea)),) for number, idea in enumerate(ideas))
    return ask(cue, t("if_then.cue", skill=name_in_text(turn, plan)), *rows, (SKIP,))


@if_then_.step
def cue(turn: Turn) -> Move:
    """After or while what. Without it there is no if-then, and only the days are asked."""
    plan, said = _plan(turn), _chosen(turn, "cue-", turn.slots.get("cues", []))
    if plan is None or not said:
        return _ask_days(plan)
    plan.words.cue = said
    turn.store.plans.keep(plan)
    skill = turn.skill(plan.row.skill)
    offers = [turn.plan_name(plan), *([skill.tiny] if skill else [])]
    turn.slots["actions"] = offers
    rows = tuple(
        (answer(f"do-{number}", t("words", words=each[:_LABEL])),) for number, each in enumerate(offers)
    )
    return ask(action, t("if_then.action", cue=said[:1].upper() + said[1:]), *rows, (SKIP,))


@if_then_.step
def action(turn: Turn) -> Move:
    """What to do then; passed over, it is the skill."""
    plan, said = _plan(turn), _chosen(turn, "do-", turn.slots.get("actions", []))
    if plan is None:
        return done(t("help.lost_place"))
    if said:
        plan.words.action = said
        turn.store.plans.keep(plan)
    places = tuple(answer(each, t(f"if_then.place_{each}")) for each in _PLACES)
    return ask(place, t("if_then.place"), places[:2], places[2:], (SKIP,))


@if_then_.step
def place(turn: Turn) -> Move:
    """Where."""
    plan = _plan(turn)
    if plan is None:
        return done(t("help.lost_place"))
    said = turn.press if turn.press in _PLACES else _chosen(turn, "", [])
    if said:
        plan.words.place = said
        turn.store.plans.keep(plan)
    return _ask_days(plan)


@if_then_.step
def days(turn: Turn) -> Move:
    """On how many days a week."""
    plan = _plan(turn)
    if plan is None:
        return done(t("help.lost_place"))
    number = read_rating(turn.press or turn.text)
    if not turn.skips:
        if isinstance(number, Unreadable) or number not in _DAYS:
            return _ask_days(plan)
        plan.row.target_days = number
    return _ended(turn, plan)


def sentence(turn: Turn, plan: OpenPlan) -> Text:
    """The if-then in one sentence, as far as it was given."""
    words = plan.words
    doing = (words.action or name_in_text(turn, plan)).rstrip(".!")
    if not words.cue:
        return t("if_then.no_cue", action=doing)
    if not words.place:
        return t("if_then.said", cue=words.cue, action=doing)
    where: Text | str = t(f"if_then.at_{words.place}") if words.place in _PLACES else words.place
    return t("if_then.said_place", cue=words.cue, action=doing, place=where)


def _plan(turn: Turn) -> OpenPlan | None:
    return turn.store.plans.get(turn.person.id, turn.slots.get("plan"))


def _chosen(turn: Turn, prefix: str, offered: list[str]) -> str:
    """The words tapped or typed; empty where the question was passed over."""
    if turn.press is None:
        return "" if turn.skips else turn.text[:_LONGEST]
    number = number_in(turn.press.removeprefix(prefix))
    return offered[number] if number is not None and number < len(offered) else ""


def _cue_ideas(turn: Turn, plan: OpenPlan) -> list[str]:
    skill = turn.skill(plan.row.skill)
    own = list(skill.cue_ideas[:_LIBRARY_CUES]) if skill else []
    common = [each for each in turn.library.content.cues(turn.person.language) if each not in own]
    return [*own, *common][:_ALL_CUES]


def _ask_days(plan: OpenPlan | None) -> Move:
    if plan is None:
        return done(t("help.lost_place"))
    numbers = [answer(f"{number}", t("number", number=number)) for number in _DAYS]
    return ask(days, t("if_then.days"), tuple(numbers), (SKIP,))


def _ended(turn: Turn, plan: OpenPlan) -> Move:
    words, target = turn.slots.get("had", [asdict(PlanWords()), plan.row.target_days])
    turn.undoable("plan_words", plan.row.id, words, target)
    plan.row.changed_at = turn.now
    said = t("two_lines", first=sentence(turn, plan), second=t("if_then.target", n=plan.row.target_days))
    onwards = GOES_ON.get(turn.slots.get("then", ""))
    if onwards is not None:
        turn.say(Say(said))
        return onwards(turn)
    return done(said, buttons=(_after(),))


def _after() -> tuple[Choice, ...]:
    return link("c:remind", t("button.set_reminder")), UNDO
