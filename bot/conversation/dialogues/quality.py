"""How a practice was, for those who like to say: for real or rehearsed, what began it, how well, how hard."""

from typing import Any

from bot.content.messages import Occasion
from bot.conversation.buttons import addressed, number_in
from bot.conversation.dialogue import Dialogue, Move, link, stay
from bot.conversation.dialogues.logged import in_place
from bot.conversation.turn import Turn
from bot.store.tables import Practice
from bot.texts import Text, t

quality_ = Dialogue("quality")

_STARTS = ("prompted", "remembered", "just_happened")
_DEGREES = range(1, 4)
_ASKED = ("well", "hard", "barrier")


@quality_.press("ql")
def pressed(turn: Turn) -> Move:
    """`ql:<practice>:real|<start>|well|hard|barrier`, or `ql:<practice>:<part>=<value>`."""
    row_id, what = addressed(turn)
    practice = turn.store.practices.get(turn.person.id, row_id)
    if practice is None:
        return stay(t("log.gone"))
    if what == "real":
        return _set(turn, practice, "real", True, _praise(turn, "used_for_real"))
    if what in _STARTS:
        praise = _praise(turn, "self_started") if what != "prompted" else t("quality.kept")
        return _set(turn, practice, "start", what, praise)
    part, _, value = what.partition("=")
    return _answered(turn, practice, part, value)


def _answered(turn: Turn, practice: Practice, part: str, value: str) -> Move:
    """Well, then hard, then what got in the way: a tap each, each passed over with Skip."""
    degree = number_in(value)
    if part in _ASKED[:2] and degree in _DEGREES:
        _note(turn, practice, part, degree)
    elif part == "barrier" and turn.library.content.barrier(value, turn.person.language) is not None:
        _note(turn, practice, part, value)
    if not value:
        return _screen(turn, practice, part) if part in _ASKED else stay(t("help.old_button"))
    following = {"well": "hard", "hard": None if practice.barrier else "barrier"}.get(part)
    return (
        _screen(turn, practice, following)
        if following
        else in_place(turn, practice, praise=t("quality.kept"))
    )


def _screen(turn: Turn, practice: Practice, part: str) -> Move:
    prefix = f"ql:{practice.id}:{part}="
    if part == "barrier":
        barriers = turn.library.content.barriers(turn.person.language)
        choices = [link(prefix + each.id, t("words", words=each.label)) for each in barriers]
    else:
        choices = [link(f"{prefix}{degree}", t(f"quality.{part}_{degree}")) for degree in _DEGREES]
    width = 2 if part == "barrier" else 3
    found = tuple(tuple(choices[start : start + width]) for start in range(0, len(choices), width))
    skip = (link(f"{prefix}skip", t("button.skip")),)
    return in_place(turn, practice, t(f"quality.{part}"), (*found, skip))


def _set(turn: Turn, practice: Practice, part: str, value: Any, praise: Text) -> Move:
    _note(turn, practice, part, value)
    return in_place(turn, practice, praise=praise)


def _note(turn: Turn, practice: Practice, part: str, value: Any) -> None:
    turn.undoable("practice_part", practice.id, part, getattr(practice, part))
    setattr(practice, part, value)


def _praise(turn: Turn, occasion: Occasion) -> Text:
    return t("words", words=turn.library.content.praise(occasion, turn.person.language)[0])
