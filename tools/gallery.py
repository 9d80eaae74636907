"""Draws every picture, and prints every report, of people with five years of Limber, or with some days.

python -m tools.gallery docs/gallery

Pictures as a phone shows them, light and dark, with what they say in words beside them.
"""

import asyncio
import io
import logging
import sys
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PIL import Image

from bot.conversation.messages import Attachment
from bot.store.unit import Store
from tests.chat import PLATFORM, Chat, Someone, agreed, talking
from tests.clock import MovableClock
from tests.lives import begun, lived
from tools.gallery_report import report_pages

WIDTH = 780
"""Pixels of a phone of 390 points, two pixels a point."""

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
THEMES = ("light", "dark")
FEW = (1, 2, 6)


async def main(folder: Path) -> None:
    """Everything that is shown."""
    logging.disable(logging.CRITICAL)
    await _for_someone(folder, _five_years)
    for practices in FEW:
        await _for_someone(folder, partial(_some_days, practices))


async def _for_someone(folder: Path, draw: Callable[[Chat, Path], Awaitable[None]]) -> None:
    """Each has a Limber of their own."""
    with tempfile.TemporaryDirectory() as data:
        async for chat in talking(Path(data), MovableClock(NOW)):
            await draw(chat, folder)


async def _five_years(chat: Chat, folder: Path) -> None:
    ada = await agreed(chat)
    await chat.app.database.write(lambda store: lived(store, _id(store), NOW))
    for theme in THEMES:
        for window in ("week", "month", "year"):
            await _drawn(ada, f"g:{window}:a:{theme}", folder / f"progress-{window}-{theme}.png")
        await ada.says("/progress month")
        for choices in ("skill", "goal"):
            await ada.taps(f"One {choices}", on=ada.messages[-1])
            await ada.taps(ada.messages[-1].labels[0], on=ada.messages[-1])
            _saved(ada, folder / f"progress-{choices}-{theme}.png")
    for command in ("year", "brief"):
        await ada.says(f"/{command}")
        _written(folder / f"{command}.txt", ada.messages[-1].wire.text)
    await report_pages(chat, await chat.app.database.read(_id), folder)


async def _some_days(practices: int, chat: Chat, folder: Path) -> None:
    ada = await agreed(chat)
    await chat.app.database.write(lambda store: begun(store, _id(store), NOW, practices))
    for theme in THEMES:
        await _drawn(ada, f"g:month:a:{theme}", folder / f"begun-{practices}-{theme}.png")
    await report_pages(chat, await chat.app.database.read(_id), folder, f"begun-{practices}-")


async def _drawn(person: Someone, press: str, path: Path) -> None:
    await person.presses(press)
    _saved(person, path)


def _saved(person: Someone, path: Path) -> None:
    """Keeps the picture of the newest message, and its words."""
    attachment = person.messages[-1].attachment
    if attachment is None:
        raise ValueError(f"no picture for {path.name}")
    _at_phone_size(attachment).save(path, optimize=True)
    _written(path.with_suffix(".txt"), attachment.alternative)


def _at_phone_size(attachment: Attachment) -> Image.Image:
    image = Image.open(io.BytesIO(attachment.content)).convert("RGB")
    size = (WIDTH, round(image.height * WIDTH / image.width))
    return image.resize(size, Image.Resampling.LANCZOS).quantize(256)


def _written(path: Path, words: str) -> None:
    if "-dark" not in path.name:
        path.with_name(path.name.replace("-light", "")).write_text(words + "\n", encoding="utf-8")


def _id(store: Store) -> int:
    party = store.people.find(PLATFORM, "ada")
    if party is None:
        raise LookupError("ada")
    return party.person.id


if __name__ == "__main__":
    gallery = Path(sys.argv[1])
    gallery.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(gallery))
