from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest

from tests.emulators.telegram import Person, TelegramEmulator

Calling = Callable[..., Awaitable[httpx.Response]]


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
    async with httpx.AsyncClient(timeout=5) as running:
        yield running


@pytest.fixture
def call(emulator: TelegramEmulator, client: httpx.AsyncClient) -> Calling:
    """Calls a method with a JSON body, as plain HTTP."""

    async def calling(method: str, **parameters: Any) -> httpx.Response:
        return await client.post(f"{emulator.root}/bot{emulator.token}/{method}", json=parameters)

    return calling
