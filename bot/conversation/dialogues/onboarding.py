"""The first minutes: what this is, consent, at most four questions, and a first tiny practice."""

from bot.conversation import cards, hearing
from bot.conversation.consents import RECORDS, WORDS, agree
from bot.conversation.dialogue import Choice, Dialogue, Move, Rows, Say, answer, ask, done, link
from bot.conversation.dialogues import homework, place, reminders
from bot.conversation.dialogues.guided import named_skill, starters
from bot.conversation.dialogues.log import after_logging, heard, understood
from bot.conversation.homes import who_reads
from bot.conversation.recording import PRACTISED, Entry, log
from bot.conversation.scheduling import next_told, told
from bot.conversation.turn import Turn
from bot.store.plans import OpenPlan, PlanWords
from bot.texts import Listing, Text, in_lines, t
from bot.understanding.answers import read_choice
from bot.understanding.places import Place
from bot.understanding.times import AfterSession, NotUnderstood, Question, Understood

onboarding = Dialogue("onboarding")

_SKIP = answer("skip", t("button.skip"))


@onboarding.command("start")
def start(turn: Turn) -> Move:
    """`/start`: the first time, what this is and a question; later, where things stand.

    `/start <code>`, as a therapist's link sends it, opens a pack.
    """
    code = turn.argument or ""
    if turn.agreed:
        return homework.opened(turn, code) if code else _welcome_back(turn)
    return welcome(turn, code)


def welcome(turn: Turn, code: str) -> Move:
    """What this is, and a question; a pack of that code waits for the answer."""
    if code:
        homework.wait(turn, code)
    said = t("start.welcome", platform=who_reads(turn.incoming.platform))
    more = (link("c:privacy", t("button.privacy")), link("c:crisis", t("button.crisis")))
    return ask(consent, said, *_agreeing(turn), more, (link("c:link", t("link.have_code")),))


@onboarding.step
def consent(turn: Turn) -> Move:
    """Whether the person is of age, and agrees to what. Nothing is kept before this."""
    if turn.press == "young":
        found = turn.library.lines.for_country(turn.person.country, kind="youth")
        turn.say(Say(cards.youth_card(found)))
        return ask(young, t("country.ask"))
    if turn.press == "agree":
        agree(turn, RECORDS, *(() if turn.incoming.taps_only else (WORDS,)))
        return _begin(turn)
    if turn.press == "records":
        agree(turn, RECORDS)
        return _begin(turn)
    return ask(consent, t("start.consent_needed"), *_agreeing(turn))


@onboarding.step
def young(turn: Turn) -> Move:
    """Where someone too young for Limber is, for whom to talk to there; nothing else is asked or kept."""
    country = place.country_named(turn)
    if country is None:
        return done(t("start.young_end"))
    return done(cards.youth_card(turn.library.lines.for_country(country, kind="youth")))


@onboarding.step
def skill(turn: Turn) -> Move:
    """Question 1: which skill; from the list, by name, or one of their own."""
    if turn.text.endswith("?"):
        return _ask_skill(turn)
    if not turn.skips and (turn.press or turn.text):
        found = turn.skill(turn.press) or named_skill(turn, turn.text)
        if found is None and isinstance(hearing.when(turn, turn.text), Understood):
            return _ask_skill(turn, "start.skill_first")
        words = PlanWords() if found else PlanWords(name=turn.text[:80])
        plan = turn.store.plans.add(turn.person.id, found.id if found else None, words, turn.now)
        turn.slots["plan"] = plan.row.id
        cues = found.cue_ideas if found else ()
        return ask(cue, t("start.cue", skill=turn.plan_name(plan)), *_cue_rows(turn, cues), (_SKIP,))
    return _ask_place(turn)


@onboarding.step
def cue(turn: Turn) -> Move:
    """Question 2: the if-then. A cue that is given is said back in the nudge."""
    plan = _plan(turn)
    words = turn.slots.get("cues", {}).get(turn.press, "") if turn.press else turn.text
    if plan is not None and words and not turn.skips:
        plan.words.cue = words[:200]
        turn.store.plans.keep(plan)
    return _ask_place(turn)


@onboarding.step
def where(turn: Turn) -> Move:
    """Question 3: where, for the clock."""
    if turn.incoming.place is None and turn.skips:
        return _ask_time(turn)
    found = place.understood(turn)
    if isinstance(found, Place):
        turn.say(Say(place.settle(turn, found)))
        return _ask_time(turn)
    said, rows = place.which(turn, found)
    return ask(where, said, *rows, (_SKIP,), asks_place=True)


