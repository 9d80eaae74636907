"""Finding one's way: help, about, cancel, and what to do with what can't be followed."""

from bot.conversation.dialogue import Dialogue, Move, done, link, stay
from bot.conversation.turn import Turn
from bot.safety.detection import phrase_states
from bot.texts import Day, t

help_ = Dialogue("help")


@help_.command("help")
def show_help(turn: Turn) -> Move:
    """What can be done here; the open question comes back after it."""
    return stay(t("help.text"))


@help_.command("about")
def about(turn: Turn) -> Move:
    """What Limber is and is not, and how far its safety texts have been checked."""
    lines = turn.library.lines
    phrases = _phrases_reviewed(turn.person.language)
    checked = t("about.checked", day=Day(lines.checked_on), lines=lines.review_state, phrases=phrases)
    return stay(t("two_lines", first=t("about.text"), second=checked))


@help_.command("cancel")
def cancel(turn: Turn) -> Move:
    """Leaves a dialogue half-way."""
    if turn.party.talk.row.step is None:
        return done(t("cancel.nothing"))
    return done(t("cancel.done"))


@help_.command("previews")
def previews(turn: Turn) -> Move:
    """Whether a nudge may show on the lock screen what it is about."""
    if turn.incoming.taps_only:
        return stay(t("previews.always_discreet"))
    turn.person.full_text = not turn.person.full_text
    return stay(t("previews.full") if turn.person.full_text else t("previews.discreet"))


@help_.command("language")
def language(turn: Turn) -> Move:
    """Chooses among the languages there are."""
    wanted = turn.text.strip().lower()
    if wanted in turn.library.languages:
        turn.person.language = wanted
        return stay(t("language.set"))
    rows = tuple((link(f"l:{code}", t("language.name", code=code)),) for code in turn.library.languages)
    return stay(t("language.ask"), *rows)


@help_.press("l")
def language_chosen(turn: Turn) -> Move:
    """A language from the list."""
    if turn.press in turn.library.languages:
        turn.person.language = turn.press
        return stay(t("language.set"))
    return stay(t("help.old_button"))


def _phrases_reviewed(language: str) -> str:
    states = {state.language: state.review_state for state in phrase_states()}
    return states.get(language, states["en"])


@help_.step
def unknown_command(turn: Turn) -> Move:
    """A command that there is none of."""
    return stay(t("help.unknown_command"))


@help_.step
def taps_only(turn: Turn) -> Move:
    """Words typed where only taps are taken: why they were not kept; the open question is put again."""
    return stay(t("help.taps_only"))


@help_.step
def needs_words(turn: Turn) -> Move:
    """A command about words of one's own, where none are taken: where they are."""
    return stay(t("help.needs_words"), (link("c:link", t("button.link")),))


@help_.step
def old_button(turn: Turn) -> Move:
    """A button of a question that is over."""
    return stay(t("help.old_button"))


@help_.step
def lost_place(turn: Turn) -> Move:
    """A step that this release does not know any more."""
    return done(t("help.lost_place"))
