"""How much one person may send in a minute, so that nobody takes the time of all others."""

from collections import deque
from collections.abc import Callable
from enum import Enum

from bot.conversation.router import command_of
from bot.safety.detection import detect

UPDATES, SECONDS = 30, 60.0
_ALWAYS = frozenset(("crisis", "sos", "help"))


class Pace(Enum):
    """What becomes of an update."""

    FINE = "fine"
    TOO_FAST = "too fast"
    TOO_FAST_AND_TOLD = "too fast and told"


class Patience:
    """Counts the updates of each address: at most `limit` in any `seconds`.

    `monotonic` gives seconds on a clock that never goes back. Who has been quiet for that long is forgotten.
    """

    def __init__(
        self, monotonic: Callable[[], float], limit: int = UPDATES, seconds: float = SECONDS
    ) -> None:
        self._monotonic = monotonic
        self._limit = limit
        self._seconds = seconds
        self._taken: dict[str, deque[float]] = {}
        self._told: dict[str, float] = {}
        self._swept_at = monotonic()

    def pace(self, key: str, text: str | None) -> Pace:
        """Whether to take an update. Words that call for help are always taken."""
        now = self._monotonic()
        self._sweep(now)
        taken = self._taken.setdefault(key, deque(maxlen=self._limit))
        if len(taken) < self._limit or now - taken[0] >= self._seconds:
            taken.append(now)
            return Pace.FINE
        if text is not None and _calls_for_help(text):
            return Pace.FINE
        if now - self._told.get(key, -self._seconds) < self._seconds:
            return Pace.TOO_FAST_AND_TOLD
        self._told[key] = now
        return Pace.TOO_FAST

    def _sweep(self, now: float) -> None:
        if now - self._swept_at < self._seconds:
            return
        self._swept_at = now
        self._taken = {key: each for key, each in self._taken.items() if now - each[-1] < self._seconds}
        self._told = {key: at for key, at in self._told.items() if now - at < self._seconds}


def _calls_for_help(text: str) -> bool:
    command, words = command_of(text)
    return command in _ALWAYS or words.lower() in _ALWAYS or detect(words) is not None
