"""Discord, as far as one bot and a few people need it, on a port of this machine."""

import asyncio
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.emulators.discord.faults import Faults, Limit
from tests.emulators.discord.gateway import Gateway
from tests.emulators.discord.people import Person, Server
from tests.emulators.discord.rest import Call, RestApi
from tests.emulators.discord.state import Channel, Json, State, user_json

TOKEN = "OTAwMDAwMDAwMDAwMDAwMDAwMQ.GEmula.ted-token-for-tests-not-a-secret-at-all"


class DiscordEmulator:
    """A strict stand-in for Discord's servers. Use it as an asynchronous context manager.

    Leaving the context raises whatever went wrong inside the emulator itself, calls of routes it does
    not have among it.
    """

    def __init__(self, token: str = TOKEN, *, heartbeat_seconds: float = 41.25) -> None:
        self.token = token
        self._state = State(token)
        self.gateway = Gateway(self._state, heartbeat_seconds)
        self._api = RestApi(self._state, self.gateway)
        self._runner: web.AppRunner | None = None
        self._port = 0
        self._people: dict[int, Person] = {}
        self._servers: dict[int, Server] = {}

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()
        if self._api.failures:
            raise ExceptionGroup("the emulator failed", self._api.failures)

    async def start(self) -> None:
        """Be reachable."""
        self._runner = web.AppRunner(self._api.app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self._state.root = f"http://127.0.0.1:{self._port}"
        self.gateway.url = f"ws://127.0.0.1:{self._port}/gateway/"

    async def stop(self) -> None:
        """Be out of reach."""
        self.gateway.drop()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def root(self) -> str:
        """Where the bot finds the REST API; it is told there where the gateway is."""
        return f"http://127.0.0.1:{self._port}/api/v10"

    @property
    def calls(self) -> list[Call]:
        """Every call so far, in order of arrival, refused ones too."""
        return self._api.calls

    def calls_of(self, name: str) -> list[Call]:
        """The calls of one name so far."""
        return [call for call in self.calls if call.name == name]

    async def answers(self, name: str, times: int = 1, seconds: float = 10.0) -> None:
        """Wait until so many calls of this name were answered. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while sum(call.status is not None for call in self.calls_of(name)) < times:
                self._api.answered.clear()
                await self._api.answered.wait()

    @property
    def faults(self) -> Faults:
        """Which calls are to fail."""
        return self._api.faults

    @property
    def commands(self) -> list[Json]:
        """The commands that the bot offers."""
        return self._state.commands

    def limit_messages(self, limit: Limit) -> None:
        """From now on, take so many messages in a channel and refuse the rest."""
        self._api.limit = limit

    def ask_for_shards(self, count: int) -> None:
        """From now on, ask for so many connections."""
        self._api.shards = count

    def forget_interactions(self) -> None:
        """Let time pass, so that no interaction so far can be answered any more."""
        for asked in self._state.asked.values():
            asked.is_forgotten = True

    async def identified(self, times: int = 1, seconds: float = 10.0) -> None:
        """Wait until the bot has identified itself so often. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while len(self.gateway.identifies) < times:
                self.gateway.changed.clear()
                await self.gateway.changed.wait()

    async def resumed(self, times: int = 1, seconds: float = 10.0) -> None:
        """Wait until the bot has asked so often to resume. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while len(self.gateway.resumes) < times:
                self.gateway.changed.clear()
                await self.gateway.changed.wait()

    def person(self, user_id: int, name: str = "Ada", locale: str = "en-US") -> Person:
        """The person of this id."""
        if user_id not in self._people:
            user = user_json(user_id, name)
            self._state.people[user_id] = user
            channel = self._state.direct(user_id)
            assert channel is not None
            interactions = self._api.interactions
            self._people[user_id] = Person(self._state, channel, self.gateway, interactions, user, locale)
        return self._people[user_id]

    def server(self, guild_id: int, name: str = "Friends") -> Server:
        """The server of this id, with the bot in it."""
        if guild_id not in self._servers:
            json = {"id": self._state.snowflake(), "type": 0, "name": "general", "guild_id": str(guild_id)}
            more = {
                "position": 0,
                "permission_overwrites": [],
                "nsfw": False,
                "parent_id": None,
                "topic": None,
            }
            channel = self._state.add(Channel(json | more, guild_id))
            self._servers[guild_id] = Server(self._state, channel, name)
        return self._servers[guild_id]