@onboarding.step
def time(turn: Turn) -> Move:
    """Question 4: when to be nudged."""
    if turn.skips:
        return _first_practice(turn, None)
    words = reminders.chosen(turn)
    read = hearing.when(turn, words)
    if isinstance(read, Question | NotUnderstood):
        said, rows = reminders.asked_back(turn, read)
        return ask(time, said, *rows[:-1], (_SKIP,))
    if any(isinstance(each, AfterSession) for each in read.rules):
        return ask(time, t("when.after_session"), *reminders.suggestions()[:-1], (_SKIP,))
    made = reminders.set_up(turn, read, turn.slots.get("plan"))
    return _first_practice(turn, reminders.confirmation(turn, made))


@onboarding.step
def first(turn: Turn) -> Move:
    """The first tiny practice, right away or not; who tells of it in words is logged by them."""
    agrees = turn.press is None and read_choice(turn.text, turn.person.language) == "yes"
    if turn.press is None and not agrees and understood(turn).outcome in PRACTISED:
        return heard(turn)
    if turn.press == "done" or agrees:
        practice = log(turn, Entry("tiny", turn.now), _plan(turn))
        return after_logging(turn, practice, enough=False)
    return done(t("start.later"), buttons=((link("c:help", t("button.help")),),))


def _agreeing(turn: Turn) -> Rows:
    """To all, to practices alone where words can be written, or too young."""
    alone = () if turn.incoming.taps_only else (answer("records", t("start.without_words")),)
    return (answer("agree", t("button.agree")),), (*alone, answer("young", t("start.under_18")))


def _begin(turn: Turn) -> Move:
    """With the pack that has waited, or with the first question."""
    return homework.waited(turn, "onboarding") or _ask_skill(turn)


def _after_homework(turn: Turn) -> Move:
    """What is left to ask, once a pack was gone through."""
    taken: list[int] = turn.slots["taken"]
    turn.party.talk.slots = {"plan": taken[0]} if taken else {}
    return _ask_place(turn) if taken else _ask_skill(turn)


homework.GOES_ON["onboarding"] = _after_homework


def _ask_skill(turn: Turn, words: str = "start.skill") -> Move:
    choices = [answer(skill.id, t("words", words=skill.name)) for skill in starters(turn)]
    rows = tuple(tuple(choices[index : index + 2]) for index in range(0, len(choices), 2))
    return ask(skill, t(words), *rows, (_SKIP,))


def _ask_place(turn: Turn) -> Move:
    if turn.person.zone_known:
        return _ask_time(turn)
    return ask(where, place.question(turn), *place.hints(turn)[:-1], (_SKIP,), asks_place=True)


def _ask_time(turn: Turn) -> Move:
    if turn.store.reminders.of(turn.person.id):
        return _first_practice(turn, None)
    return ask(time, t("start.time"), *reminders.suggestions()[:-1], (_SKIP,))


def _first_practice(turn: Turn, confirmed: Text | None) -> Move:
    if confirmed is not None:
        turn.say(Say(confirmed))
    plan = _plan(turn)
    found = turn.skill(plan.row.skill) if plan else None
    if found is None or found.check == "confirm":
        return done(t("start.ready"), buttons=((link("c:practice", t("button.practice")),),))
    return ask(
        first,
        t("start.first", tiny=found.tiny),
        (answer("done", t("nudge.did_it")), answer("later", t("start.not_now"))),
    )


def _welcome_back(turn: Turn) -> Move:
    plans = turn.store.plans.of(turn.person.id)
    rows = turn.store.reminders.of(turn.person.id)
    said = [t("start.back")]
    if plans:
        said.append(t("start.back_plans", plans=Listing(tuple(turn.plan_name(plan) for plan in plans))))
    if rows and rows[0].next_due_at is not None:
        rule = told(rows[0], turn.zone)
        said.append(t("start.back_next", rule=rule, at=next_told(rows[0], turn.zone)))
    return done(
        in_lines(said),
        buttons=(
            (link("c:practice", t("button.practice")), link("c:log", t("button.log_practice"))),
            (link("c:progress", t("button.progress")), link("c:reminders", t("button.reminders"))),
        ),
    )


def _cue_rows(turn: Turn, cues: tuple[str, ...]) -> tuple[tuple[Choice, ...], ...]:
    turn.slots["cues"] = {f"cue-{number}": words for number, words in enumerate(cues)}
    return tuple((answer(press, t("words", words=words)),) for press, words in turn.slots["cues"].items())


def _plan(turn: Turn) -> OpenPlan | None:
    return turn.store.plans.get(turn.person.id, turn.slots.get("plan"))
