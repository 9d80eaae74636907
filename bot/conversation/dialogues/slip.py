"""An old habit came back, or an urge passed without it: kindness first, then a map of it."""

from collections.abc import Sequence
from datetime import timedelta

from bot.conversation.buttons import CANCEL, SKIP, UNDO
from bot.conversation.dialogue import Dialogue, Move, Say, Step, answer, ask, done, link, stay
from bot.conversation.dialogues.letter import hard_day_row
from bot.conversation.recording import PRACTISED
from bot.conversation.scales import rated, scale
from bot.conversation.turn import Turn
from bot.practice.slips import Recovery, recovery
from bot.store.slips import SlipWords
from bot.store.tables import Practice, Slip
from bot.texts import Day, Series, Text, in_lines, t

slip = Dialogue("slip")

_STATES = ("tired", "stressed", "lonely", "bored", "angry", "sad", "hungry", "celebrating")
_LONGEST = 1000
_SHOWN = 3
"""Maps that are shown at once."""
_A_DAY = timedelta(days=1)


@slip.command("slip")
def start(turn: Turn) -> Move:
    """`/slip [words]`; the words are the situation."""
    if turn.text:
        _begin(turn)
        _fill(turn, "situation")
        return _ask_state(t("slip.thanks"))
    seen = (link("sl:back", t("slip.look_back")),) if turn.store.slips.of(turn.person.id) else ()
    return ask(
        which,
        t("slip.which"),
        (answer("slip", t("slip.came_back")),),
        (answer("rode", t("slip.rode_out")),),
        (*seen, CANCEL),
    )


@slip.press("sl")
def look_back(turn: Turn) -> Move:
    """`sl:back`: getting back, time in between and urges ridden out; then the newest maps."""
    rows = sorted(turn.store.slips.of(turn.person.id), key=lambda row: (row.at, row.id))
    if not rows:
        return stay(t("slip.none"))
    lines = [t("slip.title"), *_how_it_goes(turn, rows)]
    if not turn.incoming.taps_only:
        lines += [_map_told(turn, row) for row in reversed(rows[-_SHOWN:])]
    said = in_lines(lines)
    return Move((Say(said),), stay=True, quiet=True)


@slip.step
def which(turn: Turn) -> Move:
    """Whether the habit came back or the urge passed; words are the situation."""
    if turn.press == "rode":
        row = _begin(turn, ridden_out=True)
        return _ask(helped, t("slip.rode_out_said", words=_praise(turn, row)))
    if turn.press == "slip":
        _begin(turn)
        return _ask(situation, t("slip.situation"))
    if turn.skips or not turn.text:
        return done(t("cancel.done"))
    _begin(turn)
    _fill(turn, "situation")
    return _ask_state(t("slip.thanks"))


@slip.fading_step
def helped(turn: Turn) -> Move:
    """What helped to ride it out."""
    _fill(turn, "helped")
    return done(t("slip.rode_out_kept"), buttons=((UNDO,),))


@slip.step
def situation(turn: Turn) -> Move:
    """Where, when, with whom."""
    _fill(turn, "situation")
    return _ask_state(t("slip.noted"))


@slip.step
def state(turn: Turn) -> Move:
    """How it was inside: one of a few, or own words."""
    if turn.press in _STATES:
        _fill(turn, "state", turn.press)
    else:
        _fill(turn, "state")
    return _ask(before, t("slip.before"))


@slip.step
def before(turn: Turn) -> Move:
    """What came before it."""
    _fill(turn, "before")
    return _ask(if_then, t("slip.if_then"))


@slip.step
def if_then(turn: Turn) -> Move:
    """What to do if it comes again."""
    _fill(turn, "if_then")
    return ask(confidence, t("slip.confidence"), *scale(SKIP))


@slip.step
def confidence(turn: Turn) -> Move:
    """How sure for the next 24 hours, 0 to 10."""
    number, row = rated(turn), _row(turn)
    if number is None and not turn.skips:
        return ask(confidence, t("answer.rating"), *scale(SKIP))
    if row is not None:
        row.confidence = number
    return _ended(turn, row)


