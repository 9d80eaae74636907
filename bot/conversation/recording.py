"""Logging a practice: one way in for taps, words, guided runs and nudges."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.conversation.appointments import next_session
from bot.conversation.dialogue import Choice, answer, link
from bot.conversation.turn import Turn
from bot.practice.schedule import local_day
from bot.practice.wording import NO_REPEAT, Template, choose_wording
from bot.store.plans import OpenPlan
from bot.store.tables import Nudge, Plan, Practice
from bot.texts import Day, Series, Text, t
from bot.understanding.answers import Answer, Outcome

SHORT = 2
PRACTISED = (Outcome.DONE, Outcome.TINY, Outcome.PARTLY)
NOTICED = ("easier", "same", "harder", "again", "otherwise")
"""What may have been noticed, to tap where words can't be typed."""
_SEVERAL = 2
_NEAR_SESSION = timedelta(days=3)
_SKIPPED, _EACH_FOURTH = 3, 4


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be logged. Ratings are 0-10; `at` is when it was practised (UTC)."""

    outcome: str
    at: datetime
    times: int = 1
    minutes: int | None = None
    before: int | None = None
    after: int | None = None
    barrier: str | None = None


def entry_of(turn: Turn, read: Answer) -> Entry:
    """What an answer says, as an entry; "yesterday" goes to the same time of yesterday."""
    return Entry(
        outcome=str(read.outcome),
        at=turn.now + timedelta(days=read.day_offset),
        times=read.times,
        minutes=read.minutes,
        before=read.before,
        after=read.after,
        barrier=str(read.barrier) if read.barrier else None,
    )


def log(turn: Turn, entry: Entry, plan: OpenPlan | None, nudge: Nudge | None = None) -> Practice:
    """Writes the practice, answers the nudge it belongs to, and makes it undoable."""
    practice = turn.store.practices.add(
        turn.person.id,
        plan_id=plan.row.id if plan else None,
        skill=plan.row.skill if plan else None,
        nudge_id=nudge.id if nudge else None,
        day=local_day(entry.at, turn.zone, turn.person.day_ends_at),
        logged_at=turn.now,
        message_ref=turn.incoming.message_ref if turn.incoming.press is None else None,
        measure=_measured(turn, entry, plan),
        start="prompted" if nudge else "remembered",
        **_columns(entry),
    )
    if nudge is not None:
        nudge.outcome, nudge.answered_at = entry.outcome, turn.now
    turn.undoable("practice", practice.id)
    return practice


def correct(turn: Turn, practice: Practice, entry: Entry) -> None:
    """Replaces what a practice says."""
    for name, value in _columns(entry).items():
        setattr(practice, name, value)
    practice.day = local_day(entry.at, turn.zone, turn.person.day_ends_at)


def recap(turn: Turn, practice: Practice) -> Text:
    """What was understood, in one line; with several plans it says of which it is."""
    parts = [*_name(turn, practice), *_parts(practice)]
    if practice.day != turn.today:
        parts.append(t("recap.day", day=Day(practice.day)))
    return t("recap", parts=Series(tuple(parts)))


def parts_told(practice: Practice) -> Text:
    """What a practice was, in one line, without its day and skill."""
    return t("recap", parts=Series(tuple(_parts(practice))))


def _parts(practice: Practice) -> list[Text]:
    parts = [t(f"outcome.{practice.outcome}")]
    if practice.real:
        parts.append(t("recap.real"))
    if practice.times > 1:
        parts.append(t("recap.times", n=practice.times))
    if practice.minutes is not None:
        parts.append(t("recap.minutes", n=practice.minutes))
    parts.extend(_ratings(practice))
    if practice.barrier is not None:
        parts.append(t(f"barrier.{practice.barrier}"))
    return parts


def kept(turn: Turn, practice: Practice, words: str | None, *, asked: bool = False) -> None:
    """Keeps the person's own words about a practice; `asked` if they answer the question about it."""
    if words and turn.keeps_words:
        turn.store.practices.reflect(turn.person.id, words, practice.day, turn.now, practice.id, asked=asked)


def reflect(turn: Turn, words: str, day: date, *, asked: bool = False, purpose: str | None = None) -> bool:
    """Keeps words as a note that can be taken back; False where the person wants none kept."""
    if not turn.keeps_words:
        return False
    row = turn.store.practices.reflect(turn.person.id, words, day, turn.now, asked=asked, purpose=purpose)
    turn.undoable("reflection", row.id)
    return True


