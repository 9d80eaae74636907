"""Which skill today, with the reason for it; every choice can be overruled."""

from collections.abc import Collection
from datetime import date

from bot.conversation.dialogue import Choice as Button
from bot.conversation.dialogue import Dialogue, Move, answer, ask, done, link
from bot.conversation.dialogues.note import unasked
from bot.conversation.plan_record import record_of
from bot.conversation.turn import Turn
from bot.practice.plans import Choice, SkillRecord, practise_today
from bot.store.plans import OpenPlan
from bot.store.tables import Person
from bot.store.unit import Store
from bot.texts import Text, t

today_ = Dialogue("today")


@today_.command("today", ahead=lambda turn: suggestion(turn.store, turn.person, turn.today))
def start(turn: Turn) -> Move:
    """`/today`: one skill, and why."""
    return _suggest(turn, ())


@today_.fading_step
def another(turn: Turn) -> Move:
    """Another one, or none."""
    if turn.press == "another":
        return _suggest(turn, tuple(turn.slots.get("passed", [])))
    if turn.press is None and not turn.skips:
        return unasked(turn)
    return done(t("today.left"))


def suggestion(
    store: Store, person: Person, today: date, passed: Collection[str] = ()
) -> tuple[OpenPlan, Choice] | None:
    """The plan to practise on the person's day `today`, with the reason; None where nothing is left.

    `passed` are the ids of plans that were passed over. Plans that made things worse are left out.
    """
    plans = {str(plan.row.id): plan for plan in _in_question(store, person)}
    records = [_record(store, person, plan, today) for plan in plans.values()]
    chosen = practise_today(records, today, passed)
    return (plans[chosen.skill], chosen) if chosen is not None else None


def _in_question(store: Store, person: Person) -> list[OpenPlan]:
    return [plan for plan in store.plans.of(person.id) if plan.row.retired_at is None]


def _chosen(turn: Turn, passed: tuple[str, ...]) -> tuple[OpenPlan, Choice] | None:
    read: tuple[OpenPlan, Choice] | None = turn.ahead
    return read or suggestion(turn.store, turn.person, turn.today, passed)


def _suggest(turn: Turn, passed: tuple[str, ...]) -> Move:
    plans = _in_question(turn.store, turn.person)
    if not plans:
        return done(t("today.no_plans"), buttons=((link("c:skills", t("plan.another")),),))
    found = _chosen(turn, passed)
    if found is None:
        key = "today.no_more" if passed else "today.all_done"
        return done(t(key), buttons=((link("c:practice", t("button.practice")),),))
    plan, chosen = found
    turn.slots["passed"] = [*passed, chosen.skill]
    return ask(another, _told(turn, plan, chosen), _practise(plan), _others(len(plans) > len(passed) + 1))


def _record(store: Store, person: Person, plan: OpenPlan, today: date) -> SkillRecord:
    record = record_of(store, person, plan, today)
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
