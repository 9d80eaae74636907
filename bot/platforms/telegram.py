"""Telegram, through python-telegram-bot: updates in by polling or webhook, messages out by the Bot API.

An update is confirmed to Telegram only after it has been handled: what a crash interrupts comes again.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from telegram import (
    Bot,
    BotCommand,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    Message,
    Update,
)
from telegram import Document as SentDocument
from telegram.constants import ChatAction, ChatType, MessageLimit, ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.conversation.messages import (
    LARGEST_DOCUMENT,
    Attachment,
    Document,
    Incoming,
    Pressed,
    Wire,
)
from bot.delivery.failures import Gone, Moved, Refused, SendingFailed, TryAgain, Unsure
from bot.platforms.splitting import split
from bot.platforms.transport import NotWritten, Transport

log = logging.getLogger(__name__)

PLATFORM = "telegram"
POLL_SECONDS = 25
_POLLS = 1
_UPDATES = ["message", "edited_message", "callback_query"]
_LONGEST_PAUSE = 60.0
_STUCK_SECONDS = 0.3
"""After this long it is looked for calls for help behind updates that the database does not take."""

Handle = Callable[[Incoming], Awaitable[object]]


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
        except _NOT_AS_PROMISED as error:
            _tell_apart(error)
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
        incoming = self._understood(update)
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
                await self._edit(address, wire)
                return wire.edits
            return await self._send(address, wire, attachment)
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
        incoming = self._understood(update) if is_private else None
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

    def _understood(self, update: Update) -> Incoming | None:
        """None for what says nothing to us or is not as the Bot API has it, and would come again."""
        try:
            incoming = self._incoming(update)
            return _sound(incoming) if incoming is not None else None
        except _NOT_AS_PROMISED as error:
            _tell_apart(error)
            return None

    def _incoming(self, update: Update) -> Incoming | None:
        if update.callback_query is not None:
            return self._press(update, update.callback_query)
        message = update.effective_message
        if message is None:
            return None
        place = (message.location.latitude, message.location.longitude) if message.location else None
        return Incoming(
            **self._common(update),
            at=message.edit_date or message.date,
            text=None if place else message.text or message.caption or "",
            place=place,
            message_ref=str(message.message_id),
            reply_to=str(message.reply_to_message.message_id) if message.reply_to_message else None,
            edited=update.edited_message is not None,
        )

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

    def _press(self, update: Update, query: CallbackQuery) -> Incoming:
        return Incoming(
            **self._common(update), at=self._clock(), press=query.data or "", pressed=_pressed(query)
        )

    def _common(self, update: Update) -> dict[str, Any]:
        user = update.effective_user
        return {
            "platform": PLATFORM,
            "address": str(update.effective_chat.id if update.effective_chat else 0),
            "update_key": f"{PLATFORM}:{self._bot.id}:{update.update_id}",
            "language": user.language_code if user else None,
        }

    async def _send(self, address: str, wire: Wire, attachment: Attachment | None) -> str:
        if attachment is not None:
            return await self._send_attachment(address, wire, attachment)
        parts = split(wire.text, MessageLimit.MAX_TEXT_LENGTH)
        sent: Message | None = None
        for number, part in enumerate(parts, 1):
            markup = _markup(wire) if number == len(parts) else None
            sent = await self._bot.send_message(address, part, parse_mode=ParseMode.HTML, reply_markup=markup)
        return str(sent.message_id) if sent else ""

    async def _send_attachment(self, address: str, wire: Wire, attachment: Attachment) -> str:
        caption, *more = split(wire.text, MessageLimit.CAPTION_LENGTH)
        file = InputFile(attachment.content, filename=attachment.name)
        rest: dict[str, Any] = {"caption": caption, "parse_mode": ParseMode.HTML}
        if not more:
            rest["reply_markup"] = _markup(wire)
        if attachment.media_type.startswith("image/"):
            sent = await self._bot.send_photo(address, file, **rest)
        else:
            sent = await self._bot.send_document(address, file, protect_content=attachment.protected, **rest)
        if more:
            return await self._send(address, Wire(" ".join(more), wire.buttons), None)
        return str(sent.message_id)

    async def _edit(self, address: str, wire: Wire) -> None:
        target: dict[str, Any] = {"chat_id": address, "message_id": int(wire.edits or 0)}
        target["reply_markup"] = _markup(wire)
        try:
            if wire.captioned:
                await self._bot.edit_message_caption(caption=wire.text, parse_mode=ParseMode.HTML, **target)
            else:
                await self._bot.edit_message_text(wire.text, parse_mode=ParseMode.HTML, **target)
        except BadRequest as error:
            if not any(words in error.message.lower() for words in _NOTHING_TO_EDIT):
                raise

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


class UpdatesFailed(Exception):
    """Some updates could not be handled; they are read again."""


_NOT_AS_PROMISED = (AttributeError, KeyError, OverflowError, TypeError, ValueError)


def _tell_apart(error: Exception) -> None:
    log.error("an update was not understood", extra={"kind": type(error).__name__})


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


_NOTHING_TO_EDIT = ("not modified", "message to edit not found", "can't be edited", "message_id_invalid")
_NOBODY_THERE = ("chat not found", "user is deactivated", "peer_id_invalid")


def failure_of(error: TelegramError) -> SendingFailed:
    """What an error of the Bot API means for the message that was on its way."""
    if isinstance(error, RetryAfter):
        return TryAgain("flood control", _seconds(error))
    if isinstance(error, Forbidden):
        return Gone("forbidden")
    if isinstance(error, ChatMigrated):
        return Moved(str(error.new_chat_id))
    if isinstance(error, BadRequest):
        nobody = any(words in error.message.lower() for words in _NOBODY_THERE)
        return Gone("chat not found") if nobody else Refused("bad request")
    if isinstance(error, NetworkError):
        return _network_failure(error)
    return Refused(type(error).__name__)


def _network_failure(error: NetworkError) -> SendingFailed:
    """Tried again where it surely did not go out: nothing was written, or the answer was an error."""
    cause = error.__cause__
    if isinstance(cause, NotWritten) or (cause is None and not isinstance(error, TimedOut)):
        return TryAgain("network")
    return Unsure(type(cause or error).__name__)


def _pause(failure: Exception, failures: int) -> float:
    if isinstance(failure, RetryAfter):
        return _seconds(failure)
    if isinstance(failure, UpdatesFailed):
        return _STUCK_SECONDS
    return min(_LONGEST_PAUSE, 2.0 ** min(failures - 1, 6))


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return float(after) if isinstance(after, int) else after.total_seconds()


def _pressed(query: CallbackQuery) -> Pressed | None:
    message = query.message
    if not isinstance(message, Message):
        return None
    keyboard = message.reply_markup.inline_keyboard if message.reply_markup else ()
    labels = {button.callback_data: button.text for row in keyboard for button in row}
    captioned = message.text is None
    words = message.caption_html if captioned else message.text_html
    return Pressed(str(message.message_id), words or "", labels.get(query.data, ""), captioned)


def _markup(wire: Wire) -> InlineKeyboardMarkup | None:
    if not wire.buttons:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(each.label, callback_data=each.press) for each in row] for row in wire.buttons]
    )


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
