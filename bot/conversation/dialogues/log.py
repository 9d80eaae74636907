"""Logging a practice in words or taps, reflecting on it, and putting right what was logged."""

from dataclasses import replace

from bot.conversation import hearing
from bot.conversation.dialogue import Choice, Dialogue, Move, answer, ask, done, link, stay
from bot.conversation.recording import (
    NOTICED,
    PRACTISED,
    Entry,
    after_logging,
    correct,
    correction_row,
    entry_of,
    kept,
    log,
    recap,
    says_enough,
)
from bot.conversation.turn import Turn
from bot.store.plans import OpenPlan
from bot.texts import t
from bot.understanding.answers import Answer, Outcome

log_ = Dialogue("log")


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
    if practice is None or not words:
        return done(t("log.skipped"), buttons=((link("c:progress", t("button.progress")),),))
    kept(turn, practice, words, asked=True)
    return done(t("log.reflection_kept"), buttons=((link("c:progress", t("button.progress")),),))


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
    return after_logging(turn, practice, reflection, enough=words is not None)


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
    return after_logging(turn, practice, reflection, enough=says_enough(turn.text))
