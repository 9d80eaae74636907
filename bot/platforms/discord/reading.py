"""Discord's messages and presses in Limber's own terms."""

from typing import Any, cast

import discord

from bot.conversation.messages import LARGEST_DOCUMENT, Document, Incoming, Pressed
from bot.platforms.discord.buttons import label_of
from bot.platforms.discord.markup import from_markdown

PLATFORM = "discord"


def said(message: discord.Message, edition: str, *, taps_only: bool) -> Incoming:
    """A message, or (`edition`) what became of one. A slash that is typed makes no command on Discord; it is
    taken for one where words are taken at all.
    """
    reference = message.reference.message_id if message.reference else None
    return Incoming(
        platform=PLATFORM,
        address=str(message.author.id),
        update_key=f"{PLATFORM}:{message.id}{edition}",
        at=message.edited_at or message.created_at,
        text=message.content.lstrip("/ ") if taps_only else message.content,
        message_ref=str(message.id),
        reply_to=str(reference) if reference else None,
        edited=bool(edition),
        taps_only=taps_only,
    )


def pressed(interaction: discord.Interaction, message: discord.Message) -> tuple[str, Pressed]:
    """What a press sends, and the message as it stood."""
    data = cast(dict[str, Any], interaction.data or {})
    press = str(data.get("custom_id", ""))
    return press, Pressed(str(message.id), from_markdown(message.content), label_of(message, press))


async def fetched(file: discord.Attachment) -> Document:
    """A file that was sent. Raises one of `TROUBLE` where it can't be fetched just now."""
    if file.size > LARGEST_DOCUMENT:
        return Document(file.filename, None)
    try:
        return Document(file.filename, await file.read())
    except discord.NotFound:
        return Document(file.filename, None)
