"""Words that answer nothing: kept as a note, never dropped."""

from bot.conversation.dialogue import Dialogue, Move, done, link
from bot.conversation.turn import Turn
from bot.texts import t

note = Dialogue("note")


@note.step
def unasked(turn: Turn) -> Move:
    """Takes what nobody asked for."""
    if turn.incoming.place is not None:
        return done(t("note.place_unasked"))
    if not turn.text:
        return done(t("note.nothing"))
    row = turn.store.practices.reflect(turn.person.id, turn.text, turn.today, turn.now)
    turn.undoable("reflection", row.id)
    return done(
        t("note.kept"),
        buttons=((link("c:log", t("button.log_practice")), link("c:undo", t("button.undo"))),),
    )
