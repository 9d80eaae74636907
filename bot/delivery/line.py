"""Messages in hand that wait for their turn: replies first, fair among chats, in order within a chat."""

import heapq
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.store.outbox import REPLY, Letter


@dataclass
class _Chat:
    replies: deque[Letter] = field(default_factory=deque)
    nudges: deque[Letter] = field(default_factory=deque)
    is_served: bool = False

    def of(self, *, urgent: bool) -> deque[Letter]:
        return self.replies if urgent else self.nudges

    @property
    def is_empty(self) -> bool:
        return not self.replies and not self.nudges


class Line:
    """Who is next. A chat that is being served, or rests, is passed over until it is free again."""

    def __init__(self) -> None:
        self._chats: dict[int, _Chat] = {}
        self._lanes: dict[bool, deque[int]] = {True: deque(), False: deque()}
        self._resting: list[tuple[float, int]] = []
        self._count = 0

    def __len__(self) -> int:
        """How many wait."""
        return self._count

    def put(self, letter: Letter) -> None:
        """A message joins its chat's queue."""
        chat = self._chats.setdefault(letter.account_id, _Chat())
        urgent = letter.urgency == REPLY
        queue = chat.of(urgent=urgent)
        queue.append(letter)
        self._count += 1
        if len(queue) == 1 and not chat.is_served:
            self._lanes[urgent].append(letter.account_id)

    def put_first(self, letter: Letter) -> None:
        """A message of a chat that is being served comes before the chat's others."""
        self._chats[letter.account_id].of(urgent=letter.urgency == REPLY).appendleft(letter)
        self._count += 1

    def next_chat(self, *, urgent: bool) -> int | None:
        """The chat whose reply (`urgent`) or nudge is next; None where none waits."""
        lane = self._lanes[urgent]
        while lane:
            chat = self._chats.get(lane[0])
            if chat is not None and not chat.is_served and chat.of(urgent=urgent):
                return lane[0]
            lane.popleft()
        return None

    def first(self, account_id: int) -> Letter:
        """The next message of this chat."""
        chat = self._chats[account_id]
        return (chat.replies or chat.nudges)[0]

    def take(self, account_id: int) -> Letter:
        """The next message of this chat, which is being served from now on."""
        chat = self._chats[account_id]
        letter = (chat.replies or chat.nudges).popleft()
        self._count -= 1
        self._serve(account_id)
        return letter

    def rest(self, account_id: int, until: float) -> None:
        """Passes a chat over until an instant, by the clock that `wake` is told."""
        self._serve(account_id)
        heapq.heappush(self._resting, (until, account_id))

    def wake(self, now: float) -> float | None:
        """Chats that have rested are free again; the instant at which the next one is, None for never."""
        while self._resting and self._resting[0][0] <= now:
            self.free(heapq.heappop(self._resting)[1])
        return self._resting[0][0] if self._resting else None

    def free(self, account_id: int) -> None:
        """The chat was served; what else waits for it joins the end of the line."""
        chat = self._chats[account_id]
        chat.is_served = False
        if chat.is_empty:
            del self._chats[account_id]
        for urgent in (True, False):
            if chat.of(urgent=urgent):
                self._lanes[urgent].append(account_id)

    def give_up(self, account_id: int) -> list[Letter]:
        """Takes out all that waits for a chat."""
        chat = self._chats.get(account_id)
        return list(self._emptied(chat)) if chat is not None else []

    def give_up_all(self) -> list[Letter]:
        """Takes out all that waits."""
        letters = [letter for chat in self._chats.values() for letter in self._emptied(chat)]
        self._chats = {key: chat for key, chat in self._chats.items() if chat.is_served}
        return letters

    def _serve(self, account_id: int) -> None:
        self._chats[account_id].is_served = True
        for lane in self._lanes.values():
            if lane and lane[0] == account_id:
                lane.popleft()

    def _emptied(self, chat: _Chat) -> Iterator[Letter]:
        for queue in (chat.replies, chat.nudges):
            while queue:
                self._count -= 1
                yield queue.popleft()
