"""A look at the week, at a time the person picks, and at the year, whenever they like."""

from datetime import datetime, time, timedelta

from bot.conversation import hearing
from bot.conversation.buttons import CANCEL, UNDO, number_in
from bot.conversation.dialogue import Choice, Dialogue, Move, Say, ask, done, link
from bot.conversation.overview import Overview, overview, paused_days
from bot.conversation.progress_words import headline, shortened, window_told
from bot.conversation.recording import reflect
from bot.conversation.scheduling import WEEKLY, first_due, next_told, rule_told
from bot.conversation.turn import Turn
from bot.practice.insight import FEW, Kind, worth_knowing
from bot.practice.nudging import in_quiet_hours
from bot.practice.review import adjusted, of_the_week, question_of
from bot.practice.schedule import Rule, day_span, next_due
from bot.practice.summary import Window
from bot.practice.year import milestones
from bot.store.plans import OpenPlan
from bot.store.practices import Logged
from bot.texts import Listing, Text, in_lines, t
from bot.understanding.times import Moment, Recurring, Understood

review_ = Dialogue("review")

_TIMES = (("FR", time(16)), ("SU", time(18)), ("MO", time(9)))
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SMALL_FOR = timedelta(days=7)
_SKILLS = 3


def _read(turn: Turn, window: Window) -> Overview:
    return overview(turn.store, turn.person, window, turn.now)


def _shows(turn: Turn) -> bool:
    return turn.incoming.press == "rev:show"


@review_.command("review", ahead=lambda turn: None if turn.text else _read(turn, Window.WEEK))
def start(turn: Turn) -> Move:
    """`/review [when|off]`: the week so far, and when it comes by itself."""
    if turn.text.lower().strip(" .!") == "off":
        return _off(turn)
    if turn.text:
        return _heard(turn, turn.text)
    return _week(turn)


@review_.press("rev", ahead=lambda turn: _read(turn, Window.WEEK) if _shows(turn) else None)
def pressed(turn: Turn) -> Move:
    """`rev:show|ask|time|off`, `rev:<number of a time offered>`, or `rev:<plan>:easier|same|more`."""
    first, _, what = (turn.incoming.press or "").partition(":")[2].partition(":")
    plan = turn.store.plans.get(turn.person.id, number_in(first)) if what else None
    if plan is not None:
        return _adjusted(turn, plan, what)
    if first == "ask":
        return ask(answered, t(f"review.question_{question_of(turn.today)}"), (CANCEL,))
    if first == "time":
        return _ask_time()
    if first == "off":
        return _off(turn)
    number = number_in(first)
    if number is not None and number < len(_TIMES):
        day, wall = _TIMES[number]
        return _set(turn, day, wall)
    return _week(turn, in_place=True)


@review_.step
def answered(turn: Turn) -> Move:
    """The answer to the question of the week."""
    if turn.press is not None or turn.skips or not turn.text:
        return done(t("log.left"))
    if not reflect(turn, turn.text, turn.today, asked=True):
        return done(t("words.not_kept"))
    return done(t("review.kept"), buttons=((UNDO,),))


@review_.step
def when(turn: Turn) -> Move:
    """The day and time of the week."""
    if turn.press is not None or turn.skips:
        return done(t("cancel.done"))
    return _heard(turn, turn.text)


@review_.command("year", ahead=lambda turn: _read(turn, Window.YEAR))
def year(turn: Turn) -> Move:
    """`/year`: a look back, told in what was learned and in coming back."""
    found: Overview = turn.ahead or _read(turn, Window.YEAR)
    facts = found.facts
    if facts.ever < FEW:
        few = in_lines([headline(found, turn.plan_name), t("year.few", n=FEW)])
        return done(few, buttons=((link("c:practice", t("button.practice")),),))
    lines = [t("year.title"), *_year_lines(turn), headline(found, turn.plan_name)]
    dark = turn.person.theme == "dark" if turn.person.theme else turn.incoming.dark
    asked = {"kind": "progress", "window": "year", "dark": dark, "discreet": turn.incoming.taps_only}
    rows = ((link("g:year", t("progress.details")), link("c:history", t("progress.history"))),)
    picture = asked if facts.summary.practices else None
    return Move((Say(in_lines(lines), rows, picture=picture),), stay=True)


