"""A practice that was logged: one message that says so, with few buttons, and More, all edited in place."""

from bot.conversation.buttons import UNDO, addressed
from bot.conversation.dialogue import Choice, Dialogue, Move, Rows, Say, answer, link, stay
from bot.conversation.dialogues.correcting import set_part
from bot.conversation.recording import noticings, recap
from bot.conversation.turn import Turn
from bot.store.tables import Practice
from bot.texts import Text, t

logged_ = Dialogue("logged")

REFLECTION = "log.reflection"
"""The step that takes the answer to the question under a practice."""

_PLANS_OFFERED = 8
_WIDTH = 2


@logged_.press("lg")
def pressed(turn: Turn) -> Move:
    """`lg:<practice>:more|less|skill`, or `lg:<practice>:skill=<plan>`."""
    number, what = addressed(turn)
    practice = turn.store.practices.get(turn.person.id, number)
    if practice is None:
        return stay(t("log.gone"))
    if what == "more":
        return in_place(turn, practice, rows=_more(turn, practice))
    if what == "skill":
        return in_place(turn, practice, t("log.which_skill"), _skills(turn, practice))
    part, _, value = what.partition("=")
    if part == "skill":
        set_part(turn, practice, part, value)
    return in_place(turn, practice)


def card(
    turn: Turn, practice: Practice, praise: Text | None = None, first: Choice | None = None, *, asks: bool
) -> Say:
    """What was logged, and the question about it if one is asked, with at most three buttons and More.

    `first` is the button that matters most here, marking it as used for real where none is given.
    """
    said = t("log.logged", recap=recap(turn, practice))
    if praise is not None:
        said = t("two_lines", first=said, second=praise)
    if asks:
        taps = turn.incoming.taps_only
        question = t("log.compared") if taps else t("words", words=turn.slots["question"])
        said = t("log.and_question", said=said, question=question)
    return Say(said, _folded(turn, practice, first, asks=asks))


def in_place(
    turn: Turn,
    practice: Practice,
    said: Text | None = None,
    rows: Rows | None = None,
    *,
    praise: Text | None = None,
) -> Move:
    """Shows the practice as it is now in the place of the message whose button was pressed.

    With `said` that is shown instead, with `rows` those buttons; an open question about it stays open.
    """
    pressed_on = turn.incoming.pressed
    shown = card(turn, practice, praise, asks=is_asking(turn, practice))
    edits = pressed_on.message_ref if pressed_on is not None else None
    return Move((Say(said or shown.text, rows or shown.buttons, edits=edits),), stay=True, quiet=True)


def is_asking(turn: Turn, practice: Practice) -> bool:
    """Whether the open question is the one about this practice."""
    return turn.party.talk.row.step == REFLECTION and turn.slots.get("practice") == practice.id


def worse(practice: Practice) -> Choice:
    """Says that it made things worse."""
    return link(f"w:{practice.id}", t("practice.worse"))


def another_skill(practice: Practice) -> Choice:
    """Says that it was for another skill."""
    return link(f"lg:{practice.id}:skill", t("log.another_skill"))


def brief(practice: Practice) -> Rows:
    """The buttons of a practice that is followed by a question about something else."""
    return ((UNDO, link(f"lg:{practice.id}:more", t("button.more"))),)


def _folded(turn: Turn, practice: Practice, first: Choice | None, *, asks: bool) -> Rows:
    if first is None and not practice.real:
        first = link(f"ql:{practice.id}:real", t("quality.real"))
    skip = (answer("skip", t("button.skip")),) if asks else ()
    offered = noticings(turn) if asks else ()
    return *offered, (*skip, *((first,) if first is not None else ())), *brief(practice)


def _more(turn: Turn, practice: Practice) -> Rows:
    """All that can be told of a practice, two buttons a row."""
    begun = "remembered" if practice.nudge_id is not None else "just_happened"
    choices = [
        link(f"e:{practice.id}:change", t("button.change")),
        link(f"ql:{practice.id}:{begun}", t(f"quality.start_{begun}")),
        link(f"ql:{practice.id}:well", t("quality.more")),
        worse(practice),
        link("c:progress", t("button.progress")),
        link(f"lg:{practice.id}:less", t("button.back")),
    ]
    if not practice.real:
        choices.insert(0, link(f"ql:{practice.id}:real", t("quality.real")))
    if len(turn.store.plans.of(turn.person.id)) > 1:
        choices.insert(-2, another_skill(practice))
    return _by_two(choices)


def _skills(turn: Turn, practice: Practice) -> Rows:
    plans = turn.store.plans.of(turn.person.id)[:_PLANS_OFFERED]
    choices = [
        link(f"lg:{practice.id}:skill={plan.row.id}", t("words", words=turn.plan_name(plan)))
        for plan in plans
    ]
    return *_by_two(choices), (link(f"lg:{practice.id}:less", t("button.back")),)


def _by_two(choices: list[Choice]) -> Rows:
    return tuple(tuple(choices[start : start + _WIDTH]) for start in range(0, len(choices), _WIDTH))
