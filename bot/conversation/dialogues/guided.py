"""A guided exercise: one step a screen, with Next, Back and Stop, and ratings around it."""

from bot.content.loader import Skill
from bot.conversation.dialogue import Choice, Dialogue, Move, Rows, Say, Step, answer, ask, done, link
from bot.conversation.dialogues.log import after_logging, plan_for
from bot.conversation.dialogues.logged import worse
from bot.conversation.exercises import Exercise, exercise, planned
from bot.conversation.pacing import beats, time_button
from bot.conversation.recording import Entry, kept, log
from bot.conversation.runs import forget_run, keep_run, run_left
from bot.conversation.turn import Turn
from bot.texts import Text, t
from bot.understanding.answers import Unreadable, read_rating

guided = Dialogue("guided")

_LISTED = 6
LONGEST_NAME = 80
"""Characters in which a skill is looked for; what is longer is no name."""


def choose(turn: Turn) -> Move:
    """`/practice [skill]`: the skill named, what was left half-way, or a choice."""
    if turn.text:
        found = _named(turn)
        return _unknown(turn) if found is None else open_exercise(turn, found)
    left = exercise(turn, (run_left(turn) or {}).get("skill"))
    return _offer_rest(turn, left) if left is not None else _choose(turn, t("practice.which"))


@guided.step
def which(turn: Turn) -> Move:
    """The skill to practise."""
    if turn.press == "stop":
        return done(t("cancel.done"))
    found = exercise(turn, turn.press) or _named(turn)
    return _unknown(turn) if found is None else open_exercise(turn, found)


@guided.step
def resume(turn: Turn) -> Move:
    """Going on with what was left half-way, or not."""
    left = run_left(turn)
    if turn.press == "other" or left is None:
        return _choose(turn, t("practice.which"))
    chosen = exercise(turn, left["skill"])
    if chosen is None:
        return _choose(turn, t("practice.which"))
    if turn.press == "on":
        turn.party.talk.slots = left
        return _through_gate(turn, chosen)
    if turn.press == "start":
        return _from_the_start(turn, chosen)
    return _offer_rest(turn, chosen)


@guided.step
def caution(turn: Turn) -> Move:
    """Waits for a word that it is fine, where the skill is not for everyone."""
    chosen = _exercise(turn)
    if turn.press == "fine":
        turn.store.gates.let_pass(turn.person.id, chosen.id, turn.now)
        return _before(turn, chosen)
    if turn.press == "other":
        return _choose(turn, t("practice.which"))
    return ask(caution, t("practice.caution_wait"), *gate_rows(chosen))


@guided.step
def before(turn: Turn) -> Move:
    """The rating before."""
    if turn.press == "stop":
        return done(t("practice.stopped"))
    if turn.press == "tiny":
        return _tiny(turn)
    rating = _rating(turn)
    if rating is None and not turn.skips:
        return _rate(before, t("answer.rating"))
    turn.slots["before"] = rating
    return _show(turn, 0)


@guided.step
def tiny(turn: Turn) -> Move:
    """The tiny version: done, or the whole of it after all."""
    if turn.press == "stop":
        return done(t("practice.stopped"))
    if turn.press == "whole":
        return _show(turn, 0)
    return _finish(turn, "tiny", None)


@guided.step
def running(turn: Turn) -> Move:
    """Next, Back or Stop; words typed on the way are kept with the practice."""
    number: int = turn.slots["number"]
    if turn.press == "stop":
        return _stopped(turn, number)
    if turn.press == "back":
        return _show(turn, max(0, number - 1))
    if turn.press == "tiny":
        return _tiny(turn)
    if turn.press == "pace":
        return _paced(turn, number)
    if turn.press is None and turn.text:
        turn.slots["words"] = [*turn.slots.get("words", []), turn.text]
    return _onwards(turn, number + 1)


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
    exact = turn.library.content.aliases(language).get(words.strip().lower(), words.strip())
    known = turn.skill(exact)
    if known is not None:
        return known
    found = turn.library.content.search(words, language)
    return turn.named(found[0]) if len(found) == 1 else None


def starters(turn: Turn) -> tuple[Skill, ...]:
    """Skills that are easy to begin with."""
    return tuple(turn.named(skill) for skill in turn.library.content.starters(turn.person.language))


def open_exercise(turn: Turn, chosen: Exercise, rating: int | None = None) -> Move:
    """Begins an exercise, or offers to go on with it; `rating` is the one before, if already given."""
    left = run_left(turn)
    if left is not None and left["skill"] == chosen.id:
        return _offer_rest(turn, chosen)
    return _from_the_start(turn, chosen, rating)


def _from_the_start(turn: Turn, chosen: Exercise, rating: int | None = None) -> Move:
    turn.party.talk.slots = {"skill": chosen.id}
    if rating is not None:
        turn.slots["before"] = rating
    forget_run(turn, chosen.id)
    return _through_gate(turn, chosen)


def _through_gate(turn: Turn, chosen: Exercise) -> Move:
    if chosen.gated and chosen.id not in turn.store.gates.open_for(turn.person.id, turn.now):
        return ask(caution, chosen.introduction, *gate_rows(chosen))
    turn.say(Say(chosen.introduction))
    return _before(turn, chosen)


def gate_rows(chosen: Exercise) -> Rows:
    """A word that it is fine, or another skill."""
    fine = "practice.agreed" if chosen.needs_plan else "practice.fine"
    return (answer("fine", t(fine)),), (answer("other", t("practice.other")),)


def _named(turn: Turn) -> Exercise | None:
    words = turn.text[:LONGEST_NAME].strip().lower()
    own = next((each for each in planned(turn) if each.name.lower() == words), None)
    skill = named_skill(turn, turn.text)
    return own or (Exercise(skill=skill) if skill is not None else None)


