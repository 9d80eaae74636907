"""The page for the next session, things to bring up noted at any time, and what is taken away afterwards."""

from bot.conversation.appointments import coming
from bot.conversation.briefing import BRING, TAKEAWAY, Brief, brief_of, drop
from bot.conversation.buttons import CANCEL, UNDO, number_in
from bot.conversation.dialogue import Choice, Dialogue, Move, Rows, Say, answer, ask, done, link
from bot.conversation.dialogues.guided import named_skill
from bot.conversation.dialogues.note import plain
from bot.conversation.progress_words import shortened
from bot.conversation.recording import reflect
from bot.conversation.turn import Turn
from bot.practice.brief import Suggestion
from bot.store.plans import OpenPlan, PlanWords
from bot.store.tables import TherapySession
from bot.texts import At, Day, Series, Text, in_lines, t

brief_ = Dialogue("brief")

LONGEST = 600
_TAPPED = ("stuck", "slips", "next")
"""What may be noted to bring up, to tap where words can't be typed."""
_KEPT_PLANS = 3
_PLAN_NAME = 80
_NOTE, _TOPIC = "n", "t"


@brief_.command("brief")
def start(turn: Turn) -> Move:
    """`/brief`: the page for the next session, as it stands."""
    return _shown(turn)


@brief_.command("note")
def bring(turn: Turn) -> Move:
    """`/note [words]`: something to bring up in the next session."""
    if turn.text:
        return _noted(turn, turn.text)
    return _ask_note(turn)


@brief_.step
def added(turn: Turn) -> Move:
    """What to bring up."""
    pressed = turn.incoming.pressed
    if turn.press in _TAPPED and pressed is not None:
        return _noted(turn, pressed.label)
    if turn.press is not None or not turn.text:
        return done(t("cancel.done"))
    return _noted(turn, turn.text)


@brief_.press("brief")
def pressed(turn: Turn) -> Move:
    """`brief:show`, `brief:add`, or `brief:change|drop:<item>`, an item being a note or a topic."""
    what, _, item = (turn.incoming.press or "").partition(":")[2].partition(":")
    if what == "add":
        return _ask_note(turn)
    if what == "change":
        return _item(turn, item)
    if what == "drop":
        return _dropped(turn, item)
    return _shown(turn, edited=True)


@brief_.step
def changed(turn: Turn) -> Move:
    """What to bring up, said the person's way."""
    item = str(turn.slots.get("item", ""))
    if turn.press is not None or turn.skips or not turn.text:
        return _shown(turn)
    if not turn.keeps_words:
        return done(t("words.not_kept"))
    row = turn.store.practices.reflection(turn.person.id, number_in(item.removeprefix(_NOTE)) or 0)
    if row is not None:
        turn.undoable("reflection_words", row.id, turn.store.practices.read(row))
        turn.store.practices.reword(row, turn.text[:LONGEST])
        return _shown(turn)
    _take_off(turn, item)
    reflect(turn, turn.text[:LONGEST], turn.today, purpose=BRING)
    return _shown(turn)


@brief_.press("take")
def after(turn: Turn) -> Move:
    """`take:note|plan|no`: what is taken away from a session that is over."""
    what = turn.press
    _answered(turn)
    if what == "note":
        return ask(takeaway, t("takeaway.ask"), (CANCEL,))
    if what == "plan":
        return _ask_plan(turn, None)
    return done(t("takeaway.not_now"))


@brief_.step
def takeaway(turn: Turn) -> Move:
    """What is taken away, in own words."""
    if turn.press is not None or turn.skips or not turn.text:
        return done(t("takeaway.not_now"))
    if not reflect(turn, turn.text[:LONGEST], turn.today, purpose=TAKEAWAY):
        turn.say(Say(t("words.not_kept")))
        return _ask_plan(turn, None)
    return _ask_plan(turn, turn.text)


@brief_.step
def line(turn: Turn) -> Move:
    """Words in answer to the question after a session, as if Note it had been tapped first."""
    _answered(turn)
    return plain(turn) or takeaway(turn)


