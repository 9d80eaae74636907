"""One bot on Telegram.

An update is confirmed to Telegram only after it has been handled: what a crash interrupts comes again.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from telegram import Bot, BotCommand, CallbackQuery, Message, Update
from telegram import Document as SentDocument
from telegram.constants import ChatAction, ChatType
from telegram.error import BadRequest, RetryAfter, TelegramError

from bot.conversation.messages import (
    LARGEST_DOCUMENT,
    Attachment,
    Document,
    Incoming,
    Wire,
)
from bot.platforms.telegram.failures import failure_of, seconds_of
from bot.platforms.telegram.posting import edit, send
from bot.platforms.telegram.reading import NOT_AS_PROMISED, PLATFORM, tell_apart, understood
from bot.platforms.telegram.transport import Transport

log = logging.getLogger(__name__)

POLL_SECONDS = 25
_POLLS = 1
_UPDATES = ["message", "edited_message", "callback_query"]
_LONGEST_PAUSE = 60.0
_STUCK_SECONDS = 0.3
"""After this long it is looked for calls for help behind updates that the database does not take."""

Handle = Callable[[Incoming], Awaitable[object]]


class UpdatesFailed(Exception):
    """Some updates could not be handled; they are read again."""


class Telegram:
    """One bot on Telegram: reads updates, carries messages."""

    platform = PLATFORM

    def __init__(
        self,
        bot: Bot,
        handle: Handle,
        private_only: Callable[[str | None, str], str],
        clock: Callable[[], datetime],
        reach_out: Handle,
    ) -> None:
        """`private_only` words, for a language and the bot's name, that Limber talks in private alone.

        `reach_out` answers calls for help, and nothing else, without waiting for what is stuck before them.
        """
        self._bot = bot
        self._handle = handle
        self._reach_out = reach_out
        self._private_only = private_only
        self._clock = clock
        self.is_connected = False

    async def start(self, commands: Mapping[str, Sequence[tuple[str, str]]]) -> None:
        """Connects, and offers the commands (name, description), for each language; "" is everyone else's."""
        await self._bot.initialize()
        self.is_connected = True
        for language, listed in commands.items():
            offered = [BotCommand(name, description) for name, description in listed]
            await self._bot.set_my_commands(offered, language_code=language or None)

    @property
    def name(self) -> str:
        """The bot's user name, once connected."""
        return self._bot.username

    async def have_delivered(self, url: str, secret: str) -> None:
        """Has Telegram deliver updates to `url`, with the secret in a header."""
        await self._bot.set_webhook(url, secret_token=secret, allowed_updates=_UPDATES)

    async def have_kept(self) -> None:
        """Has Telegram keep updates until they are read."""
        await self._bot.delete_webhook()

    async def take(self, delivered: dict[str, Any]) -> None:
        """Handles one update as Telegram delivers it. Raises if the database cannot take it."""
        try:
            update = Update.de_json(delivered, self._bot)
        except NOT_AS_PROMISED as error:
            tell_apart(error)
            return
        await self.process(update)

    async def stop(self) -> None:
        """Closes the connections."""
        self.is_connected = False
        await self._bot.shutdown()

    async def poll(self) -> None:
        """Reads updates until cancelled. Each is confirmed once it, and all before it, were handled."""
        offset, failures = None, 0
        while True:
            try:
                updates = await self._updates(offset, POLL_SECONDS)
                offset = await self._handle_all(updates, offset)
                failures = 0
            except (TelegramError, UpdatesFailed) as failure:
                failures += 1
                if failures.bit_count() == 1:
                    log.warning("updates did not come through", extra={"kind": type(failure).__name__})
                await asyncio.sleep(_pause(failure, failures))

    async def _updates(self, offset: int | None, seconds: int) -> Sequence[Update]:
        return await self._bot.get_updates(
            offset=offset, timeout=seconds, read_timeout=seconds + 10, allowed_updates=_UPDATES
        )

    async def process(self, update: Update) -> None:
        """Handles one update, however it came. Raises if the database cannot take it."""
        message = update.effective_message
        if update.effective_chat is None or update.effective_chat.type != ChatType.PRIVATE:
            if message is not None and str(message.text or "").startswith("/"):
                await self._decline(message)
            return
        incoming = self._read(update)
        if incoming is None:
            return
        if message is not None and message.document is not None and update.callback_query is None:
            incoming = replace(incoming, document=await self._fetched(message.document))
        await self._handle(incoming)
        if update.callback_query is not None:
            await self._acknowledge(update.callback_query)

    async def carry(self, address: str, wire: Wire, attachment: Attachment | None, key: str) -> str:
        """Sends or edits one message; see `bot.delivery.sender.Carrier`."""
        try:
            if wire.edits is not None:
                return await edit(self._bot, address, wire, wire.edits)
            return await send(self._bot, address, wire, attachment)
        except TelegramError as error:
            raise failure_of(error) from None

    async def busy(self, address: str) -> None:
        """Shows "typing"."""
        try:
            await self._bot.send_chat_action(address, ChatAction.TYPING)
        except TelegramError as error:
            log.info("could not show typing", extra={"kind": type(error).__name__})

    async def _handle_all(self, updates: Sequence[Update], offset: int | None) -> int | None:
        """Chats beside each other, the updates of a chat one after another. Answers with the next offset."""
        chats: dict[int, list[Update]] = {}
        for update in updates:
            chats.setdefault(update.effective_chat.id if update.effective_chat else 0, []).append(update)
        handling = asyncio.gather(*(self._handle_chat(chat) for chat in chats.values()))
        try:
            while not (await asyncio.wait((handling,), timeout=_STUCK_SECONDS))[0]:
                await self._look_ahead(offset)
        finally:
            handling.cancel()
        if any(handling.result()):
            raise UpdatesFailed
        return updates[-1].update_id + 1 if updates else offset

    async def _look_ahead(self, offset: int | None) -> None:
        """While updates are stuck: whoever calls for help among them or behind them is answered."""
        try:
            updates = await self._updates(offset, 0)
        except TelegramError:
            return
        for update in updates:
            await self._answer_call(update)

    async def _answer_call(self, update: Update) -> None:
        is_private = update.effective_chat is not None and update.effective_chat.type == ChatType.PRIVATE
        incoming = self._read(update) if is_private else None
        if incoming is not None:
            await self._reach_out(incoming)

    async def _handle_chat(self, updates: list[Update]) -> bool:
        """True if an update could not be taken: it is to come again, and all behind it."""
        for number, update in enumerate(updates):
            try:
                await self.process(update)
            except Exception as error:
                log.error("an update was not taken", extra={"kind": type(error).__name__}, exc_info=error)
                for behind in updates[number + 1 :]:
                    await self._answer_call(behind)
                return True
        return False

    def _read(self, update: Update) -> Incoming | None:
        return understood(update, self._bot.id, self._clock())

    async def _fetched(self, sent: SentDocument) -> Document:
        """A file that was sent. Raises `TelegramError` where it can't be fetched just now."""
        name = sent.file_name or ""
        if (sent.file_size or 0) > LARGEST_DOCUMENT:
            return Document(name, None)
        try:
            content = await (await self._bot.get_file(sent.file_id)).download_as_bytearray()
        except BadRequest:
            return Document(name, None)
        return Document(name, bytes(content) if len(content) <= LARGEST_DOCUMENT else None)

    async def _acknowledge(self, query: CallbackQuery) -> None:
        try:
            await query.answer()
        except TelegramError as error:
            log.info("a press was not acknowledged", extra={"kind": type(error).__name__})

    async def _decline(self, message: Message) -> None:
        language = message.from_user.language_code if message.from_user else None
        try:
            await message.reply_text(self._private_only(language, self._bot.username))
        except TelegramError as error:
            log.info("a group was not answered", extra={"kind": type(error).__name__})


def _pause(failure: Exception, failures: int) -> float:
    if isinstance(failure, RetryAfter):
        return seconds_of(failure)
    if isinstance(failure, UpdatesFailed):
        return _STUCK_SECONDS
    return min(_LONGEST_PAUSE, 2.0 ** min(failures - 1, 6))


def make_bot(token: str, api_url: str, send_at_once: int = 64) -> Bot:
    """A bot of python-telegram-bot whose methods are at `<api_url>/bot<token>/…`."""
    root = api_url.rstrip("/")
    transport = Transport(send_at_once + _POLLS)
    return Bot(
        token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=transport,
        get_updates_request=transport,
    )
