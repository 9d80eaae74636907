"""Wake-ups between the processes on one PostgreSQL, so that a message needn't wait until someone looks.

They are a courtesy, never relied upon: one that is lost costs the few seconds until the sender looks.
"""

import asyncio
from collections.abc import Callable

import asyncpg
from sqlalchemy.engine import make_url

CHANNEL = "limber_wakeups"
_PROOF_SECONDS = 30.0


class Wakeups:
    """Tells other processes by name what to look at, and hears it from them."""

    def __init__(self, url: str, hear: Callable[[str], None]) -> None:
        """`hear` is called with each name that any process told, this one too."""
        self._url = url
        self._hear = hear
        self._untold: set[str] = set()
        self._changed = asyncio.Event()

    def tell(self, name: str) -> None:
        """Wakes whoever serves this, in any process, soon."""
        self._untold.add(name)
        self._changed.set()

    async def run(self) -> None:
        """Tells and hears until cancelled. Raises if the connection is lost."""
        connection = await asyncpg.connect(self._url)
        try:
            await connection.add_listener(CHANNEL, self._heard)
            while True:
                await self._tell_all(connection)
        finally:
            connection.terminate()

    async def _tell_all(self, connection: "asyncpg.Connection[asyncpg.Record]") -> None:
        try:
            async with asyncio.timeout(_PROOF_SECONDS):
                await self._changed.wait()
        except TimeoutError:
            await connection.execute("SELECT 1")
            return
        self._changed.clear()
        while self._untold:
            await connection.execute("SELECT pg_notify($1, $2)", CHANNEL, self._untold.pop())

    def _heard(self, _connection: object, _process: int, _channel: str, name: object) -> None:
        self._hear(str(name))


def open_wakeups(url: str, hear: Callable[[str], None]) -> Wakeups | None:
    """The wake-ups of a database; None where one process has it for itself (SQLite)."""
    return Wakeups(url, hear) if make_url(url).get_backend_name() == "postgresql" else None
