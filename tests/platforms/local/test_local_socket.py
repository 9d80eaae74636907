"""What goes over the socket, word for word."""

import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from tests.platforms.local.echo import NOW, WORDS, EchoHome, invited

pytestmark = pytest.mark.asyncio(loop_scope="session")

ID = "6f1c2b54-7a0e-4c51-9a5a-0d8f3f1f8a01"
HELLO = {"hello": {"zone": "Asia/Kathmandu", "language": "ne"}}


class Wired:
    """One end of the socket, speaking JSON."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection

    async def tell(self, **frame: Any) -> None:
        await self._connection.send(json.dumps(frame))

    async def hear(self) -> dict[str, Any]:
        heard: dict[str, Any] = json.loads(await self._connection.recv())
        return heard

    async def hear_until(self, key: str) -> dict[str, Any]:
        while key not in (heard := await self.hear()):
            continue
        return heard


@asynccontextmanager
async def wired(site: str) -> AsyncIterator[Wired]:
    async with httpx.AsyncClient(base_url=site) as client:
        await client.get(invited(site))
        cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    address = site.replace("http", "ws") + "/socket"
    headers = {"Cookie": cookie}
    async with connect(address, additional_headers=headers, origin=Origin(site), proxy=None) as connection:
        yield Wired(connection)


async def test_hello_is_answered_with_all_there_is(site: str, home: EchoHome) -> None:
    home.say("1", text="Welcome")
    home.coming = [{"at": "2026-03-03T06:30:00+00:00", "words": "Box breathing"}]
    async with wired(site) as page:
        await page.tell(**HELLO)
        assert await page.hear() == {
            "words": WORDS,
            "history": [home.messages["1"]],
            "upcoming": home.coming,
        }


async def test_a_text_becomes_an_incoming(site: str, home: EchoHome) -> None:
    async with wired(site) as page:
        await page.tell(**HELLO)
        await page.tell(id=ID, text="calmer")
        assert await page.hear_until("taken") == {"taken": ID}
    [incoming] = home.received
    assert (incoming.platform, incoming.address, incoming.update_key) == ("local", "me", f"local:{ID}")
    assert (incoming.text, incoming.at) == ("calmer", NOW)
    assert (incoming.language, incoming.zone) == ("ne", "Asia/Kathmandu")


async def test_a_press_and_a_place_become_incomings(site: str, home: EchoHome) -> None:
    async with wired(site) as page:
        await page.tell(id=ID, press="n:1:done", message="out:7")
        await page.hear_until("taken")
        await page.tell(id=str(uuid4()), place=[27.7, 85.3])
        await page.hear_until("taken")
    press, place = home.received
    assert (press.press, press.message_ref, press.text) == ("n:1:done", "out:7", None)
    assert press.pressed is not None
    assert press.pressed.message_ref == "out:7"
    assert (place.place, place.press) == ((27.7, 85.3), None)


async def test_taken_is_said_only_once_it_is_kept(site: str, home: EchoHome) -> None:
    home.open.clear()
    async with wired(site) as page:
        await page.tell(id=ID, text="calmer")
        await home.arrived.get()
        home.hub.publish({"typing": True})
        assert await page.hear() == {"typing": True}
        home.open.set()
        assert await page.hear_until("taken") == {"taken": ID}


async def test_every_open_page_sees_what_happens(site: str, home: EchoHome) -> None:
    async with wired(site) as one, wired(site) as other:
        for page in (one, other):
            await page.tell(**HELLO)
            await page.hear_until("history")
        await one.tell(id=ID, text="calmer")
        seen = [(await other.hear_until("message"))["message"]["text"] for _ in range(2)]
    assert seen == ["calmer", "Heard: <b>calmer</b>"]


async def test_what_can_not_be_taken_is_refused_for_good(site: str) -> None:
    async with wired(site) as page:
        await page.tell(id=ID, text=" ")
        assert await page.hear() == {"refused": ID, "words": WORDS["not_understood"], "later": False}
        await page.tell(id=ID, text="x" * 20_001)
        assert await page.hear() == {"refused": ID, "words": WORDS["too_long"], "later": False}
        await page.tell(nonsense=1)
        assert await page.hear() == {"refused": None, "words": WORDS["not_understood"], "later": False}


async def test_what_failed_is_to_be_sent_again_and_no_word_of_it_is_logged(
    site: str, home: EchoHome, caplog: pytest.LogCaptureFixture
) -> None:
    home.failures.append(RuntimeError("felt silly at first"))
    async with wired(site) as page:
        with caplog.at_level(logging.DEBUG, logger="bot"):
            await page.tell(id=ID, text="felt silly at first")
            assert await page.hear() == {"refused": ID, "words": WORDS["not_taken"], "later": True}
        await page.tell(id=ID, text="felt silly at first")
        assert await page.hear_until("taken") == {"taken": ID}
    assert "RuntimeError" in caplog.text
    assert "silly" not in caplog.text
    assert len(home.received) == 1
