"""Logging a practice in words or taps, reflecting on it, and putting right what was logged."""

from dataclasses import replace
from datetime import timedelta

from bot.content.messages import Occasion
from bot.conversation import hearing
from bot.conversation.dialogue import Choice, Dialogue, Move, Say, answer, ask, done, link, stay
from bot.conversation.dialogues import check_in, quality
from bot.conversation.dialogues.letter import hard_day_row
from bot.conversation.dialogues.slip import quick_recovery
from bot.conversation.recording import (
    NOTICED,
    PRACTISED,
    Entry,
    correct,
    correction_row,
    entry_of,
    kept,
    log,
    noticings,
    question,
    recap,
    says_enough,
)
from bot.conversation.turn import Turn
from bot.store.plans import OpenPlan
from bot.store.tables import Practice
from bot.texts import Text, t
from bot.understanding.answers import Answer, Outcome

log_ = Dialogue("log")

_PROGRESS = (link("c:progress", t("button.progress")),)
_A_GAP = timedelta(days=7)
_HARD = 8


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


@log_.step
def reflection(turn: Turn) -> Move:
    """One line about it, or nothing."""
    practice = turn.store.practices.get(turn.person.id, turn.slots.get("practice", 0))
    words = _noticed(turn)
    if practice is None:
        return done(t("log.skipped"), buttons=(_PROGRESS,))
    if not words:
        return _onwards(turn, practice, done(t("log.skipped"), buttons=(_PROGRESS,)))
    kept(turn, practice, words, asked=True)
    return _onwards(turn, practice, done(t("log.reflection_kept"), buttons=(_PROGRESS,)))


@log_.step
def edited(turn: Turn) -> Move:
    """The person edited a message of theirs: the practice it logged changes with it."""
    practice = turn.store.practices.by_message(turn.person.id, turn.incoming.message_ref or "")
    if practice is None:
        return stay(t("log.edit_unknown"))
    read = understood(turn)
    if read.problem is not None or read.outcome not in PRACTISED:
        return stay(t("log.edit_not_understood"), (link("c:undo", t("button.undo")),))
    correct(turn, practice, entry_of(turn, read))
    turn.store.practices.forget_words(turn.person.id, practice.id)
    kept(turn, practice, turn.text)
    return stay(t("log.changed", recap=recap(turn, practice)), correction_row(practice))


def after_logging(turn: Turn, practice: Practice, *, enough: bool) -> Move:
    """Says what was logged; asks for one line of reflection unless it was given already."""
    said = t("log.logged", recap=recap(turn, practice))
    praise = _praise(turn, practice)
    if praise is not None:
        said = t("two_lines", first=said, second=praise)
    if enough:
        return _onwards(
            turn, practice, done(said, buttons=(correction_row(practice), *quality.rows(practice), _PROGRESS))
        )
    turn.slots["practice"] = practice.id
    return ask(
        reflection,
        t("log.and_question", said=said, question=question(turn, practice)),
        *noticings(turn),
        (answer("skip", t("button.skip")), *correction_row(practice)),
        *quality.rows(practice),
    )


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
    return after_logging(turn, practice, enough=words is not None)


def understood(turn: Turn) -> Answer:
    """What the text says about a practice."""
    return hearing.answer(turn, turn.text)


def plan_for(turn: Turn, skill: str | None) -> OpenPlan | None:
    """The plan a practice belongs to: that of the skill named, else the newest."""
    plans = turn.store.plans.of(turn.person.id)
    if skill is not None:
        return next((plan for plan in plans if plan.row.skill == skill), None)
    return plans[0] if plans else None


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
    if read.outcome is Outcome.NOT_TODAY:
        return done(t("nudge.not_today"))
    if read.outcome not in PRACTISED and read.skill is None:
        turn.slots["words"] = turn.text
        return ask(told, t("log.unclear"), *outcomes())
    outcome = read.outcome if read.outcome in PRACTISED else Outcome.DONE
    entry = replace(entry_of(turn, read), outcome=str(outcome))
    practice = log(turn, entry, plan_for(turn, read.skill))
    practice.skill = read.skill or practice.skill
    kept(turn, practice, turn.text)
    return after_logging(turn, practice, enough=says_enough(turn.text))


def _onwards(turn: Turn, practice: Practice, said: Move) -> Move:
    """What follows a practice: at most one question that is due now, after what was said."""
    said = _with_letter(turn, practice, said)
    recovered = quick_recovery(turn, practice)
    plan = turn.store.plans.get(turn.person.id, practice.plan_id)
    asked = check_in.next_question(turn, plan) if plan is not None else None
    if recovered is not None:
        turn.say(Say(recovered))
    if asked is None:
        return said
    for each in said.says:
        turn.say(each)
    return asked


def _with_letter(turn: Turn, practice: Practice, said: Move) -> Move:
    """Offers the letter for a hard day under what was said, where the day sounds like one."""
    if practice.before is None or practice.before < _HARD or practice.measure != "distress":
        return said
    last = said.says[-1]
    buttons = (*last.buttons, *hard_day_row(turn.store, turn.person.id))
    return replace(said, says=(*said.says[:-1], replace(last, buttons=buttons)))


def _praise(turn: Turn, practice: Practice) -> Text | None:
    """A word for the first practice, and for coming back after a gap; nothing for the others."""
    rows = [each for each in turn.store.practices.since(turn.person.id) if each.at < practice.at]
    if not rows:
        return _praised(turn, "first")
    if practice.at - rows[-1].at >= _A_GAP:
        return _praised(turn, "returned")
    return None


def _praised(turn: Turn, occasion: Occasion) -> Text:
    return t("words", words=turn.library.content.praise(occasion, turn.person.language)[0])
