"""Logging a practice in words or taps, reflecting on it, and putting right what was logged."""

from dataclasses import replace
from datetime import timedelta

from bot.content.messages import Occasion
from bot.conversation import hearing
from bot.conversation.dialogue import Choice, Dialogue, Move, Say, answer, ask, done, link, stay
from bot.conversation.dialogues import check_in, coming_back, correcting, logged, obstacle
from bot.conversation.dialogues.letter import hard_day_row
from bot.conversation.dialogues.slip import quick_recovery
from bot.conversation.overview import paused_days, planned_days
from bot.conversation.recording import (
    NOTICED,
    PRACTISED,
    Entry,
    answered,
    correction_row,
    entry_of,
    kept,
    learning_kept,
    log,
    question,
    recap,
    rests_from_questions,
    says_enough,
)
from bot.conversation.turn import Turn
from bot.store.plans import OpenPlan
from bot.store.reminders import rule_of
from bot.store.tables import Practice
from bot.texts import Text, t
from bot.understanding.answers import Answer, Outcome

log_ = Dialogue("log")

_PROGRESS = (link("c:progress", t("button.progress")),)
_A_GAP = timedelta(days=7)
_MISSED = 2
_AFTER_SLIP = timedelta(hours=24)
_HARD = 8

_A_DAY = 24 * 60


@log_.command("log")
def start(turn: Turn) -> Move:
    """`/log <words>`."""
    if turn.text:
        return heard(turn)
    return ask(told, t("log.ask"), *outcomes())


@log_.step
def told(turn: Turn) -> Move:
    """How it went, typed or tapped."""
    if turn.press == "stop":
        return done(t("cancel.done"))
    if turn.press is not None:
        return tapped(turn, turn.press)
    return heard(turn)


@log_.fading_step
def reflection(turn: Turn) -> Move:
    """One line about it, or nothing."""
    meant = correcting.second_thoughts(turn)
    if meant is not None:
        return meant
    practice = turn.store.practices.get(turn.person.id, turn.slots.get("practice", 0))
    words = _noticed(turn)
    if practice is None:
        return done(t("log.skipped"), buttons=(_PROGRESS,))
    answered(turn, bool(words))
    if not words:
        return _onwards(turn, practice, done(t("log.skipped"), buttons=(_PROGRESS,)))
    said = learning_kept(turn)
    kept(turn, practice, words, asked=True)
    return _onwards(turn, practice, done(said, buttons=(_PROGRESS,)))


@log_.step
def edited(turn: Turn) -> Move:
    """The person edited a message of theirs: the practice it logged changes with it."""
    practice = turn.store.practices.by_message(turn.person.id, turn.incoming.message_ref or "")
    if practice is None:
        return stay(t("log.edit_unknown"))
    read = understood(turn)
    if read.problem is not None or read.outcome not in PRACTISED:
        return stay(t("log.edit_not_understood"), (link("c:undo", t("button.undo")),))
    correcting.rewrite(turn, practice, read)
    return stay(t("log.changed", recap=recap(turn, practice)), correction_row(practice))


def after_logging(turn: Turn, practice: Practice, *, enough: bool, first: Choice | None = None) -> Move:
    """Says what was logged; asks for one line of reflection unless that was given already.

    `first` is the button under it that matters most, if there is one.
    """
    praise = _praise(turn, practice)
    if enough or rests_from_questions(turn):
        return _onwards(turn, practice, Move((logged.card(turn, practice, praise, first, asks=False),)))
    turn.slots["practice"] = practice.id
    turn.slots["question"] = question(turn, practice)
    return Move((logged.card(turn, practice, praise, first, asks=True),), step=reflection.name)


def outcomes() -> tuple[tuple[Choice, ...], ...]:
    """The four answers, to tap."""
    return (
        (answer("done", t("outcome.done")), answer("tiny", t("outcome.tiny"))),
        (answer("partly", t("outcome.partly")), answer("not_today", t("outcome.not_today"))),
        (answer("stop", t("button.cancel")),),
    )


def tapped(turn: Turn, outcome: str) -> Move:
    """Logs what was tapped."""
    if outcome == "not_today":
        return done(t("nudge.not_today"))
    if outcome not in tuple(PRACTISED):
        return ask(told, t("log.ask"), *outcomes())
    practice = log(turn, Entry(outcome, turn.now), plan_for(turn, None))
    words = turn.slots.pop("words", None)
    kept(turn, practice, words)
    return after_logging(turn, practice, enough=words is not None, first=guessed(turn, practice))


def understood(turn: Turn) -> Answer:
    """What the text says about a practice."""
    return hearing.answer(turn, turn.text)


def plan_for(turn: Turn, skill: str | None) -> OpenPlan | None:
    """The plan a practice belongs to: that of the skill named, else the one whose time it is about."""
    plans = turn.store.plans.of(turn.person.id)
    if skill is not None:
        return next((plan for plan in plans if plan.row.skill == skill), None)
    away = _minutes_away(turn) if len(plans) > 1 else {}
    return min(plans, key=lambda plan: away.get(plan.row.id, _A_DAY), default=None)


