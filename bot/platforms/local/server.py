"""Serves the local page with uvicorn, inside a loop that is running already."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette

from bot.supervisor import Supervisor


class PortTakenError(Exception):
    """Something else listens there already; its text is the address."""


@dataclass
class PageServer:
    """A page that is being served."""

    server: "_Server"
    serving: asyncio.Task[None]
    port: int

    async def stop(self) -> None:
        """Closes the pages and waits until the server has ended."""
        self.server.should_exit = True
        self.server.ending.set()
        await self.serving


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ending = asyncio.Event()

    async def main_loop(self) -> None:
        """Looks each second, or when it is to end, whether it is to end; and keeps the header's date current.

        The library looks ten times a second, which was most of what Limber did when nobody said anything.
        """
        while not await self.on_tick(0):
            with suppress(TimeoutError):
                async with asyncio.timeout(1):
                    await self.ending.wait()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are the composition root's."""
        yield


async def serve(page: Starlette, host: str, port: int, supervisor: Supervisor) -> PageServer:
    """Listens, and serves until stopped. Port 0 takes a free one. Raises `PortTakenError`."""
    listening = _listen(host, port)
    config = uvicorn.Config(
        page,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=2,
        ws_max_size=65_536,
        lifespan="off",
    )
    server = _Server(config)
    serving = supervisor.start(server.serve([listening]), "page")
    return PageServer(server, serving, listening.getsockname()[1])


def _listen(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()
    except OSError as error:
        listening.close()
        raise PortTakenError(f"{host}:{port}") from error
    return listening
