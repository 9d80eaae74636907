"""People and servers on the other side of the bot: what they say, press, run, and hear."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from tests.emulators.discord.gateway import Gateway
from tests.emulators.discord.interactions import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    IN_DIRECT_MESSAGES,
    IN_SERVER,
    PATIENCE,
    Interactions,
)
from tests.emulators.discord.state import Asked, Channel, Json, Message, State, StoredFile

_SHOWN_ON_FAILURE = 5

What = str | Callable[[Message], bool]


class Listener:
    """Someone who sees what the bot says in a channel."""

    def __init__(self, state: State, channel: Channel, name: str) -> None:
        self._state = state
        self._channel = channel
        self._name = name

    @property
    def messages(self) -> list[Message]:
        """What the bot has said here and not deleted, oldest first, as it stands now."""
        return [message for message in self._channel.messages.values() if message.from_bot]

    @property
    def typing(self) -> int:
        """How often the bot has shown that it is typing."""
        return self._channel.typing

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
                    self._channel.changed.clear()
                    await self._channel.changed.wait()
        except TimeoutError:
            raise AssertionError(
                f"{self._name} did not hear {what!r} in {timeout} s; {self._last()}"
            ) from None
        return message

    def _next_heard(self, what: What) -> Message | None:
        for index, message in enumerate(self._channel.unheard):
            if what in message.text if isinstance(what, str) else what(message):
                del self._channel.unheard[: index + 1]
                return message
        return None

    def _last(self) -> str:
        last = self.messages[-_SHOWN_ON_FAILURE:]
        lines = [f"  {message.id}: {message.text!r} {_labels(message)}" for message in last]
        return "\n".join(["the last messages are:", *lines])


class Person(Listener):
    """A person in direct messages with the bot."""

    def __init__(
        self,
        state: State,
        channel: Channel,
        gateway: Gateway,
        interactions: Interactions,
        user: Json,
        locale: str,
    ) -> None:
        super().__init__(state, channel, user["global_name"])
        self._gateway = gateway
        self._interactions = interactions
        self.id = int(user["id"])
        self.user = user
        self.locale = locale

    @property
    def waits(self) -> list[float | None]:
        """How long each of their commands and presses waited to be acknowledged; None: still waiting."""
        return [asked.waited for asked in self._asked]

    @property
    def sees_thinking(self) -> bool:
        """Whether an answer of the bot is still announced as on its way."""
        return any(asked.is_thinking for asked in self._asked)

    @property
    def _asked(self) -> list[Asked]:
        return [asked for asked in self._state.asked.values() if asked.channel is self._channel]

    async def says(self, text: str, reply_to: int | None = None, *files: StoredFile) -> int:
        """Write to the bot, with files; the id of the message."""
        json = self._state.message(self._channel, self.user, {"content": text})
        json["attachments"] = [self._state.upload(each) for each in files]
        if reply_to is not None:
            channel_id = str(self._channel.id)
            json["message_reference"] = {"type": 0, "channel_id": channel_id, "message_id": str(reply_to)}
        message = self._channel.keep(Message(json))
        await self._gateway.dispatch("MESSAGE_CREATE", json | {"channel_type": 1})
        return message.id

    async def edits(self, message_id: int, text: str) -> None:
        """Change the words of an own message."""
        edited = {"content": text, "edited_timestamp": datetime.now(UTC).isoformat()}
        message = Message(self._channel.messages[message_id].json | edited)
        self._channel.keep(message)
        await self._gateway.dispatch("MESSAGE_UPDATE", message.json | {"channel_type": 1})

    async def runs(
        self,
        name: str,
        words: str | None = None,
        *,
        file: StoredFile | None = None,
        channel: Channel | None = None,
    ) -> str:
        """Run a slash command, with words or a file as its only option; the token of the interaction.

        Raises AssertionError where Discord does not offer such a command here.
        """
        where = channel or self._channel
        data = self._chosen(name, IN_DIRECT_MESSAGES if where.guild_id is None else IN_SERVER)
        if words is not None:
            data["options"] = [self._option(name, 3, words)]
        if file is not None:
            told = self._state.upload(file)
            data["options"] = [self._option(name, 11, told["id"])]
            data["resolved"] = {"attachments": {told["id"]: told}}
        return await self._ask(COMMAND, where, data)

    async def types(self, name: str, words: str) -> list[tuple[str, str]]:
        """Type words behind a slash command; what is offered to become of them, as (shown, sent)."""
        option = self._option(name, 3, words)
        completed = next(each for each in self._command(name)["options"] if each["name"] == option["name"])
        assert completed.get("autocomplete"), f"/{name} completes nothing"
        data = self._chosen(name, IN_DIRECT_MESSAGES) | {"options": [option | {"focused": True}]}
        asked = self._state.asked[await self._ask(AUTOCOMPLETE, self._channel, data)]
        async with asyncio.timeout(PATIENCE):
            await asked.answered.wait()
        return asked.choices or []

    async def taps(self, label: str, message_id: int | None = None) -> str:
        """Press the button of this label, on this message or the newest that has it.

        Raises AssertionError where there is no such button.
        """
        looked_at = self.messages if message_id is None else [self._channel.messages[message_id]]
        for message in reversed(looked_at):
            if (button := message.button(label)) is not None:
                return await self.presses(button.custom_id, message.id)
        raise AssertionError(f"{self._name} sees no button {label!r}; {self._last()}")

    async def presses(self, custom_id: str, message_id: int) -> str:
        """Press a button by what it sends, forged ones too."""
        data = {"custom_id": custom_id, "component_type": 2}
        message = self._channel.messages[message_id].json
        return await self._ask(COMPONENT, self._channel, data, message=message)

    def closes_direct_messages(self) -> None:
        """Take no more direct messages of the bot; it is not told."""
        self._channel.is_closed = True

    def opens_direct_messages(self) -> None:
        """Take direct messages again."""
        self._channel.is_closed = False

    async def _ask(self, kind: int, channel: Channel, data: Json, **more: Json) -> str:
        interaction = self._interactions.begin(kind, self.user, self.locale, channel, data, **more)
        await self._gateway.dispatch("INTERACTION_CREATE", interaction)
        return str(interaction["token"])

    def _chosen(self, name: str, context: int) -> Json:
        command = self._command(name)
        assert context in command["contexts"], f"/{name} is not offered here"
        return {"id": command["id"], "name": name, "type": 1, "options": []}

    def _option(self, name: str, kind: int, value: str) -> Json:
        option = next((each for each in self._command(name)["options"] if each["type"] == kind), None)
        assert option is not None, f"/{name} takes no option of type {kind}"
        return {"name": option["name"], "type": kind, "value": value}

    def _command(self, name: str) -> Json:
        command = next((each for each in self._state.commands if each["name"] == name), None)
        assert command is not None, f"there is no command /{name}"
        return command


class Server(Listener):
    """A server (guild) that the bot was added to, with one text channel."""

    async def runs(self, person: Person, name: str) -> str:
        """Someone runs a slash command there."""
        return await person.runs(name, channel=self._channel)


def _labels(message: Message) -> list[str]:
    return [button.label for row in message.buttons for button in row]
