"""`/practice`, and "I need something now": what may help at this strength, by what has helped before."""

from collections.abc import Iterator

from bot.content.loader import Skill
from bot.conversation.dialogue import Dialogue, Move, Say, answer, ask, done, link
from bot.conversation.dialogues.guided import choose, open_exercise
from bot.conversation.exercises import Exercise, exercise
from bot.conversation.turn import Turn
from bot.practice.helping import Try, Worked, worked_at
from bot.texts import t
from bot.understanding.answers import Unreadable, read_rating

now_ = Dialogue("now")

_STRONG, _NEAR_CRISIS = 7, 9
_OFFERED = 3


@now_.command("practice")
def practice(turn: Turn) -> Move:
    """`/practice [skill]`, `/practice now`."""
    return _ask(turn) if turn.text.lower() == "now" else choose(turn)


@now_.command("now")
def now(turn: Turn) -> Move:
    """`/now`: the button "I need something now"."""
    return _ask(turn)


@now_.step
def strength(turn: Turn) -> Move:
    """How strong the distress is."""
    if turn.press == "stop":
        return done(t("cancel.done"))
    rating = read_rating(turn.press or turn.text)
    if isinstance(rating, Unreadable) or rating is None:
        return _ask(turn, "answer.rating")
    return _offer(turn, rating)


@now_.step
def offered(turn: Turn) -> Move:
    """The skill picked of those offered."""
    if turn.press == "stop":
        return done(t("cancel.done"))
    chosen = exercise(turn, turn.press)
    if chosen is None:
        return _offer(turn, turn.slots["distress"])
    rating = turn.slots["distress"] if chosen.measure == "distress" else None
    return open_exercise(turn, chosen, rating)


def _ask(turn: Turn, key: str = "rate.distress") -> Move:
    numbers = [answer(f"{number}", t("number", number=number)) for number in range(11)]
    cancel = (answer("stop", t("button.cancel")),)
    return ask(strength, t(key), tuple(numbers[:6]), tuple(numbers[6:]), cancel)


def _offer(turn: Turn, distress: int) -> Move:
    turn.slots["distress"] = distress
    if distress >= _NEAR_CRISIS:
        turn.say(Say(t("now.crisis"), ((link("c:crisis", t("button.crisis")),),)))
    left_out = retired(turn)
    worked = [each for each in worked_at(list(_tries(turn)), distress) if each.skill not in left_out]
    proven = [skill for each in worked[:_OFFERED] if (skill := turn.skill(each.skill)) is not None]
    _tell(turn, worked[:_OFFERED])
    easy = [each for each in _easy(turn, distress) if each not in proven and each.id not in left_out]
    rows = [(answer(each.id, t("words", words=each.name)),) for each in (*proven, *easy)[:_OFFERED]]
    return ask(offered, t("now.offer"), *rows, (answer("stop", t("button.cancel")),))


def _tell(turn: Turn, worked: list[Worked]) -> None:
    for each in worked:
        skill = turn.skill(each.skill)
        if skill is not None:
            turn.say(Say(t("now.worked", name=skill.name, points=f"{each.eased:g}", times=each.times)))


def _tries(turn: Turn) -> Iterator[Try]:
    """The person's runs with distress before and after."""
    for row in turn.store.practices.runs(turn.person.id):
        skill = turn.skill(row.skill)
        measure = row.measure or (skill.measure if skill is not None else None)
        if skill is not None and measure == "distress" and row.before is not None and row.after is not None:
            yield Try(skill.id, row.before, row.after)


def retired(turn: Turn) -> frozenset[str]:
    """Skills that made things worse twice, and are not offered any more."""
    plans = turn.store.plans.everything(turn.person.id)
    return frozenset(each.row.skill for each in plans if each.row.retired_at and each.row.skill)


def _easy(turn: Turn, distress: int) -> list[Skill]:
    """Skills for distress, those of least effort first; when it is strong, only quick ones."""
    passed = turn.store.gates.open_for(turn.person.id, turn.now)
    found = [
        skill
        for skill in turn.library.content.skills(turn.person.language)
        if skill.measure == "distress" and (not Exercise(skill=skill).gated or skill.id in passed)
    ]
    if distress >= _STRONG:
        found = [skill for skill in found if skill.effort == 1 and "quick" in skill.tags]
    return sorted(found, key=lambda skill: (skill.effort, skill.minutes))
