"""Updates that Telegram delivers: over real HTTP, from the Bot API's emulator to the whole of Limber."""

import json
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from sqlmodel import select

from bot.app import App
from bot.platforms.telegram.webhook import LARGEST_UPDATE
from bot.store.tables import Practice
from tests.clock import MovableClock
from tests.emulators.telegram import TOKEN, Person, TelegramEmulator
from tests.running import running

SECRET = "a-secret_that_is_long_enough_for_anyone"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
async def emulator() -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator() as started:
        yield started


@pytest.fixture
def url() -> str:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return f"http://127.0.0.1:{free.getsockname()[1]}/telegram"


@pytest.fixture
async def app(
    emulator: TelegramEmulator, tmp_path: Path, clock: MovableClock, url: str
) -> AsyncIterator[App]:
    settings = {
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_API_URL": emulator.root,
        "TELEGRAM_WEBHOOK_URL": url,
        "TELEGRAM_WEBHOOK_SECRET": SECRET,
        "PORT": str(httpx.URL(url).port),
    }
    async with running(tmp_path, clock, **settings) as started:
        yield started


@pytest.fixture
async def ada(app: App, emulator: TelegramEmulator) -> Person:
    person = emulator.person(id=1001, first_name="Ada", language_code="en")
    await person.says("/start")
    await person.hears("this is Limber")
    await person.taps("I agree")
    await person.hears("Which skill")
    return person


async def _practices(app: App) -> int:
    return len(await app.database.read(lambda store: store.session.exec(select(Practice)).all()))


async def _post(url: str, body: bytes | str, secret: str = SECRET) -> int:
    async with httpx.AsyncClient() as client:
        return (await client.post(url, content=body, headers={HEADER: secret})).status_code


async def test_a_talk_over_the_webhook(app: App, ada: Person, emulator: TelegramEmulator) -> None:
    await ada.says("/log did it, 5 min")
    await ada.hears("Logged")
    assert await _practices(app) == 1
    assert not emulator.calls_of("getUpdates")


async def test_an_update_is_taken_once_however_often_it_is_delivered(
    app: App, ada: Person, emulator: TelegramEmulator
) -> None:
    update = await ada.says("/log did it, 5 min")
    await ada.hears("Logged")
    await emulator.redeliver(update)
    await ada.says("/log did it, 6 min")
    await ada.hears("6 minutes")
    assert await _practices(app) == 2


@pytest.mark.parametrize("secret", ["", "wrong", SECRET[:-1], "ü"])
async def test_who_does_not_know_the_secret_is_refused(app: App, url: str, secret: str) -> None:
    async with httpx.AsyncClient() as client:
        headers = [(HEADER.encode(), secret.encode())] if secret else []
        answer = await client.post(url, content=b'{"update_id": 1}', headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("not json", 400),
        ("[]", 400),
        ('{"update_id": "1"}', 400),
        ("x" * (LARGEST_UPDATE + 1), 413),
        ('{"update_id": 5, "message": 7}', 200),
        ('{"update_id": 6, "unheard_of": {}}', 200),
    ],
)
async def test_what_is_no_update_is_told_so(app: App, url: str, body: str, status: int) -> None:
    assert await _post(url, body) == status


async def test_what_was_answered_is_durable(app: App, ada: Person, url: str) -> None:
    user = {"id": 1001, "is_bot": False, "first_name": "Ada"}
    message = {"message_id": 900, "date": 1795597200, "chat": {"id": 1001, "type": "private"}, "from": user}
    body = json.dumps({"update_id": 999, "message": message | {"text": "/log did it, 9 min"}})
    assert await _post(url, body) == 200
    assert await _practices(app) == 1


async def test_what_the_database_cannot_take_comes_again(app: App, ada: Person, url: str) -> None:
    await app.database.write(
        lambda store: store.session.connection().exec_driver_sql("DROP TABLE seen_update")
    )
    user = {"id": 1001, "is_bot": False, "first_name": "Ada"}
    message = {"message_id": 900, "date": 1795597200, "chat": {"id": 1001, "type": "private"}, "from": user}
    body = json.dumps({"update_id": 999, "message": message | {"text": "hello"}})
    assert await _post(url, body) == 503


async def test_the_process_says_that_it_is_there(app: App, url: str) -> None:
    async with httpx.AsyncClient() as client:
        answer = await client.get(httpx.URL(url).copy_with(path="/healthz"))
    assert (answer.status_code, answer.text) == (200, "ok\n")