def _year_lines(turn: Turn) -> list[Text]:
    store, person = turn.store, turn.person
    first = turn.today - timedelta(days=Window.YEAR.days - 1)
    rows = store.practices.record(person.id, since=first)
    written = [row for row in store.practices.reflections_since(person.id, first) if row.asked]
    plans = store.plans.everything(person.id)
    reached = milestones(
        days={row.day for row in rows},
        paused=paused_days(store, person, turn.today),
        learned=len(written),
        uses=sum(row.times for row in rows if row.real),
        ridden_out=sum(row.ridden_out for row in store.slips.of(person.id) if row.day >= first),
        second_nature=sum(
            plan.row.second_nature_at is not None and plan.row.second_nature_at.date() >= first
            for plan in plans
        ),
        easier=[
            (row.expected, row.experienced)
            for row in store.predictions.of(person.id)
            if row.expected is not None and row.experienced is not None and row.at.date() >= first
        ],
    )
    lines = [t("year.practised", n=len({row.day for row in rows}), skills=_most_practised(turn, rows, plans))]
    lines += [t(f"year.{each.key}", n=each.n) for each in reached]
    if len(written) > 1:
        early, late = (shortened(store.practices.read(row)) for row in (written[0], written[-1]))
        lines += [t("year.early", words=early), t("year.late", words=late)]
    return lines


def _most_practised(turn: Turn, rows: list[Logged], plans: list[OpenPlan]) -> Text | Listing:
    counts = {plan.row.id: sum(row.plan_id == plan.row.id for row in rows) for plan in plans}
    most = sorted((plan for plan in plans if counts[plan.row.id]), key=lambda plan: -counts[plan.row.id])
    names = tuple(dict.fromkeys(turn.plan_name(plan) for plan in most[:_SKILLS]))
    return Listing(names) if names else t("year.no_plan")


def _week(turn: Turn, *, in_place: bool = False) -> Move:
    found: Overview = turn.ahead or _read(turn, Window.WEEK)
    lines = [t("review.title"), headline(found, turn.plan_name), *_done(found)]
    written = turn.store.practices.reflections_since(turn.person.id, found.facts.summary.first)
    learned = of_the_week([turn.store.practices.read(row) for row in written if row.asked])
    if learned is not None:
        lines.append(t("progress.learning", words=shortened(learned)))
    plan = _plan_of_the_week(turn)
    if plan is not None:
        lines.append(t("review.next", skill=turn.plan_name(plan), n=plan.row.target_days))
    pressed_on = turn.incoming.pressed if in_place else None
    edits = pressed_on.message_ref if pressed_on is not None else None
    return Move((Say(in_lines(lines), _rows(turn, plan), edits=edits),), stay=True, quiet=True)


def _done(found: Overview) -> list[Text]:
    """On how many days of the week there was practice, where the sentence above it tells something else."""
    summary = found.facts.summary
    if found.facts.ever < FEW or not summary.days_practised or worth_knowing(found.facts).kind is Kind.DAYS:
        return []
    return [t("progress.days", n=summary.days_practised, window=window_told(summary))]


def _rows(turn: Turn, plan: OpenPlan | None) -> tuple[tuple[Choice, ...], ...]:
    question = () if turn.incoming.taps_only else (link("rev:ask", t("review.ask")),)
    set_already = bool(turn.store.reminders.of(turn.person.id, WEEKLY))
    timing = link("rev:time", t("review.other_time" if set_already else "review.weekly"))
    off = (link("rev:off", t("review.off")),) if set_already else ()
    another = link("c:skills", t("review.another"))
    if plan is None:
        return (another,), question, (timing, *off)
    steps = tuple(
        link(f"rev:{plan.row.id}:{each}", t(f"review.{each}")) for each in ("easier", "same", "more")
    )
    return steps, (another, *question), (timing, *off)


