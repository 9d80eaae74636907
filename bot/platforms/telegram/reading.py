"""Updates of the Bot API in Limber's own terms."""

import logging
from datetime import datetime
from typing import Any

from telegram import CallbackQuery, Message, Update

from bot.conversation.messages import Incoming, Pressed

log = logging.getLogger(__name__)

PLATFORM = "telegram"
NOT_AS_PROMISED = (AttributeError, KeyError, OverflowError, TypeError, ValueError)
"""What reading an update raises that is not as the Bot API has it."""


def understood(update: Update, bot_id: int, now: datetime) -> Incoming | None:
    """None for what says nothing to us or is not as the Bot API has it, and would come again.

    `now` (UTC) is when a press counts: Telegram doesn't say. A file that was sent is not in it.
    """
    try:
        incoming = _incoming(update, bot_id, now)
        return _sound(incoming) if incoming is not None else None
    except NOT_AS_PROMISED as error:
        tell_apart(error)
        return None


def tell_apart(error: Exception) -> None:
    """Notes that an update was not as promised, and nothing of what it held."""
    log.error("an update was not understood", extra={"kind": type(error).__name__})


def _incoming(update: Update, bot_id: int, now: datetime) -> Incoming | None:
    if update.callback_query is not None:
        return _press(update, update.callback_query, bot_id, now)
    message = update.effective_message
    if message is None:
        return None
    place = (message.location.latitude, message.location.longitude) if message.location else None
    return Incoming(
        **_common(update, bot_id),
        at=message.edit_date or message.date,
        text=None if place else message.text or message.caption or "",
        place=place,
        message_ref=str(message.message_id),
        reply_to=str(message.reply_to_message.message_id) if message.reply_to_message else None,
        edited=update.edited_message is not None,
    )


def _press(update: Update, query: CallbackQuery, bot_id: int, now: datetime) -> Incoming:
    return Incoming(**_common(update, bot_id), at=now, press=query.data or "", pressed=_pressed(query))


def _common(update: Update, bot_id: int) -> dict[str, Any]:
    user = update.effective_user
    return {
        "platform": PLATFORM,
        "address": str(update.effective_chat.id if update.effective_chat else 0),
        "update_key": f"{PLATFORM}:{bot_id}:{update.update_id}",
        "language": user.language_code if user else None,
    }


def _sound(incoming: Incoming) -> Incoming:
    """The same, if words are words and a place is on Earth. Raises TypeError or ValueError."""
    for words in (incoming.text, incoming.press, incoming.language):
        if words is not None:
            words.encode()
    if incoming.place is not None:
        latitude, longitude = incoming.place
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise ValueError
    return incoming


def _pressed(query: CallbackQuery) -> Pressed | None:
    message = query.message
    if not isinstance(message, Message):
        return None
    keyboard = message.reply_markup.inline_keyboard if message.reply_markup else ()
    labels = {button.callback_data: button.text for row in keyboard for button in row}
    captioned = message.text is None
    words = message.caption_html if captioned else message.text_html
    return Pressed(str(message.message_id), words or "", labels.get(query.data, ""), captioned)
