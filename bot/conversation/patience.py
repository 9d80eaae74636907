"""How much one person may send in a minute, so that nobody takes the time of all others."""

from collections import deque
from datetime import datetime, timedelta
from enum import Enum

from bot.conversation.messages import Incoming
from bot.conversation.router import command_of
from bot.safety.detection import calls_for_card

UPDATES, SECONDS = 30, 60.0
_ALWAYS = frozenset(("crisis", "sos", "help"))


class Pace(Enum):
    """What becomes of an update."""

    FINE = "fine"
    TOO_FAST = "too fast"
    TOO_FAST_AND_TOLD = "too fast and told"


class Patience:
    """Counts the updates of each address: at most `limit` in any `seconds`.

    What counts is when something was said, not when it is read: what waited while Limber was away was not
    said too fast. Who has been quiet for that long is forgotten.
    """

    def __init__(self, limit: int = UPDATES, seconds: float = SECONDS) -> None:
        self._limit = limit
        self._span = timedelta(seconds=seconds)
        self._taken: dict[str, deque[datetime]] = {}
        self._told: dict[str, datetime] = {}
        self._swept_at: datetime | None = None

    def pace(self, incoming: Incoming) -> Pace:
        """Whether to take an update. Words that call for help are always taken."""
        key, at = f"{incoming.platform}:{incoming.address}", incoming.at
        self._sweep(at)
        taken = self._taken.setdefault(key, deque(maxlen=self._limit))
        if sum(self._is_near(at, each) for each in taken) < self._limit:
            taken.append(at)
            return Pace.FINE
        if incoming.text is not None and _calls_for_help(incoming.text):
            return Pace.FINE
        if key in self._told and self._is_near(at, self._told[key]):
            return Pace.TOO_FAST_AND_TOLD
        self._told[key] = at
        return Pace.TOO_FAST

    def _is_near(self, at: datetime, other: datetime) -> bool:
        """Whether they lie close; of a clock that was put back, what lies far ahead does not count."""
        return abs(at - other) < self._span

    def _sweep(self, at: datetime) -> None:
        if self._swept_at is not None and at - self._swept_at < self._span:
            return
        self._swept_at, since = at, at - self._span
        self._taken = {key: each for key, each in self._taken.items() if each[-1] > since}
        self._told = {key: each for key, each in self._told.items() if each > since}


def _calls_for_help(text: str) -> bool:
    command, words = command_of(text)
    return command in _ALWAYS or words.lower() in _ALWAYS or calls_for_card(text)
