"""Pushes updates to the bot's webhook, as often as it takes."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from tests.emulators.telegram.updates import Pending, UpdateQueue

Clock = Callable[[], int]
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass
class Webhook:
    """Where updates are posted, up to `max_connections` at a time, each until it is answered with 2xx.

    `retry_delay` is the pause before a refused update is posted again, in seconds.
    """

    url: str
    secret: str | None
    max_connections: int
    retry_delay: float
    last_error: tuple[int, str] | None = None
    _task: asyncio.Task[None] | None = field(default=None, repr=False)

    def start(self, queue: UpdateQueue, clock: Clock) -> None:
        """Begin to push what is in the queue; `clock` gives Unix seconds for the record of errors."""
        self._task = asyncio.create_task(self._push_all(queue, clock))

    async def stop(self) -> None:
        """Stop pushing; what was not taken stays in the queue."""
        if self._task is None:
            return
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self._task = None

    async def _push_all(self, queue: UpdateQueue, clock: Clock) -> None:
        slots = asyncio.Semaphore(self.max_connections)
        try:
            async with httpx.AsyncClient(verify=False) as client, asyncio.TaskGroup() as pushes:
                while True:
                    await slots.acquire()
                    pending = await queue.next_to_push()
                    push = pushes.create_task(self._push(client, queue, pending, clock))
                    push.add_done_callback(lambda _: slots.release())
        finally:
            queue.rest()

    async def _push(
        self, client: httpx.AsyncClient, queue: UpdateQueue, pending: Pending, clock: Clock
    ) -> None:
        while (error := await self._post(client, pending)) is not None:
            self.last_error = (clock(), error)
            await asyncio.sleep(self.retry_delay)
        queue.pushed(pending)

    async def _post(self, client: httpx.AsyncClient, pending: Pending) -> str | None:
        headers = {_SECRET_HEADER: self.secret} if self.secret else {}
        try:
            answer = await client.post(self.url, json=pending.update, headers=headers, timeout=10)
        except httpx.HTTPError as error:
            return f"Connection failed: {type(error).__name__}"
        if answer.is_success:
            return None
        return f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
