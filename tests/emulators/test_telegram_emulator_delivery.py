"""How the emulator delivers updates: polling, redelivery, conflicts, webhooks."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update

from tests.emulators.conftest import Calling
from tests.emulators.echobot import application, polling
from tests.emulators.telegram import Person, TelegramEmulator
from tests.emulators.telegram.server import HttpServer

SECRET = "a-shared_secret"


class Receiver:
    """A webhook: notes what arrives and answers with what it was told to."""

    def __init__(self) -> None:
        self.server = HttpServer(Starlette(routes=[Route("/hook", self._take, methods=["POST"])]))
        self.arrived: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.secrets: list[str | None] = []
        self.statuses: list[int] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.port}/hook"

    async def next(self) -> dict[str, Any]:
        """The next update that arrives; fails after two seconds."""
        async with asyncio.timeout(2):
            return await self.arrived.get()

    async def _take(self, request: Request) -> Response:
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.arrived.put_nowait(await request.json())
        return Response(status_code=self.statuses.pop(0) if self.statuses else 200)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    running = Receiver()
    await running.server.start()
    yield running
    await running.server.stop()


def ids(answer: httpx.Response) -> list[int]:
    return [update["update_id"] for update in answer.json()["result"]]


async def test_updates_come_until_they_are_confirmed(
    emulator: TelegramEmulator, call: Calling, ada: Person
) -> None:
    second, third = await ada.says("two"), await ada.says("three")
    first = second - 1
    assert ids(await call("getUpdates")) == [first, second, third]
    assert ids(await call("getUpdates", limit=2)) == [first, second]
    assert ids(await call("getUpdates", offset=third)) == [third]
    assert ids(await call("getUpdates", offset=first)) == [third]
    assert ids(await call("getUpdates", offset=third + 1)) == []
    assert emulator.deliveries(third) == 3
    assert emulator.unconfirmed == []


async def test_a_negative_offset_leaves_only_the_newest(call: Calling, ada: Person) -> None:
    await ada.says("two")
    newest = await ada.says("three")
    assert ids(await call("getUpdates", offset=-1)) == [newest]
    assert ids(await call("getUpdates")) == [newest]


async def test_polling_waits_for_an_update(emulator: TelegramEmulator, call: Calling) -> None:
    waiting = asyncio.create_task(call("getUpdates", timeout=5))
    update_id = await emulator.person(id=1001).says("hi")
    assert ids(await waiting) == [update_id]


async def test_polling_ends_with_nothing(call: Calling) -> None:
    assert ids(await call("getUpdates", timeout=0)) == []


async def test_of_two_pollers_the_older_is_sent_away(emulator: TelegramEmulator, call: Calling) -> None:
    first = asyncio.create_task(call("getUpdates", timeout=5))
    await emulator.receives("getUpdates")
    second = asyncio.create_task(call("getUpdates", timeout=5))
    answer = await first
    assert answer.status_code == 409
    assert answer.json()["description"].startswith("Conflict: terminated by other getUpdates request")
    update_id = await emulator.person(id=1001).says("hi")
    assert ids(await second) == [update_id]


async def test_the_bot_gets_only_the_kinds_it_asked_for(call: Calling, ada: Person) -> None:
    await call("getUpdates", offset=-1, allowed_updates=["message"])
    await ada.edits(ada.said[0].message_id, "/help")
    wanted = await ada.says("hi")
    assert ids(await call("getUpdates"))[1:] == [wanted]
    await call("getUpdates", allowed_updates=[])
    edit = await ada.edits(ada.said[0].message_id, "/start")
    assert ids(await call("getUpdates"))[-1] == edit


async def test_a_confirmed_update_can_come_again(emulator: TelegramEmulator, ada: Person) -> None:
    async with polling(emulator):
        await ada.hears("Hello")
        update_id = await ada.says("once")
        await ada.hears("heard once")
        await emulator.redeliver(update_id)
        await ada.hears("heard once")
        await ada.says("more")
        await ada.hears("heard more")
    assert emulator.deliveries(update_id) == 2


async def test_blocking_is_told(emulator: TelegramEmulator, call: Calling, ada: Person) -> None:
    await ada.blocks()
    await ada.unblocks()
    answer = await call("getUpdates", offset=-2)
    async with application(emulator).bot as bot:
        updates = [Update.de_json(update, bot) for update in answer.json()["result"]]
    changes = [update.my_chat_member for update in updates]
    statuses = [change.new_chat_member.status for change in changes if change]
    assert statuses == ["kicked", "member"]


async def test_a_bot_that_takes_a_webhook_talks_with_a_person(
    emulator: TelegramEmulator, receiver: Receiver
) -> None:
    ada = emulator.person(id=1001)
    app = application(emulator)
    async with app:
        await app.start()
        await app.bot.set_webhook(receiver.url, secret_token=SECRET, max_connections=1)
        await ada.says("/start")
        await app.process_update(Update.de_json(await receiver.next(), app.bot))
        await ada.hears("Hello")
        await ada.taps("Did it")
        await app.process_update(Update.de_json(await receiver.next(), app.bot))
        await ada.hears("pressed")
        info = await app.bot.get_webhook_info()
        await app.stop()
    assert (info.url, info.max_connections, info.pending_update_count) == (receiver.url, 1, 0)
    assert receiver.secrets == [SECRET, SECRET]


async def test_a_webhook_is_offered_an_update_until_it_takes_it(
    emulator: TelegramEmulator, receiver: Receiver, call: Calling, ada: Person
) -> None:
    receiver.statuses = [500, 404, 200]
    await call("setWebhook", url=receiver.url, max_connections=1)
    attempts = [(await receiver.next())["update_id"] for _ in range(3)]
    again = await ada.says("next")
    assert (await receiver.next())["update_id"] == again
    assert len(set(attempts)) == 1
    info = (await call("getWebhookInfo")).json()["result"]
    assert info["last_error_message"] == "Wrong response from the webhook: 404 Not Found"
    assert receiver.secrets == [None] * 4
    await emulator.redeliver(again)
    assert (await receiver.next())["update_id"] == again


async def test_polling_and_webhook_exclude_each_other(
    emulator: TelegramEmulator, receiver: Receiver, call: Calling, ada: Person
) -> None:
    await call("setWebhook", url=receiver.url, allowed_updates=["message"], drop_pending_updates=True)
    answer = await call("getUpdates")
    assert answer.status_code == 409
    assert "can't use getUpdates method while webhook is active" in answer.json()["description"]
    info = (await call("getWebhookInfo")).json()["result"]
    assert (info["allowed_updates"], info["pending_update_count"]) == (["message"], 0)
    await call("deleteWebhook")
    update_id = await ada.says("hi")
    assert ids(await call("getUpdates")) == [update_id]
    await call("setWebhook", url="")
    assert ids(await call("getUpdates")) == [update_id]
    await call("deleteWebhook", drop_pending_updates=True)
    assert ids(await call("getUpdates")) == []


async def test_an_unreachable_webhook_keeps_updates_waiting(call: Calling, ada: Person) -> None:
    gone = HttpServer(Starlette())
    await gone.start()
    await gone.stop()
    await call("setWebhook", url=f"http://127.0.0.1:{gone.port}/hook")
    info: dict[str, Any] = {}
    async with asyncio.timeout(2):
        while "last_error_message" not in info:
            info = (await call("getWebhookInfo")).json()["result"]
    assert info["last_error_message"] == "Connection failed: ConnectError"
    assert info["pending_update_count"] == 1
