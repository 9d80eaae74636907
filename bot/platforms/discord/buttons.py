"""Buttons as Discord shows them: at most five in each of five rows, known by their press for ever."""

import logging
from collections.abc import Sequence

import discord

from bot.conversation.messages import Button

log = logging.getLogger(__name__)

_ROWS = _A_ROW = 5
_LONGEST_LABEL = 80

Rows = tuple[tuple[Button, ...], ...]


def view_of(rows: Rows) -> discord.ui.View | None:
    """The buttons under a message.

    The view is stopped: presses come in by what the button sends, not through an object that a restart
    would lose and that the library would keep in memory as long as it runs.
    """
    laid_out = fitting(rows)
    if not laid_out:
        return None
    view = discord.ui.View(timeout=None)
    for number, row in enumerate(laid_out):
        for each in row:
            label = each.label[:_LONGEST_LABEL]
            view.add_item(discord.ui.Button(label=label, custom_id=each.press, row=number))
    view.stop()
    return view


def fitting(rows: Rows) -> list[Sequence[Button]]:
    """The buttons, each press once, laid out anew where there are too many rows."""
    first = {each.press: each for row in reversed(rows) for each in reversed(row)}
    unique = [[each for each in row if first[each.press] is each] for row in rows]
    kept: list[Sequence[Button]] = [row for row in unique if row]
    if len(kept) <= _ROWS and all(len(row) <= _A_ROW for row in kept):
        return kept
    flat = [each for row in kept for each in row]
    if len(flat) > _ROWS * _A_ROW:
        log.error("a message had too many buttons", extra={"count": len(flat)})
    return [flat[start : start + _A_ROW] for start in range(0, min(len(flat), _ROWS * _A_ROW), _A_ROW)]


def label_of(message: discord.Message, press: str) -> str:
    """What the button that sends `press` says."""
    for row in message.components:
        if isinstance(row, discord.ActionRow):
            for each in row.children:
                if isinstance(each, discord.Button) and each.custom_id == press:
                    return each.label or ""
    return ""
