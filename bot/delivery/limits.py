"""How fast a platform lets us send: so many messages a second over all chats, and in each chat."""

import asyncio
from collections import deque
from collections.abc import Callable

from bot.metrics import LIMITER_WAIT


class Window:
    """At most `limit` in any `seconds`, exactly: slot n is never earlier than slot n - limit plus `seconds`.

    `monotonic` gives seconds on a clock that never goes back.
    """

    def __init__(self, limit: int, seconds: float, monotonic: Callable[[], float]) -> None:
        self._seconds = seconds
        self._slots: deque[float] = deque(maxlen=limit)
        self._limit = limit
        self._monotonic = monotonic
        self._closed_until = 0.0

    def reserve(self) -> float:
        """Takes the next free slot; answers how many seconds from now it is."""
        now = self._monotonic()
        free = max(now, self._closed_until)
        if len(self._slots) == self._limit:
            free = max(free, self._slots[0] + self._seconds)
        self._slots.append(free)
        return free - now

    def close_for(self, seconds: float) -> None:
        """No slot earlier than that many seconds from now: the platform asked us to wait."""
        self._closed_until = max(self._closed_until, self._monotonic() + seconds)

    async def slot(self) -> None:
        """Waits for the next free slot."""
        wait = self.reserve()
        LIMITER_WAIT.observe(max(0.0, wait))
        if wait > 0:
            await asyncio.sleep(wait)
