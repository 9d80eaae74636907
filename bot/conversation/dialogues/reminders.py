"""Reminders: set, listed, changed, deleted."""

from bot.conversation import hearing
from bot.conversation.buttons import addressed, number_in
from bot.conversation.dialogue import Choice, Dialogue, Move, Say, answer, ask, done, link, stay
from bot.conversation.dialogues.settings import falls_silent, quiet_told
from bot.conversation.scheduling import after_session, next_told, remind, told
from bot.conversation.turn import Turn
from bot.store.plans import OpenPlan
from bot.store.tables import Reminder
from bot.texts import Listing, Text, t
from bot.understanding.answers import read_choice
from bot.understanding.times import (
    TAKEN,
    AfterSession,
    Moment,
    NotUnderstood,
    Question,
    Recurring,
    Rule,
    Understood,
    half_of_day,
)

reminders = Dialogue("reminders")

_PLANS_OFFERED = 8


@reminders.command("remind")
def start(turn: Turn) -> Move:
    """`/remind <when>`."""
    if turn.text:
        return heard(turn, turn.text)
    return ask(when, t("remind.ask"), *suggestions())


@reminders.step
def when(turn: Turn) -> Move:
    """When to be nudged: typed, or chosen among the answers to a question."""
    if turn.press == "stop":
        return done(t("cancel.done"))
    return heard(turn, chosen(turn))


@reminders.command("reminders")
def listing(turn: Turn) -> Move:
    """`/reminders`: what is set, each with a way to change or delete it."""
    rows = turn.store.reminders.of(turn.person.id)
    if not rows:
        return done(t("reminders.none"), buttons=((link("c:remind", t("button.set_reminder")),),))
    for number, row in enumerate(rows, 1):
        turn.say(Say(_line(turn, number, row), ((_change(row), _delete(row)),)))
    return done(t("reminders.end"), buttons=((link("c:remind", t("button.add_reminder")),),))


@reminders.press("r")
def pressed(turn: Turn) -> Move:
    """`r:<reminder>:change|delete`."""
    row_id, what = addressed(turn)
    row = turn.store.reminders.get(turn.person.id, row_id)
    if row is None or row.ended_at is not None:
        return stay(t("reminders.gone"))
    if what.startswith("for"):
        return _for_plan(turn, row, what.partition("=")[2])
    if what == "change":
        turn.slots["replaces"] = row.id
        return ask(when, t("remind.change", rule=told(row, turn.zone)), *suggestions())
    _end(turn, row)
    return done(
        t("reminders.deleted", rule=told(row, turn.zone)), buttons=((link("c:undo", t("button.undo")),),)
    )


def _for_plan(turn: Turn, row: Reminder, chosen_plan: str) -> Move:
    """Which skill the reminder is for."""
    plan = turn.store.plans.get(turn.person.id, number_in(chosen_plan))
    if plan is not None:
        row.plan_id = plan.row.id
        return stay(t("remind.now_for", skill=turn.plan_name(plan)))
    plans = turn.store.plans.of(turn.person.id)[:_PLANS_OFFERED]
    rows = tuple(
        (link(f"r:{row.id}:for={each.row.id}", t("words", words=turn.plan_name(each))),) for each in plans
    )
    return stay(t("remind.for_which"), *rows)


def suggestions() -> tuple[tuple[Choice, ...], ...]:
    """Times to tap instead of typing."""
    return (
        (answer("0800", t("remind.at_8")), answer("1230", t("remind.at_1230"))),
        (answer("1800", t("remind.at_18")), answer("2100", t("remind.at_21"))),
        (answer("stop", t("button.cancel")),),
    )


def chosen(turn: Turn) -> str:
    """The words meant: those typed, or those behind the button of a question."""
    options: list[str] = turn.slots.pop("options", [])
    if turn.press is None:
        number = _answered(turn, options)
        return turn.text if number is None else TAKEN + options[number]
    number = number_in(turn.press.removeprefix("o"))
    if turn.press.startswith("o") and number is not None and number < len(options):
        return TAKEN + options[number]
    return f"{turn.press[:2]}:{turn.press[2:]}"


def _answered(turn: Turn, options: list[str]) -> int | None:
    """Which of the options typed words choose: a yes to the only one, a half of the day; None for neither."""
    if len(options) == 1:
        return 0 if read_choice(turn.text, turn.person.language) == "yes" else None
    half = half_of_day(turn.text, turn.person.language) if options else None
    return None if half is None else (0 if half == 0 else len(options) - 1)


def asked_back(turn: Turn, read: Question | NotUnderstood) -> tuple[Text, tuple[tuple[Choice, ...], ...]]:
    """The one short question that is left, its answers kept in the slots."""
    if isinstance(read, NotUnderstood):
        return t(f"when.{read.reason}", words=turn.quote(read.words)), suggestions()
    turn.slots["options"] = [option.text for option in read.options]
    rows = tuple(
        (answer(f"o{number}", _option(turn, option.means)),) for number, option in enumerate(read.options)
    )
    return t(f"when.{read.kind}"), (*rows, (answer("stop", t("button.cancel")),))


