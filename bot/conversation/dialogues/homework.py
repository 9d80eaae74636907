"""Homework: what a client does with a pack. Each part is taken up, changed or left; nobody hears of it."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import timedelta

from bot.content.loader import Skill
from bot.conversation.buttons import SKIP, UNDO
from bot.conversation.dialogue import Dialogue, Move, Rows, Say, answer, ask, done, link, stay
from bot.conversation.dialogues.guided import gate_rows, named_skill, starters
from bot.conversation.dialogues.reminders import recurring, suggestions
from bot.conversation.exercises import Exercise
from bot.conversation.pack_parts import (
    DAYS,
    days_row,
    listed,
    name_of,
    part_at_hand,
    parts_of,
    put_at_hand,
    suggested,
    told,
)
from bot.conversation.pack_parts import recurring as from_today
from bot.conversation.recording import iso
from bot.conversation.scheduling import next_told, remind
from bot.conversation.turn import Turn
from bot.store.links import normalised
from bot.store.packs import LASTS, LENGTH, PackItem, is_whole, packed
from bot.store.plans import OpenPlan, PlanWords
from bot.store.tables import Reminder
from bot.texts import Listing, Text, in_lines, t
from bot.understanding.answers import Unreadable, read_choice, read_rating

homework_ = Dialogue("homework")

GOES_ON: dict[str, Callable[[Turn], Move]] = {}
"""Where the conversation goes on after the last part, by the name given to `opened`."""
_WAITING = "pack"
"""Under what a code waits, beside the dialogues, until whoever opened it has agreed."""
_SMALL_FOR = timedelta(days=7)


def opened(turn: Turn, typed: str) -> Move:
    """Shows what a code leads to, however it was typed."""
    code = normalised(typed)
    items = turn.store.packs.found(code, turn.now)
    if items is None:
        return stay(
            _nowhere(code), (link("pack:0:code", t("pack.have_code")), link("c:skills", t("homework.skills")))
        )
    return _begin(turn, items, "")


def wait(turn: Turn, typed: str) -> None:
    """Keeps a code for when whoever opened it has agreed, and says so; or says that it leads nowhere."""
    code = normalised(typed)
    if turn.store.packs.found(code, turn.now) is None:
        turn.say(Say(_nowhere(code)))
        return
    turn.party.talk.aside[_WAITING] = code
    turn.say(Say(t("homework.waits")))


def waited(turn: Turn, then: str) -> Move | None:
    """Shows what has waited, and goes on at `GOES_ON[then]`; None where nothing has."""
    code = turn.party.talk.aside.pop(_WAITING, None)
    items = turn.store.packs.found(code, turn.now) if code is not None else None
    if items is not None:
        return _begin(turn, items, then)
    if code is not None:
        turn.say(Say(_nowhere(code)))
    return None


def texts(turn: Turn, items: list[PackItem]) -> list[Text]:
    """What is said when a pack is opened: what it is, and each part."""
    parts = [_part_told(turn, number, items) for number in range(len(items))]
    return [t("homework.title", parts=listed(turn, items)), *parts]


@homework_.step
def each(turn: Turn) -> Move:
    """A part: taken up, changed, or not now."""
    wanted = turn.press or read_choice(turn.text, turn.person.language)
    if wanted == "change":
        return _ask_change(turn)
    if wanted in ("take", "yes"):
        return _through_gate(turn)
    return _next(turn) if wanted in ("not_now", "no", "skip", "stop") else _ask(turn)


@homework_.step
def gate(turn: Turn) -> Move:
    """Takes a part up whose skill waits for a word that it is fine; or leaves it."""
    skill = turn.skill(part_at_hand(turn).skill)
    if turn.press == "fine" and skill is not None:
        turn.store.gates.let_pass(turn.person.id, skill.id, turn.now)
        return _take(turn)
    if turn.press == "not_now" or turn.skips:
        return _next(turn)
    return _through_gate(turn)


@homework_.step
def change(turn: Turn) -> Move:
    """What is to be another."""
    if turn.press == "when":
        return ask(when, t("homework.when"), *suggestions()[:-1], (SKIP,))
    if turn.press == "days":
        return _ask_days()
    if turn.press == "other":
        return _ask_other(turn)
    if turn.press == "tiny":
        turn.slots["tiny"] = True
    return _ask(turn)


@homework_.step
def when(turn: Turn) -> Move:
    """At what times instead."""
    if turn.skips:
        return _ask(turn)
    read = recurring(turn)
    if isinstance(read, list):
        return _changed(turn, replace(part_at_hand(turn), rules=[suggested(rule) for rule in read]))
    said, rows = read
    return ask(when, said, *rows[:-1], (SKIP,))


@homework_.step
def days(turn: Turn) -> Move:
    """On how many days a week instead."""
    number = read_rating(turn.press or turn.text)
    if turn.skips:
        return _ask(turn)
    if isinstance(number, Unreadable) or number not in DAYS:
        return _ask_days()
    return _changed(turn, replace(part_at_hand(turn), target_days=number))


@homework_.step
def other(turn: Turn) -> Move:
    """Which skill instead; the note was about the one before."""
    if turn.skips:
        return _ask(turn)
    skill = turn.skill(turn.press) or named_skill(turn, turn.text)
    if skill is None:
        return _ask_other(turn)
    return _changed(turn, replace(part_at_hand(turn), skill=skill.id, name="", instruction=""))


def _nowhere(code: str) -> Text:
    """Why a code opens nothing: a part of one, or none that is good just now."""
    if not is_whole(code):
        return t("homework.damaged", length=LENGTH)
    return t("homework.unknown", days=LASTS.days)


def _begin(turn: Turn, items: list[PackItem], then: str) -> Move:
    here = [found for found in (_for_here(turn, item) for item in items) if found is not None]
    turn.party.talk.slots = {"pack": packed(here), "at": 0, "taken": [], "then": then}
    if not here:
        return _ended(turn, t("homework.words_elsewhere"))
    if here != items:
        turn.say(Say(t("homework.words_left_out")))
    turn.say(Say(texts(turn, here)[0]))
    return _ask(turn)


def _for_here(turn: Turn, item: PackItem) -> PackItem | None:
    """A part as it may be shown here: words only where words are taken; None for what can't be."""
    if item.skill is not None and turn.skill(item.skill) is None:
        return None
    if not turn.incoming.taps_only:
        return item
    return replace(item, name="", cue="", instruction="") if item.skill is not None else None


