"""Buttons that stand under many messages, and reading those that are addressed to a row."""

from bot.conversation.dialogue import answer, link
from bot.conversation.turn import Turn
from bot.texts import t

_LARGEST_ID = 2**63 - 1

SKIP = answer("skip", t("button.skip"))
"""Passes the question over."""

CANCEL = answer("stop", t("button.cancel"))
"""Leaves the dialogue."""

UNDO = link("c:undo", t("button.undo"))
"""Takes the last action back, at any time."""


def addressed(turn: Turn) -> tuple[int, str]:
    """Reads a press `prefix:<row>:<what>`: the id of the row, 0 for what is none, and what is asked of it."""
    number, _, what = (turn.incoming.press or "").partition(":")[2].partition(":")
    return number_in(number) or 0, what


def number_in(part: str | None) -> int | None:
    """Reads a number that a press carries; None for what is none, or none that we could have written."""
    if not part or not part.isascii() or not part.isdigit() or len(part) > len(str(_LARGEST_ID)):
        return None
    number = int(part)
    return number if number <= _LARGEST_ID else None
