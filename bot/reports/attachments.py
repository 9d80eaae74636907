"""Makes the pictures and documents that messages ask for, beside the event loop."""

import asyncio

from bot.clock import Clock
from bot.conversation.messages import Attachment, Wire
from bot.conversation.turn import Library
from bot.portable.bundle import everything, packed
from bot.reports.pictures import Studio
from bot.store.database import Database
from bot.texts import Catalogues

_AT_ONCE = 2


class Workshop:
    """Draws and writes; at most two at once, so that drawing never takes all of a small machine."""

    def __init__(self, database: Database, catalogues: Catalogues, library: Library, clock: Clock) -> None:
        self._database = database
        self._studio = Studio(database, catalogues, library, clock)
        self._room = asyncio.Semaphore(_AT_ONCE)

    async def make(self, person_id: int, wire: Wire) -> Attachment | None:
        """What the message asks for; None where it asks for nothing."""
        if wire.picture is not None:
            return await self._studio.progress(person_id, wire.picture, self._room)
        if wire.document is not None:
            return await self._export(person_id)
        return None

    async def _export(self, person_id: int) -> Attachment:
        kept = await self._database.read(lambda store: everything(store, person_id))
        async with self._room:
            content = await asyncio.to_thread(packed, kept)
        return Attachment(content, "limber-export.zip", "application/zip")