def _part_told(turn: Turn, number: int, items: list[PackItem]) -> Text:
    item = items[number]
    skill = turn.skill(item.skill)
    lines = [t("homework.part", number=number + 1, total=len(items)), told(turn, item)]
    if skill is not None and skill.caution and not Exercise(skill=skill).gated:
        lines.append(t("homework.caution", caution=skill.caution))
    return in_lines(lines)


def _ask(turn: Turn) -> Move:
    """Puts the part at hand."""
    item = part_at_hand(turn)
    lines = [_part_told(turn, turn.slots["at"], parts_of(turn))]
    skill, had = turn.skill(item.skill), _had(turn, item)
    if turn.slots.get("tiny") and skill is not None:
        lines.append(t("homework.tiny_first", tiny=skill.tiny))
    if had is not None and had.row.retired_at is not None:
        lines.append(t("homework.rests"))
        return ask(each, in_lines(lines), (answer("change", t("homework.change")),), _NOT_NOW)
    if had is not None:
        lines.append(t("homework.have"))
    take, alter = answer("take", t("homework.take")), answer("change", t("homework.change"))
    return ask(each, in_lines(lines), (take,), (alter, *_NOT_NOW))


_NOT_NOW = (answer("not_now", t("homework.not_now")),)


def _through_gate(turn: Turn) -> Move:
    item = part_at_hand(turn)
    had, skill = _had(turn, item), turn.skill(item.skill)
    if had is not None and had.row.retired_at is not None:
        return _ask(turn)
    chosen = Exercise(skill=skill)
    if skill is None or not chosen.gated or skill.id in turn.store.gates.open_for(turn.person.id, turn.now):
        return _take(turn)
    return ask(gate, chosen.introduction, gate_rows(chosen)[0], _NOT_NOW)


