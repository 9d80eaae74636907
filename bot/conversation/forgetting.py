"""Words that are not to be kept any more, wherever a conversation still holds them."""

from typing import Any

from bot.store.people import UNKEPT, Talk

_OF_WORDS = frozenset(("reflection_deleted", "reflection_words"))


def forget_words(talk: Talk) -> None:
    """Takes out what was written about practices: what can be undone, what is half done, what waits.

    That a practice was deleted can still be undone, without what was written about it.
    """
    talk.undo = [_wordless(entry) for entry in talk.undo if entry[0] not in _OF_WORDS]
    for slots in (talk.slots, talk.aside.get("run", {}).get("slots", {})):
        slots.pop("words", None)
    talk.aside.pop(UNKEPT, None)
    talk.row.held_until = None


def _wordless(entry: list[Any]) -> list[Any]:
    return [*entry[:2], []] if entry[0] == "practice_deleted" else entry
