"""The gateway: sessions over a websocket, which can be cut, resumed and invalidated."""

import asyncio
import contextlib
import json
import zlib
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.emulators.discord.state import Json, State

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT = 0, 1, 2, 6, 7
INVALID_SESSION, HELLO, HEARTBEAT_ACK = 9, 10, 11
_IGNORED = (3, 4, 8)
NOT_IDENTIFIED, WRONG_TOKEN = 4003, 4004


@dataclass
class Socket:
    """One connection of the bot; what is sent is compressed if it asked for that."""

    response: web.WebSocketResponse
    request: web.Request
    compressor: Any = None

    async def send(self, op: int, data: object, seq: int | None = None, event: str | None = None) -> None:
        """Send a payload; a connection that is gone takes nothing."""
        payload = json.dumps({"op": op, "d": data, "s": seq, "t": event})
        with contextlib.suppress(ConnectionError):
            if self.compressor is None:
                await self.response.send_str(payload)
                return
            packed = self.compressor.compress(payload.encode()) + self.compressor.flush(zlib.Z_SYNC_FLUSH)
            await self.response.send_bytes(packed)

    def cut(self) -> None:
        """Break the connection, without a word."""
        if self.request.transport is not None:
            self.request.transport.abort()


@dataclass
class Session:
    """What Discord keeps of a bot's session, so that it can be resumed."""

    id: str
    socket: Socket | None
    seq: int = 0
    events: list[tuple[int, str, Json]] = field(default_factory=list)

    async def dispatch(self, event: str, data: Json) -> None:
        """Tell the bot of an event, now or when it resumes."""
        self.seq += 1
        self.events.append((self.seq, event, data))
        if self.socket is not None:
            await self.socket.send(DISPATCH, data, self.seq, event)


class Gateway:
    """All sessions of the bot: the newest gets what happens."""

    def __init__(self, state: State, heartbeat_seconds: float) -> None:
        self._state = state
        self._heartbeat_ms = int(heartbeat_seconds * 1000)
        self.sessions: dict[str, Session] = {}
        self.identifies: list[Json] = []
        self.resumes: list[Json] = []
        self.heartbeats = 0
        self.changed = asyncio.Event()
        self.is_held = False
        self.url = ""

    @property
    def current(self) -> Session | None:
        """The session that events go to."""
        return next(reversed(self.sessions.values()), None)

    async def dispatch(self, event: str, data: Json) -> None:
        """Something happened. Raises AssertionError where the bot has no session."""
        assert self.current is not None, "the bot has not identified itself"
        await self.current.dispatch(event, data)

    def drop(self) -> None:
        """Break every connection, without a word; sessions can be resumed."""
        for session in self.sessions.values():
            if session.socket is not None:
                session.socket.cut()
                session.socket = None

    def forget(self) -> None:
        """Let no session so far be resumed."""
        for session in self.sessions.values():
            session.id = "forgotten"

    async def ask_reconnect(self) -> None:
        """Tell the bot to reconnect, as Discord does every few hours."""
        if self.current is not None and self.current.socket is not None:
            await self.current.socket.send(RECONNECT, None)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection, from hello to the end."""
        if self.is_held:
            return web.Response(status=503)
        response = web.WebSocketResponse()
        await response.prepare(request)
        compressed = request.query.get("compress") == "zlib-stream"
        socket = Socket(response, request, zlib.compressobj() if compressed else None)
        await socket.send(HELLO, {"heartbeat_interval": self._heartbeat_ms})
        session: Session | None = None
        async for message in response:
            if message.type is WSMsgType.TEXT:
                session = await self._take(socket, session, json.loads(message.data))
        if session is not None and session.socket is socket:
            session.socket = None
        return response

    async def _take(self, socket: Socket, session: Session | None, payload: Json) -> Session | None:
        op = payload["op"]
        if op == HEARTBEAT:
            self.heartbeats += 1
            await socket.send(HEARTBEAT_ACK, None)
        elif op == IDENTIFY:
            session = await self._identify(socket, payload["d"])
        elif op == RESUME:
            session = await self._resume(socket, payload["d"])
        elif session is None or op not in _IGNORED:
            await socket.response.close(code=NOT_IDENTIFIED)
        self.changed.set()
        return session

    async def _identify(self, socket: Socket, data: Json) -> Session | None:
        if data["token"] != self._state.token:
            await socket.response.close(code=WRONG_TOKEN)
            return None
        session = Session(f"session-{len(self.identifies) + 1}", socket)
        self.identifies.append(data)
        self.sessions = {session.id: session}
        ready = {
            "v": 10,
            "user": self._state.bot,
            "guilds": [],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": data.get("shard", [0, 1]),
            "application": {"id": self._state.application_id, "flags": 0},
        }
        await session.dispatch("READY", ready)
        return session

    async def _resume(self, socket: Socket, data: Json) -> Session | None:
        self.resumes.append(data)
        session = next((each for each in self.sessions.values() if each.id == data["session_id"]), None)
        if session is None or data["token"] != self._state.token or data["seq"] > session.seq:
            await socket.send(INVALID_SESSION, False)
            return None
        session.socket = socket
        for seq, event, missed in [each for each in session.events if each[0] > data["seq"]]:
            await socket.send(DISPATCH, missed, seq, event)
        await session.dispatch("RESUMED", {})
        return session