def learning_kept(turn: Turn) -> Text:
    """What is said of words about what was learned, before they are kept, if they are.

    That they are worth taking to a session is said once before one that is near, or, where none is known,
    once a fortnight; after treatment never.
    """
    if not turn.keeps_words:
        return t("words.not_kept")
    newest = turn.store.practices.newest_learning(turn.person.id)
    coming = next_session(turn.store, turn.person.id, turn.now)
    if coming is not None:
        told = newest is not None and coming - newest.at <= _NEAR_SESSION
        due = coming - turn.now <= _NEAR_SESSION and not told
    else:
        due = newest is None or _fortnight(newest.day) != _fortnight(turn.today)
    return t("log.kept_for_session" if due and not turn.person.treatment_ended_at else "log.kept")


def _fortnight(day: date) -> int:
    return day.toordinal() // 14


def nudge_at_pace(plan: Plan, cadence: str, today: date) -> None:
    """Sets how often a plan is nudged, and since when it is less than planned."""
    if cadence == "as_planned":
        plan.thinned_on = None
    elif plan.cadence == "as_planned":
        plan.thinned_on = today
    plan.cadence = cadence


def iso(day: date | None) -> str | None:
    """A day as it is noted for undoing."""
    return day.isoformat() if day is not None else None


def says_enough(words: str) -> bool:
    """Whether an answer already tells how it went, so that nothing more need be asked."""
    return len(words.split()) > SHORT


def question(turn: Turn, practice: Practice) -> str:
    """The next reflection question: one of the skill's own, else a general one, the plainest first.

    None comes twice within ten.
    """
    asked = _asked(turn)
    skill = turn.skill(practice.skill) if practice.outcome == "done" else None
    own = {f"{skill.id}:{number}": text for number, text in enumerate(skill.reflect)} if skill else {}
    general = {
        f"{number}": text for number, text in enumerate(turn.library.content.questions(turn.person.language))
    }
    texts = {key: text for key, text in own.items() if key not in asked["recent"]} or general
    key = "0"
    if asked["count"] or key not in texts:
        templates = [Template(each) for each in texts]
        key = choose_wording(templates, (), asked["recent"], str(turn.person.id), asked["count"])
    asked.update(recent=[*asked["recent"], key][-NO_REPEAT:], count=asked["count"] + 1)
    return texts[key]


def answered(turn: Turn, given: bool) -> None:
    """Notes whether the question was answered or passed over."""
    _asked(turn)["skipped"] = 0 if given else _asked(turn)["skipped"] + 1


def rests_from_questions(turn: Turn) -> bool:
    """Whether to ask nothing: after three in a row that were passed over, each fourth asks again."""
    asked = _asked(turn)
    if asked["skipped"] < _SKIPPED:
        return False
    asked["rested"] = (asked["rested"] + 1) % _EACH_FOURTH
    return bool(asked["rested"])


def _asked(turn: Turn) -> dict[str, Any]:
    fresh = {"recent": [], "count": 0, "skipped": 0, "rested": 0}
    kept_so_far: dict[str, Any] = turn.party.talk.aside.setdefault("questions", fresh)
    return kept_so_far


def correction_row(practice: Practice) -> tuple[Choice, ...]:
    """The ways to put right what was logged."""
    return link(f"e:{practice.id}:change", t("button.change")), link("c:undo", t("button.undo"))


def noticings(turn: Turn) -> tuple[tuple[Choice, ...], ...]:
    if not turn.incoming.taps_only:
        return ()
    return tuple((answer(each, t(f"noticed.{each}")),) for each in NOTICED)


def _name(turn: Turn, practice: Practice) -> list[Text]:
    """What was practised, where it could be taken for something else."""
    plans = turn.store.plans.of(turn.person.id)
    plan = turn.store.plans.get(turn.person.id, practice.plan_id)
    if len(plans) < _SEVERAL and (plan is None or practice.skill == plan.row.skill):
        return []
    skill = turn.skill(practice.skill)
    name = skill.name if skill is not None else turn.plan_name(plan) if plan is not None else ""
    return [t("words", words=name)] if name else []


def _ratings(practice: Practice) -> list[Text]:
    if practice.before is not None and practice.after is not None:
        return [t("recap.before_after", before=practice.before, after=practice.after)]
    if practice.before is not None:
        return [t("recap.before", before=practice.before)]
    if practice.after is not None:
        return [t("recap.after", after=practice.after)]
    return []


def _measured(turn: Turn, entry: Entry, plan: OpenPlan | None) -> str | None:
    """What the ratings rate: what the skill measures, distress where it is not said."""
    if entry.before is None and entry.after is None:
        return None
    skill = turn.skill(plan.row.skill) if plan else None
    return skill.measure if skill is not None and skill.measure != "none" else "distress"


def _columns(entry: Entry) -> dict[str, object]:
    return {
        "outcome": entry.outcome,
        "at": entry.at,
        "times": entry.times,
        "minutes": entry.minutes,
        "before": entry.before,
        "after": entry.after,
        "barrier": entry.barrier,
    }
