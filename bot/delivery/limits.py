"""How fast a platform lets us send: so many messages a second over all chats, and in each chat.

A message counts from the moment it is handed over until `seconds` after it was surely there: we cannot
know when it arrived, only that it had when it was answered. So the limit holds as the platform counts it,
however long messages are under way.
"""

import asyncio
import itertools
import math
from collections import deque
from collections.abc import Callable

_LONGEST_WAY = 1.0
"""Seconds after which a message that was not answered is taken to have arrived."""
_CAUGHT_UP = 0.05
_SWEPT_ABOVE = 4096

Ticket = tuple[str, int, int]


class Window:
    """At most `limit` arrive in any `seconds`. `monotonic` gives seconds on a clock that never goes back."""

    def __init__(self, limit: int, seconds: float, monotonic: Callable[[], float]) -> None:
        self._limit = limit
        self._seconds = seconds
        self._monotonic = monotonic
        self._under_way: dict[int, float] = {}
        self._arrived: deque[float] = deque()
        self._tickets = itertools.count()
        self._closed_until = -math.inf

    def opens_in(self) -> float:
        """Seconds until one more may go; sooner if one that is under way ends. 0 if it may go now."""
        now = self._monotonic()
        self._forget(now)
        free = self._closed_until
        if len(self._under_way) + len(self._arrived) >= self._limit:
            free = max(free, self._next_free())
        return max(0.0, free - now)

    def begin(self) -> int:
        """One is handed over now; the ticket is for its end."""
        ticket = next(self._tickets)
        self._under_way[ticket] = self._monotonic()
        return ticket

    def end(self, ticket: int) -> None:
        """It was answered, or is known never to have gone out."""
        if self._under_way.pop(ticket, None) is not None:
            self._arrived.append(self._monotonic())

    def close_for(self, seconds: float) -> None:
        """Nothing goes for that many seconds: the platform asked us to wait."""
        self._closed_until = max(self._closed_until, self._monotonic() + seconds)

    @property
    def is_fresh(self) -> bool:
        """Whether it remembers nothing that still matters."""
        now = self._monotonic()
        self._forget(now)
        return not self._under_way and not self._arrived and self._closed_until <= now

    def _next_free(self) -> float:
        oldest = next(iter(self._under_way.values()), math.inf) + _LONGEST_WAY
        return min(self._arrived[0] if self._arrived else math.inf, oldest) + self._seconds

    def _forget(self, now: float) -> None:
        while self._under_way:
            ticket, began = next(iter(self._under_way.items()))
            if began + _LONGEST_WAY > now:
                break
            del self._under_way[ticket]
            self._arrived.append(began + _LONGEST_WAY)
        while self._arrived and self._arrived[0] + self._seconds <= now:
            self._arrived.popleft()


class Pace:
    """Evenly so many a second; what a late start missed is caught up within a few hundredths of one."""

    def __init__(self, rate: float, monotonic: Callable[[], float]) -> None:
        self._interval = 1 / rate
        self._monotonic = monotonic
        self._next = -math.inf

    def opens_in(self) -> float:
        """Seconds until the next may go."""
        return max(0.0, self._next - self._monotonic())

    def begin(self) -> None:
        """One goes now."""
        self._next = max(self._next, self._monotonic() - _CAUGHT_UP) + self._interval


class Limits:
    """The limits of one platform: over all chats, and `in_chat` (so many, in so many seconds) in each.

    Chats go by their addresses, since what is said at once is said to addresses.

    Nudges are spread evenly, so that a reply never has to wait for a second that they used up at once.
    """

    def __init__(
        self, rate: int, monotonic: Callable[[], float], in_chat: tuple[int, float] | None = None
    ) -> None:
        self.rate = rate
        self._monotonic = monotonic
        self._overall = Window(rate, 1.0, monotonic)
        self._pace = Pace(rate, monotonic)
        self._in_chat = in_chat
        self._chats: dict[str, Window] = {}

    def opens_in(self, *, urgent: bool) -> float:
        """Seconds until a reply (`urgent`) or a nudge may go."""
        free = self._overall.opens_in()
        return free if urgent else max(free, self._pace.opens_in())

    def chat_opens_in(self, chat: str) -> float:
        """Seconds until a new message may go to this chat."""
        window = self._chats.get(chat)
        return window.opens_in() if window is not None else 0.0

    async def admitted(self, chat: str, *, urgent: bool) -> Ticket:
        """Waits until a message may go to this chat, and hands it over."""
        while (pause := max(self.opens_in(urgent=urgent), self.chat_opens_in(chat))) > 0:  # noqa: ASYNC110 - time
            await asyncio.sleep(pause)
        return self.begin(chat, urgent=urgent)

    def begin(self, chat: str, *, urgent: bool, edits: bool = False) -> Ticket:
        """A message is handed over now; the ticket is for its end. What only edits does not fill a chat."""
        if not urgent:
            self._pace.begin()
        in_chat = self._window_of(chat).begin() if self._in_chat is not None and not edits else -1
        return chat, self._overall.begin(), in_chat

    def end(self, ticket: Ticket) -> None:
        """It was answered, or is known never to have gone out."""
        chat, overall, in_chat = ticket
        self._overall.end(overall)
        if chat in self._chats:
            self._chats[chat].end(in_chat)

    def close_chat(self, chat: str, seconds: float) -> None:
        """Nothing goes to this chat for that many seconds: the platform asked us to wait."""
        self._window_of(chat).close_for(seconds)

    def close_for(self, seconds: float) -> None:
        """Nothing goes to anyone for that many seconds."""
        self._overall.close_for(seconds)

    def _window_of(self, chat: str) -> Window:
        if len(self._chats) > _SWEPT_ABOVE:
            self._chats = {key: each for key, each in self._chats.items() if not each.is_fresh}
        if chat not in self._chats:
            count, seconds = self._in_chat or (_SWEPT_ABOVE, 1.0)
            self._chats[chat] = Window(count, seconds, self._monotonic)
        return self._chats[chat]
