"""How it is going: one sentence worth knowing, the numbers, and a picture that says the same."""

from bot.conversation.dialogue import Dialogue, Move, Say, done, link
from bot.conversation.overview import Overview, overview
from bot.conversation.progress_words import told
from bot.conversation.turn import Turn
from bot.practice.summary import Window
from bot.texts import t

progress = Dialogue("progress")


@progress.command("progress")
def show(turn: Turn) -> Move:
    """`/progress [week|month|year]`."""
    window = window_of(turn)
    found: Overview = overview(turn.store, turn.person, window, turn.now)
    if not found.ever:
        return done(t("progress.none"), buttons=((link("c:practice", t("button.practice")),),))
    rows = (tuple(link(f"g:{each}", t(f"progress.button_{each}")) for each in Window if each is not window),)
    turn.say(Say(told(found), rows, picture={"kind": "progress", "window": str(window)}))
    return Move(stay=True)


@progress.press("g")
def another(turn: Turn) -> Move:
    """`g:<window>`: another stretch of time."""
    return show(turn)


def window_of(turn: Turn) -> Window:
    """The stretch asked for; a month where none was named."""
    named = (turn.press or turn.text).strip().lower()
    return Window(named) if named in tuple(Window) else Window.MONTH
