"""A platform's place in the running app.

A platform is a module with `async def join(seat: Seat) -> None`, and a line in `bot.app.PLATFORMS`. `join`
looks whether the settings and the role of the process want the platform, connects it, and hands the seat
what is to be done for it. All of that ends with the app.
"""

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Protocol

from starlette.applications import Starlette

from bot.clock import Clock
from bot.conversation.messages import Completion, Incoming, Typing
from bot.delivery.sender import AT_ONCE, Carrier, Parts, whole
from bot.doors import Doors
from bot.platforms.web import Receive
from bot.roles import Role
from bot.settings import Settings
from bot.store.database import Database
from bot.texts import Catalogues, Text


class Seat(Protocol):
    """What a platform is given, and what the app does for it."""

    settings: Settings
    role: Role
    clock: Clock
    catalogues: Catalogues
    database: Database
    doors: Doors
    """Where the platform says by what name newcomers come in."""
    door_key: str
    """The key of the link that opens a page of ours, made afresh with each start."""

    async def handle(self, incoming: Incoming) -> bool:
        """See `bot.conversation.engine.Engine.handle`."""

    async def reach_out(self, incoming: Incoming) -> None:
        """See `bot.conversation.engine.Engine.reach_out`."""

    async def complete(self, typing: Typing) -> list[Completion]:
        """What may follow a command, for platforms that offer it while it is typed."""

    def say(self, text: Text, language: str | None) -> str:
        """A sentence of the platform's own, plain, in the language nearest to this one."""

    def send_through(
        self,
        carrier: Carrier,
        rate: int | None = None,
        in_a_chat: tuple[int, float] | None = None,
        parts: Parts = whole,
        at_once: int = AT_ONCE,
    ) -> None:
        """Lets the platform's messages go out: so many a second over all chats, and `in_a_chat` so many in so
        many seconds, as many as the platform takes where that is None. `parts` takes long ones apart.
        """

    def speak_through(
        self,
        carrier: Carrier,
        rate: int | None = None,
        in_a_chat: tuple[int, float] | None = None,
        parts: Parts = whole,
    ) -> None:
        """Lets only what can't wait for the database go out: another process sends the rest."""

    def keep(self, work: Callable[[], Coroutine[Any, Any, None]], name: str) -> None:
        """Runs this beside everything else; where it fails, again."""

    def at_the_end(self, close: Callable[[], Awaitable[object]]) -> None:
        """Has this done when the app stops: what was asked for last comes first."""

    def must_be_ready(self, part: str, is_ready: Callable[[], bool]) -> None:
        """Lets a part count where it is asked whether Limber is ready."""

    def show(self, page: Starlette) -> None:
        """Serves a page, at every path that nothing else has."""

    def receive(self, path: str, receive: Receive, once_served: Callable[[], Awaitable[None]]) -> None:
        """Serves POSTs to a path; `once_served` is run when they can come."""
