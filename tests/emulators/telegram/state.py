"""What Telegram remembers: chats, messages, files, pressed buttons, and what the bot has set up."""

import hashlib
from asyncio import Event
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

from tests.emulators.telegram.errors import NEVER_STARTED, bad_request, forbidden, migrated
from tests.emulators.telegram.updates import UpdateQueue

Json = dict[str, Any]


@dataclass(frozen=True)
class Button:
    """A button under a message; `data` comes back to the bot when it is pressed."""

    label: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class StoredFile:
    """A file that Telegram keeps: its name, its bytes, and the path it is downloaded from."""

    name: str
    content: bytes
    kind: str
    path: str


@dataclass(frozen=True)
class Message:
    """A message as it stands: what Telegram says of it, and what only the emulator knows.

    `json` is the Bot API's Message. `html` is the text or caption as the bot sent it, markup included.
    `keyboard` holds the labels of a reply keyboard. `photo` and `document` are the files it carries.
    """

    json: Json
    html: str = ""
    keyboard: tuple[tuple[str, ...], ...] = ()
    photo: StoredFile | None = None
    document: StoredFile | None = None
    other_markup: bool = False

    @property
    def message_id(self) -> int:
        return int(self.json["message_id"])

    @property
    def chat_id(self) -> int:
        return int(self.json["chat"]["id"])

    @property
    def from_bot(self) -> bool:
        return bool(self.json["from"]["is_bot"])

    @property
    def text(self) -> str:
        """The words without markup: text or caption, "" where there is neither."""
        return str(self.json.get("text", self.json.get("caption", "")))

    @property
    def entities(self) -> list[Json]:
        """The formatting of `text`, counted in UTF-16 code units."""
        key = "entities" if "text" in self.json else "caption_entities"
        return list(self.json.get(key, []))

    @property
    def date(self) -> datetime:
        """When it was sent, UTC, whole seconds."""
        return datetime.fromtimestamp(self.json["date"], UTC)

    @property
    def edited(self) -> datetime | None:
        """When it was last edited, UTC; None if never."""
        return datetime.fromtimestamp(self.json["edit_date"], UTC) if "edit_date" in self.json else None

    @property
    def buttons(self) -> tuple[tuple[Button, ...], ...]:
        """The inline keyboard, row by row."""
        rows = self.json.get("reply_markup", {}).get("inline_keyboard", [])
        return tuple(
            tuple(Button(b["text"], b.get("callback_data"), b.get("url")) for b in row) for row in rows
        )

    def button(self, label: str) -> Button | None:
        """The button of this label, None where the message has none."""
        return next((button for row in self.buttons for button in row if button.label == label), None)


@dataclass
class Chat:
    """A private chat or a group.

    `json` is the Bot API's Chat. `refusal` says why the bot may not write here, None where it may.
    `unheard` is what the bot has said and no one has listened to; `actions` are its chat actions
    ("typing"), `notices` the texts with which it answered presses.
    """

    json: Json
    refusal: str | None = NEVER_STARTED
    migrated_to: int | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    unheard: list[Message] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    changed: Event = field(default_factory=Event)

    @property
    def id(self) -> int:
        return int(self.json["id"])

    @property
    def is_group(self) -> bool:
        return bool(self.json["type"] != "private")

    def keep(self, message: Message) -> Message:
        """Store a new or changed message; what comes from the bot is there to be heard."""
        self.messages[message.message_id] = message
        if message.from_bot:
            self.unheard.append(message)
            self.changed.set()
        return message

    def drop(self, message_id: int) -> None:
        """Forget a message everywhere."""
        del self.messages[message_id]
        self.unheard = [message for message in self.unheard if message.message_id != message_id]


@dataclass
class Query:
    """A pressed button that waits for its answer."""

    chat_id: int
    answer: Json | None = None
    forgotten: bool = False


class State:
    """All that one bot's side of Telegram remembers. `now` gives aware UTC times."""

    def __init__(self, token: str, username: str, now: Callable[[], datetime]) -> None:
        self.token = token
        self.now = now
        self.bot: Json = {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": "Limber"}
        self.bot["username"] = username
        self.updates = UpdateQueue()
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.queries: dict[str, Query] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.descriptions: dict[tuple[str, str], str] = {}
        self.menu_buttons: dict[int | None, Json] = {}
        self.logged_out = False
        self._message_ids = count(1)
        self._serials = count(1)

    @property
    def timestamp(self) -> int:
        """Now, in whole Unix seconds, as Telegram writes dates."""
        return int(self.now().timestamp())

    def chat(self, chat_id: int | str) -> Chat:
        """The chat of this id or @username. Raises ApiError where there is none."""
        if isinstance(chat_id, int) and chat_id in self.chats:
            return self.chats[chat_id]
        for chat in self.chats.values():
            if chat_id == f"@{chat.json.get('username')}":
                return chat
        raise bad_request("chat not found")

    def writable_chat(self, chat_id: int | str) -> Chat:
        """The chat, if the bot may write to it. Raises ApiError where it may not."""
        chat = self.chat(chat_id)
        if chat.migrated_to is not None:
            raise migrated(chat.migrated_to)
        if chat.refusal is not None:
            raise forbidden(chat.refusal)
        return chat

    def new_message(self, chat: Chat, sender: Json, content: Json) -> Json:
        """The JSON of a message that is being sent now."""
        head = {"message_id": next(self._message_ids), "from": sender, "chat": chat.json}
        return head | {"date": self.timestamp} | content

    def store_file(self, kind: str, name: str, content: bytes) -> Json:
        """Keep a file; returns what the Bot API says of it."""
        serial = next(self._serials)
        suffix = name.rpartition(".")[2]
        file_id = f"{kind[:4].upper()}-{_digest(self.token, kind, serial)}"
        self.files[file_id] = StoredFile(name, content, kind, f"{kind}s/file_{serial}.{suffix}")
        return self.file_json(file_id)

    def file_json(self, file_id: str) -> Json:
        """What the Bot API says of any kept file: file_id, file_unique_id, file_size."""
        content = self.files[file_id].content
        unique = hashlib.sha256(content).hexdigest()[:16]
        return {"file_id": file_id, "file_unique_id": unique, "file_size": len(content)}

    def new_query(self, chat: Chat) -> str:
        """The id of a button press that is happening now."""
        query_id = str(int(_digest(self.token, next(self._serials))[:15], 16))
        self.queries[query_id] = Query(chat.id)
        return query_id

    def chat_instance(self, chat: Chat) -> str:
        """Telegram's opaque, stable name of a chat in callback queries."""
        return str(-int(_digest(self.token, chat.id)[:15], 16))


def _digest(*parts: object) -> str:
    return hashlib.sha256(":".join(map(str, parts)).encode()).hexdigest()