def quick_recovery(turn: Turn, practice: Practice) -> Text | None:
    """What is said of a practice that is the first since a slip, within a day of it; else nothing."""
    newest = turn.store.slips.newest(turn.person.id)
    if newest is None or not newest.at < practice.at <= newest.at + _A_DAY:
        return None
    since = turn.store.practices.since(turn.person.id, newest.day)
    if any(newest.at < each.at < practice.at and each.outcome in PRACTISED for each in since):
        return None
    return t("words", words=turn.library.content.praise("quick_recovery", turn.person.language)[0])


def _begin(turn: Turn, *, ridden_out: bool = False) -> Slip:
    row = turn.store.slips.add(turn.person.id, SlipWords(), turn.today, turn.now, ridden_out=ridden_out)
    turn.undoable("added", "slips", row.id)
    turn.slots["slip"] = row.id
    return row


def _row(turn: Turn) -> Slip | None:
    return turn.store.slips.get(turn.person.id, turn.slots.get("slip", 0))


def _fill(turn: Turn, part: str, said: str | None = None) -> None:
    """Keeps one part of the map, unless it was passed over, or typed by somebody who wants no words kept."""
    row, words = _row(turn), said or turn.text[:_LONGEST]
    if row is None or not words or (said is None and turn.skips):
        return
    if said is None and not turn.keeps_words:
        turn.say(Say(t("words.not_kept")))
        return
    found = turn.store.slips.read(row)
    setattr(found, part, words)
    turn.store.slips.keep(row, found)


def _ask(step: Step, said: Text) -> Move:
    return ask(step, said, (SKIP,))


def _ask_state(said: Text) -> Move:
    choices = [answer(each, t(f"slip.state_{each}")) for each in _STATES]
    rows = tuple(tuple(choices[index : index + 4]) for index in range(0, len(choices), 4))
    return ask(state, t("slip.state", said=said), *rows, (SKIP,))


def _ended(turn: Turn, row: Slip | None) -> Move:
    says = [t("slip.kept")]
    if row is not None and turn.store.slips.read(row).if_then:
        says = [t("slip.kept_plan", words=turn.store.slips.read(row).if_then)]
    back = _usually_back(turn)
    if back is not None:
        says = [t("two_lines", first=says[0], second=t("slip.usually", n=back))]
    return done(*says, buttons=(*hard_day_row(turn), (UNDO,)))


def _usually_back(turn: Turn) -> int | None:
    return _recovery(turn, turn.store.slips.of(turn.person.id)).back_within


def _recovery(turn: Turn, rows: Sequence[Slip]) -> Recovery:
    practices = turn.store.practices.record(turn.person.id)
    return recovery(
        [each.at for each in rows if not each.ridden_out],
        [each.at for each in practices if each.at is not None and each.outcome in PRACTISED],
        sum(each.ridden_out for each in rows),
    )


def _how_it_goes(turn: Turn, rows: Sequence[Slip]) -> list[Text]:
    """Nothing is counted but what speaks for the person; what is usual is told from three on."""
    found = _recovery(turn, rows)
    lines = []
    if found.back_within is not None:
        lines.append(t("slip.usually", n=found.back_within))
    if found.between is not None:
        lines.append(t("slip.between", n=max(1, round(found.between / _A_DAY))))
    if found.ridden_out:
        lines.append(t("slip.ridden_out", n=found.ridden_out))
    return lines or [t("slip.early_days")]


def _map_told(turn: Turn, row: Slip) -> Text:
    """One map in a line or two, without the parts that were passed over."""
    words = turn.store.slips.read(row)
    state = t(f"slip.state_{words.state}") if words.state in _STATES else t("words", words=words.state)
    parts = [
        *([t("words", words=words.situation)] if words.situation else []),
        *([state] if words.state else []),
        *([t("slip.map_before", words=words.before)] if words.before else []),
        *([t("slip.map_plan", words=words.if_then)] if words.if_then else []),
        *([t("slip.map_helped", words=words.helped)] if words.helped else []),
    ]
    key = "slip.map_rode_out" if row.ridden_out else "slip.map"
    return (
        t(key, day=Day(row.day), parts=Series(tuple(parts))) if parts else t(f"{key}_bare", day=Day(row.day))
    )


def _praise(turn: Turn, row: Slip) -> str:
    texts = turn.library.content.praise("rode_out", turn.person.language)
    return texts[row.id % len(texts)]
