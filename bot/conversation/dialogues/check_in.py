"""Questions that are asked again now and then, after a practice: never pushed, one at a time."""

from bot.content.messages import Occasion
from bot.conversation.buttons import SKIP, UNDO, addressed
from bot.conversation.dialogue import Choice, Dialogue, Move, Say, answer, ask, done, link, stay
from bot.conversation.dialogues.correcting import second_thoughts
from bot.conversation.plan_record import PlanRecord, name_in_text, record_of
from bot.conversation.recording import iso, learning_kept, nudge_at_pace, reflect
from bot.conversation.scales import rated, scale
from bot.conversation.turn import Turn
from bot.practice.ratings import lately_grown
from bot.practice.schedule import local_day
from bot.practice.second_nature import (
    automaticity,
    check_in_due,
    signals,
    try_thinning,
    wants_support,
)
from bot.store.plans import OpenPlan
from bot.texts import Text, t

check_in_ = Dialogue("check_in")

AUTOMATICITY, CONFIDENCE = "automaticity", "confidence"
_STATEMENTS = 4
_WEEK = 7
_FEW = 2
_HIGHEST = 10
_CADENCES = ("weekly", "monthly", "never", "as_planned")
_SUPPORT, _THINNING = "support", "thinning"


def next_question(turn: Turn, plan: OpenPlan) -> Move | None:
    """The one question about `plan` that is due after a practice, None where there is none.

    Nothing more is asked on a day with a check-in. Automaticity comes first, then confidence, then, told
    once each, that it has become second nature, or whether more support is wanted.
    """
    if turn.store.check_ins.any_on(turn.person.id, turn.today):
        return None
    record = record_of(turn.store, turn.person, plan, turn.today)
    if _automaticity_due(turn, plan, record):
        _note_asked(turn, plan, AUTOMATICITY)
        turn.slots["answers"] = []
        return _ask_statement(turn, plan)
    if _confidence_due(turn, plan, record):
        _note_asked(turn, plan, CONFIDENCE)
        return ask(confidence, t("check_in.confidence", skill=turn.plan_name(plan)), *scale(_not_now()))
    return _second_nature(turn, plan, record) or _more_support(turn, plan, record)


@check_in_.fading_step
def automatic(turn: Turn) -> Move:
    """One of the four statements, 0 to 10 or not sure."""
    plan = _plan(turn)
    if plan is None:
        return done(t("help.lost_place"))
    if turn.press == "skip":
        return done(t("check_in.not_now"))
    number = rated(turn)
    if number is None and turn.press != "unsure" and not turn.skips:
        return second_thoughts(turn) or Move(
            (Say(t("answer.rating")), *_ask_statement(turn, plan).says), step=automatic.name
        )
    turn.slots["answers"] = [*turn.slots["answers"], number]
    if len(turn.slots["answers"]) < _STATEMENTS:
        return _ask_statement(turn, plan)
    _keep(turn, plan, AUTOMATICITY, automaticity(turn.slots["answers"]))
    return Move((Say(t("check_in.kept"), ((UNDO,),), edits=_same_screen(turn)),))


@check_in_.fading_step
def confidence(turn: Turn) -> Move:
    """How sure the person is of this skill, 0 to 10."""
    plan, number = _plan(turn), rated(turn)
    if plan is None:
        return done(t("help.lost_place"))
    if number is None and not turn.skips:
        return second_thoughts(turn) or ask(confidence, t("answer.rating"), *scale(_not_now()))
    if number is None:
        return done(t("check_in.not_now"))
    _keep(turn, plan, CONFIDENCE, number)
    return ask(reason, _upward(turn, plan, number), (SKIP,))


@check_in_.fading_step
def reason(turn: Turn) -> Move:
    """What makes it as high as it is, in own words."""
    if turn.press is not None or turn.skips or not turn.text:
        return done(t("check_in.kept"), buttons=((UNDO,),))
    said = learning_kept(turn)
    reflect(turn, turn.text, turn.today, asked=True)
    return done(said, buttons=((UNDO,),))


@check_in_.press("check")
def pressed(turn: Turn) -> Move:
    """`check:<plan>:weekly|monthly|never|as_planned|support|no`."""
    row_id, what = addressed(turn)
    plan = turn.store.plans.get(turn.person.id, row_id)
    if plan is None:
        return stay(t("help.old_button"))
    if what == "no":
        return done(t("check_in.as_it_is"))
    row = plan.row
    told = row.second_nature_at.isoformat() if row.second_nature_at else None
    turn.undoable("cadence", row.id, row.cadence, told, row.told_at, iso(row.thinned_on))
    if what == _SUPPORT:
        nudge_at_pace(row, "as_planned", turn.today)
        row.second_nature_at, row.told_at = None, None
        return done(t("check_in.support_on", skill=name_in_text(turn, plan)), buttons=((UNDO,),))
    if what not in _CADENCES:
        return stay(t("help.old_button"))
    nudge_at_pace(row, what, turn.today)
    return done(t(f"check_in.now_{what}", skill=name_in_text(turn, plan)), buttons=((UNDO,),))


def _automaticity_due(turn: Turn, plan: OpenPlan, record: PlanRecord) -> bool:
    asked = turn.store.check_ins.about(turn.person.id, plan.row.id, AUTOMATICITY)
    since = [row for row in record.practices if not asked or (row.at and row.at > asked[-1].at)]
    begun = local_day(plan.row.created_at, turn.zone, turn.person.day_ends_at)
    return check_in_due(asked[-1].day if asked else None, begun, len(since), turn.today)


