"""From one therapist's chat to a client's over a deep link, on Telegram's own protocol."""

import re
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import segno
from PIL import Image

from bot.app import App
from tests.clock import MovableClock
from tests.emulators.telegram import TOKEN, Person, TelegramEmulator
from tests.pictures.test_qr import squares_in
from tests.running import running

NOTE = "on the bus, before the bridge"


@pytest.fixture
async def emulator() -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator() as started:
        yield started


@pytest.fixture
async def app(emulator: TelegramEmulator, tmp_path: Path, clock: MovableClock) -> AsyncIterator[App]:
    async with running(tmp_path, clock, TELEGRAM_TOKEN=TOKEN, TELEGRAM_API_URL=emulator.root) as started:
        yield started


async def _makes(grey: Person) -> None:
    await grey.says("/pack")
    await grey.hears("for therapists")
    await grey.taps("Make a link")
    await grey.hears("Which skill?")
    await grey.says("sort the worry")
    await grey.hears("The homework so far")
    await grey.taps("A note")
    await grey.hears("Up to 300")
    await grey.says(NOTE)
    await grey.hears(NOTE)
    await grey.taps("See what your client sees")
    await grey.hears("Is it as you want it?")
    await grey.taps("Make the link")


async def test_a_link_a_code_and_a_page_lead_a_newcomer_to_the_homework(
    app: App, emulator: TelegramEmulator
) -> None:
    grey = emulator.person(id=1001, first_name="Grey", language_code="en")
    await _makes(grey)
    made = await grey.hears("good until")
    found = re.search(r"https://t\.me/limber_bot\?start=([A-Za-z0-9_-]{1,64})\s", made.text)
    assert found is not None and made.photo is not None
    assert squares_in(Image.open(BytesIO(made.photo.content))) == squares_of(found[0].strip())

    await grey.taps("A page to print")
    paper = await grey.hears("on paper")
    assert paper.document is not None and paper.document.name == "homework.pdf"
    page = pypdfium2.PdfDocument(paper.document.content)[0]
    words = " ".join(page.get_textpage().get_text_bounded().split())
    assert [each for each in ("Sort the worry", NOTE, found[0].strip(), "/pack ") if each not in words] == []
    assert squares_in(page.render(scale=4).to_pil()) == squares_of(found[0].strip())

    cleo = emulator.person(id=1002, first_name="Cleo", language_code="en")
    await cleo.says(f"/start {found[1]}")
    await cleo.hears("homework behind it waits")
    await cleo.hears("this is Limber")
    await cleo.taps("I agree")
    await cleo.hears("From a therapist's link")
    await cleo.hears(NOTE)
    await cleo.taps("Take it up")
    await cleo.hears("Taken up: Sort the worry")
    await grey.silence()


def squares_of(link: str) -> list[list[bool]]:
    """What segno itself makes of a link."""
    return [[bool(square) for square in row] for row in segno.make(link, error="m", micro=False).matrix]
