"""The HTTP side: a uvicorn server in the running loop, whose connections can be cut on demand."""

import asyncio
import socket
import struct
from collections.abc import MutableMapping
from typing import Any

import uvicorn
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

_KEEP_ALIVE_SECONDS = 120
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class NoAnswer(Response):
    """Answers nothing: resets the connection at once, or hangs until the caller goes away."""

    def __init__(self, *, reset: bool) -> None:
        super().__init__()
        self._reset = reset

    async def __call__(self, scope: Scope, receive: Receive, _: Send) -> None:
        connection: _Connection = scope["state"]["connection"]
        if self._reset:
            connection.reset()
        else:
            connection.is_hanging = True
        message: MutableMapping[str, Any] = {}
        while message.get("type") != "http.disconnect":
            message = await receive()


class _Connection(H11Protocol):
    """A connection that the application can reach, so that a fault can cut it."""

    is_hanging = False
    is_lost = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        super().connection_made(transport)
        self.app_state = {"connection": self}

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self.is_lost = True
        if not self.connections and isinstance(self.server_state, _ServerState):
            self.server_state.empty.set()

    def reset(self) -> None:
        """Close at once, with a TCP reset."""
        endpoint = self.transport.get_extra_info("socket")
        endpoint.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        self.transport.abort()


class _ServerState(ServerState):
    def __init__(self) -> None:
        super().__init__()
        self.empty = asyncio.Event()


class HttpServer:
    """Serves an application on 127.0.0.1; the port is chosen at the first start and kept."""

    def __init__(self, app: ASGIApp) -> None:
        self._config = uvicorn.Config(
            app, lifespan="off", ws="none", log_config=None, timeout_keep_alive=_KEEP_ALIVE_SECONDS
        )
        self._state = _ServerState()
        self._server: asyncio.Server | None = None
        self.port = 0

    async def start(self) -> None:
        """Listen."""
        loop = asyncio.get_running_loop()
        self._state = _ServerState()
        self._server = await loop.create_server(self._connection, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stop listening, let running answers finish, close every connection."""
        if self._server is None:
            return
        self._server.close()
        for connection in list(self._state.connections):
            _shut(connection)
        if self._state.connections:
            await self._state.empty.wait()
        self._server = None

    def _connection(self) -> _Connection:
        return _Connection(self._config, self._state, {})


def _shut(connection: object) -> None:
    if not isinstance(connection, _Connection):
        return
    if connection.is_hanging:
        connection.reset()
    else:
        connection.shutdown()
