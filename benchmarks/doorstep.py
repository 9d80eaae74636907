"""A whole Limber on a file of its own, and a front end that only notes when its replies arrive."""

import asyncio
import gc
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app import App, build, settle
from bot.clock import SystemClock
from bot.conversation.messages import Attachment, Incoming, Wire
from bot.conversation.patience import Patience
from bot.settings import load_settings
from bot.store.migrate import migrate

PLATFORM = "bench"


class Doorstep:
    """Where messages arrive."""

    platform = PLATFORM

    def __init__(self, app: App) -> None:
        self._app = app
        self._waiting: dict[str, tuple[asyncio.Future[None], bool]] = {}

    async def says(self, who: str, words: str, *, picture: bool = False) -> float:
        """Sends a message; answers with the seconds until the reply, or its picture, is carried out."""
        arrives: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[who] = arrives, picture
        key = f"{who}:{time.perf_counter_ns()}"
        began = time.perf_counter()
        await self._app.engine.handle(Incoming(PLATFORM, who, key, SystemClock().now(), text=words))
        await asyncio.wait_for(arrives, 10)
        return time.perf_counter() - began

    async def carry(self, address: str, wire: Wire, attachment: Attachment | None, key: str) -> str:
        """Takes a message in."""
        arrives, picture = self._waiting.get(address, (None, False))
        wanted = not picture or (attachment is not None and attachment.media_type.startswith("image/"))
        if arrives is not None and not arrives.done() and wanted:
            arrives.set_result(None)
        return key

    async def busy(self, address: str) -> None:
        """Takes no notice."""


@asynccontextmanager
async def limber() -> AsyncIterator[tuple[App, Doorstep]]:
    """Limber as `python -m bot run` has it, but for front ends and the limit on one person's messages."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/limber.db"
        app = build(load_settings({"DATABASE_URL": url, "LOCAL_CHAT": "false"}, None))
        await migrate(url)
        await app.database.start()
        app.engine.patience = Patience(limit=10**6)
        door = Doorstep(app)
        app.send_through(door)
        settle()
        try:
            yield app, door
        finally:
            gc.unfreeze()
            await app.supervisor.stop(5)
            await app.exits.aclose()
            await app.database.stop()
