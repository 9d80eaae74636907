"""Whether the parts of this process are ready, and how they are doing, for operators."""

import asyncio
import logging
from collections.abc import Callable

from bot import metrics
from bot.clock import Clock
from bot.logs import describe
from bot.store.database import Database

log = logging.getLogger(__name__)

_PATIENCE = 2.0


class Watch:
    """Looks at the database, and at what other parts say of themselves."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._parts: dict[str, Callable[[], bool]] = {}

    def add(self, part: str, is_ready: Callable[[], bool]) -> None:
        """From now on a part counts."""
        self._parts[part] = is_ready

    async def ready(self) -> dict[str, bool]:
        """Whether each part is ready."""
        database = await self._age() is not None
        return {"database": database, **{part: is_ready() for part, is_ready in self._parts.items()}}

    async def figures(self) -> tuple[bytes, str]:
        """The metrics as they are now, and their media type."""
        age = await self._age()
        metrics.OUTBOX_AGE.set(float("nan") if age is None else age)
        return metrics.exposed(), metrics.CONTENT_TYPE_LATEST

    async def _age(self) -> float | None:
        """Seconds that the outbox is behind; None if the database does not say."""
        try:
            async with asyncio.timeout(_PATIENCE):
                due = await self._database.read(lambda store: store.outbox.oldest_due())
        except Exception as error:  # noqa: BLE001 - whatever it was, the database is not ready
            log.warning("the database did not answer", extra={"failure": describe(error)})
            return None
        return max(0.0, (self._clock.now() - due).total_seconds()) if due is not None else 0.0
