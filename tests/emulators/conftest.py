from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import httpx
import pytest

from tests.emulators.telegram import Person, TelegramEmulator

Calling = Callable[..., Coroutine[Any, Any, httpx.Response]]


@pytest.fixture(autouse=True)
def durations_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have python-telegram-bot tell durations in the way that does not warn."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
async def emulator() -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator() as running:
        yield running


@pytest.fixture
async def ada(emulator: TelegramEmulator) -> Person:
    """Ada, who has started a chat with the bot."""
    person = emulator.person(id=1001, first_name="Ada", language_code="en")
    await person.says("/start")
    return person


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(timeout=5, verify=False) as running:
        yield running


def refusal(answer: httpx.Response, status: int = 400) -> str:
    """The description of a refusal, which must be of this status."""
    body = answer.json()
    assert (answer.status_code, body["ok"], body["error_code"]) == (status, False, status), body
    return str(body["description"])


@pytest.fixture
def call(emulator: TelegramEmulator, client: httpx.AsyncClient) -> Calling:
    """Calls a method with a JSON body, as plain HTTP."""

    async def calling(method: str, **parameters: Any) -> httpx.Response:
        return await client.post(f"{emulator.root}/bot{emulator.token}/{method}", json=parameters)

    return calling
