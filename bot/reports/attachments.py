"""Makes the pictures and documents that messages ask for, beside the event loop."""

import asyncio
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.clock import Clock
from bot.conversation.messages import Attachment, Wire
from bot.conversation.reporting import Period, Report, Tick, report_of
from bot.conversation.turn import Library
from bot.pictures.qr import draw_qr
from bot.portable.bundle import everything, packed
from bot.reports.handout import handout_of
from bot.reports.paper import print_paper
from bot.reports.pictures import Studio
from bot.reports.report import paper_of
from bot.store.database import Database
from bot.store.packs import unpacked
from bot.store.tables import Person
from bot.store.unit import Store
from bot.texts import Catalogues, Text, t

_AT_ONCE = 2


class Workshop:
    """Draws and writes; at most two at once, so that drawing never takes all of a small machine."""

    def __init__(self, database: Database, catalogues: Catalogues, library: Library, clock: Clock) -> None:
        self._database = database
        self._studio = Studio(database, catalogues, library, clock)
        self._room = asyncio.Semaphore(_AT_ONCE)
        self._catalogues, self._library, self._clock = catalogues, library, clock
        self._documents = {"export": self._export, "report": self._report, "pack": self._handout}

    async def make(self, person_id: int, wire: Wire) -> Attachment | None:
        """What the message asks for; None where it asks for nothing."""
        if wire.picture is not None and wire.picture.get("kind") == "qr":
            return await self._qr(person_id, wire.picture)
        if wire.picture is not None:
            return await self._studio.progress(person_id, wire.picture, self._room)
        if wire.document is not None:
            return await self._documents[wire.document["kind"]](person_id, wire.document)
        return None

    async def _qr(self, person_id: int, asked: Mapping[str, Any]) -> Attachment:
        language = await self._language(person_id)
        async with self._room:
            content = await asyncio.to_thread(draw_qr, asked["link"])
        alternative = self._catalogues.plain(t("pack.qr", link=asked["link"]), language)
        return Attachment(content, "homework.png", "image/png", alternative)

    async def _handout(self, person_id: int, asked: Mapping[str, Any]) -> Attachment:
        language = await self._language(person_id)

        def made() -> bytes:
            paper = handout_of(
                unpacked(asked["items"]),
                link=asked["link"],
                code=asked["code"],
                last=date.fromisoformat(asked["last"]),
                today=date.fromisoformat(asked["today"]),
                content=self._library.content,
                language=language,
                plain=lambda text: self._catalogues.plain(text, language),
            )
            return print_paper(paper)

        async with self._room:
            content = await asyncio.to_thread(made)
        return Attachment(content, "homework.pdf", "application/pdf")

    async def _language(self, person_id: int) -> str:
        return await self._database.read(lambda store: store.session.get_one(Person, person_id).language)

    async def _export(self, person_id: int, _asked: Mapping[str, Any]) -> Attachment:
        kept = await self._database.read(lambda store: everything(store, person_id))
        async with self._room:
            content = await asyncio.to_thread(packed, kept)
        return Attachment(content, "limber-export.zip", "application/zip")

    async def _report(self, person_id: int, asked: Mapping[str, Any]) -> Attachment:
        ticks = [Tick(each) for each in asked["ticks"]]

        def read(store: Store) -> tuple[Report, Person]:
            person = store.session.get_one(Person, person_id)
            return report_of(store, person, Period(asked["period"]), ticks, self._clock.now()), person

        found, person = await self._database.read(read)

        def made() -> bytes:
            def plain(text: Text) -> str:
                return self._catalogues.plain(text, person.language)

            return print_paper(
                paper_of(found, person, self._library.content, plain, neutral=asked.get("neutral", False))
            )

        async with self._room:
            content = await asyncio.to_thread(made)
        name = f"report-{found.last.isoformat()}.pdf"
        return Attachment(content, name, "application/pdf", protected=Tick.PASSED_ON not in ticks)
