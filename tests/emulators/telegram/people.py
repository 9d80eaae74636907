"""People and groups on the other side of the bot: what they say, press, and hear."""

import asyncio
from collections.abc import Callable

from tests.emulators.telegram.account import commands_shown
from tests.emulators.telegram.contents import document_json
from tests.emulators.telegram.errors import BLOCKED, DEACTIVATED, KICKED, NEVER_STARTED
from tests.emulators.telegram.markup import clean, commands_in
from tests.emulators.telegram.state import Button, Chat, Json, Message, State

_LONGEST_TEXT = 4096
_SHOWN_ON_FAILURE = 5

What = str | Callable[[Message], bool]


class Listener:
    """Someone in a chat with the bot."""

    def __init__(self, state: State, chat: Chat, name: str) -> None:
        self._state = state
        self._chat = chat
        self._name = name

    @property
    def messages(self) -> list[Message]:
        """What the bot has said here and not deleted, oldest first, as it stands now."""
        return [message for message in self._chat.messages.values() if message.from_bot]

    @property
    def actions(self) -> list[str]:
        """The chat actions the bot has shown here ("typing"), oldest first."""
        return self._chat.actions

    async def hears(
        self,
        what: What,
        timeout: float = 5.0,  # noqa: ASYNC109 - reads best where it is called
    ) -> Message:
        """The first message not yet heard that holds this text or meets this condition.

        An edit makes a message new again. Hearing it passes over all that came before it. Raises
        AssertionError after `timeout` seconds, showing the last messages.
        """
        try:
            async with asyncio.timeout(timeout):
                while (message := self._next_heard(what)) is None:
                    self._chat.changed.clear()
                    await self._chat.changed.wait()
        except TimeoutError:
            raise AssertionError(
                f"{self._name} did not hear {what!r} in {timeout} s; {self._last()}"
            ) from None
        return message

    async def silence(self, seconds: float = 0.2) -> None:
        """Nothing is left unheard and nothing comes for so long. Raises AssertionError otherwise."""
        self._chat.changed.clear()
        if not self._chat.unheard:
            try:
                async with asyncio.timeout(seconds):
                    await self._chat.changed.wait()
            except TimeoutError:
                return
        raise AssertionError(f"{self._name} should have heard nothing more; {self._last()}")

    def _next_heard(self, what: What) -> Message | None:
        for index, message in enumerate(self._chat.unheard):
            if what in message.text if isinstance(what, str) else what(message):
                del self._chat.unheard[: index + 1]
                return message
        return None

    def _last(self) -> str:
        last = self.messages[-_SHOWN_ON_FAILURE:]
        lines = [f"  {message.message_id}: {message.text!r} {_labels(message)}" for message in last]
        unheard = [message.message_id for message in self._chat.unheard]
        return "\n".join([f"unheard: {unheard}; the last messages are:", *lines])

    def _send(self, sender: Json, content: Json, reply_to: int | None = None) -> int:
        if reply_to is not None:
            content = content | {"reply_to_message": self._chat.messages[reply_to].json}
        message = self._chat.keep(Message(self._state.new_message(self._chat, sender, content)))
        return self._state.updates.add("message", message.json)

    def _say(self, sender: Json, text: str, reply_to: int | None) -> int:
        pieces = [text[at : at + _LONGEST_TEXT] for at in range(0, len(text), _LONGEST_TEXT)]
        return [self._send(sender, _text(piece), reply_to) for piece in pieces][-1]


