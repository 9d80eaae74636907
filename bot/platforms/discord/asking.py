"""A command or press of somebody's, as long as Discord lets it be answered: 15 minutes."""

import asyncio
import logging

import aiohttp
import discord

log = logging.getLogger(__name__)

TROUBLE = (discord.DiscordException, aiohttp.ClientError, OSError)
"""What can go wrong between Discord and us."""


class Asked:
    """Acknowledged at once, answered by messages; itself the way to someone who takes no messages."""

    def __init__(self, interaction: discord.Interaction) -> None:
        self._interaction = interaction
        self._acknowledged = asyncio.Event()
        self._lock = asyncio.Lock()
        self._told = False

    @property
    def language(self) -> str:
        """The language of the person's Discord."""
        return self._interaction.locale.value

    async def acknowledge(self) -> None:
        """Tells Discord, which waits three seconds, that an answer is on its way."""
        try:
            await self._interaction.response.defer(ephemeral=True)
        except TROUBLE as error:
            log.info("a press was not acknowledged", extra={"kind": type(error).__name__})
        finally:
            self._acknowledged.set()

    async def clear(self) -> None:
        """Takes "thinking" away: answers come as messages, which stay when the interaction is over."""
        if self._interaction.type is not discord.InteractionType.application_command:
            return
        async with self._lock:
            try:
                if not self._told:
                    await self._interaction.delete_original_response()
            except TROUBLE as error:
                log.info("an acknowledgement was not removed", extra={"kind": type(error).__name__})

    async def tell(self, words: str) -> None:
        """Says something that the person alone sees, in place of "thinking" if that is still there."""
        if self._interaction.is_expired():
            return
        await self._acknowledged.wait()
        async with self._lock:
            self._told = True
            try:
                await self._interaction.followup.send(words, ephemeral=True)
            except TROUBLE as error:
                log.info("closed messages were not told", extra={"kind": type(error).__name__})
