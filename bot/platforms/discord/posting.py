"""A message as Discord takes it: short enough, with its buttons, its file, and what tells it from others."""

import hashlib
import io
from typing import Any

import discord

from bot.conversation.messages import Attachment, Wire
from bot.platforms.discord.buttons import view_of
from bot.platforms.discord.failures import UNKNOWN_MESSAGE
from bot.platforms.discord.markup import fits, parts_of, to_markdown

_LONGEST_ALTERNATIVE = 1024


async def send(
    channel: discord.PartialMessageable, wire: Wire, attachment: Attachment | None, key: str
) -> str:
    """Sends one message, in parts if it is long; the reference of the last, which has file and buttons."""
    *before, last = parts_of(wire.text)
    for number, part in enumerate(before):
        await channel.send(part, nonce=_nonce(key, number), suppress_embeds=True)
    rest: dict[str, Any] = {}
    if attachment is not None:
        rest["file"] = _file_of(attachment)
    view = view_of(wire.buttons)
    if view is not None:
        rest["view"] = view
    sent = await channel.send(last, nonce=_nonce(key, len(before)), suppress_embeds=True, **rest)
    return str(sent.id)


async def edit(channel: discord.PartialMessageable, wire: Wire, reference: str) -> str:
    """Changes a message; words that have become too long for one stay as they were."""
    markdown = to_markdown(wire.text)
    words: dict[str, Any] = {"content": markdown} if fits(markdown) else {}
    try:
        await channel.get_partial_message(int(reference)).edit(view=view_of(wire.buttons), **words)
    except discord.NotFound as error:
        if error.code != UNKNOWN_MESSAGE:
            raise
    return reference


def _nonce(key: str, number: int) -> str:
    """What tells Discord that this is the same message again: at most 25 characters."""
    return hashlib.blake2b(f"{key}:{number}".encode(), digest_size=12).hexdigest()


def _file_of(attachment: Attachment) -> discord.File:
    alternative = attachment.alternative[:_LONGEST_ALTERNATIVE] or None
    return discord.File(io.BytesIO(attachment.content), attachment.name, description=alternative)
