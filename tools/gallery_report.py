"""The report's pages for the gallery: of someone with five years, of someone who has just begun.

python -m tools.gallery_report docs/gallery
"""

import asyncio
import io
import logging
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2

from bot.conversation.messages import Wire
from bot.store.unit import Store
from tests.chat import PLATFORM, Chat, agreed, talking
from tests.clock import MovableClock
from tests.lives import begun, lived

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)

SCALE = 1.6
REPORTS = {"report-4-weeks": ("4w", "sb"), "report-everything": ("all", "sbgprwe")}
SHOWN = 2


async def report_pages(chat: Chat, person_id: int, folder: Path, prefix: str = "") -> None:
    """Draws the first pages of each report as PNG, at a size that can be read."""
    for name, (period, ticks) in REPORTS.items():
        asked = {"kind": "report", "period": period, "ticks": ticks}
        made = await chat.app.workshop.make(person_id, Wire("", document=asked))
        if made is None:
            raise ValueError(name)
        pages = pypdfium2.PdfDocument(io.BytesIO(made.content))
        for number in range(min(SHOWN, len(pages))):
            image = pages[number].render(scale=SCALE).to_pil().quantize(32)
            image.save(folder / f"{prefix}{name}-page-{number + 1}.png", optimize=True)


async def main(folder: Path) -> None:
    """Pages of someone with five years, and of someone with two practices."""
    logging.disable(logging.CRITICAL)
    await _for(folder, "", lambda store, person_id: lived(store, person_id, NOW))
    await _for(folder, "begun-2-", lambda store, person_id: begun(store, person_id, NOW, 2))


async def _for(folder: Path, prefix: str, live: Callable[[Store, int], None]) -> None:
    with tempfile.TemporaryDirectory() as data:
        async for chat in talking(Path(data), MovableClock(NOW)):
            await agreed(chat)
            person_id = await chat.app.database.write(_person_id)
            await chat.app.database.write(lambda store, person_id=person_id: live(store, person_id))
            await report_pages(chat, person_id, folder, prefix)


def _person_id(store: Store) -> int:
    party = store.people.find(PLATFORM, "ada")
    if party is None:
        raise LookupError("ada")
    return party.person.id


if __name__ == "__main__":
    gallery = Path(sys.argv[1])
    gallery.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(gallery))
