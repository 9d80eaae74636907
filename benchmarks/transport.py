"""Sending through python-telegram-bot: our transport beside its default one, the processor's time a message.

The other side is a process of its own that answers as Telegram does, so that it isn't measured.
"""

import asyncio
import json
import multiprocessing
from multiprocessing.connection import Connection

from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from benchmarks.rounds import compare
from benchmarks.rows import Row
from bot.platforms.telegram.transport import Transport

MESSAGES = 500
LEAST = 9
AT_ONCE = 64
TOKEN = "7000000001:AABenchmark"
_CHAT = {"id": 1001, "type": "private", "first_name": "Ada", "username": "ada"}
_BOT = {"id": 7000000001, "is_bot": True, "first_name": "Limber", "username": "limber_bot"}


def answer_all(port: Connection) -> None:
    """A Bot API that agrees to everything; tells its port, serves until it is ended."""
    asyncio.run(_serve(port))


async def _serve(port: Connection) -> None:
    server = await asyncio.start_server(_converse, "127.0.0.1", 0)
    port.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


async def _converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            size = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0] or 0)
            await reader.readexactly(size)
            writer.write(_answer(b"/getme" in head))
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


def _answer(about_itself: bool) -> bytes:
    message = {"message_id": 7, "from": _BOT, "chat": _CHAT, "date": 1795600000, "text": "Time for a breath?"}
    content = {"ok": True, "result": _BOT if about_itself else message}
    body = json.dumps(content, separators=(",", ":")).encode()
    head = "HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n"
    return head.format(len(body)).encode() + body


def _bot(port: int, transport: BaseRequest, polls: BaseRequest) -> Bot:
    root = f"http://127.0.0.1:{port}/bot"
    return Bot(TOKEN, base_url=root, request=transport, get_updates_request=polls)


async def _send_all(bot: Bot) -> int:
    numbers = iter(range(MESSAGES))

    async def line() -> None:
        for number in numbers:
            await bot.send_message(1001, f"Time for a breath? {number}")

    await asyncio.gather(*(line() for _ in range(AT_ONCE)))
    return MESSAGES


async def run() -> list[Row]:
    """The comparison: the same bot, the same calls, as many at once."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=answer_all, args=(there,), daemon=True)
    process.start()
    port = here.recv()
    ours = Transport(AT_ONCE)
    pool = HTTPXRequest(connection_pool_size=AT_ONCE, pool_timeout=30)
    try:
        async with _bot(port, ours, ours) as mine, _bot(port, pool, HTTPXRequest()) as peer:
            await _send_all(mine)
            await _send_all(peer)
            found = await compare(lambda: _send_all(mine), lambda: _send_all(peer), by="processor")
            what = f"sending, the processor's time a message, {AT_ONCE} at once"
            aim = "≤ 1/9 of the stock transport's"
            return [Row(what, aim, f"1/{found.ratio:.1f}: {found}", found.ratio >= LEAST)]
    finally:
        process.terminate()
