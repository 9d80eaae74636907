"""Coming back after silence: the ways on that each word of it offers, and a quiet welcome."""

from datetime import timedelta

from bot.content.filling import fill
from bot.conversation.buttons import UNDO, addressed
from bot.conversation.dialogue import Dialogue, Move, Rows, Say, done, link, stay
from bot.conversation.recording import iso, nudge_at_pace
from bot.conversation.turn import Turn
from bot.practice.nudging import Reentry
from bot.store.reminders import Due
from bot.texts import Text, t

coming_back_ = Dialogue("coming_back")

_SMALL_FOR = timedelta(days=7)


def rows(stage: Reentry, due: Due, nudge_id: int) -> Rows:
    """The buttons under a word after silence; each has a way to say that it was done."""
    did = link(f"n:{nudge_id}:done", t("nudge.did_it"))
    if stage is Reentry.GOODBYE_FOR_NOW:
        return ((did, link(f"back:{nudge_id}:keep", t("back.pick_up"))),)
    if stage is Reentry.STILL_UP_FOR_IT:
        change = link(f"r:{due.reminder.id}:change", t("back.change_time"))
        return (
            (did, link(f"n:{nudge_id}:tiny", t("back.did_tiny"))),
            (link("c:practice", t("back.do_it")),),
            (change, link(f"back:{nudge_id}:quieter", t("back.quieter"))),
        )
    return (
        (did, link(f"back:{nudge_id}:keep", t("back.keep"))),
        (link(f"back:{nudge_id}:shrink", t("back.shrink")), link("c:skills", t("back.switch"))),
        (link("c:pause", t("back.pause")),),
    )


@coming_back_.press("back")
def chosen(turn: Turn) -> Move:
    """`back:<nudge>:keep|shrink|quieter`."""
    row_id, what = addressed(turn)
    nudge = turn.store.reminders.nudge(turn.person.id, row_id)
    plan = turn.store.plans.get(turn.person.id, nudge.plan_id) if nudge is not None else None
    if nudge is None or what not in ("keep", "shrink", "quieter"):
        return stay(t("help.old_button"))
    nudge.answered_at, turn.silence = turn.now, 0
    if plan is None or what == "keep":
        return done(t("back.kept"))
    turn.undoable(
        "plan_pace", plan.row.id, plan.row.cadence, iso(plan.row.tiny_until), iso(plan.row.thinned_on)
    )
    if what == "quieter":
        nudge_at_pace(plan.row, "weekly", turn.today)
        return done(t("back.quieter_done"), buttons=((UNDO,),))
    plan.row.tiny_until = turn.today + _SMALL_FOR
    return done(t("back.shrunk"), buttons=((UNDO,),))


def spoken_of(silence: int) -> bool:
    """Whether a silence went so far that its end is worth a word; `silence` is the stage that was told."""
    return silence >= Reentry.KEEP_SHRINK_SWITCH_PAUSE


def welcome(turn: Turn) -> tuple[Say, ...]:
    """That it is good to see this open again, where a silence ended and the step said nothing of it."""
    if not spoken_of(turn.silence):
        return ()
    plans = turn.store.plans.of(turn.person.id)
    skill = turn.skill(plans[0].row.skill) if plans else None
    values = {"tiny": skill.tiny} if skill else {}
    texts = turn.library.content.nudges(turn.person.language, "return", discreet=False)
    filled = (fill(each.text, values) for each in texts)
    words = next(text for text in filled if text is not None)
    return (Say(with_nudges_on(turn, turn.silence, t("words", words=words))),)


def with_nudges_on(turn: Turn, silence: int, said: Text) -> Text:
    """What is said, and that nudges come again, where they had grown few or stopped and some are planned."""
    if not spoken_of(silence) or not turn.store.reminders.upcoming(turn.person.id, 1):
        return said
    return t("two_lines", first=said, second=t("back.nudges_on"))
