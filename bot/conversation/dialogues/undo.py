"""Undoing the last action, and the one before."""

from bot.conversation.dialogue import Dialogue, Move, done, stay
from bot.conversation.dialogues.undoing import pages, plans, practices, times
from bot.conversation.dialogues.undoing.entries import Undoers
from bot.conversation.turn import Turn
from bot.texts import t

undo = Dialogue("undo")

_UNDOERS: Undoers = {**practices.UNDOERS, **plans.UNDOERS, **times.UNDOERS, **pages.UNDOERS}


@undo.command("undo")
def undo_last(turn: Turn) -> Move:
    """Takes back the newest action that is still there."""
    while turn.party.talk.undo:
        kind, *data = turn.party.talk.undo.pop()
        undone = _UNDOERS[kind](turn, *data) if kind in _UNDOERS else None
        if undone is not None:
            return done(undone)
    return stay(t("undo.nothing"))
