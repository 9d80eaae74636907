"""A message as Telegram takes it: in parts if it is long, with its buttons and its file."""

from typing import Any

from telegram import Bot, InputFile, Message
from telegram.constants import MessageLimit, ParseMode
from telegram.error import BadRequest

from bot.conversation.messages import Attachment, Wire
from bot.platforms.splitting import split

_NOTHING_TO_EDIT = ("not modified", "message to edit not found", "can't be edited", "message_id_invalid")


async def send(bot: Bot, address: str, wire: Wire, attachment: Attachment | None) -> str:
    """Sends one message; the reference of its last part, which has the buttons."""
    if attachment is not None:
        return await _send_attachment(bot, address, wire, attachment)
    parts = split(wire.text, MessageLimit.MAX_TEXT_LENGTH)
    sent: Message | None = None
    for number, part in enumerate(parts, 1):
        markup = _markup(wire) if number == len(parts) else {}
        sent = await bot.send_message(address, part, parse_mode=ParseMode.HTML, api_kwargs=markup)
    return str(sent.message_id) if sent else ""


async def edit(bot: Bot, address: str, wire: Wire, reference: str) -> str:
    """Changes a message, or its caption; one that is gone or says that already is let be."""
    target: dict[str, Any] = {"chat_id": address, "message_id": int(reference)}
    target["api_kwargs"] = _markup(wire)
    try:
        if wire.captioned:
            await bot.edit_message_caption(caption=wire.text, parse_mode=ParseMode.HTML, **target)
        else:
            await bot.edit_message_text(wire.text, parse_mode=ParseMode.HTML, **target)
    except BadRequest as error:
        if not any(words in error.message.lower() for words in _NOTHING_TO_EDIT):
            raise
    return reference


async def _send_attachment(bot: Bot, address: str, wire: Wire, attachment: Attachment) -> str:
    caption, *more = split(wire.text, MessageLimit.CAPTION_LENGTH)
    file = InputFile(attachment.content, filename=attachment.name)
    rest: dict[str, Any] = {"caption": caption, "parse_mode": ParseMode.HTML}
    if not more:
        rest["api_kwargs"] = _markup(wire)
    if attachment.media_type.startswith("image/"):
        sent = await bot.send_photo(address, file, **rest)
    else:
        sent = await bot.send_document(address, file, protect_content=attachment.protected, **rest)
    if more:
        return await send(bot, address, Wire(" ".join(more), wire.buttons), None)
    return str(sent.message_id)


def _markup(wire: Wire) -> dict[str, Any]:
    """The buttons as the Bot API has them: the library's own objects for them cost as much as the call."""
    if not wire.buttons:
        return {}
    rows = [[{"text": each.label, "callback_data": each.press} for each in row] for row in wire.buttons]
    return {"reply_markup": {"inline_keyboard": rows}}
