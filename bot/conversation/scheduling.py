"""Reminders as dialogues handle them: made from what was understood, moved with the person's clock."""

from datetime import datetime, time, timedelta, tzinfo

from dateutil.rrule import rrulestr

from bot.conversation.appointments import keep_pushes, next_session
from bot.conversation.turn import Turn
from bot.practice.schedule import Rule, next_due, to_instant
from bot.store.reminders import next_of, rule_of
from bot.store.tables import Person, Reminder
from bot.store.unit import Store
from bot.texts import At, Clock, Day, Listing, Text, Weekdays, t
from bot.understanding.places import zone_of
from bot.understanding.times import Moment, Recurring

MAINTENANCE, EARLY_SIGNS = "maintenance", "early_signs"
"""The kinds of reminders that there are after treatment, and only then."""

RESTING, RESTING_REVIEW = "resting", "resting_review"
"""The kinds of practice reminders and the weekly look while they rest after treatment."""
WEEKLY = "weekly_review"
"""The kind of the reminder that a week is ready to look at."""
_SESSION = timedelta(hours=1)
"""How long a session is taken to last."""
_WEEKDAYS, _WEEKEND, _ALL = (0, 1, 2, 3, 4), (5, 6), (0, 1, 2, 3, 4, 5, 6)


def remind(turn: Turn, meant: Recurring | Moment, plan_id: int | None, kind: str = "practice") -> Reminder:
    """Makes a reminder of what was understood."""
    rule = rule_from(meant)
    due = meant.at if isinstance(meant, Moment) and meant.exact else None
    row = turn.store.reminders.add(turn.person.id, kind, rule, due, turn.now, plan_id, meant.until)
    if rule is not None:
        row.next_due_at = due_next(turn, row)
    return row


def after_session(turn: Turn, delay_minutes: int = 0) -> datetime | None:
    """When the next session will be over, and so many minutes more (UTC); None where none is known."""
    coming = next_session(turn.store, turn.person.id, turn.now)
    return coming + _SESSION + timedelta(minutes=delay_minutes) if coming is not None else None


def rule_from(meant: Recurring | Moment) -> Rule | None:
    """The rule that was meant; None for an instant ("in 2 hours"), which no change of zone moves."""
    if isinstance(meant, Recurring):
        return Rule(days=meant.days, times=meant.times, starts=meant.starts)
    if meant.exact:
        return None
    local = meant.at
    return Rule(days="FREQ=DAILY;COUNT=1", times=(local.time().replace(tzinfo=None),), starts=local.date())


def first_due(turn: Turn, rule: Rule) -> datetime | None:
    """When the rule comes due next for this person: not while they have paused."""
    if turn.person.paused_at is None:
        return next_due(rule, turn.zone, turn.now)
    if turn.person.paused_until is None:
        return None
    return next_due(rule, turn.zone, max(turn.now, turn.person.paused_until))


def due_next(turn: Turn, row: Reminder) -> datetime | None:
    """When a reminder with a rule comes due next for this person: not while they have paused."""
    return _due_next(row, turn.person, turn.now)


def _due_next(row: Reminder, person: Person, now: datetime) -> datetime | None:
    zone = zone_of(person.zone)
    if person.paused_at is None:
        return next_of(row, zone, now)
    if person.paused_until is None:
        return None
    return next_of(row, zone, max(now, person.paused_until))


def reschedule(turn: Turn) -> None:
    """Moves every reminder to where it belongs after a change of zone or pause."""
    reschedule_all(turn.store, turn.person, turn.now)


def reschedule_all(store: Store, person: Person, now: datetime) -> None:
    """The same outside a turn."""
    for row in store.reminders.all_of(person.id):
        if rule_of(row) is not None and row.ended_at is None:
            row.next_due_at = _due_next(row, person, now)
    keep_pushes(store, person, now)


def told(meant: Recurring | Moment | Reminder, zone: tzinfo) -> Text:
    """A rule in words, such as "every weekday at 07:30 and 21:00" or "every day between 09:00 and 11:00"."""
    if isinstance(meant, Reminder):
        rule, at = rule_of(meant), meant.next_due_at
        until = time.fromisoformat(meant.until) if meant.until is not None else None
    else:
        rule, at, until = rule_from(meant), meant.at if isinstance(meant, Moment) else None, meant.until
    if rule is None:
        return t("rule.once", at=At(at, zone)) if at is not None else t("rule.past")
    return rule_told(rule, zone, until)


def rule_told(rule: Rule, zone: tzinfo, until: time | None = None) -> Text:
    """See `told`; `until` is the end of a window that begins at the time of the rule."""
    parts = dict(part.split("=") for part in rule.days.split(";"))
    times = t("rule.at", times=Listing(tuple(Clock(each) for each in rule.times)))
    if until is not None:
        times = t("rule.between", start=Clock(rule.times[0]), end=Clock(until))
    if parts.get("COUNT") == "1":
        only = _only(rule, zone)
        if until is None:
            return t("rule.once", at=At(only, zone))
        return t("rule.once_between", day=Day(only.astimezone(zone).date()), times=times)
    return _days_told(parts, rule, times)


def _days_told(parts: dict[str, str], rule: Rule, times: Text) -> Text:
    interval, days = int(parts.get("INTERVAL", "1")), _weekdays(parts.get("BYDAY", ""))
    if parts["FREQ"] == "MONTHLY":
        return t("rule.monthly", day=parts.get("BYMONTHDAY", str(rule.starts.day)), times=times)
    if parts["FREQ"] == "DAILY" or days == _ALL:
        return (
            t("rule.every_n_days", n=interval, times=times) if interval > 1 else t("rule.daily", times=times)
        )
    days = days or (rule.starts.weekday(),)
    if interval > 1:
        return t("rule.every_n_weeks", n=interval, days=Weekdays(days), times=times)
    if days == _WEEKDAYS:
        return t("rule.weekdays", times=times)
    if days == _WEEKEND:
        return t("rule.weekends", times=times)
    return t("rule.weekly", days=Weekdays(days), times=times)


def next_told(row: Reminder, zone: tzinfo) -> Text:
    """When a reminder comes next; of one in a window only the day, since its minute is to be a surprise."""
    due = row.next_due_at
    if due is None:
        return t("rule.past")
    if row.until is None:
        return t("rule.next", at=At(due, zone))
    return t("rule.next_in_window", day=Day(due.astimezone(zone).date()))


def window_of(row: Reminder, zone: tzinfo) -> tuple[datetime, datetime] | None:
    """From when to when (UTC) a reminder in a window may come next; None for any other."""
    rule = rule_of(row)
    if rule is None or row.until is None or row.next_due_at is None:
        return None
    day = row.next_due_at.astimezone(zone).date()
    return to_instant(day, rule.times[0], zone), to_instant(day, time.fromisoformat(row.until), zone)


def _only(rule: Rule, zone: tzinfo) -> datetime:
    first: datetime = rrulestr(rule.days, dtstart=datetime.combine(rule.starts, time()))[0]
    return to_instant(first.date(), rule.times[0], zone)


def _weekdays(names: str) -> tuple[int, ...]:
    order = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    return tuple(order.index(name) for name in names.split(",") if name)
