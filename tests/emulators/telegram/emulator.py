"""Telegram, as far as one bot and a few people need it, on a port of this machine."""

import asyncio
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from tests.emulators.telegram.api import BotApi
from tests.emulators.telegram.calls import Call, max_in_window
from tests.emulators.telegram.delivery import Delivery
from tests.emulators.telegram.faults import SENDING, Faults, FloodLimits
from tests.emulators.telegram.people import Group, Person
from tests.emulators.telegram.server import HttpServer
from tests.emulators.telegram.state import Chat, Json, State

TOKEN = "7000000001:AAEmulatedTokenForTests_not-a-secret"


class TelegramEmulator:
    """A strict stand-in for Telegram's servers. Use it as an asynchronous context manager.

    `now` gives the (aware, UTC) time that messages are dated with. Set `limits` to have Telegram's
    limits on sending enforced; plan failures through `faults`. Leaving the context raises whatever
    went wrong inside the emulator itself.
    """

    def __init__(
        self,
        token: str = TOKEN,
        *,
        username: str = "limber_bot",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        limits: FloodLimits | None = None,
        webhook_retry_delay: float = 0.05,
    ) -> None:
        self.token = token
        self._state = State(token, username, now)
        self._delivery = Delivery(self._state, webhook_retry_delay)
        self._api = BotApi(self._state, self._delivery)
        self._api.limits = limits
        self._server = HttpServer(self._api.app)
        self._people: dict[int, Person] = {}
        self._groups: dict[int, Group] = {}

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._delivery.stop()
        await self.stop()
        if self._api.failures:
            raise ExceptionGroup("the emulator failed", self._api.failures)

    async def start(self) -> None:
        """Be reachable (again, at the same address)."""
        self._state.updates.open()
        await self._server.start()

    async def stop(self) -> None:
        """Be out of reach; nothing is forgotten."""
        self._state.updates.close()
        await self._server.stop()

    @property
    def root(self) -> str:
        """Where the bot finds it: methods at `<root>/bot<token>/`, files at `<root>/file/bot<token>/`."""
        return f"http://127.0.0.1:{self._server.port}"

    @property
    def bot_id(self) -> int:
        """The bot's own id."""
        return int(self._state.bot["id"])

    @property
    def pending(self) -> list[int]:
        """The ids of the updates that the bot has not confirmed."""
        return self._state.updates.pending_ids

    @property
    def calls(self) -> list[Call]:
        """Every call so far, in order of arrival, refused ones too."""
        return self._api.calls

    @property
    def faults(self) -> Faults:
        """Which calls are to fail."""
        return self._api.faults

    @property
    def limits(self) -> FloodLimits | None:
        """The limits on sending that are enforced, None where none are."""
        return self._api.limits

    @limits.setter
    def limits(self, limits: FloodLimits | None) -> None:
        self._api.limits = limits

    async def receives(
        self,
        method: str,
        times: int = 1,
        timeout: float = 5.0,  # noqa: ASYNC109 - reads best where it is called
    ) -> None:
        """Wait until this method has been called so often. Raises AssertionError after `timeout` seconds."""
        try:
            async with asyncio.timeout(timeout):
                while len(self.calls_of(method)) < times:
                    self._api.arrived.clear()
                    await self._api.arrived.wait()
        except TimeoutError:
            count = len(self.calls_of(method))
            raise AssertionError(f"{method} was called {count} times in {timeout} s, not {times}") from None

    def calls_of(self, method: str) -> list[Call]:
        """The calls of one method so far."""
        return [call for call in self.calls if call.method == method]

    def max_in_window(
        self,
        seconds: float = 1.0,
        *,
        methods: Collection[str] = SENDING,
        chat_id: int | None = None,
    ) -> int:
        """The most messages (to this chat) that arrived within any `seconds`, refused ones too."""
        return max_in_window(self.calls, seconds, methods=methods, chat_id=chat_id)

    def person(
        self,
        id: int,  # noqa: A002 - the Bot API's own name
        first_name: str = "Ada",
        language_code: str | None = "en",
        username: str | None = None,
    ) -> Person:
        """The person of this id, who has not started a chat yet."""
        if id not in self._people:
            optional = {"language_code": language_code, "username": username}
            given = {key: value for key, value in optional.items() if value is not None}
            user: Json = {"id": id, "is_bot": False, "first_name": first_name} | given
            chat = {key: user[key] for key in ("id", "first_name", "username") if key in user}
            self._state.chats[id] = Chat(chat | {"type": "private"})
            self._people[id] = Person(self._state, self._state.chats[id], user)
        return self._people[id]

    def group(
        self,
        id: int,  # noqa: A002 - the Bot API's own name
        title: str = "A group",
    ) -> Group:
        """The group of this (negative) id, with the bot in it."""
        if id not in self._groups:
            kind = "supergroup" if id < -1_000_000_000_000 else "group"
            self._state.chats[id] = Chat({"id": id, "type": kind, "title": title}, refusal=None)
            self._groups[id] = Group(self._state, self._state.chats[id])
        return self._groups[id]

    async def redeliver(self, update_id: int) -> None:
        """Deliver an update once more, as Telegram does after a confirmation was lost."""
        self._state.updates.again(update_id)

    def deliveries(self, update_id: int) -> int:
        """How often an update was handed out, or taken by the webhook."""
        return self._state.updates.deliveries.get(update_id, 0)

    @property
    def unconfirmed(self) -> list[int]:
        """The ids of the updates that the bot has not confirmed."""
        return self._state.updates.pending_ids

    @property
    def descriptions(self) -> dict[tuple[str, str], str]:
        """What the bot says of itself: ("description" or "short_description", language) → text."""
        return self._state.descriptions

    @property
    def menu_buttons(self) -> dict[int | None, Json]:
        """The menu button a chat, None for all chats."""
        return self._state.menu_buttons

    def forget_presses(self) -> None:
        """Let time pass, so that no press made so far can be answered any more."""
        for query in self._state.queries.values():
            query.forgotten = True