def _take(turn: Turn) -> Move:
    """Makes a plan of the part at hand, or changes the one there is, and sets its reminders."""
    item = part_at_hand(turn)
    had = _had(turn, item)
    before = [asdict(had.words), had.row.target_days, iso(had.row.tiny_until)] if had is not None else None
    words = PlanWords(name=item.name)
    plan = had or turn.store.plans.add(turn.person.id, item.skill, words, turn.now)
    plan.words.cue = item.cue or plan.words.cue
    plan.words.instruction = item.instruction or plan.words.instruction
    plan.row.target_days = item.target_days or plan.row.target_days
    plan.row.tiny_until = turn.today + _SMALL_FOR if turn.slots.get("tiny") else plan.row.tiny_until
    plan.row.changed_at = turn.now
    turn.store.plans.keep(plan)
    turn.person.has_written = turn.person.has_written or bool(item.words)
    turn.undoable("homework", plan.row.id, before, [row.id for row in _reminded(turn, item, plan)])
    turn.slots["taken"] = [*turn.slots["taken"], plan.row.id]
    return _next(turn)


def _reminded(turn: Turn, item: PackItem, plan: OpenPlan) -> list[Reminder]:
    """The reminders that are new with this part: opened twice, a pack sets none twice."""
    mine = [row for row in turn.store.reminders.of(turn.person.id) if row.plan_id == plan.row.id]
    there = {(row.days, row.times, row.until) for row in mine}
    new = [rule for rule in item.rules if (rule.days, rule.times, rule.until) not in there]
    return [remind(turn, from_today(rule, turn.local_now.date()), plan.row.id) for rule in new]


def _had(turn: Turn, item: PackItem) -> OpenPlan | None:
    """The plan that there is for the same skill."""
    plans = turn.store.plans.of(turn.person.id)
    same = (
        plan
        for plan in plans
        if plan.row.skill == item.skill and (item.skill or plan.words.name == item.name)
    )
    return next(same, None)


def _next(turn: Turn) -> Move:
    turn.slots["at"] += 1
    turn.slots.pop("tiny", None)
    return _ask(turn) if turn.slots["at"] < len(parts_of(turn)) else _ended(turn, _summary(turn))


def _summary(turn: Turn) -> Text:
    plans = _taken(turn)
    if not plans:
        return t("homework.none_taken")
    lines = [t("homework.taken", plans=Listing(tuple(turn.plan_name(plan) for plan in plans)))]
    rows = [row for row in _reminders(turn) if row.next_due_at is not None]
    if rows:
        first = min(rows, key=lambda row: row.next_due_at or turn.now)
        lines.append(t("homework.next", at=next_told(first, turn.zone)))
    return in_lines([*lines, t("homework.yours")])


def _ended(turn: Turn, said: Text) -> Move:
    onwards = GOES_ON.get(turn.slots["then"])
    if onwards is not None:
        turn.say(Say(said))
        return onwards(turn)
    if not _taken(turn):
        return done(said, buttons=((link("c:skills", t("homework.skills")),),))
    if _reminders(turn) and not turn.person.zone_known:
        turn.say(Say(said))
        return done(t("remind.zone_unknown", zone=turn.person.zone), buttons=_zone_rows())
    return done(said, buttons=((link("c:plan", t("homework.plans")), UNDO),))


def _zone_rows() -> Rows:
    return ((link("c:timezone", t("button.change_zone")), UNDO),)


def _taken(turn: Turn) -> list[OpenPlan]:
    plans = (turn.store.plans.get(turn.person.id, number) for number in turn.slots["taken"])
    return [plan for plan in plans if plan is not None]


def _reminders(turn: Turn) -> list[Reminder]:
    return [row for row in turn.store.reminders.of(turn.person.id) if row.plan_id in turn.slots["taken"]]


def _changed(turn: Turn, item: PackItem) -> Move:
    put_at_hand(turn, item)
    return _ask(turn)


def _ask_change(turn: Turn) -> Move:
    skill: Skill | None = turn.skill(part_at_hand(turn).skill)
    small = (answer("tiny", t("homework.tiny")),) if skill is not None else ()
    return ask(
        change,
        t("homework.change_what", name=name_of(turn, part_at_hand(turn))),
        (answer("when", t("homework.times")), answer("days", t("homework.days"))),
        (answer("other", t("plan.another")), *small),
        (answer("back", t("button.back")),),
    )


def _ask_days() -> Move:
    return ask(days, t("if_then.days"), days_row(), (SKIP,))


def _ask_other(turn: Turn) -> Move:
    choices = [answer(skill.id, t("words", words=skill.name)) for skill in starters(turn)]
    rows = tuple(tuple(choices[index : index + 2]) for index in range(0, len(choices), 2))
    return ask(other, t("homework.other"), *rows, (SKIP,))
