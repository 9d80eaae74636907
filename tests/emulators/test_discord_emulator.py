"""Discord's stand-in refuses what Discord refuses, as told to plain HTTP and websocket clients."""

import zlib
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.emulators.discord import TOKEN, DiscordEmulator, Person

Answer = tuple[int, Any]
GOOD = {"name": "remind", "description": "set a reminder"}


def _button(custom_id: str = "c:undo", label: str = "Undo") -> dict[str, object]:
    return {"type": 2, "style": 2, "label": label, "custom_id": custom_id}


def _row(*buttons: dict[str, object]) -> dict[str, object]:
    return {"type": 1, "components": list(buttons)}


@pytest.fixture
async def emulator() -> AsyncIterator[DiscordEmulator]:
    async with DiscordEmulator() as started:
        yield started


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {TOKEN}"}) as opened:
        yield opened


@pytest.fixture
def ada(emulator: DiscordEmulator) -> Person:
    return emulator.person(1001, "Ada")


async def _call(client: aiohttp.ClientSession, method: str, url: str, body: object = None) -> Answer:
    async with client.request(method, url, json=body) as answer:
        return answer.status, await answer.json() if answer.content_length else None


async def _channel(emulator: DiscordEmulator, client: aiohttp.ClientSession, person: Person) -> str:
    body = {"recipient_id": str(person.id)}
    status, channel = await _call(client, "POST", f"{emulator.root}/users/@me/channels", body)
    assert status == 200
    return f"{emulator.root}/channels/{channel['id']}/messages"


async def test_a_call_needs_the_token(emulator: DiscordEmulator) -> None:
    async with aiohttp.ClientSession() as nobody:
        assert (await _call(nobody, "GET", f"{emulator.root}/users/@me"))[0] == 401


@pytest.mark.parametrize(
    "body",
    [
        {"content": ""},
        {"content": "a" * 2001},
        {"content": "a", "nonce": "1" * 26},
        {"content": "a", "components": [_row(_button())] * 6},
        {"content": "a", "components": [_row(*[_button(f"{number}") for number in range(6)])]},
        {"content": "a", "components": [_row(_button(), _button())]},
        {"content": "a", "components": [_row(_button("c" * 101))]},
        {"content": "a", "components": [_row(_button(label="l" * 81))]},
        {"content": "a", "components": [_row(_button(label=""))]},
        {"content": "a", "components": [_row()]},
    ],
)
async def test_a_message_discord_would_refuse_is_refused(
    emulator: DiscordEmulator, client: aiohttp.ClientSession, ada: Person, body: dict[str, object]
) -> None:
    messages = await _channel(emulator, client, ada)
    assert (await _call(client, "POST", messages, body))[0] == 400
    assert ada.messages == []


@pytest.mark.parametrize(
    "commands",
    [
        [GOOD, GOOD],
        [GOOD | {"name": "Remind"}],
        [GOOD | {"name": "re mind"}],
        [GOOD | {"description": ""}],
        [GOOD | {"description": "d" * 101}],
        [GOOD | {"options": [{"name": "when", "description": ""}]}],
        [GOOD | {"description_localizations": {"de": "d" * 101}}],
        [GOOD | {"name": f"a{number}"} for number in range(101)],
    ],
)
async def test_commands_discord_would_refuse_are_refused(
    emulator: DiscordEmulator, client: aiohttp.ClientSession, commands: list[dict[str, object]]
) -> None:
    status, _ = await _call(client, "PUT", f"{emulator.root}/applications/1/commands", commands)
    assert status == 400
    assert emulator.commands == []


async def test_closed_messages_refuse_with_discords_code(
    emulator: DiscordEmulator, client: aiohttp.ClientSession, ada: Person
) -> None:
    messages = await _channel(emulator, client, ada)
    ada.closes_direct_messages()
    status, refusal = await _call(client, "POST", messages, {"content": "a"})
    assert (status, refusal["code"]) == (403, 50007)


async def test_what_a_person_wrote_is_not_the_bots_to_change(
    emulator: DiscordEmulator, client: aiohttp.ClientSession, ada: Person
) -> None:
    async with client.ws_connect(f"{emulator.gateway.url}?v=10") as socket:
        await _identify(socket, TOKEN)
        await emulator.identified()
        said = await ada.says("good morning")
    messages = await _channel(emulator, client, ada)
    status, refusal = await _call(client, "PATCH", f"{messages}/{said}", {"content": "a"})
    assert (status, refusal["code"]) == (403, 50005)


async def _identify(socket: aiohttp.ClientWebSocketResponse, token: str) -> None:
    assert (await socket.receive_json())["op"] == 10
    await socket.send_json({"op": 2, "d": {"token": token, "intents": 4096, "properties": {}}})


async def test_the_gateway_compresses_where_it_is_asked_to(
    emulator: DiscordEmulator, client: aiohttp.ClientSession
) -> None:
    async with client.ws_connect(f"{emulator.gateway.url}?v=10&compress=zlib-stream") as socket:
        assert b'"op": 10' in zlib.decompressobj().decompress(await socket.receive_bytes())


async def test_a_wrong_token_is_shown_the_door(
    emulator: DiscordEmulator, client: aiohttp.ClientSession
) -> None:
    async with client.ws_connect(f"{emulator.gateway.url}?v=10") as socket:
        await _identify(socket, "wrong")
        assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE
        assert socket.close_code == 4004


async def test_what_was_missed_comes_with_the_resume(
    emulator: DiscordEmulator, client: aiohttp.ClientSession, ada: Person
) -> None:
    async with client.ws_connect(f"{emulator.gateway.url}?v=10") as socket:
        await _identify(socket, TOKEN)
        session = (await socket.receive_json())["d"]["session_id"]
    emulator.gateway.drop()
    await ada.says("one")
    await ada.says("two")
    async with client.ws_connect(f"{emulator.gateway.url}?v=10") as socket:
        await socket.receive_json()
        await socket.send_json({"op": 6, "d": {"token": TOKEN, "session_id": session, "seq": 1}})
        told = [await socket.receive_json() for _ in range(3)]
    assert [each["d"].get("content") for each in told] == ["one", "two", None]
    assert told[-1]["t"] == "RESUMED"


async def test_an_interaction_is_answered_once_and_in_time(
    emulator: DiscordEmulator, client: aiohttp.ClientSession, ada: Person
) -> None:
    await _call(client, "PUT", f"{emulator.root}/applications/1/commands", [GOOD | {"contexts": [1]}])
    async with client.ws_connect(f"{emulator.gateway.url}?v=10") as socket:
        await _identify(socket, TOKEN)
        await emulator.identified()
        token = await ada.runs("remind")
    callback = f"{emulator.root}/interactions/1/{token}/callback"
    assert (await _call(client, "POST", callback, {"type": 6}))[0] == 400
    assert (await _call(client, "POST", callback, {"type": 5}))[0] == 204
    assert ada.sees_thinking
    assert (await _call(client, "POST", callback, {"type": 5}))[1]["code"] == 40060
    emulator.forget_interactions()
    followup = f"{emulator.root}/webhooks/1/{token}"
    assert (await _call(client, "POST", followup, {"content": "late"}))[1]["code"] == 10015
