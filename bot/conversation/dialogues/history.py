"""What was practised and written, day by day: paged, searched, put right, taken out."""

from datetime import date, timedelta

from bot.conversation.buttons import CANCEL, UNDO, number_in
from bot.conversation.dialogue import Choice, Dialogue, Move, Rows, Say, answer, ask, done, link, stay
from bot.conversation.dialogues.correcting import FURTHEST_BACK
from bot.conversation.dialogues.note import unasked
from bot.conversation.recording import parts_told
from bot.conversation.turn import Turn
from bot.store.history import Found
from bot.store.tables import Practice, Reflection
from bot.texts import Day, Text, in_lines, t

history = Dialogue("history")

MOST = 8
"""Entries of a day that are shown."""
_QUOTED = 300
_PAGE = 5


@history.command("history")
def start(turn: Turn) -> Move:
    """`/history [words]`: the newest day, or where the words were written."""
    if turn.text:
        return _searched(turn, turn.text)
    newest = turn.store.history.day_before(turn.person.id, turn.today + timedelta(days=1))
    if newest is None:
        return done(t("history.none"), buttons=((link("c:practice", t("button.practice")),),))
    return _day(turn, newest)


@history.press("hist")
def pressed(turn: Turn) -> Move:
    """`hist:day|see:<date>`, `hist:find`, `hist:note|drop|back:<reflection>`, `hist:delete:<practice>`."""
    what, _, rest = (turn.incoming.press or "").partition(":")[2].partition(":")
    if what == "find":
        return ask(found, t("history.find"), (CANCEL,))
    if what in ("day", "see"):
        return _day(turn, _date(rest) or turn.today, in_place=what == "day")
    number = number_in(rest) or 0
    if what == "delete":
        practice = turn.store.practices.get(turn.person.id, number)
        return _deleted(turn, practice) if practice is not None else stay(t("log.gone"))
    row = turn.store.practices.reflection(turn.person.id, number)
    if row is None:
        return stay(t("history.gone"))
    if what == "drop":
        turn.undoable(*turn.store.practices.remembered(row))
        turn.store.practices.remove_reflection(turn.person.id, row.id)
        return done(t("history.dropped"), buttons=(_day_row(row.day), (UNDO,)))
    return _backdated(turn, row) if what == "back" else _note(turn, row)


@history.step
def reworded(turn: Turn) -> Move:
    """What a reflection or note says instead."""
    row = turn.store.practices.reflection(turn.person.id, turn.slots.get("row", 0))
    if row is None or turn.press is not None or turn.skips or not turn.text:
        return done(t("log.left"))
    if not turn.keeps_words:
        return done(t("words.not_kept"))
    turn.undoable("reflection_words", row.id, turn.store.practices.read(row))
    turn.store.practices.reword(row, turn.text)
    return done(t("history.reworded"), buttons=(_day_row(row.day), (UNDO,)))


@history.step
def found(turn: Turn) -> Move:
    """The words to look for."""
    if turn.press is not None or not turn.text:
        return done(t("cancel.done"))
    return _searched(turn, turn.text)


@history.step
def more(turn: Turn) -> Move:
    """Further back, for the same words."""
    if turn.press == "more":
        return _searched(turn, str(turn.slots["query"]), turn.slots["before"])
    if turn.press is None and not turn.skips:
        return unasked(turn)
    return done(t("history.end"))


def _day(turn: Turn, day: date, *, in_place: bool = False) -> Move:
    """What there is of a day; `in_place` of the page whose button was pressed."""
    practices = turn.store.history.practices_on(turn.person.id, day)
    reflections = turn.store.history.reflections_on(turn.person.id, day)
    about = {row.practice_id for row in reflections if row.practice_id is not None}
    lines: list[Text] = []
    changes: list[Choice] = []
    for practice in practices:
        changes.append(_change(len(changes) + 1, f"e:{practice.id}:change"))
        lines.append(t("history.practice", number=len(changes), what=_practice_told(turn, practice)))
        for row in reflections if practice.id in about else ():
            if row.practice_id == practice.id:
                changes.append(_change(len(changes) + 1, f"hist:note:{row.id}"))
                lines.append(t("history.words", number=len(changes), words=_words(turn, row)))
    for row in reflections:
        if row.practice_id is None:
            changes.append(_change(len(changes) + 1, f"hist:note:{row.id}"))
            key = f"history.{row.purpose}" if row.purpose else "history.note"
            lines.append(t(key, number=len(changes), words=_words(turn, row)))
    more_there = len(lines) > MOST
    shown = [*lines[:MOST], *([t("history.more", n=len(lines) - MOST)] if more_there else [])]
    text = in_lines([t("history.day", day=Day(day)), *(shown or [t("history.empty")])])
    pressed_on = turn.incoming.pressed if in_place else None
    edits = pressed_on.message_ref if pressed_on is not None else None
    return Move((Say(text, _day_rows(turn, day, changes[:MOST]), edits=edits),), stay=True, quiet=True)