class Person(Listener):
    """A person in their private chat with the bot. Everything they do returns the id of its update."""

    def __init__(self, state: State, chat: Chat, user: Json) -> None:
        super().__init__(state, chat, user["first_name"])
        self.id = int(user["id"])
        self.user = user

    @property
    def said(self) -> list[Message]:
        """What they have said themselves, oldest first."""
        return [message for message in self._chat.messages.values() if not message.from_bot]

    @property
    def notices(self) -> list[str]:
        """The texts with which the bot has answered their presses, oldest first."""
        return self._chat.notices

    @property
    def unanswered(self) -> list[str]:
        """The ids of their presses that the bot has not answered: the button still spins."""
        queries = self._state.queries.items()
        return [key for key, query in queries if query.chat_id == self.id and query.answer is None]

    @property
    def commands(self) -> list[Json]:
        """The commands that Telegram shows them, in their language."""
        return commands_shown(self._state, self._chat, self.user.get("language_code", ""))

    async def says(self, text: str, reply_to: int | None = None) -> int:
        """Write to the bot; more than 4096 characters go as several messages, as clients do."""
        self._come_in()
        return self._say(self.user, text, reply_to)

    async def edits(self, message_id: int, text: str) -> int:
        """Change the text of an own message."""
        message = self._chat.messages[message_id]
        words = {key: value for key, value in message.json.items() if key not in ("text", "entities")}
        changed = Message(words | _text(text) | {"edit_date": self._state.timestamp})
        self._chat.keep(changed)
        return self._state.updates.add("edited_message", changed.json)

    async def taps(self, label: str, message_id: int | None = None) -> int:
        """Press the button of this label, on this message or the newest that has it.

        A key of a reply keyboard sends its label. Raises AssertionError where there is no such button.
        """
        looked_at = self.messages if message_id is None else [self._chat.messages[message_id]]
        for message in reversed(looked_at):
            if (button := message.button(label)) is not None:
                return await self.presses(_data(button), message.message_id)
            if any(label in row for row in message.keyboard):
                return await self.says(label)
        raise AssertionError(f"{self._name} sees no button {label!r}; {self._last()}")

    async def presses(self, data: str, message_id: int | None = None) -> int:
        """Send these callback data, forged ones too, from a message (else the newest) of the chat."""
        self._come_in()
        if message_id is None:
            message_id = self.messages[-1].message_id if self.messages else 1
        message = self._chat.messages.get(message_id)
        gone = {"message_id": message_id, "chat": self._chat.json, "date": 0}
        query = {
            "id": self._state.new_query(self._chat),
            "from": self.user,
            "message": message.json if message else gone,
            "chat_instance": self._state.chat_instance(self._chat),
            "data": data,
        }
        return self._state.updates.add("callback_query", query)

    async def shares_location(self, latitude: float, longitude: float) -> int:
        """Send a place, in degrees."""
        self._come_in()
        return self._send(self.user, {"location": {"latitude": latitude, "longitude": longitude}})

    async def sends_document(self, name: str, content: bytes) -> int:
        """Send a file."""
        self._come_in()
        size = self._state.store_file("document", name, content)
        return self._send(self.user, {"document": document_json(self._state.files[size["file_id"]], size)})

    async def blocks(self) -> int:
        """Block the bot; it is told so."""
        self._chat.refusal = BLOCKED
        return self._membership("member", "kicked")

    async def unblocks(self) -> int:
        """Let the bot write again; it is told so."""
        self._chat.refusal = None
        return self._membership("kicked", "member")

    def deactivates(self) -> None:
        """Delete their account; the bot is not told."""
        self._chat.refusal = DEACTIVATED

    def comes(self) -> None:
        """Has started the chat some time ago: the bot may write, and is told nothing."""
        self._come_in()

    def moves_to(self, other: "Person") -> None:
        """From now on their chat has the other one's id; the old one only says so."""
        self._chat.migrated_to = other.id
        other._come_in()

    def _come_in(self) -> None:
        if self._chat.refusal == NEVER_STARTED:
            self._chat.refusal = None
        assert self._chat.refusal is None, f"{self._name} cannot write: {self._chat.refusal}"

    def _membership(self, before: str, after: str) -> int:
        change = {"chat": self._chat.json, "from": self.user, "date": self._state.timestamp}
        members = {"old_chat_member": self._member(before), "new_chat_member": self._member(after)}
        return self._state.updates.add("my_chat_member", change | members)

    def _member(self, status: str) -> Json:
        until = {"until_date": 0} if status == "kicked" else {}
        return {"user": self._state.bot, "status": status} | until


class Group(Listener):
    """A group that the bot is in and whose messages it sees."""

    def __init__(self, state: State, chat: Chat) -> None:
        super().__init__(state, chat, chat.json["title"])
        self.id = chat.id

    async def says(self, person: Person, text: str, reply_to: int | None = None) -> int:
        """A person writes into the group; returns the id of the update."""
        return self._say(person.user, text, reply_to)

    def becomes_supergroup(self, new_id: int) -> None:
        """From now on the group has another id; the old one only says so."""
        self._chat.migrated_to = new_id

    def removes_bot(self) -> None:
        """Throw the bot out; it is not told."""
        self._chat.refusal = KICKED


def _text(text: str) -> Json:
    words = clean(text).strip()
    commands = commands_in(words)
    return {"text": words, "entities": commands} if commands else {"text": words}


def _data(button: Button) -> str:
    assert button.data is not None, f"{button.label!r} is a link"
    return button.data


def _labels(message: Message) -> list[str]:
    inline = [button.label for row in message.buttons for button in row]
    return inline + [label for row in message.keyboard for label in row]
