"""A message as Telegram takes it: in parts if it is long, with its buttons and its file."""

from dataclasses import replace
from typing import Any

from telegram import Bot, InputFile
from telegram.constants import MessageLimit, ParseMode
from telegram.error import BadRequest

from bot.conversation.messages import Attachment, Wire
from bot.platforms.splitting import split

_NOTHING_TO_EDIT = ("not modified", "message to edit not found", "can't be edited", "message_id_invalid")


def parts(wire: Wire, with_file: bool) -> list[Wire]:
    """The messages in which Telegram takes it; the buttons come with the last."""
    if wire.edits is not None:
        return [wire]
    texts = split(wire.text, MessageLimit.CAPTION_LENGTH if with_file else MessageLimit.MAX_TEXT_LENGTH)
    if with_file and len(texts) > 1:
        texts = [texts[0], *split(" ".join(texts[1:]), MessageLimit.MAX_TEXT_LENGTH)]
    return [*(replace(wire, text=each, buttons=()) for each in texts[:-1]), replace(wire, text=texts[-1])]


async def send(bot: Bot, address: str, wire: Wire, attachment: Attachment | None) -> str:
    """Sends one message that is short enough; its reference."""
    rest: dict[str, Any] = {"parse_mode": ParseMode.HTML, "api_kwargs": _markup(wire)}
    if attachment is None:
        sent = await bot.send_message(address, wire.text, **rest)
        return str(sent.message_id)
    file = InputFile(attachment.content, filename=attachment.name)
    rest["caption"] = wire.text
    if attachment.media_type.startswith("image/"):
        sent = await bot.send_photo(address, file, **rest)
    else:
        sent = await bot.send_document(address, file, protect_content=attachment.protected, **rest)
    return str(sent.message_id)


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


def _markup(wire: Wire) -> dict[str, Any]:
    """The buttons as the Bot API has them: the library's own objects for them cost as much as the call."""
    if not wire.buttons:
        return {}
    rows = [[{"text": each.label, "callback_data": each.press} for each in row] for row in wire.buttons]
    return {"reply_markup": {"inline_keyboard": rows}}