@brief_.step
def to_bring(turn: Turn) -> Move:
    """Words in answer to the page of the evening before: something to bring up."""
    _answered(turn)
    return plain(turn) or added(turn)


@brief_.step
def till_then(turn: Turn) -> Move:
    """What will be practised till next time: a plan there is, the takeaway itself, or something new."""
    words = str(turn.slots.get("takeaway") or "")
    if turn.skips or (turn.press is None and not turn.text):
        return done(t("takeaway.kept"), buttons=((UNDO,),)) if words else done(t("takeaway.not_now"))
    plan = turn.store.plans.get(turn.person.id, number_in(turn.press) or 0)
    if plan is not None:
        return _planned(turn, plan, "takeaway.go_on")
    said = words if turn.press == "this" else turn.text
    if not said:
        return done(t("help.old_button"))
    skill = named_skill(turn, said)
    plan_words = PlanWords(reason=words[:LONGEST]) if skill else PlanWords(name=said[:_PLAN_NAME])
    plan = turn.store.plans.add(turn.person.id, skill.id if skill else None, plan_words, turn.now)
    turn.undoable("plan_added", plan.row.id)
    return _planned(turn, plan, "takeaway.planned")


def _answered(turn: Turn) -> None:
    """Words that come later are no answer to the push any more."""
    pushed = turn.push_in_question()
    if pushed is not None:
        pushed.answered_at = turn.now


def _ask_note(turn: Turn) -> Move:
    taps = [(answer(each, t(f"bring.tap_{each}")),) for each in _TAPPED if turn.incoming.taps_only]
    return ask(added, t("bring.ask"), *taps, (CANCEL,))


def _noted(turn: Turn, words: str) -> Move:
    if not reflect(turn, words[:LONGEST], turn.today, purpose=BRING):
        return done(t("words.not_kept"))
    session = next(iter(coming(turn.store, turn.person.id, turn.now)), None)
    said = t("bring.kept") if session is None else t("bring.kept_for", at=At(session[1], turn.zone))
    return done(said, buttons=((link("brief:show", t("bring.see")), UNDO),))


def _shown(turn: Turn, *, edited: bool = False) -> Move:
    """The page; in place of the message whose button was pressed, if that was the page."""
    row, at = next(iter(coming(turn.store, turn.person.id, turn.now)), (None, None))
    found = brief_of(turn.store, turn.person, row, at, turn.now)
    title = t("brief.title") if at is None else t("brief.title_at", at=At(at, turn.zone))
    lines = [title, *_happened(turn, found), t("brief.bring"), *_things(turn, found)]
    text = in_lines(lines)
    pressed = turn.incoming.pressed if edited else None
    elsewhere = turn.party.talk.row.step not in (None, changed.name)
    say = Say(text, _rows(found, row), edits=pressed.message_ref if pressed else None)
    return Move((say,), stay=elsewhere)


def _happened(turn: Turn, found: Brief) -> list[Text]:
    since = Day(found.first)
    lines = [
        t("brief.practised", n=found.practices, days=t("brief.days", n=found.days), since=since)
        if found.practices
        else t("brief.no_practice", since=since)
    ]
    if not turn.incoming.taps_only:
        lines += [t("brief.learned", words=shortened(words)) for words in found.learned]
    labels = {each.id: each.label for each in turn.library.content.barriers(turn.person.language)}
    named = [t("brief.times", what=labels.get(name, name), n=n) for name, n in found.barriers]
    lines += [t("brief.barriers", barriers=Series(tuple(named)))] if named else []
    if found.slips:
        lines.append(t("brief.slips", n=found.slips))
        if found.recovery.back_within is not None:
            lines.append(t("brief.back", n=found.recovery.back_within))
    if found.recovery.ridden_out:
        lines.append(t("brief.ridden_out", n=found.recovery.ridden_out))
    return lines


