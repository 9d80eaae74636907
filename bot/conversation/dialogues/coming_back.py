"""Coming back after silence: the ways on that each word of it offers, and a quiet welcome."""

from datetime import timedelta

from bot.content.filling import fill
from bot.conversation.buttons import UNDO, addressed
from bot.conversation.dialogue import Dialogue, Move, Rows, Say, done, link, stay
from bot.conversation.turn import Turn
from bot.practice.nudging import Reentry
from bot.store.plans import OpenPlan
from bot.store.reminders import Due
from bot.texts import t

coming_back = Dialogue("coming_back")

_SMALL_FOR = timedelta(days=7)


def rows(stage: Reentry, due: Due, nudge_id: int) -> Rows:
    """The buttons under a word after silence."""
    if stage is Reentry.GOODBYE_FOR_NOW:
        return ((link(f"back:{nudge_id}:keep", t("back.pick_up")),),)
    if stage is Reentry.STILL_UP_FOR_IT:
        change = link(f"r:{due.reminder.id}:change", t("back.change_time"))
        return (
            (link(f"n:{nudge_id}:tiny", t("back.did_tiny")), link("c:practice", t("back.do_it"))),
            (change, link(f"back:{nudge_id}:quieter", t("back.quieter"))),
        )
    return (
        (link(f"back:{nudge_id}:keep", t("back.keep")), link(f"back:{nudge_id}:shrink", t("back.shrink"))),
        (link("c:skills", t("back.switch")), link("c:pause", t("back.pause"))),
    )


@coming_back.press("back")
def chosen(turn: Turn) -> Move:
    """`back:<nudge>:keep|shrink|quieter`."""
    row_id, what = addressed(turn)
    nudge = turn.store.reminders.nudge(turn.person.id, row_id)
    plan = turn.store.plans.get(turn.person.id, nudge.plan_id) if nudge is not None else None
    if nudge is None or what not in ("keep", "shrink", "quieter"):
        return stay(t("help.old_button"))
    nudge.answered_at = turn.now
    if plan is None or what == "keep":
        return done(t("back.kept"))
    turn.undoable("plan_pace", plan.row.id, plan.row.cadence, _iso(plan))
    if what == "quieter":
        plan.row.cadence = "weekly"
        return done(t("back.quieter_done"), buttons=((UNDO,),))
    plan.row.tiny_until = turn.today + _SMALL_FOR
    return done(t("back.shrunk"), buttons=((UNDO,),))


def welcome(turn: Turn, stage: int) -> None:
    """Says that it is good to see this open again, after a silence that was spoken of."""
    if stage < Reentry.KEEP_SHRINK_SWITCH_PAUSE:
        return
    plans = turn.store.plans.of(turn.person.id)
    skill = turn.skill(plans[0].row.skill) if plans else None
    values = {"tiny": skill.tiny} if skill else {}
    texts = turn.library.content.nudges(turn.person.language, "return", discreet=False)
    filled = (fill(each.text, values) for each in texts)
    words = next(text for text in filled if text is not None)
    turn.say(Say(t("words", words=words)))


def _iso(plan: OpenPlan) -> str | None:
    return plan.row.tiny_until.isoformat() if plan.row.tiny_until else None
