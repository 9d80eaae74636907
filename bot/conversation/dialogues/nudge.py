"""Answering a nudge: one tap, or any words."""

from datetime import datetime, timedelta

from bot.conversation import hearing
from bot.conversation.buttons import addressed
from bot.conversation.dialogue import Choice, Dialogue, Move, Say, done, link, stay
from bot.conversation.dialogues import obstacle
from bot.conversation.dialogues.log import after_logging, guessed, understood
from bot.conversation.dialogues.note import greeted
from bot.conversation.recording import PRACTISED, Entry, entry_of, kept, log, reflect, says_enough
from bot.conversation.scheduling import after_session
from bot.conversation.turn import FADED, Turn
from bot.practice.schedule import Rule, next_due, to_instant
from bot.store.tables import Nudge
from bot.texts import At, t
from bot.understanding.answers import Outcome
from bot.understanding.times import AfterSession, Moment, Recurring, Understood

nudge_ = Dialogue("nudge")

_LATER = {"30": timedelta(minutes=30), "120": timedelta(hours=2)}
_EVENING = 20
_SOON = timedelta(hours=24)
"""How near a session is for "after my session" to be offered."""


@nudge_.press("n")
def pressed(turn: Turn) -> Move:
    """`n:<nudge>:done|tiny|later|no`, and the moments that Later offers."""
    row_id, what = addressed(turn)
    nudge = turn.store.reminders.nudge(turn.person.id, row_id)
    if nudge is None:
        return stay(t("help.old_button"))
    if what in ("done", "tiny"):
        return _practised(turn, nudge, what)
    if what == "no":
        return _not_today(turn, nudge)
    if what == "later":
        return _when(turn, nudge)
    return _snooze(turn, nudge, _moment(turn, what))


@nudge_.step
def replied(turn: Turn) -> Move:
    """Words in answer to a nudge."""
    nudge = turn.nudge_in_question()
    if nudge is None or turn.incoming.place is not None:
        return stay(t("note.place_unasked"))
    if (said := greeted(turn)) is not None:
        return stay(said, *buttons(nudge.id))
    read = understood(turn)
    if read.problem is not None:
        return stay(t(f"answer.{read.problem}"), *buttons(nudge.id))
    if read.outcome is Outcome.LATER:
        return _snooze(turn, nudge, read.snooze.at if read.snooze else turn.now + _LATER["30"])
    if read.outcome is Outcome.NOT_TODAY:
        plan = turn.store.plans.get(turn.person.id, nudge.plan_id)
        return obstacle.not_today(turn, turn.text, read, plan, nudge)
    if read.outcome not in PRACTISED:
        at = _moment_named(turn)
        return _snooze(turn, nudge, at) if at is not None else _unclear(turn, nudge)
    plan = turn.store.plans.get(turn.person.id, nudge.plan_id)
    practice = log(turn, entry_of(turn, read), plan, nudge)
    kept(turn, practice, turn.text)
    late = turn.now - nudge.due_at > FADED
    first = guessed(turn, practice) if late else None
    return after_logging(turn, practice, enough=says_enough(turn.text), first=first)


def buttons(nudge_id: int) -> tuple[tuple[Choice, ...], ...]:
    """The four answers under a nudge."""
    return (
        (link(f"n:{nudge_id}:done", t("nudge.did_it")), link(f"n:{nudge_id}:tiny", t("nudge.tiny"))),
        (
            link(f"n:{nudge_id}:later", t("nudge.later")),
            link(f"n:{nudge_id}:no", t("nudge.not_today_button")),
        ),
    )


def _practised(turn: Turn, nudge: Nudge, outcome: str) -> Move:
    if nudge.outcome in tuple(PRACTISED):
        return stay(
            t("nudge.already"), (link("c:progress", t("button.progress")), link("c:undo", t("button.undo")))
        )
    plan = turn.store.plans.get(turn.person.id, nudge.plan_id)
    practice = log(turn, Entry(outcome, turn.now), plan, nudge)
    return after_logging(turn, practice, enough=False)


def _not_today(turn: Turn, nudge: Nudge) -> Move:
    turn.silence = 0
    obstacle.decline(turn, nudge)
    return done(t("nudge.not_today"), buttons=((obstacle.button(nudge.id, nudge.plan_id),),))


def _unclear(turn: Turn, nudge: Nudge) -> Move:
    kept_it = reflect(turn, turn.text, turn.today)
    return stay(t("nudge.unclear" if kept_it else "nudge.unclear_not_kept"), *buttons(nudge.id))


def _snooze(turn: Turn, nudge: Nudge, at: datetime | None) -> Move:
    if at is None or at <= turn.now:
        return _when(turn, nudge)
    nudge.outcome, nudge.answered_at = "later", turn.now
    turn.store.reminders.drop_snoozes(turn.person.id, nudge.plan_id)
    row = turn.store.reminders.add(turn.person.id, "snooze", None, at, turn.now, nudge.plan_id)
    turn.undoable("reminders_added", [row.id])
    return done(t("nudge.snoozed", at=At(at, turn.zone)), buttons=((link("c:undo", t("button.undo")),),))


def _when(turn: Turn, nudge: Nudge) -> Move:
    """Asks for how long; another question that is open meanwhile isn't put again beside it."""
    return Move((Say(t("nudge.later_when"), _moments(turn, nudge)),), stay=True, quiet=True)


def _moments(turn: Turn, nudge: Nudge) -> tuple[tuple[Choice, ...], ...]:
    named = [("30", "nudge.in_30"), ("120", "nudge.in_2_hours")]
    if turn.local_now.hour < _EVENING - 1:
        named.append(("evening", "nudge.this_evening"))
    session = after_session(turn)
    if session is not None and session - turn.now < _SOON:
        named.append(("session", "nudge.after_session"))
    named.append(("tomorrow", "nudge.tomorrow"))
    return tuple((link(f"n:{nudge.id}:{value}", t(key)),) for value, key in named)


def _moment_named(turn: Turn) -> datetime | None:
    """A moment that words name and nothing else: "at 21:00" means the next time it is that late."""
    read = hearing.when(turn, turn.text)
    if not isinstance(read, Understood) or len(read.rules) != 1:
        return None
    meant = read.rules[0]
    if isinstance(meant, Moment):
        return meant.at
    if isinstance(meant, AfterSession):
        return after_session(turn, meant.delay_minutes)
    if isinstance(meant, Recurring) and meant.days == "FREQ=DAILY" and len(meant.times) == 1:
        return next_due(Rule(meant.days, meant.times, meant.starts), turn.zone, turn.now)
    return None


def _moment(turn: Turn, what: str) -> datetime | None:
    if what in _LATER:
        return turn.now + _LATER[what]
    if what == "session":
        return after_session(turn)
    local = turn.local_now
    if what == "evening":
        return to_instant(
            local.date(), local.time().replace(hour=_EVENING, minute=0, second=0, microsecond=0), turn.zone
        )
    if what == "tomorrow":
        return to_instant(
            local.date() + timedelta(days=1), local.time().replace(second=0, microsecond=0), turn.zone
        )
    return None
