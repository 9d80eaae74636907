"""Ratings from 0 to 10, to tap or to type."""

from bot.conversation.dialogue import Choice, Rows, answer
from bot.conversation.turn import Turn
from bot.texts import t
from bot.understanding.answers import Unreadable, read_rating


def scale(*under: Choice) -> Rows:
    """The numbers from 0 to 10 in two rows; `under` them what else may be answered."""
    numbers = [answer(f"{number}", t("number", number=number)) for number in range(11)]
    return tuple(numbers[:6]), tuple(numbers[6:]), under


def rated(turn: Turn) -> int | None:
    """The number that was tapped or typed; None for anything else."""
    read = read_rating(turn.press or turn.text)
    return None if isinstance(read, Unreadable) else read
