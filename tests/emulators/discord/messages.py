"""Messages of the bot: sent, edited, deleted, with files and buttons."""

from dataclasses import dataclass
from datetime import UTC, datetime

from aiohttp import web

from tests.emulators.discord.contents import check_message
from tests.emulators.discord.errors import ApiError, cannot_send, invalid_form, not_found
from tests.emulators.discord.state import Channel, Json, Message, State, StoredFile

UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, UNKNOWN_USER = 10003, 10008, 10013


@dataclass(frozen=True)
class Upload:
    """A file of a multipart body; `number` is what the body's `attachments` call it."""

    number: int
    name: str
    media_type: str
    content: bytes


class Messages:
    """What the bot does in channels."""

    def __init__(self, state: State) -> None:
        self._state = state

    async def open_channel(self, request: web.Request, body: Json, uploads: list[Upload]) -> Json:
        """The direct message channel with someone."""
        recipient = str(body.get("recipient_id") or "")
        channel = self._state.direct(int(recipient)) if recipient.isdigit() else None
        if channel is None:
            raise ApiError(400, 50033, "Invalid Recipient(s)")
        return channel.json

    async def create(self, request: web.Request, body: Json, uploads: list[Upload]) -> Json:
        """A new message; with an enforced nonce that was used before, the message of that time."""
        channel = self._channel(request)
        nonce = str(body.get("nonce") or "") if body.get("enforce_nonce") else ""
        if nonce and nonce in channel.nonces:
            return channel.messages[channel.nonces[nonce]].json
        if channel.is_closed:
            raise cannot_send()
        message = self.write(channel, body, uploads)
        if nonce:
            channel.nonces[nonce] = message.id
        return message.json

    async def history(self, request: web.Request, body: Json, uploads: list[Upload]) -> list[Json]:
        """What was said after a message, oldest first as far as the limit goes; told newest first."""
        channel, after = self._channel(request), int(request.query.get("after", 0))
        found = sorted(each.id for each in channel.messages.values() if each.id > after)
        told = found[: int(request.query.get("limit", 50))]
        return [channel.messages[each].json for each in reversed(told)]

    async def edit(self, request: web.Request, body: Json, uploads: list[Upload]) -> Json:
        """A change of a message of the bot's."""
        channel = self._channel(request)
        return self.change(channel, self._message(request, channel), body, uploads).json

    async def delete(self, request: web.Request, body: Json, uploads: list[Upload]) -> None:
        """A message taken away."""
        channel = self._channel(request)
        del channel.messages[self._message(request, channel).id]

    async def show_typing(self, request: web.Request, body: Json, uploads: list[Upload]) -> None:
        """The bot is typing."""
        self._channel(request).typing += 1

    def write(self, channel: Channel, body: Json, uploads: list[Upload]) -> Message:
        """Put a new message of the bot's into a channel. Raises ApiError where it cannot be."""
        check_message(body, files=len(uploads))
        message = Message(self._state.message(channel, self._state.bot, body))
        self._attach(message, body, uploads)
        return channel.keep(message)

    def change(self, channel: Channel, message: Message, body: Json, uploads: list[Upload]) -> Message:
        """Change what a body names and leave the rest. Raises ApiError where it cannot be."""
        check_message(body, files=len(uploads), old=True)
        named = {
            key: body[key] or type(message.json[key])() for key in ("content", "components") if key in body
        }
        changed = Message(
            message.json | named | {"edited_timestamp": datetime.now(UTC).isoformat()}, message.files
        )
        return channel.keep(changed)

    def _attach(self, message: Message, body: Json, uploads: list[Upload]) -> None:
        described = {int(each["id"]): each for each in body.get("attachments") or []}
        for upload in uploads:
            told = described.get(upload.number)
            if told is None or told.get("filename") != upload.name:
                raise invalid_form(f"attachments: nothing is said of files[{upload.number}]")
            alternative = told.get("description") or ""
            message.files.append(StoredFile(upload.name, upload.media_type, upload.content, alternative))
            message.json["attachments"].append(self._attachment(upload, alternative))

    def _attachment(self, upload: Upload, alternative: str) -> Json:
        where = f"http://127.0.0.1/attachments/{upload.name}"
        return {
            "id": self._state.snowflake(),
            "filename": upload.name,
            "size": len(upload.content),
            "url": where,
            "proxy_url": where,
            "content_type": upload.media_type,
            "description": alternative or None,
        }

    def _channel(self, request: web.Request) -> Channel:
        channel = self._state.channels.get(int(request.match_info["channel"]))
        if channel is None:
            raise not_found(UNKNOWN_CHANNEL, "Channel")
        return channel

    def _message(self, request: web.Request, channel: Channel) -> Message:
        message = channel.messages.get(int(request.match_info["message"]))
        if message is None or message.ephemeral:
            raise not_found(UNKNOWN_MESSAGE, "Message")
        if not message.from_bot:
            raise ApiError(403, 50005, "Cannot edit a message authored by another user")
        return message