def _plan_of_the_week(turn: Turn) -> OpenPlan | None:
    """The plan practised most in the last seven days, else the newest."""
    since = turn.today - timedelta(days=6)
    practised = [row.plan_id for row in turn.store.practices.since(turn.person.id, since)]
    plans = turn.store.plans.of(turn.person.id)
    return max(plans, key=lambda plan: practised.count(plan.row.id), default=None)


def _adjusted(turn: Turn, plan: OpenPlan, what: str) -> Move:
    """Next week's plan: one tap, one step, taken back with another."""
    skill = turn.plan_name(plan)
    if what not in ("easier", "more"):
        return done(t("review.same_done", skill=skill))
    turn.undoable("plan_week", plan.row.id, plan.row.target_days, _iso(plan))
    plan.row.target_days = adjusted(plan.row.target_days, what == "more")
    plan.row.tiny_until = None if what == "more" else turn.today + _SMALL_FOR
    plan.row.changed_at = turn.now
    said = t(f"review.{what}_done", skill=skill, n=plan.row.target_days)
    return done(said, buttons=((UNDO,),))


def _ask_time() -> Move:
    rows = tuple((link(f"rev:{number}", t(f"review.at_{day}")),) for number, (day, _) in enumerate(_TIMES))
    return ask(when, t("review.when"), *rows, (CANCEL,))


def _heard(turn: Turn, words: str) -> Move:
    """One day of the week and one time, as typed."""
    read = hearing.when(turn, words)
    rule = read.rules[0] if isinstance(read, Understood) and len(read.rules) == 1 else None
    if isinstance(rule, Moment):
        local = rule.at.astimezone(turn.zone)
        return _set(turn, _DAYS[local.weekday()], local.time().replace(tzinfo=None))
    if isinstance(rule, Recurring) and len(rule.times) == 1:
        parts = dict(part.split("=") for part in rule.days.split(";"))
        if parts["FREQ"] == "WEEKLY" and parts.get("BYDAY") in _DAYS:
            return _set(turn, parts["BYDAY"], rule.times[0])
    return Move((Say(t("review.one_time"), _ask_time().says[0].buttons),), step=when.name)


def _set(turn: Turn, day: str, wall: time) -> Move:
    person = turn.person
    if person.quiet_from is not None and person.quiet_to is not None:
        start, end = (time(each // 60, each % 60) for each in (person.quiet_from, person.quiet_to))
        if in_quiet_hours(wall, start, end):
            return Move((Say(t("review.quiet"), _ask_time().says[0].buttons),), step=when.name)
    rule = Rule(f"FREQ=WEEKLY;BYDAY={day}", (wall,), turn.today)
    for row in turn.store.reminders.of(person.id, WEEKLY):
        turn.store.reminders.remove(row)
    row = turn.store.reminders.add(person.id, WEEKLY, rule, _after_today(turn, rule), turn.now, None)
    turn.undoable("reminders_added", [row.id])
    said = t("review.set", rule=rule_told(rule, turn.zone), next=next_told(row, turn.zone))
    return done(said, buttons=((UNDO,),))


def _after_today(turn: Turn, rule: Rule) -> datetime | None:
    """When it comes first: not on the day on which the week was just looked at and this was set."""
    due = first_due(turn, rule)
    _, ends = day_span(turn.today, turn.zone, turn.person.day_ends_at)
    return next_due(rule, turn.zone, ends) if due is not None and due < ends else due


def _off(turn: Turn) -> Move:
    for row in turn.store.reminders.of(turn.person.id, WEEKLY):
        turn.store.reminders.remove(row)
    return done(t("review.is_off"), buttons=((link("rev:time", t("review.weekly")),),))


def _iso(plan: OpenPlan) -> str | None:
    return plan.row.tiny_until.isoformat() if plan.row.tiny_until else None
