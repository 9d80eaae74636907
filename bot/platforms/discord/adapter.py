"""One bot on Discord: reads direct messages, commands and presses; carries messages.

Whatever a person asks for is acknowledged at once, beside its handling: Discord waits three seconds.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import discord
from discord.http import Route

from bot.conversation.messages import (
    Attachment,
    Completion,
    Incoming,
    Pressed,
    Typing,
    Wire,
)
from bot.delivery.failures import Gone, SendingFailed, TryAgain
from bot.platforms.discord.asking import TROUBLE, Asked
from bot.platforms.discord.commands import Wording, tree_of
from bot.platforms.discord.connecting import TokenRefused, logged_in
from bot.platforms.discord.failures import failure_of
from bot.platforms.discord.offered import SlashCommand
from bot.platforms.discord.posting import edit, send
from bot.platforms.discord.reading import PLATFORM, fetched, pressed, said

__all__ = ["Discord", "Sentences", "TokenRefused"]

log = logging.getLogger(__name__)

_LONGEST_WAIT = 90.0
_REACHED_AGAIN = 5.0
_PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
_REMEMBERED = 2000
_LOOKED_THROUGH = 200
"""Chats, the newest, that are asked for what was missed."""
_OVERLAP = 60_000 << 22
"""A minute, as numbers of messages tell time: what was on its way is asked for again, and handled once."""
_LONGEST_SILENCE = 2.0

Handle = Callable[[Incoming], Awaitable[object]]
Complete = Callable[[Typing], Awaitable[list[Completion]]]


@dataclass(frozen=True, slots=True)
class Sentences:
    """What the adapter itself has to say, in a language: where to find Limber (its mention), that its direct
    messages don't get through, and that an answer takes longer than people are used to.
    """

    private_only: Callable[[str | None, str], str]
    closed: Callable[[str | None], str]
    late: Callable[[str | None], str]


class Discord:
    """One bot on Discord."""

    platform = PLATFORM

    def __init__(
        self,
        token: str,
        handle: Handle,
        complete: Complete,
        sentences: Sentences,
        clock: Callable[[], datetime],
        *,
        free_text: bool,
    ) -> None:
        """`clock` tells the time (UTC); without `free_text`, people answer by tapping alone."""
        self._token = token
        self._handle = handle
        self._complete = complete
        self._sentences = sentences
        self._clock = clock
        self._taps_only = not free_text
        self._client: discord.Client | None = None
        self._commands: Sequence[SlashCommand] = ()
        self._channels: dict[str, int] = {}
        self._asked: dict[str, Asked] = {}
        self._newest = 0
        self._under_way: set[asyncio.Task[Any]] = set()

    async def start(self, api_url: str, commands: Sequence[SlashCommand]) -> None:
        """Logs in and offers the commands; where Discord is out of reach, `listen` tries again.

        Raises `TokenRefused`.
        """
        Route.BASE = api_url.rstrip("/")
        self._commands = commands
        try:
            self._client = await self._logged_in()
        except TROUBLE as error:
            log.warning("Discord was not reached", extra={"kind": type(error).__name__})

    async def listen(self) -> None:
        """Reads events until cancelled; the library reconnects and resumes."""
        if self._client is None or self._client.is_closed():
            self._client = await self._logged_in()
        await self._client.connect()

    async def stop(self) -> None:
        """Lets what is being handled end, and closes the connections."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=5)
        for task in self._under_way:
            task.cancel()
        if self._client is not None:
            await self._client.close()

    async def on_connect(self) -> None:
        """A connection was begun afresh: what was written since the last thing heard is asked for.

        The library calls this. Discord tells again what was missed only where a session is resumed.
        """
        newest, known = self._newest, list(self._channels.values())[-_LOOKED_THROUGH:]
        if not newest:
            return
        since = discord.Object(max(0, newest - _OVERLAP))
        for channel_id in reversed(known):
            await self._look_through(channel_id, since)

    async def _look_through(self, channel_id: int, since: discord.Object) -> None:
        try:
            channel = self._connected().get_partial_messageable(channel_id, type=discord.ChannelType.private)
            missed = [each async for each in channel.history(after=since, oldest_first=True)]
        except TROUBLE as error:
            log.warning("a chat was not looked through", extra={"kind": type(error).__name__})
            return
        for message in missed:
            await self._said(message, "")

    async def on_message(self, message: discord.Message) -> None:
        """Somebody wrote. The library calls this."""
        await self._said(message, "")

    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        """Somebody edited what they wrote, or a preview of a link was added to it. The library calls this."""
        if event.message.edited_at is not None:
            await self._said(event.message, f":{event.message.edited_at.timestamp()}")

    async def _said(self, message: discord.Message, edition: str) -> None:
        if message.author.bot or message.guild is not None:
            return
        incoming = said(message, edition, taps_only=self._taps_only)
        self._channels[incoming.address] = message.channel.id
        self._newest = max(self._newest, message.id)
        await self._during(self._take(incoming, *message.attachments[:1]))

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Somebody pressed a button. The library calls this; commands come through their tree."""
        if interaction.type is not discord.InteractionType.component or interaction.message is None:
            return
        if interaction.guild_id is not None:
            await self._decline(interaction)
            return
        press, on = pressed(interaction, interaction.message)
        await self._asked_for(interaction, press=press, pressed=on)

    async def carry(self, address: str, wire: Wire, attachment: Attachment | None, key: str) -> str:
        """Sends or edits one message; see `bot.delivery.sender.Carrier`."""
        try:
            async with asyncio.timeout(_LONGEST_WAIT):
                channel = await self._channel(address)
                if wire.edits is not None:
                    return await edit(channel, wire, wire.edits)
                return await send(channel, wire, attachment, key)
        except TROUBLE as error:
            failure = failure_of(error)
            if isinstance(failure, Gone):
                self._channels.pop(address, None)
                await self._tell_closed(address)
            raise failure from None

    async def busy(self, address: str) -> None:
        """Shows "typing"."""
        try:
            await (await self._channel(address)).typing()
        except (*TROUBLE, SendingFailed) as error:
            log.info("could not show typing", extra={"kind": type(error).__name__})

    async def _logged_in(self) -> discord.Client:
        listeners = (self.on_connect, self.on_message, self.on_raw_message_edit, self.on_interaction)
        return await logged_in(self._token, listeners, self._offer_commands)

    async def _offer_commands(self, client: discord.Client) -> None:
        tree = tree_of(client, self._commands, self._commanded, self._typed)
        await tree.set_translator(Wording())
        await tree.sync()

    def _connected(self) -> discord.Client:
        """The client. Raises `TryAgain` where Discord was not reached yet."""
        if self._client is None or self._client.is_closed():
            raise TryAgain("not connected", _REACHED_AGAIN)
        return self._client

    async def _commanded(
        self, interaction: discord.Interaction, name: str, words: str, file: discord.Attachment | None
    ) -> None:
        if interaction.guild_id is not None:
            await self._decline(interaction)
            return
        files = () if file is None else (file,)
        await self._asked_for(interaction, *files, text="" if files else f"/{name} {words}".rstrip())

    async def _typed(self, interaction: discord.Interaction, name: str, words: str) -> list[Completion]:
        typing = Typing(name, words, interaction.locale.value, self._taps_only)
        return [] if interaction.guild_id is not None else await self._complete(typing)

    async def _asked_for(
        self,
        interaction: discord.Interaction,
        *files: discord.Attachment,
        text: str | None = None,
        press: str | None = None,
        pressed: Pressed | None = None,
    ) -> None:
        address = str(interaction.user.id)
        incoming = Incoming(
            platform=PLATFORM,
            address=address,
            update_key=f"{PLATFORM}:{interaction.id}",
            at=self._clock(),
            text=text,
            press=press,
            pressed=pressed,
            language=interaction.locale.value,
            taps_only=self._taps_only,
        )
        asked = self._remember(address, interaction)
        self._newest = max(self._newest, interaction.id)
        await self._during(asked.acknowledge(), self._answered(asked, self._take(incoming, *files)))
        await asked.clear()

    async def _answered(self, asked: Asked, taking: Coroutine[Any, Any, None]) -> None:
        """Waits until it is handled; where that takes its time, says so to the person alone."""
        handling = asyncio.gather(taking)
        if not (await asyncio.wait((handling,), timeout=_LONGEST_SILENCE))[0]:
            await asked.tell(self._sentences.late(asked.language))
        await handling

    def _remember(self, address: str, interaction: discord.Interaction) -> Asked:
        if interaction.channel_id is not None:
            self._channels[address] = interaction.channel_id
        self._asked.pop(address, None)
        asked = self._asked[address] = Asked(interaction)
        if len(self._asked) > _REMEMBERED:
            self._asked.pop(next(iter(self._asked)))
        return asked

    async def _during(self, *work: Coroutine[Any, Any, None]) -> None:
        """Does it all at once; `stop` waits for it."""
        task = asyncio.current_task()
        if task is not None:
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        await asyncio.gather(*work)

    async def _take(self, incoming: Incoming, *files: discord.Attachment) -> None:
        """Has it handled; Discord tells everything once, so what the database can't take is tried again.

        A file is fetched where words are taken; elsewhere it is let be, as words are.
        """
        for pause in (*_PAUSES, None):
            try:
                if files and not self._taps_only and incoming.document is None:
                    incoming = replace(incoming, document=await fetched(files[0]))
                await self._handle(incoming)
                return
            except Exception as error:
                log.error("an update was not taken", extra={"kind": type(error).__name__}, exc_info=error)
            if pause is not None:
                await asyncio.sleep(pause)

    async def _tell_closed(self, address: str) -> None:
        """Says once, through what they pressed or ran, that messages don't reach them."""
        asked = self._asked.pop(address, None)
        if asked is not None:
            await asked.tell(self._sentences.closed(asked.language))

    async def _decline(self, interaction: discord.Interaction) -> None:
        mention = f"<@{interaction.application_id}>"
        words = self._sentences.private_only(interaction.locale.value, mention)
        try:
            await interaction.response.send_message(words, ephemeral=True)
        except TROUBLE as error:
            log.info("a server was not answered", extra={"kind": type(error).__name__})

    async def _channel(self, address: str) -> discord.PartialMessageable:
        client = self._connected()
        if address not in self._channels:
            opened = await client.create_dm(discord.Object(int(address)))
            self._channels[address] = opened.id
        channel_id = self._channels[address]
        return client.get_partial_messageable(channel_id, type=discord.ChannelType.private)
