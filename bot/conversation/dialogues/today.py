"""Which skill today, with the reason for it; every choice can be overruled."""

from bot.conversation.dialogue import Choice as Button
from bot.conversation.dialogue import Dialogue, Move, answer, ask, done, link
from bot.conversation.dialogues.note import unasked
from bot.conversation.plan_record import record_of
from bot.conversation.turn import Turn
from bot.practice.plans import Choice, SkillRecord, practise_today
from bot.store.plans import OpenPlan
from bot.texts import Text, t

today = Dialogue("today")


@today.command("today")
def start(turn: Turn) -> Move:
    """`/today`: one skill, and why."""
    return _suggest(turn, ())


@today.step
def another(turn: Turn) -> Move:
    """Another one, or none."""
    if turn.press == "another":
        return _suggest(turn, tuple(turn.slots.get("passed", [])))
    if turn.press is None and not turn.skips:
        return unasked(turn)
    return done(t("today.left"))


def _suggest(turn: Turn, passed: tuple[str, ...]) -> Move:
    plans = {str(plan.row.id): plan for plan in turn.store.plans.of(turn.person.id)}
    plans = {key: plan for key, plan in plans.items() if plan.row.retired_at is None}
    if not plans:
        return done(t("today.no_plans"), buttons=((link("c:skills", t("plan.another")),),))
    records = [_record(turn, plan) for plan in plans.values()]
    chosen = practise_today(records, turn.today, passed)
    if chosen is None:
        key = "today.no_more" if passed else "today.all_done"
        return done(t(key), buttons=((link("c:practice", t("button.practice")),),))
    turn.slots["passed"] = [*passed, chosen.skill]
    plan = plans[chosen.skill]
    return ask(another, _told(turn, plan, chosen), _practise(plan), _others(len(plans) > len(passed) + 1))


def _record(turn: Turn, plan: OpenPlan) -> SkillRecord:
    record = record_of(turn, plan)
    days = record.days
    return SkillRecord(
        skill=str(plan.row.id),
        last=days[-1] if days else None,
        practised=len(days),
        target=plan.row.target_days,
        strength=record.strength.value if record.strength else 0.0,
    )


def _told(turn: Turn, plan: OpenPlan, chosen: Choice) -> Text:
    args = {"n": chosen.args.get("days", 0), "gap": t("today.gap", n=max(1, chosen.args.get("gap", 1)))}
    return t("today.suggestion", skill=turn.plan_name(plan), reason=t(f"today.{chosen.reason}", **args))


def _practise(plan: OpenPlan) -> tuple[Button, ...]:
    if plan.row.skill is None:
        return (link("c:log", t("button.log_practice")),)
    return (link(f"k:{plan.row.skill}:go", t("button.practice")),)


def _others(more: bool) -> tuple[Button, ...]:
    leave = answer("stop", t("today.not_now"))
    return (answer("another", t("today.another")), leave) if more else (leave,)