def _day_rows(turn: Turn, day: date, changes: list[Choice]) -> Rows:
    older = turn.store.history.day_before(turn.person.id, day)
    newer = turn.store.history.day_after(turn.person.id, day)
    pages = [("history.older", older), ("history.newer", newer)]
    rows = tuple(tuple(changes[start : start + 4]) for start in range(0, len(changes), 4))
    links = tuple(link(f"hist:day:{on.isoformat()}", t(key, day=Day(on))) for key, on in pages if on)
    return *rows, links, (link("hist:find", t("history.find_button")),)


def _day_row(day: date) -> tuple[Choice, ...]:
    return (link(f"hist:see:{day.isoformat()}", t("history.see_day", day=Day(day))),)


def _searched(turn: Turn, words: str, before: int | None = None) -> Move:
    """The newest places where the words were written; bounded, with the way further back."""
    result = turn.store.history.search(turn.person.id, words, _PAGE, before)
    lines = [_found_told(each) for each in result.found]
    said = in_lines([t("history.found" if lines else "history.not_found", words=words[:60]), *lines])
    days = {each.day: None for each in result.found}
    rows = tuple(_day_row(day) for day in days)
    if result.before is None:
        return done(said, buttons=rows)
    turn.slots.update(query=words[:200], before=result.before)
    return ask(
        more, said, *rows, (answer("more", t("history.further")), answer("stop", t("button.leave_it")))
    )


def _found_told(each: Found) -> Text:
    return t("history.found_line", day=Day(each.day), words=_shortened(each.words))


def _note(turn: Turn, row: Reflection) -> Move:
    turn.slots["row"] = row.id
    earliest = turn.today - timedelta(days=FURTHEST_BACK)
    movable = row.practice_id is None and row.day > earliest
    back = (link(f"hist:back:{row.id}", t("history.day_back")),) if movable else ()
    said = t("history.reword", words=_words(turn, row))
    drop = link(f"hist:drop:{row.id}", t("button.delete"))
    return ask(reworded, said, (drop, *back), (answer("skip", t("button.leave_it")),))


def _backdated(turn: Turn, row: Reflection) -> Move:
    """Moves a note to the day before."""
    if row.practice_id is not None or row.day <= turn.today - timedelta(days=FURTHEST_BACK):
        return stay(t("history.no_further"))
    turn.undoable("reflection_day", row.id, row.day.isoformat(), row.at.isoformat())
    row.day, row.at = row.day - timedelta(days=1), row.at - timedelta(days=1)
    return done(t("history.moved", day=Day(row.day)), buttons=(_day_row(row.day), (UNDO,)))


def _deleted(turn: Turn, practice: Practice) -> Move:
    turn.undoable("practice_deleted", *turn.store.history.remembered(practice))
    day = practice.day
    turn.store.practices.remove(turn.person.id, practice.id)
    return done(t("history.practice_deleted"), buttons=(_day_row(day), (UNDO,)))


def _practice_told(turn: Turn, practice: Practice) -> Text:
    plan = turn.store.plans.get(turn.person.id, practice.plan_id)
    skill = turn.skill(practice.skill)
    name = skill.name if skill is not None else turn.plan_name(plan) if plan is not None else None
    told = parts_told(practice)
    return told if name is None else t("history.of", skill=name, what=told)


def _words(turn: Turn, row: Reflection) -> str:
    return _shortened(turn.store.practices.read(row))


def _shortened(words: str) -> str:
    return words if len(words) <= _QUOTED else f"{words[:_QUOTED]}…"


def _change(number: int, press: str) -> Choice:
    return link(press, t("history.change", number=number))


def _date(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
