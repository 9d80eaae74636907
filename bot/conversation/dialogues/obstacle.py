"""What got in the way: one tap names it, one concrete offer answers it, and only a tap more does it."""

from datetime import timedelta

from bot.content.messages import Barrier, Offer
from bot.conversation.buttons import SKIP, UNDO, addressed, number_in
from bot.conversation.dialogue import Choice, Dialogue, Move, Rows, Say, ask, done, link, stay
from bot.conversation.dialogues import suggestion
from bot.conversation.recording import iso, nudge_at_pace, reflect, says_enough
from bot.conversation.turn import Turn
from bot.store.plans import OpenPlan
from bot.store.tables import Nudge
from bot.texts import Text, t
from bot.understanding.answers import Answer

obstacle_ = Dialogue("obstacle")

_SMALL_FOR = timedelta(days=7)
_LONGEST_REASON = 200
_OTHER = "other"


def button(nudge_id: int | None, plan_id: int | None) -> Choice:
    """Offers to name what got in the way."""
    return link(f"ob:{nudge_id or 0}:{plan_id or 0}", t("obstacle.button"))


@obstacle_.press("ob")
def pressed(turn: Turn) -> Move:
    """`ob:<nudge>:<plan>`: the picker; `ob:<nudge>:<plan>:<barrier>`: one of it."""
    nudge_id, rest = addressed(turn)
    plan, _, barrier = rest.partition(":")
    plan_id = number_in(plan)
    if plan_id is None:
        return stay(t("help.old_button"))
    if not barrier:
        return _picker(turn, f"ob:{nudge_id}:{plan_id}")
    return _named(turn, nudge_id, plan_id, barrier)


@obstacle_.press("fix")
def fixed(turn: Turn) -> Move:
    """`fix:<plan>:<offer>`: what was offered is wanted."""
    row_id, what = addressed(turn)
    plan = turn.store.plans.get(turn.person.id, row_id)
    if plan is None or what not in ("smaller", "fewer", "why"):
        return stay(t("help.old_button"))
    if what == "why":
        return _why(turn, plan)
    turn.undoable(
        "plan_pace", plan.row.id, plan.row.cadence, iso(plan.row.tiny_until), iso(plan.row.thinned_on)
    )
    plan.row.changed_at = turn.now
    if what == "fewer":
        nudge_at_pace(plan.row, "weekly", turn.today)
        return done(t("back.quieter_done"), buttons=((UNDO,),))
    plan.row.tiny_until = turn.today + _SMALL_FOR
    return done(t("back.shrunk"), buttons=((UNDO,),))


@obstacle_.fading_step
def reason(turn: Turn) -> Move:
    """Why this skill was picked, in the person's words; said back in nudges."""
    plan = turn.store.plans.get(turn.person.id, turn.slots.get("plan"))
    if plan is None or turn.skips or not turn.text:
        return done(t("obstacle.left"))
    if not turn.keeps_words:
        return done(t("words.not_kept"))
    had = {**vars(plan.words)}
    plan.words.reason = turn.text[:_LONGEST_REASON]
    turn.store.plans.keep(plan)
    turn.undoable("plan_words", plan.row.id, had, plan.row.target_days)
    return done(t("obstacle.reason_kept"), buttons=((UNDO,),))


@obstacle_.fading_step
def line(turn: Turn) -> Move:
    """A line about what got in the way."""
    if turn.skips or not turn.text:
        return done(t("obstacle.left"))
    if not reflect(turn, turn.text, turn.today):
        return done(t("words.not_kept"))
    return done(t("note.kept"), buttons=((UNDO,),))


def _picker(turn: Turn, prefix: str) -> Move:
    barriers = turn.library.content.barriers(turn.person.language)
    choices = [link(f"{prefix}:{each.id}", t("words", words=each.label)) for each in barriers]
    rows = tuple(tuple(choices[start : start + 2]) for start in range(0, len(choices), 2))
    return stay(t("obstacle.which"), *rows)


def not_today(
    turn: Turn, words: str, read: Answer, plan: OpenPlan | None, nudge: Nudge | None = None
) -> Move:
    """ "Not today" in words: thanked, and what got in the way is answered if it was said, not asked for."""
    turn.silence = 0
    told = says_enough(words)
    kept = told and reflect(turn, words, turn.today)
    named = read.barrier is not None and str(read.barrier) != _OTHER
    barrier = turn.library.content.barrier(str(read.barrier), turn.person.language) if named else None
    thanks = t("nudge.not_today_kept" if kept else "nudge.not_today")
    found = _answered(turn, barrier, plan, nudge, thanks) if barrier is not None else None
    if nudge is not None:
        decline(turn, nudge)
    if found is not None:
        return found
    ask_why = () if told or nudge is None else (button(nudge.id, nudge.plan_id),)
    return done(thanks, buttons=((*ask_why, UNDO),))


def decline(turn: Turn, nudge: Nudge) -> None:
    """Notes that the answer to a nudge is "not today"."""
    nudge.outcome, nudge.answered_at = "not_today", turn.now
    turn.undoable("not_today", nudge.id)


def _named(turn: Turn, nudge_id: int, plan_id: int, barrier_id: str) -> Move:
    barrier = turn.library.content.barrier(barrier_id, turn.person.language)
    nudge = turn.store.reminders.nudge(turn.person.id, nudge_id)
    plan = turn.store.plans.get(turn.person.id, plan_id)
    if barrier is None:
        return stay(t("help.old_button"))
    return _answered(turn, barrier, plan, nudge)


def _answered(
    turn: Turn, barrier: Barrier, plan: OpenPlan | None, nudge: Nudge | None, thanks: Text | None = None
) -> Move:
    """Keeps what got in the way, and answers it with the one thing to do about it, after `thanks`."""
    _keep(turn, barrier, plan, nudge)
    suggested = suggestion.offer(turn, plan) if plan is not None else None
    if suggested is not None:
        turn.said += [Say(thanks)] if thanks is not None else []
        return suggested
    said = t("words", words=barrier.answer)
    said = t("two_lines", first=thanks, second=said) if thanks is not None else said
    if barrier.offer == "note":
        return ask(line, said, (SKIP,))
    return Move((Say(said, (*_offered(turn, plan, barrier.offer), (UNDO,))),), stay=True, quiet=True)


def _keep(turn: Turn, barrier: Barrier, plan: OpenPlan | None, nudge: Nudge | None) -> None:
    row = turn.store.obstacles.add(
        turn.person.id,
        plan.row.id if plan else None,
        barrier.id,
        turn.today,
        turn.now,
        nudge.id if nudge else None,
        f"{nudge.due_at.astimezone(turn.zone):%H:%M}" if nudge is not None else None,
    )
    turn.undoable("added", "obstacles", row.id)


def _offered(turn: Turn, plan: OpenPlan | None, offer: Offer) -> Rows:
    """The one thing to do about it; nothing for a plan where there is none."""
    ways = {"other_time": "c:reminders", "another_skill": "c:skills", "rest": "c:pause"}
    if offer in ways:
        return ((link(ways[offer], t(f"obstacle.offer_{offer}")),),)
    if plan is None:
        return ()
    return ((link(f"fix:{plan.row.id}:{offer}", t(f"obstacle.offer_{offer}")),),)


def _why(turn: Turn, plan: OpenPlan) -> Move:
    """The reason that was given, or, where none was, the question for it."""
    if plan.words.reason:
        return done(t("obstacle.why", reason=plan.words.reason))
    turn.slots["plan"] = plan.row.id
    return ask(reason, t("obstacle.why_ask", skill=turn.plan_name(plan)), (SKIP,))
