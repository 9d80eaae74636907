"""A guided exercise: one step a screen, with Next, Back and Stop, and ratings around it."""

from bot.content.loader import Skill
from bot.conversation.dialogue import Choice, Dialogue, Move, Say, Step, answer, ask, done
from bot.conversation.dialogues.log import plan_for, reflection
from bot.conversation.recording import Entry, after_logging, log
from bot.conversation.turn import Turn
from bot.texts import Text, t
from bot.understanding.answers import Unreadable, read_rating

guided = Dialogue("guided")

_LISTED = 8
LONGEST_NAME = 80
"""Characters in which a skill is looked for; what is longer is no name."""


@guided.command("practice")
def start(turn: Turn) -> Move:
    """`/practice [skill]`."""
    if turn.text:
        found = named_skill(turn, turn.text)
        if found is None:
            return _choose(turn, t("practice.unknown", words=turn.text[:60]))
        return _open(turn, found)
    return _choose(turn, t("practice.which"))


@guided.step
def which(turn: Turn) -> Move:
    """The skill to practise."""
    if turn.press == "stop":
        return done(t("cancel.done"))
    found = turn.skill(turn.press) or named_skill(turn, turn.text)
    if found is None:
        return _choose(turn, t("practice.unknown", words=turn.text[:60]))
    return _open(turn, found)


@guided.step
def caution(turn: Turn) -> Move:
    """Waits for a word that it is fine, where the skill is not for everyone."""
    if turn.press == "fine":
        return _before(turn, _skill(turn))
    if turn.press == "other":
        return _choose(turn, t("practice.which"))
    return ask(caution, t("practice.caution_wait"), *_gate())


@guided.step
def before(turn: Turn) -> Move:
    """The rating before."""
    if turn.press == "stop":
        return done(t("practice.stopped"))
    rating = _rating(turn)
    if rating is None and not turn.skips:
        return _rate(before, t("answer.rating"))
    turn.slots["before"] = rating
    return _show(turn, 0)


@guided.step
def running(turn: Turn) -> Move:
    """Next, Back or Stop; words typed on the way are kept with the practice."""
    number: int = turn.slots["number"]
    if turn.press == "stop":
        return _stopped(turn, number)
    if turn.press == "back":
        return _show(turn, max(0, number - 1))
    if turn.press is None and turn.text:
        turn.slots["words"] = [*turn.slots.get("words", []), turn.text]
    if number + 1 < len(_skill(turn).steps):
        return _show(turn, number + 1)
    if _skill(turn).measure != "none" and turn.slots.get("before") is not None:
        return _rate(after, t(f"rate.{_skill(turn).measure}_after"))
    return _finish(turn, "done", None)


@guided.step
def after(turn: Turn) -> Move:
    """The rating afterwards."""
    rating = _rating(turn)
    if rating is None and not turn.skips:
        return _rate(after, t("answer.rating"))
    return _finish(turn, "done", rating)


@guided.step
def half_way(turn: Turn) -> Move:
    """Stopped half-way: half of it counts, if they like."""
    if turn.press == "log":
        return _finish(turn, "partly", None)
    return done(t("practice.stopped"))


def named_skill(turn: Turn, words: str) -> Skill | None:
    """The library skill that these words name."""
    language, words = turn.person.language, words[:LONGEST_NAME]
    exact = turn.library.content.aliases(language).get(words.strip().lower())
    if exact is not None:
        return turn.skill(exact)
    found = turn.library.content.search(words, language)
    return found[0] if len(found) == 1 else None


def starters(turn: Turn) -> tuple[Skill, ...]:
    """Skills that are easy to begin with."""
    return tuple(turn.named(skill) for skill in turn.library.content.starters(turn.person.language))


def _choose(turn: Turn, said: Text) -> Move:
    planned = [turn.skill(plan.row.skill) for plan in turn.store.plans.of(turn.person.id)]
    found = {skill.id: skill for skill in (*planned, *starters(turn)) if skill is not None}
    choices = [answer(skill.id, t("words", words=skill.name)) for skill in list(found.values())[:_LISTED]]
    rows = tuple(tuple(choices[index : index + 2]) for index in range(0, len(choices), 2))
    return ask(which, said, *rows, (answer("stop", t("button.cancel")),))


def _open(turn: Turn, skill: Skill) -> Move:
    turn.party.talk.slots = {"skill": skill.id}
    if skill.check == "confirm":
        return ask(caution, _introduction(skill), *_gate())
    turn.say(Say(_introduction(skill)))
    return _before(turn, skill)


def _introduction(skill: Skill) -> Text:
    key = "practice.open_caution" if skill.caution else "practice.open"
    return t(key, name=skill.name, purpose=skill.purpose, n=skill.minutes, caution=skill.caution)


def _gate() -> tuple[tuple[Choice, ...], ...]:
    return (answer("fine", t("practice.fine")),), (answer("other", t("practice.other")),)


def _before(turn: Turn, skill: Skill) -> Move:
    if skill.measure == "none":
        return _show(turn, 0)
    return _rate(before, t(f"rate.{skill.measure}"))


def _rate(step: Step, said: Text) -> Move:
    numbers = [answer(f"{number}", t("number", number=number)) for number in range(11)]
    return ask(step, said, tuple(numbers[:6]), tuple(numbers[6:]), (answer("skip", t("button.skip")),))


def _rating(turn: Turn) -> int | None:
    read = read_rating(turn.press or turn.text)
    return None if isinstance(read, Unreadable) else read


def _show(turn: Turn, number: int) -> Move:
    skill = _skill(turn)
    turn.slots["number"] = number
    last = number + 1 == len(skill.steps)
    forth = answer("next", t("practice.finish") if last else t("button.next"))
    back = (answer("back", t("button.back")),) if number else ()
    said = t("practice.step", number=number + 1, total=len(skill.steps), words=skill.steps[number])
    say = Say(said, ((*back, forth), (answer("stop", t("button.stop")),)), edits=_same_screen(turn))
    return Move((say,), step=running.name)


def _same_screen(turn: Turn) -> str | None:
    """The step shown last, to be replaced in place when its own button was pressed."""
    pressed = turn.incoming.pressed
    shown_before = turn.party.talk.row.step == running.name
    return pressed.message_ref if pressed is not None and shown_before else None


def _stopped(turn: Turn, number: int) -> Move:
    if number == 0:
        return done(t("practice.stopped"))
    return ask(
        half_way,
        t("practice.half_way"),
        (answer("log", t("outcome.partly")), answer("leave", t("button.no_thanks"))),
    )


def _finish(turn: Turn, outcome: str, rating: int | None) -> Move:
    skill_id = turn.slots["skill"]
    entry = Entry(outcome, turn.now, before=turn.slots.get("before"), after=rating)
    practice = log(turn, entry, plan_for(turn, skill_id))
    practice.skill = skill_id
    for words in turn.slots.get("words", []):
        turn.store.practices.reflect(turn.person.id, words, practice.day, turn.now, practice.id)
    return after_logging(turn, practice, reflection, enough=False)


def _skill(turn: Turn) -> Skill:
    skill = turn.skill(turn.slots["skill"])
    if skill is None:
        raise LookupError("a skill that is not in the library any more")
    return skill
