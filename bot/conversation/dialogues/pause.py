"""Pausing and coming back. A pause freezes every measure; nothing is said about the days it took."""

from datetime import timedelta

from bot.conversation import hearing
from bot.conversation.dialogue import Dialogue, Move, answer, ask, done, link, stay
from bot.conversation.scheduling import reschedule
from bot.conversation.turn import Turn
from bot.practice.schedule import local_day
from bot.texts import At, t
from bot.understanding.durations import Until

pause = Dialogue("pause")

_CHOICES = (("day", 1), ("week", 7), ("two_weeks", 14))
_DAYS = {f"days-{days}": days for _, days in _CHOICES}


@pause.command("pause")
def start(turn: Turn) -> Move:
    """`/pause [until]`."""
    if turn.text:
        return _until_words(turn, hearing.until(turn, turn.text))
    return ask(
        until,
        t("pause.ask"),
        tuple(answer(f"days-{days}", t(f"pause.{name}")) for name, days in _CHOICES),
        (answer("open", t("pause.open")), answer("stop", t("button.cancel"))),
    )


@pause.step
def until(turn: Turn) -> Move:
    """How long for."""
    if turn.press == "stop":
        return done(t("cancel.done"))
    if turn.press == "open":
        return _pause(turn, None)
    if turn.press in _DAYS:
        return _pause(turn, Until(turn.now + timedelta(days=_DAYS[turn.press])))
    return _until_words(turn, hearing.until(turn, turn.text))


@pause.command("resume")
def resume(turn: Turn) -> Move:
    """`/resume`: nudges come again."""
    if turn.person.paused_at is None:
        return stay(t("resume.not_paused"))
    _remember(turn)
    began = local_day(turn.person.paused_at, turn.zone, turn.person.day_ends_at)
    turn.store.people.end_pause(turn.person, began, turn.today)
    reschedule(turn)
    upcoming = turn.store.reminders.upcoming(turn.person.id, 1)
    if not upcoming or upcoming[0].next_due_at is None:
        return done(t("resume.done_no_reminder"), buttons=((link("c:remind", t("button.set_reminder")),),))
    return done(t("resume.done", at=At(upcoming[0].next_due_at, turn.zone)))


def _until_words(turn: Turn, meant: Until | None) -> Move:
    if meant is None:
        return ask(until, t("pause.not_understood"), (answer("open", t("pause.open")),))
    return _pause(turn, meant)


def _pause(turn: Turn, meant: Until | None) -> Move:
    _remember(turn)
    turn.person.paused_at = turn.now
    turn.person.paused_until = meant.at if meant else None
    reschedule(turn)
    said = t("pause.done_until", at=At(meant.at, turn.zone)) if meant else t("pause.done")
    return done(said, buttons=((link("c:resume", t("button.resume")), link("c:undo", t("button.undo"))),))


def _remember(turn: Turn) -> None:
    person = turn.person
    turn.undoable(
        "pause",
        person.paused_at.isoformat() if person.paused_at else None,
        person.paused_until.isoformat() if person.paused_until else None,
    )
