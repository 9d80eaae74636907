"""A home that echoes, the page served for it, and a browser that has it open."""

import io
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from PIL import Image
from playwright.async_api import Browser, Page, expect

from bot.platforms.local.hub import Hub
from tests.browser import launched
from tests.platforms.local.echo import WORDS, EchoHome, Stage, free_port, page_of, serving

expect.set_options(timeout=20_000)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One browser for all tests of this folder, which share one event loop for it."""
    async with launched() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="session")
async def home() -> EchoHome:
    return EchoHome(Hub())


@pytest_asyncio.fixture(loop_scope="session")
async def port() -> int:
    return free_port()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def stage() -> AsyncIterator[Stage]:
    """A server that stays up while tests change what it serves."""
    stage = Stage()
    async with serving(stage, free_port()) as stage.address:
        yield stage


@pytest_asyncio.fixture(loop_scope="session")
async def site(home: EchoHome, stage: Stage) -> str:
    """The address of the page, served for `home`."""
    stage.app = page_of(home)
    return stage.address


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A phone in Berlin, nothing open yet. Errors of scripts and of the content policy are failures."""
    context = await browser.new_context(
        viewport={"width": 390, "height": 844},
        locale="en-GB",
        timezone_id="Europe/Berlin",
        reduced_motion="reduce",
    )
    opened = await context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    yield opened
    await context.close()
    assert faults == []


@pytest.fixture
def png() -> bytes:
    """A small picture, 40 by 30."""
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(drawn, "PNG")
    return drawn.getvalue()


@pytest.fixture
def german() -> dict[str, str]:
    """The strings of the page in a language that shares none with English."""
    words = {key: f"»{key}«" for key in WORDS}
    return {**words, "lang": "de", "message": "Nachricht", "send": "Senden"}
