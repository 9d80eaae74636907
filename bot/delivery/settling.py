"""Notes what became of messages, many in one transaction, and goes on until the database takes it.

A message that was sent but not noted would go out again, so nothing is dropped while the database is away.
"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot import metrics
from bot.clock import Clock
from bot.store.database import Database, T, Unavailable, Work
from bot.store.outbox import Letter
from bot.store.unit import Store
from bot.supervisor import Supervisor

log = logging.getLogger(__name__)

_MOST = 200
_PAUSE, _LONGEST_PAUSE = 0.2, 2.0


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that its platform took, when, and as which message there."""

    letter: Letter
    reference: str
    at: datetime
    noted: asyncio.Future[None]


class Settling:
    """Writes outcomes down."""

    def __init__(self, database: Database, supervisor: Supervisor, clock: Clock) -> None:
        self._database = database
        self._supervisor = supervisor
        self._clock = clock
        self._sent: list[Sent] = []
        self._noting: asyncio.Task[None] | None = None

    async def sent(self, letter: Letter, reference: str) -> None:
        """The platform took it; returns once that is durable."""
        noted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sent.append(Sent(letter, reference, self._clock.now(), noted))
        if self._noting is None or self._noting.done():
            self._noting = self._supervisor.start(self._note(), "settling")
        await noted

    async def insist(self, work: Work[T]) -> T:
        """Runs work in the database, again and again until it is there to take it."""
        pause = _PAUSE
        while True:
            try:
                return await self._database.write(work)
            except Unavailable as error:
                if pause == _PAUSE:
                    facts = {"kind": str(error)}
                    log.warning("the database is away; what was sent is noted when it is back", extra=facts)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    async def _note(self) -> None:
        while self._sent:
            batch, self._sent = self._sent[:_MOST], self._sent[_MOST:]
            try:
                due = await self.insist(partial(_settle, batch))
            except Exception as error:
                _tell(batch, error)
                raise
            _tell(batch, None)
            for sent in batch:
                if (due_at := due.get(sent.letter.nudge_id or 0)) is not None:
                    metrics.LATENESS.observe((sent.at - due_at).total_seconds())


def _settle(batch: list[Sent], store: Store) -> dict[int, datetime]:
    """Answers with when each nudge among them was due."""
    store.outbox.settle([sent.letter.id for sent in batch])
    nudges = [(sent.letter.nudge_id, sent.reference, sent.at) for sent in batch if sent.letter.nudge_id]
    return store.reminders.mark_sent(nudges)


def _tell(batch: list[Sent], error: Exception | None) -> None:
    for sent in batch:
        if sent.noted.done():
            continue
        if error is None:
            sent.noted.set_result(None)
        else:
            sent.noted.set_exception(error)
