"""Putting right what was logged: each part by a tap, all of it in words, the message changed in place."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.conversation import hearing
from bot.conversation.buttons import addressed
from bot.conversation.dialogue import Choice, Dialogue, Move, Rows, Say, answer, done, link, stay
from bot.conversation.recording import PRACTISED, correct, correction_row, entry_of, kept, recap
from bot.conversation.turn import Turn
from bot.practice.schedule import local_day
from bot.store.tables import Practice
from bot.texts import Day, Text, t
from bot.understanding.answers import Answer, Outcome

correcting = Dialogue("log")
"""A part of the dialogue of the log: its steps are stored under that name."""

_MINUTES = (1, 2, 3, 5, 10, 15, 20, 30)
_TIMES = (1, 2, 3, 4)
_DAYS_BACK = 6
FURTHEST_BACK = 14
"""Days that a practice may be logged backwards."""
_JUST_NOW = timedelta(minutes=15)
"""How long words that take something back are about what was logged last."""
_RESTORED = ("outcome", "minutes", "before", "after", "times", "skill", "plan_id", "barrier")


@correcting.press("e")
def corrections(turn: Turn) -> Move:
    """`e:<practice>:change`, `e:<practice>:<part>`, `e:<practice>:<part>=<value>`."""
    row_id, what = addressed(turn)
    practice = turn.store.practices.get(turn.person.id, row_id)
    if practice is None:
        return stay(t("log.gone"))
    part, _, value = what.partition("=")
    if part == "rate":
        part, value = value, ""
    if part in _PARTS and not value:
        return _screen(turn, practice, t(f"log.which_{part}"), _choices(turn, practice, part))
    if value and set_part(turn, practice, part, value):
        return _overview(turn, practice, "log.changed_more")
    if what in PRACTISED:
        set_part(turn, practice, "outcome", what)
    return _overview(turn, practice, "log.change")


@correcting.step
def corrected(turn: Turn) -> Move:
    """What it should say instead, in words; what is not mentioned stays."""
    practice = turn.store.practices.get(turn.person.id, turn.slots.get("practice", 0))
    if practice is None or turn.press is not None or turn.skips:
        return done(t("log.left"))
    read = hearing.answer(turn, turn.text)
    if read.problem is not None:
        return _overview(turn, practice, f"answer.{read.problem}")
    if not _says_something(read):
        return _overview(turn, practice, "log.change_not_understood")
    _change(turn, practice, read)
    return done(t("log.changed", recap=recap(turn, practice)), buttons=(correction_row(practice),))


def second_thoughts(turn: Turn) -> Move | None:
    """ "no wait, only half of it", right after something was logged: that changes. None for other words."""
    words = hearing.second_thoughts(turn, turn.text) if turn.press is None and turn.text else None
    practice = turn.store.practices.logged_last(turn.person.id, turn.now - _JUST_NOW) if words else None
    if words is None or practice is None:
        return None
    read = hearing.answer(turn, words)
    if read.outcome is Outcome.NOT_TODAY:
        return _overview(turn, practice, "log.change")
    if read.problem is not None or not _says_something(read):
        return None
    _change(turn, practice, read)
    said = Say(t("log.changed", recap=recap(turn, practice)), (correction_row(practice),))
    return Move((said,), stay=True, quiet=True)


def rewrite(turn: Turn, practice: Practice, read: Answer) -> None:
    """Makes a practice, and the words it was logged in, say what the message that logged it says now."""
    practices, person_id = turn.store.practices, turn.person.id
    entry = replace(entry_of(turn, read), at=practice.logged_at + timedelta(days=read.day_offset))
    day = local_day(entry.at, turn.zone, turn.person.day_ends_at)
    words = practices.told_with(person_id, practice.id)
    had = [list(practices.remembered(row)[1:]) for row in words]
    moved = (day - practice.day).days, (entry.at - practice.at).total_seconds()
    turn.undoable("practice_edited", practice.id, _said_before(practice), moved, had)
    correct(turn, practice, entry)
    for row in words:
        practices.remove_reflection(person_id, row.id)
    kept(turn, practice, turn.text)


def unwrite(turn: Turn, practice: Practice, before: dict[str, Any], moved: tuple[int, float]) -> None:
    """Takes back `rewrite`, but for the words it was logged in before; those there are now are removed."""
    restore(practice, before, 0)
    practice.day -= timedelta(days=moved[0])
    practice.at -= timedelta(seconds=moved[1])
    for row in turn.store.practices.told_with(turn.person.id, practice.id):
        turn.store.practices.remove_reflection(turn.person.id, row.id)


def restore(practice: Practice, before: dict[str, Any], days: int) -> None:
    """Puts back what a practice said before it was corrected; `days` is how far it was moved."""
    for name, value in before.items():
        setattr(practice, name, value)
    _move(practice, -days)


def _overview(turn: Turn, practice: Practice, key: str) -> Move:
    rows = (
        (_part(practice, "outcome"), _part(practice, "minutes")),
        (_part(practice, "ratings"), _part(practice, "times")),
        (_part(practice, "day"), _part(practice, "skill")),
        (link(f"hist:delete:{practice.id}", t("button.delete")), link("c:undo", t("button.undo"))),
        (answer("skip", t("button.leave_it")),),
    )
    return _screen(turn, practice, t(key, recap=recap(turn, practice)), rows)


def _screen(turn: Turn, practice: Practice, said: Text, rows: Rows) -> Move:
    pressed = turn.incoming.pressed
    at_work = turn.party.talk.row.step == corrected.name and turn.slots.get("practice") == practice.id
    turn.slots["practice"] = practice.id
    edits = pressed.message_ref if pressed is not None and at_work else None
    return Move((Say(said, rows, edits=edits),), step=corrected.name)


def _choices(turn: Turn, practice: Practice, part: str) -> Rows:
    choices = [
        link(f"e:{practice.id}:{name}={value}", label) for name, value, label in _PARTS[part](turn, practice)
    ]
    width = 6 if part in ("ratings", "before", "after") else 2
    rows = tuple(tuple(choices[start : start + width]) for start in range(0, len(choices), width))
    return *rows, (link(f"e:{practice.id}:change", t("button.back")),)


def _part(practice: Practice, part: str) -> Choice:
    return link(f"e:{practice.id}:{part}", t(f"log.part_{part}"))


Values = list[tuple[str, str, Text]]


def _outcomes(_turn: Turn, _practice: Practice) -> Values:
    return [("outcome", each, t(f"outcome.{each}")) for each in PRACTISED]


def _minutes(_turn: Turn, _practice: Practice) -> Values:
    return [("minutes", str(each), t("recap.minutes", n=each)) for each in _MINUTES]


def _ratings(name: str) -> Callable[[Turn, Practice], Values]:
    return lambda _turn, _practice: [(name, str(each), t("number", number=each)) for each in range(11)]


def _which_rating(_turn: Turn, _practice: Practice) -> Values:
    return [("rate", "before", t("log.rating_before")), ("rate", "after", t("log.rating_after"))]


def _times(_turn: Turn, _practice: Practice) -> Values:
    return [("times", str(each), t("recap.times", n=each)) for each in _TIMES]


def _days(turn: Turn, _practice: Practice) -> Values:
    days = [turn.today - timedelta(days=each) for each in range(_DAYS_BACK)]
    named = [t("log.today"), t("log.yesterday"), *(t("log.on_day", day=Day(day)) for day in days[2:])]
    return [("day", day.isoformat(), label) for day, label in zip(days, named, strict=True)]


def _skills(turn: Turn, _practice: Practice) -> Values:
    plans = turn.store.plans.of(turn.person.id)[:8]
    return [("skill", str(plan.row.id), t("words", words=turn.plan_name(plan))) for plan in plans]


_PARTS: dict[str, Callable[[Turn, Practice], Values]] = {
    "outcome": _outcomes,
    "minutes": _minutes,
    "ratings": _which_rating,
    "before": _ratings("before"),
    "after": _ratings("after"),
    "times": _times,
    "day": _days,
    "skill": _skills,
}


def set_part(turn: Turn, practice: Practice, part: str, value: str) -> bool:
    """Sets one part to a value that its buttons offer; False for any other."""
    offered = _PARTS[part](turn, practice) if part in _PARTS else []
    if (part, value) not in {(name, each) for name, each, _ in offered}:
        return False
    moved = (date.fromisoformat(value) - practice.day).days if part == "day" else 0
    _remember(turn, practice, moved)
    if part == "day":
        _move(practice, moved)
    elif part == "skill":
        plan = turn.store.plans.get(turn.person.id, int(value))
        practice.plan_id, practice.skill = int(value), plan.row.skill if plan else None
    else:
        setattr(practice, part, value if part == "outcome" else int(value))
    return True


def _move(practice: Practice, days: int) -> None:
    practice.at += timedelta(days=days)
    practice.day += timedelta(days=days)


def _remember(turn: Turn, practice: Practice, days: int = 0) -> None:
    turn.undoable("practice_changed", practice.id, _said_before(practice), days)


def _said_before(practice: Practice) -> dict[str, Any]:
    return {name: getattr(practice, name) for name in _RESTORED}


def _says_something(read: Answer) -> bool:
    parts = (read.minutes, read.before, read.after, read.skill)
    named = read.outcome in PRACTISED and not read.inferred
    return named or any(part is not None for part in parts) or read.times > 1 or read.day_offset != 0


def _change(turn: Turn, practice: Practice, read: Answer) -> None:
    moved = (turn.today + timedelta(days=read.day_offset) - practice.day).days if read.day_offset else 0
    _remember(turn, practice, moved)
    _apply(practice, read)
    _move(practice, moved)


def _apply(practice: Practice, read: Answer) -> None:
    for name in ("minutes", "before", "after", "skill"):
        value = getattr(read, name)
        if value is not None:
            setattr(practice, name, value)
    if read.outcome in PRACTISED and not read.inferred:
        practice.outcome = str(read.outcome)
    if read.times > 1:
        practice.times = read.times
