"""When treatment has ended: fewer, rarer nudges, a monthly look at early signs, and a way back."""

from datetime import date, datetime, time, timedelta, tzinfo

from bot.conversation.appointments import keep_pushes
from bot.conversation.buttons import UNDO
from bot.conversation.dialogue import Dialogue, Move, answer, ask, done, link, stay
from bot.conversation.scheduling import (
    EARLY_SIGNS,
    MAINTENANCE,
    RESTING,
    RESTING_REVIEW,
    WEEKLY,
    first_due,
    reschedule,
)
from bot.conversation.turn import Turn
from bot.practice.plans import next_maintenance
from bot.practice.schedule import Rule, to_instant
from bot.store.reminders import rule_of
from bot.store.tables import Reminder
from bot.texts import At, t

after_treatment_ = Dialogue("after_treatment")

USUAL_TIME = time(10)
_FOUR_WEEKS = timedelta(days=28)
_LAST_COMMON_DAY = 28
_AWAKE = {RESTING: "practice", RESTING_REVIEW: WEEKLY}


@after_treatment_.step
def ended(turn: Turn) -> Move:
    """That treatment has ended, confirmed."""
    if turn.press != "ended":
        return done(t("ended.not_yet"))
    first = end(turn)
    turn.undoable("treatment_ended")
    support = link("after:full", t("ended.full_support"))
    well = link("c:wellplan", t("ended.wellplan"))
    return done(t("ended.done", at=At(first, turn.zone)), buttons=((well,), (support,), (UNDO,)))


@after_treatment_.press("after")
def pressed(turn: Turn) -> Move:
    """`after:full`: back to full support."""
    if turn.person.treatment_ended_at is None:
        return stay(t("ended.full_already"))
    turn.undoable("full_support", turn.person.treatment_ended_at.isoformat())
    full_support(turn)
    return done(t("ended.full_again"), buttons=((link("c:reminders", t("button.reminders")), UNDO),))


def ask_ended(turn: Turn) -> Move:
    """Asks whether treatment has ended, with what changes then."""
    if turn.person.treatment_ended_at is not None:
        return stay(t("ended.already"), (link("after:full", t("ended.full_support")),))
    praise = turn.library.content.praise("last_session", turn.person.language)[0]
    yes, no = answer("ended", t("ended.yes")), answer("stop", t("button.leave_it"))
    return ask(ended, t("ended.ask", words=praise), (yes,), (no,))


def end(turn: Turn, at: datetime | None = None) -> datetime:
    """Puts reminders and the weekly look to rest, sets up maintenance: when its first nudge comes (UTC).

    `at` is when treatment ended, if not now.
    """
    store, person = turn.store, turn.person
    wall = _usual_time(store.reminders.of(person.id))
    for row in store.reminders.of(person.id):
        _rest(turn, row, RESTING)
    for row in store.reminders.of(person.id, WEEKLY):
        _rest(turn, row, RESTING_REVIEW)
    for row in store.reminders.of(person.id, "snooze"):
        store.reminders.remove(row)
    person.treatment_ended_at = at or turn.now
    keep_pushes(store, person, turn.now)
    first = maintenance_due(turn.today, 0, wall, turn.zone)
    store.reminders.add(person.id, MAINTENANCE, None, first, turn.now, None)
    signs = _monthly(turn.today, wall)
    store.reminders.add(person.id, EARLY_SIGNS, signs, first_due(turn, signs), turn.now, None)
    return first


def full_support(turn: Turn) -> None:
    """Wakes the reminders that were put to rest, and ends maintenance."""
    store, person = turn.store, turn.person
    person.treatment_ended_at = None
    for row in store.reminders.all_of(person.id):
        if row.kind == EARLY_SIGNS:
            store.reminders.remove(row)
        elif row.kind == MAINTENANCE and row.ended_at is None:
            store.reminders.end(row, turn.now)
        elif row.kind in _AWAKE:
            row.kind = _AWAKE[row.kind]
            store.reminders.again(row, turn.now)
    reschedule(turn)


def maintenance_due(last: date, sent: int, wall: time, zone: tzinfo) -> datetime:
    """When the next maintenance nudge comes (UTC), at the local time `wall`; see `next_maintenance`."""
    return to_instant(next_maintenance(last, sent), wall, zone)


def _rest(turn: Turn, row: Reminder, kind: str) -> None:
    if rule_of(row) is None:
        turn.store.reminders.remove(row)
        return
    row.kind = kind
    turn.store.reminders.end(row, turn.now)


def _usual_time(rows: list[Reminder]) -> time:
    rules = [rule for row in rows if (rule := rule_of(row)) is not None]
    return rules[0].times[0] if rules else USUAL_TIME


def _monthly(today: date, wall: time) -> Rule:
    """Every month from about a month on, on a day that every month has."""
    starts = today + _FOUR_WEEKS
    return Rule(f"FREQ=MONTHLY;BYMONTHDAY={min(starts.day, _LAST_COMMON_DAY)}", (wall,), starts)
