"""The pages of a report for the gallery, as pictures."""

import io
from pathlib import Path

import pypdfium2

from bot.conversation.messages import Wire
from tests.chat import Chat

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
