"""Buttons that stand under many messages."""

from bot.conversation.dialogue import answer, link
from bot.texts import t

SKIP = answer("skip", t("button.skip"))
"""Passes the question over."""

CANCEL = answer("stop", t("button.cancel"))
"""Leaves the dialogue."""

UNDO = link("c:undo", t("button.undo"))
"""Takes the last action back, at any time."""