def _minutes_away(turn: Turn) -> dict[int, int]:
    """How far on the clock each plan's nearest reminder is from now, for the plans that have one."""
    now = turn.local_now.hour * 60 + turn.local_now.minute
    found: dict[int, int] = {}
    for row in turn.store.reminders.of(turn.person.id):
        rule = rule_of(row)
        for wall in rule.times if rule is not None and row.plan_id is not None else ():
            apart = abs(wall.hour * 60 + wall.minute - now)
            plan_id = row.plan_id or 0
            found[plan_id] = min(found.get(plan_id, _A_DAY), apart, _A_DAY - apart)
    return found


def guessed(turn: Turn, practice: Practice) -> Choice | None:
    """A button to say that a practice was for another skill, where there are several to choose from."""
    several = len(turn.store.plans.of(turn.person.id)) > 1
    return logged.another_skill(practice) if several else None


def _noticed(turn: Turn) -> str:
    """What was noticed: as typed, or as the button says it, where it was one of those offered."""
    if turn.press is None:
        return "" if turn.skips else turn.text
    pressed = turn.incoming.pressed
    return pressed.label if pressed is not None and turn.press in NOTICED else ""


def heard(turn: Turn) -> Move:
    """Logs what the words say, or asks the one thing they leave open."""
    read = understood(turn)
    if read.problem is not None:
        return ask(told, t(f"answer.{read.problem}"), *outcomes())
    named, _ = hearing.plan_named(turn, turn.text)
    if read.outcome is Outcome.NOT_TODAY:
        return obstacle.not_today(turn, turn.text, read, named or plan_for(turn, read.skill))
    if read.outcome not in PRACTISED and read.skill is None:
        turn.slots["words"] = turn.text
        return ask(told, t("log.unclear"), *outcomes())
    outcome = read.outcome if read.outcome in PRACTISED else Outcome.DONE
    entry = replace(entry_of(turn, read), outcome=str(outcome))
    practice = log(turn, entry, plan_for(turn, read.skill) if read.skill else named or plan_for(turn, None))
    practice.skill = read.skill or practice.skill
    kept(turn, practice, turn.text)
    first = guessed(turn, practice) if named is None and read.skill is None else None
    return after_logging(turn, practice, enough=says_enough(turn.text), first=first)


def _onwards(turn: Turn, practice: Practice, said: Move) -> Move:
    """What follows a practice: at most one question that is due now, none where there is enough to carry."""
    said = _with_letter(turn, practice, said)
    recovered = quick_recovery(turn, practice)
    if recovered is not None:
        turn.say(Say(recovered))
    asked = _next_question(turn, practice)
    if asked is None:
        return said
    turn.say(replace(said.says[-1], buttons=logged.brief(practice)))
    return asked


def _next_question(turn: Turn, practice: Practice) -> Move | None:
    plan = turn.store.plans.get(turn.person.id, practice.plan_id)
    newest = turn.store.slips.newest(turn.person.id)
    slipped = newest is not None and turn.now - newest.at < _AFTER_SLIP
    in_crisis = turn.person.quiet_until is not None and turn.now < turn.person.quiet_until
    if plan is None or slipped or in_crisis or turn.slots.pop("returned", False):
        return None
    return check_in.next_question(turn, plan)


def _with_letter(turn: Turn, practice: Practice, said: Move) -> Move:
    """Offers the letter for a hard day under what was said, where the day sounds like one."""
    if practice.before is None or practice.before < _HARD or practice.measure != "distress":
        return said
    last = said.says[-1]
    buttons = (*last.buttons, *hard_day_row(turn))
    return replace(said, says=(*said.says[:-1], replace(last, buttons=buttons)))


def _praise(turn: Turn, practice: Practice) -> Text | None:
    """A word for the first practice, and for coming back after a gap; nothing for the others."""
    before = turn.store.practices.newest_before(turn.person.id, practice)
    silence, turn.silence = turn.silence, 0
    if before is None:
        return _praised(turn, "first")
    if not coming_back.spoken_of(silence) and not _was_away(turn, before, practice):
        return None
    turn.slots["returned"] = True
    return coming_back.with_nudges_on(turn, silence, _praised(turn, "returned"))


def _was_away(turn: Turn, last: Practice, practice: Practice) -> bool:
    """Whether planned days went by in a gap of a week or more, not made by a pause or by rarer nudges."""
    plan = turn.store.plans.get(turn.person.id, practice.plan_id)
    if practice.at - last.at < _A_GAP or (plan is not None and plan.row.cadence != "as_planned"):
        return False
    planned = planned_days(turn.store, turn.person, turn.today)
    missed = planned - paused_days(turn.store, turn.person, turn.today)
    return sum(last.day < day < practice.day for day in missed) >= _MISSED


def _praised(turn: Turn, occasion: Occasion) -> Text:
    return t("words", words=turn.library.content.praise(occasion, turn.person.language)[0])
