"""The person's own page for staying well, and the monthly look at early signs."""

from bot.conversation.buttons import SKIP, UNDO
from bot.conversation.dialogue import Dialogue, Move, Rows, Say, answer, ask, done, link, stay
from bot.conversation.dialogues.letter import hard_day_row
from bot.conversation.turn import Turn
from bot.store.pages import WellPlanWords
from bot.store.tables import Person
from bot.store.unit import Store
from bot.texts import Text, t

staying_well_ = Dialogue("staying_well")

SECTIONS = ("signs", "helps", "safe", "people", "myself")
_IN_DANGER = ("safe", "people", "helps", "myself")
EARLY_SIGNS = "early_signs"
_SIGNS = {"none": 0.0, "some": 5.0, "many": 10.0}
_LONGEST = 1000


@staying_well_.command("wellplan")
def start(turn: Turn) -> Move:
    """`/wellplan`: the page, or the first question of it."""
    words = turn.store.well_plans.read(turn.person.id)
    if any(vars(words).values()):
        return done(page(words), buttons=_edit_buttons())
    turn.say(Say(t("wellplan.none")))
    return _ask_section(turn, 0)


@staying_well_.step
def section(turn: Turn) -> Move:
    """One section, in own words; those that are passed over stay as they are."""
    number: int = turn.slots.get("section", 0)
    if turn.press == "stop":
        return done(t("wellplan.kept"), buttons=((link("c:wellplan", t("wellplan.show")),),))
    if turn.press is None and not turn.skips and turn.text:
        _fill(turn, SECTIONS[number])
    if number + 1 < len(SECTIONS) and not turn.slots.get("alone"):
        return _ask_section(turn, number + 1)
    return done(page(turn.store.well_plans.read(turn.person.id)), buttons=(*_edit_buttons(), (UNDO,)))


@staying_well_.press("well")
def pressed(turn: Turn) -> Move:
    """`well:<section>`: writes that section anew."""
    what = (turn.incoming.press or "").partition(":")[2]
    if what not in SECTIONS:
        return stay(t("help.old_button"))
    turn.slots["alone"] = True
    return _ask_section(turn, SECTIONS.index(what))


@staying_well_.press("signs")
def signs(turn: Turn) -> Move:
    """`signs:none|some|many`: the answer to the monthly question."""
    what = (turn.incoming.press or "").partition(":")[2]
    if what not in _SIGNS:
        return stay(t("help.old_button"))
    row = turn.store.check_ins.add(turn.person.id, None, EARLY_SIGNS, turn.today, turn.now, _SIGNS[what])
    turn.undoable("added", "check_ins", row.id)
    if what == "none":
        return done(t("signs.none_said"), buttons=((UNDO,),))
    words = turn.store.well_plans.read(turn.person.id)
    if any(vars(words).values()):
        turn.say(Say(page(words)))
    return done(t(f"signs.{what}_said"), buttons=_support(turn))


def early_signs(store: Store, person: Person) -> Say:
    """The monthly question about early signs, with the person's own, as it is delivered.

    On a lock screen only those who asked for full texts are shown their own words.
    """
    words = store.well_plans.read(person.id)
    buttons = tuple((link(f"signs:{each}", t(f"signs.{each}")),) for each in _SIGNS)
    if person.full_text and words.signs:
        return Say(t("signs.ask_own", words=words.signs), buttons)
    return Say(t("signs.ask"), buttons)


def page(words: WellPlanWords) -> Text:
    """The page in one message; what was not written is left out."""
    said = t("wellplan.title")
    for each in SECTIONS:
        if getattr(words, each):
            part = t("wellplan.part", title=t(f"wellplan.{each}"), words=getattr(words, each))
            said = t("wellplan.joined", first=said, second=part)
    return said


def own_page(turn: Turn) -> Text | None:
    """What the page says for the worst days; None where it says nothing, or where words are not shown."""
    words = turn.store.well_plans.read(turn.person.id)
    said = [(each, getattr(words, each)) for each in _IN_DANGER if getattr(words, each)]
    if not said or turn.incoming.taps_only:
        return None
    text = t("wellplan.in_danger")
    for each, written in said:
        part = t("wellplan.part", title=t(f"wellplan.{each}"), words=written)
        text = t("wellplan.joined", first=text, second=part)
    return text


def _ask_section(turn: Turn, number: int) -> Move:
    turn.slots["section"] = number
    return ask(
        section,
        t(f"wellplan.ask_{SECTIONS[number]}"),
        (SKIP, answer("stop", t("wellplan.enough"))),
    )


def _fill(turn: Turn, what: str) -> None:
    words = turn.store.well_plans.read(turn.person.id)
    turn.undoable("well_plan", what, getattr(words, what))
    setattr(words, what, turn.text[:_LONGEST])
    turn.store.well_plans.keep(turn.person.id, words, turn.now)


def _support(turn: Turn) -> Rows:
    full = (link("after:full", t("ended.full_support")),) if turn.person.treatment_ended_at else ()
    letters = hard_day_row(turn)
    return full, *letters, (link("c:today", t("signs.practise")), link("c:crisis", t("button.crisis")))


def _edit_buttons() -> Rows:
    links = [link(f"well:{each}", t("wellplan.change", section=t(f"wellplan.{each}"))) for each in SECTIONS]
    return tuple(links[:2]), tuple(links[2:4]), tuple(links[4:])