def _unknown(turn: Turn) -> Move:
    return _choose(turn, t("practice.unknown", words=turn.quoted))


def _choose(turn: Turn, said: Text) -> Move:
    found = {each.id: each for each in (*planned(turn), *(Exercise(skill=each) for each in starters(turn)))}
    choices = [answer(each.id, t("words", words=each.name)) for each in list(found.values())[:_LISTED]]
    rows = tuple(tuple(choices[index : index + 2]) for index in range(0, len(choices), 2))
    last = (link("c:now", t("now.button")), answer("stop", t("button.cancel")))
    return ask(which, said, *rows, last)


def _offer_rest(turn: Turn, chosen: Exercise) -> Move:
    number = (run_left(turn) or {}).get("number", 0) + 1
    return ask(
        resume,
        t("practice.left", name=chosen.name, number=number, total=len(chosen.steps)),
        (answer("on", t("practice.go_on", number=number)),),
        (answer("start", t("practice.from_start")),),
        (answer("other", t("practice.other")),),
    )


def _before(turn: Turn, chosen: Exercise) -> Move:
    if "number" in turn.slots:
        return _show(turn, min(turn.slots["number"], len(chosen.steps) - 1))
    plan = chosen.plan or plan_for(turn, chosen.id)
    if plan is not None and plan.words.instruction and not turn.wordless:
        turn.say(Say(t("plan.instruction", words=plan.words.instruction)))
    if chosen.measure == "none" or "before" in turn.slots:
        return _show(turn, 0)
    return _rate(before, t(f"rate.{chosen.measure}"), answer("tiny", t("practice.tiny_version")))


def _rate(step: Step, said: Text, *also: Choice) -> Move:
    numbers = [answer(f"{number}", t("number", number=number)) for number in range(11)]
    return ask(step, said, tuple(numbers[:6]), tuple(numbers[6:]), (answer("skip", t("button.skip")), *also))


def _rating(turn: Turn) -> int | None:
    read = read_rating(turn.press or turn.text)
    return None if isinstance(read, Unreadable) else read


def _show(turn: Turn, number: int) -> Move:
    turn.slots["number"] = number
    keep_run(turn)
    say = Say(_step_text(turn, number), _step_buttons(turn, number), edits=_same_screen(turn))
    return Move((say,), step=running.name)


def _step_text(turn: Turn, number: int) -> Text:
    steps = _exercise(turn).steps
    return t("practice.step", number=number + 1, total=len(steps), words=steps[number])


def _step_buttons(turn: Turn, number: int) -> Rows:
    chosen = _exercise(turn)
    pace = chosen.skill.pace_of(number) if chosen.skill is not None else None
    last = number + 1 == len(chosen.steps)
    forth = answer("next", t("practice.finish") if last else t("button.next"))
    back = (answer("back", t("button.back")),) if number else ()
    small = (answer("tiny", t("practice.tiny_version")),) if not number and chosen.tiny else ()
    start = (time_button(pace),) if pace is not None else ()
    return start, (*back, forth), (*small, answer("stop", t("button.stop")))


def _same_screen(turn: Turn) -> str | None:
    """The step shown last, to be replaced in place when its own button was pressed."""
    pressed = turn.incoming.pressed
    shown_before = turn.party.talk.row.step == running.name
    return pressed.message_ref if pressed is not None and shown_before else None


def _paced(turn: Turn, number: int) -> Move:
    """Times the step by editing its very message, beat after beat."""
    skill, screen = _exercise(turn).skill, _same_screen(turn)
    pace = skill.pace_of(number) if skill is not None else None
    if pace is None or screen is None:
        return _show(turn, number)
    phases = turn.library.content.phases(turn.person.language)
    steps = _exercise(turn).steps
    words = {"number": number + 1, "total": len(steps), "words": steps[number]}
    buttons = _step_buttons(turn, number)[1:]
    return Move(beats(pace, phases, words, buttons, screen), step=running.name)


def _onwards(turn: Turn, number: int) -> Move:
    chosen = _exercise(turn)
    if number < len(chosen.steps):
        return _show(turn, number)
    if chosen.measure != "none" and turn.slots.get("before") is not None:
        return _rate(after, t(f"rate.{chosen.measure}_after"))
    return _finish(turn, "done", None)


def _tiny(turn: Turn) -> Move:
    return ask(
        tiny,
        t("practice.tiny", words=_exercise(turn).tiny),
        (answer("done", t("practice.tiny_done")), answer("whole", t("practice.whole"))),
        (answer("stop", t("button.stop")),),
    )


def _stopped(turn: Turn, number: int) -> Move:
    if number == 0:
        return done(t("practice.stopped"))
    return ask(
        half_way,
        t("practice.half_way"),
        (answer("log", t("outcome.partly")), answer("leave", t("button.no_thanks"))),
    )


def _finish(turn: Turn, outcome: str, rating: int | None) -> Move:
    chosen = _exercise(turn)
    entry = Entry(outcome, turn.now, before=turn.slots.get("before"), after=rating)
    plan = chosen.plan or plan_for(turn, chosen.id)
    practice = log(turn, entry, plan)
    practice.skill = chosen.skill.id if chosen.skill is not None else None
    practice.measure = chosen.measure if entry.before is not None else None
    for words in turn.slots.get("words", []):
        kept(turn, practice, words)
    forget_run(turn, chosen.id)
    return after_logging(turn, practice, enough=False, first=worse(practice))


def _exercise(turn: Turn) -> Exercise:
    chosen = exercise(turn, turn.slots["skill"])
    if chosen is None:
        raise LookupError("an exercise that is not there any more")
    return chosen
