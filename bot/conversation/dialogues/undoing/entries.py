"""The shape of what undoing is done with."""

from collections.abc import Callable, Mapping

from bot.texts import Text

Undoers = Mapping[str, Callable[..., Text | None]]
"""By the kind of an entry of the undo list: takes the turn and what was noted, answers with what to say."""
