"""Makes the pictures and documents that messages ask for, off the event loop."""

from bot.conversation.export import export
from bot.conversation.messages import Attachment


class Workshop:
    def __init__(self, database, catalogues, library, clock):
        self._database = database

    async def make(self, person_id, wire):
        if wire.document:
            content = await self._database.read(lambda store: export(store, person_id))
            return Attachment(content, "limber.json", "application/json")
        if wire.picture:
            return Attachment(b"png", "progress.png", "image/png", "alt")
        return None