def recurring(turn: Turn) -> list[Recurring] | tuple[Text, tuple[tuple[Choice, ...], ...]]:
    """Rules that come again, as typed or chosen; else what is left to ask, with its answers."""
    read = hearing.when(turn, chosen(turn))
    if isinstance(read, Question | NotUnderstood):
        return asked_back(turn, read)
    found = [each for each in read.rules if isinstance(each, Recurring)]
    return found if len(found) == len(read.rules) else (t("when.recurring"), suggestions())


def with_session(turn: Turn, read: Understood) -> Understood:
    """ "After my session" as the moment it is, where the next session is known."""
    return Understood(tuple(_settled(turn, each) for each in read.rules))


def _settled(turn: Turn, meant: Rule) -> Rule:
    at = after_session(turn, meant.delay_minutes) if isinstance(meant, AfterSession) else None
    return Moment(at, exact=True) if at is not None else meant


def set_up(turn: Turn, read: Understood, plan_id: int | None) -> list[Reminder]:
    """Makes the reminders that were understood."""
    made = [remind(turn, each, plan_id) for each in read.rules if not isinstance(each, AfterSession)]
    turn.undoable("reminders_added", [row.id for row in made])
    return made


def confirmation(turn: Turn, made: list[Reminder]) -> Text:
    """The rules as understood, and when the next nudge comes."""
    rules = Listing(tuple(told(row, turn.zone) for row in made))
    due = [(row.next_due_at, row) for row in made if row.next_due_at is not None]
    if not due:
        return t("remind.done_paused", rules=rules)
    _, first = min(due, key=lambda each: each[0])
    said = t("remind.done", rules=rules, at=next_told(first, turn.zone))
    if not any(falls_silent(turn.person, row) for row in made):
        return said
    return t("two_lines", first=said, second=t("remind.in_quiet_hours", hours=quiet_told(turn.person)))


def heard(turn: Turn, words: str) -> Move:
    """Sets the reminder that the words mean, or asks the one thing they leave open."""
    named, rest = hearing.plan_named(turn, words)
    read = hearing.when(turn, rest)
    if isinstance(read, NotUnderstood) and named is not None:
        read, named = hearing.when(turn, words), None
    if isinstance(read, Question | NotUnderstood):
        turn.slots["plan"] = named.row.id if named else turn.slots.get("plan")
        said, rows = asked_back(turn, read)
        return ask(when, said, *rows)
    read = with_session(turn, read)
    if any(isinstance(each, AfterSession) for each in read.rules):
        return ask(when, t("when.after_session"), *suggestions())
    made = set_up(turn, read, _plan_meant(turn, named))
    return _confirmed(turn, made)


def _plan_meant(turn: Turn, named: OpenPlan | None) -> int | None:
    """The plan named, now or before a question; else that of the reminder replaced; else the newest."""
    replaced = _replaced(turn)
    earlier = turn.slots.pop("plan", None)
    if named is not None:
        return named.row.id
    if replaced is not None or earlier is not None:
        return replaced if replaced is not None else int(earlier)
    plans = turn.store.plans.of(turn.person.id)
    return plans[0].row.id if plans else None


def _confirmed(turn: Turn, made: list[Reminder]) -> Move:
    said = confirmation(turn, made)
    if not turn.person.zone_known:
        return done(said, t("remind.zone_unknown", zone=turn.person.zone), buttons=_zone_buttons())
    rows = ((link("c:reminders", t("button.reminders")), link("c:undo", t("button.undo"))),)
    plans = turn.store.plans.of(turn.person.id)
    if len(plans) < 2 or not made:
        return done(said, buttons=rows)
    plan = turn.store.plans.get(turn.person.id, made[0].plan_id)
    told_for = (
        t("two_lines", first=said, second=t("remind.for", skill=turn.plan_name(plan))) if plan else said
    )
    return done(told_for, buttons=((link(f"r:{made[0].id}:for", t("remind.for_another")),), *rows))


def _replaced(turn: Turn) -> int | None:
    """Removes the reminder that is being changed; answers with the plan it belonged to."""
    row = turn.store.reminders.get(turn.person.id, turn.slots.pop("replaces", 0))
    if row is not None:
        _end(turn, row)
        return row.plan_id
    return None


def _end(turn: Turn, row: Reminder) -> None:
    due = row.next_due_at.isoformat() if row.next_due_at else None
    turn.undoable("reminder_ended", row.id, due)
    turn.store.reminders.end(row, turn.now)


def _line(turn: Turn, number: int, row: Reminder) -> Text:
    rule = told(row, turn.zone)
    if row.next_due_at is None:
        return t("reminders.line_resting", number=number, rule=rule)
    return t("reminders.line", number=number, rule=rule, at=next_told(row, turn.zone))


def _change(row: Reminder) -> Choice:
    return link(f"r:{row.id}:change", t("button.change"))


def _delete(row: Reminder) -> Choice:
    return link(f"r:{row.id}:delete", t("button.delete"))


def _option(turn: Turn, means: object) -> Text:
    parts = means if isinstance(means, tuple) else (means,)
    return t("when.option", rules=Listing(tuple(told(each, turn.zone) for each in parts)))


def _zone_buttons() -> tuple[tuple[Choice, ...], ...]:
    return ((link("c:timezone", t("button.change_zone")), link("c:undo", t("button.undo"))),)