def _confidence_due(turn: Turn, plan: OpenPlan, record: PlanRecord) -> bool:
    """From the second practice on, every seven days."""
    asked = turn.store.check_ins.about(turn.person.id, plan.row.id, CONFIDENCE)
    if not asked:
        return len(record.practices) >= _FEW
    return (turn.today - asked[-1].day).days >= _WEEK


def _second_nature(turn: Turn, plan: OpenPlan, record: PlanRecord) -> Move | None:
    readings = turn.store.check_ins.readings(turn.person.id, plan.row.id, AUTOMATICITY)
    found = signals(readings, record.starts, record.thinned)
    if plan.row.second_nature_at is not None:
        return None
    if not found.second_nature:
        return _thinning(turn, plan) if try_thinning(found, record.recent) else None
    plan.row.second_nature_at, plan.row.told_at = turn.now, readings[-1].value
    _forget_offer(plan)
    choices = tuple((link(f"check:{plan.row.id}:{each}", t(f"check_in.{each}")),) for each in _CADENCES)
    said = t("check_in.second_nature", skill=turn.plan_name(plan), words=_praise(turn, "second_nature"))
    return done(said, buttons=choices)


def _thinning(turn: Turn, plan: OpenPlan) -> Move | None:
    """Offered once: rarer nudges for a while, to see whether the skill carries itself."""
    declined = plan.row.declined.split(",")
    if plan.row.cadence != "as_planned" or _THINNING in declined:
        return None
    plan.row.declined = ",".join(filter(None, (*declined, _THINNING)))
    weekly = link(f"check:{plan.row.id}:weekly", t("check_in.weekly"))
    no = link(f"check:{plan.row.id}:no", t("check_in.as_planned"))
    return done(t("check_in.thin", skill=turn.plan_name(plan)), buttons=((weekly,), (no,)))


def _more_support(turn: Turn, plan: OpenPlan, record: PlanRecord) -> Move | None:
    """Asked once, at a check-in after second nature was told; `declined` keeps that it was."""
    told_on, told_at, declined = plan.row.second_nature_at, plan.row.told_at, plan.row.declined.split(",")
    if told_on is None or told_at is None or record.strength is None or _SUPPORT in declined:
        return None
    told_day = local_day(told_on, turn.zone, turn.person.day_ends_at)
    readings = turn.store.check_ins.readings(turn.person.id, plan.row.id, AUTOMATICITY)
    if not readings or readings[-1].day <= told_day:
        return None
    then = record_of(turn.store, turn.person, plan, told_day).strength
    if then is None or not wants_support(told_at, readings[-1].value, then.value, record.strength.value):
        return None
    plan.row.declined = ",".join(filter(None, (*declined, _SUPPORT)))
    said = t("check_in.support", skill=turn.plan_name(plan), words=_praise(turn, "support_again"))
    yes = link(f"check:{plan.row.id}:{_SUPPORT}", t("check_in.support_yes"))
    return done(said, buttons=((yes, link(f"check:{plan.row.id}:no", t("button.no_thanks"))),))


def _forget_offer(plan: OpenPlan) -> None:
    plan.row.declined = ",".join(each for each in plan.row.declined.split(",") if each != _SUPPORT)


def _praise(turn: Turn, occasion: Occasion) -> str:
    return turn.library.content.praise(occasion, turn.person.language)[0]


def _ask_statement(turn: Turn, plan: OpenPlan) -> Move:
    number = len(turn.slots["answers"]) + 1
    statement = t(f"check_in.statement_{number}")
    name = turn.plan_name(plan)
    said = t("check_in.statement", skill=name, number=number, total=_STATEMENTS, statement=statement)
    rows = scale(answer("unsure", t("check_in.unsure")), _not_now())
    return Move((Say(said, rows, edits=_same_screen(turn)),), step=automatic.name)


def _same_screen(turn: Turn) -> str | None:
    """The statement shown before, to be replaced in place when its own button was pressed."""
    pressed_on = turn.incoming.pressed
    shown_before = turn.party.talk.row.step == automatic.name
    return pressed_on.message_ref if pressed_on is not None and shown_before else None


def _upward(turn: Turn, plan: OpenPlan, number: int) -> Text:
    """What is asked of an answer: always what speaks for it, or for one point more."""
    grown = lately_grown(turn.store.check_ins.readings(turn.person.id, plan.row.id, CONFIDENCE))
    if grown is not None:
        then, _ = grown
        weeks = round((turn.today - then.day).days / _WEEK)
        return t("check_in.grown", n=weeks, before=round(then.value), after=number)
    if number == 0:
        return t("check_in.what_would")
    return t("check_in.why_so_high" if number == _HIGHEST else "check_in.why_not_lower", number=number)


def _note_asked(turn: Turn, plan: OpenPlan, kind: str) -> None:
    """Keeps that a question was put, so that one left open is not put again before its time."""
    turn.store.check_ins.add(turn.person.id, plan.row.id, kind, turn.today, turn.now, None)
    turn.slots["plan"] = plan.row.id


def _keep(turn: Turn, plan: OpenPlan, kind: str, value: float | None) -> None:
    if value is not None:
        row = turn.store.check_ins.add(turn.person.id, plan.row.id, kind, turn.today, turn.now, value)
        turn.undoable("added", "check_ins", row.id)


def _plan(turn: Turn) -> OpenPlan | None:
    return turn.store.plans.get(turn.person.id, turn.slots.get("plan"))


def _not_now() -> Choice:
    return answer("skip", t("check_in.later"))
