"""A Bot API in a process of its own that agrees to everything and remembers when each message arrived."""

import asyncio
import json
import multiprocessing
import time
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs

TOKEN = "7000000001:AABenchmark"
_POLL_SECONDS = 5.0
_BOT = {"id": 7000000001, "is_bot": True, "first_name": "Limber", "username": "limber_bot"}
_HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message that arrived, by the monotonic clock of this machine."""

    at: float
    chat: int


class FarSide:
    """Telegram, as far as sending goes. A context manager."""

    def __enter__(self) -> Self:
        self._here, there = multiprocessing.Pipe()
        process = multiprocessing.get_context("spawn").Process(target=_answer_all, args=(there,), daemon=True)
        process.start()
        self._process, self.port = process, int(self._here.recv())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.join()

    @property
    def root(self) -> str:
        """What `TELEGRAM_API_URL` has to be."""
        return f"http://127.0.0.1:{self.port}"

    def arrived(self) -> list[Arrival]:
        """What arrived since the last look."""
        self._here.send("?")
        return [Arrival(*each) for each in self._here.recv()]


def _answer_all(port: Connection) -> None:
    asyncio.run(_serve(port))


async def _serve(port: Connection) -> None:
    taken: list[tuple[float, int]] = []

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                size = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0] or 0)
                body = await reader.readexactly(size)
                writer.write(await _answer(head, body, taken))
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def told() -> None:
        try:
            port.recv()
        except EOFError:  # the benchmark is gone, so nobody will ask again
            server.close()
            return
        port.send(taken[:])
        taken.clear()

    server = await asyncio.start_server(converse, "127.0.0.1", 0)
    asyncio.get_running_loop().add_reader(port.fileno(), told)
    port.send(server.sockets[0].getsockname()[1])
    with suppress(asyncio.CancelledError):
        await server.serve_forever()


async def _answer(head: bytes, body: bytes, taken: list[tuple[float, int]]) -> bytes:
    method = head.partition(b" HTTP")[0].rpartition(b"/")[2].lower()
    result: object = True
    if method == b"getme":
        result = _BOT
    elif method == b"getupdates":
        await asyncio.sleep(_POLL_SECONDS)
        result = []
    elif method == b"sendmessage":
        chat = int(parse_qs(body.decode())["chat_id"][0])
        taken.append((time.monotonic(), chat))
        result = {
            "message_id": len(taken),
            "date": 1795600000,
            "text": "Time for a breath?",
            "from": _BOT,
            "chat": {"id": chat, "type": "private", "first_name": "Ada", "username": "ada"},
        }
    content = json.dumps({"ok": True, "result": result}, separators=(",", ":")).encode()
    return _HEAD.format(len(content)).encode() + content