def _things(turn: Turn, found: Brief) -> list[Text]:
    own = [
        t("words", words=shortened(each.words)) if not turn.incoming.taps_only else t("brief.own_note")
        for each in found.notes
    ]
    things = [*own, *(_suggested(turn, each) for each in found.suggested)]
    return [t("brief.thing", number=number, words=each) for number, each in enumerate(things, 1)]


def _suggested(turn: Turn, each: Suggestion) -> Text:
    args = dict(each.args)
    labels = {one.id: one.label for one in turn.library.content.barriers(turn.person.language)}
    if "barrier" in args:
        args["barrier"] = labels.get(str(args["barrier"]), args["barrier"])
    return t(f"bring.{each.topic}", **args)


def _rows(found: Brief, row: TherapySession | None) -> Rows:
    items = [f"{_NOTE}{each.row_id}" for each in found.notes]
    items += [f"{_TOPIC}{each.topic}" for each in found.suggested] if row is not None else []
    change = [
        link(f"brief:change:{item}", t("brief.change", number=number)) for number, item in enumerate(items, 1)
    ]
    rows = [tuple(change[start : start + 4]) for start in range(0, len(change), 4)]
    last: tuple[Choice, ...] = (link("brief:add", t("brief.add")),)
    if row is None:
        last = (*last, link("session:0:new", t("brief.set_session")))
    return *rows, last


def _item(turn: Turn, item: str) -> Move:
    row, at = next(iter(coming(turn.store, turn.person.id, turn.now)), (None, None))
    found = brief_of(turn.store, turn.person, row, at, turn.now)
    own = {f"{_NOTE}{each.row_id}": t("words", words=each.words) for each in found.notes}
    topics = {f"{_TOPIC}{each.topic}": _suggested(turn, each) for each in found.suggested}
    words = {**own, **topics}.get(item)
    if words is None:
        return _shown(turn)
    turn.slots["item"] = item
    off = link(f"brief:drop:{item}", t("brief.drop"))
    return ask(changed, t("brief.say_it", words=words), (off, answer("skip", t("button.leave_it"))))


def _dropped(turn: Turn, item: str) -> Move:
    _take_off(turn, item)
    return _shown(turn)


def _take_off(turn: Turn, item: str) -> None:
    """Takes a note or a suggestion off the page."""
    note_row = turn.store.practices.reflection(turn.person.id, number_in(item.removeprefix(_NOTE)) or 0)
    if note_row is not None and note_row.purpose == BRING:
        turn.undoable(*turn.store.practices.remembered(note_row))
        turn.store.practices.remove_reflection(turn.person.id, note_row.id)
        return
    row, at = next(iter(coming(turn.store, turn.person.id, turn.now)), (None, None))
    if row is not None and at is not None and item.startswith(_TOPIC):
        turn.undoable("session_words", row.id, turn.store.sessions.read(row))
        drop(turn.store, row, at, item.removeprefix(_TOPIC))


def _ask_plan(turn: Turn, words: str | None) -> Move:
    turn.slots["takeaway"] = words
    plans = turn.store.plans.of(turn.person.id)[:_KEPT_PLANS]
    rows: list[tuple[Choice, ...]] = [
        (answer(str(plan.row.id), t("takeaway.keep", skill=turn.plan_name(plan))),) for plan in plans
    ]
    if words:
        rows.insert(0, (answer("this", t("takeaway.this")),))
    rows.append((link("c:skills", t("plan.another")), answer("skip", t("takeaway.no_plan"))))
    return ask(till_then, t("takeaway.till_then"), *rows)


def _planned(turn: Turn, plan: OpenPlan, key: str) -> Move:
    said = t(key, skill=turn.plan_name(plan))
    reminded = any(row.plan_id == plan.row.id for row in turn.store.reminders.of(turn.person.id))
    reminder = () if reminded else (link("c:remind", t("button.set_reminder")),)
    return done(said, buttons=((*reminder, link(f"p:{plan.row.id}:cue", t("plan.change_cue"))), (UNDO,)))
