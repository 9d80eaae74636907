"""Identities made before the row is: a sealed value can then be bound to its row in one statement."""

import secrets
import threading

from bot.clock import Clock

_EPOCH_MS = 1_704_067_200_000
_RANDOM_BITS = 21


class Ids:
    """Unique 63-bit numbers that grow with time: milliseconds since 2024-01-01, then 21 bits.

    The low bits start at random each millisecond and count up, so one process never repeats itself and
    two processes hardly ever meet; if they do, the database refuses the row and the turn is run again.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0
        self._lock = threading.Lock()

    def new(self) -> int:
        milliseconds = int(self._clock.now().timestamp() * 1000) - _EPOCH_MS
        fresh = milliseconds << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS - 1)
        with self._lock:
            self._last = fresh if fresh >> _RANDOM_BITS > self._last >> _RANDOM_BITS else self._last + 1
            return self._last
