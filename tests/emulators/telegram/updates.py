"""Updates on their way to the bot, until it has confirmed them."""

import asyncio
from bisect import insort
from dataclasses import dataclass, field
from typing import Any

from tests.emulators.telegram.errors import OTHER_POLLER, conflict

_FIRST_ID = 700_000_001
_NOT_BY_DEFAULT = ("chat_member", "message_reaction", "message_reaction_count")


@dataclass(eq=False)
class Pending:
    """An update not confirmed yet; `again` marks one that is delivered anew after its confirmation."""

    update: dict[str, Any]
    again: bool = False
    in_flight: bool = False

    @property
    def id(self) -> int:
        return int(self.update["update_id"])


@dataclass
class UpdateQueue:
    """What waits for the bot, oldest first.

    `archive` has every update there ever was, `deliveries` how often each was handed out.
    """

    allowed: list[str] = field(default_factory=list)
    archive: dict[int, dict[str, Any]] = field(default_factory=dict)
    deliveries: dict[int, int] = field(default_factory=dict)
    _waiting: list[Pending] = field(default_factory=list)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _turn: object = None
    _closed: bool = False

    def add(self, kind: str, content: dict[str, Any]) -> int:
        """Queue an update, unless the bot did not ask for its kind; returns its id either way."""
        update_id = _FIRST_ID + len(self.archive)
        self.archive[update_id] = {"update_id": update_id, kind: content}
        wanted = kind in self.allowed if self.allowed else kind not in _NOT_BY_DEFAULT
        if wanted:
            self._put(Pending(self.archive[update_id]))
        return update_id

    def again(self, update_id: int) -> None:
        """Queue an update once more, with the same id. Raises KeyError for one that never was."""
        self._put(Pending(self.archive[update_id], again=True))

    def forget(self) -> None:
        """Drop all that waits."""
        self._waiting.clear()

    @property
    def pending_ids(self) -> list[int]:
        """The ids of the updates that have not been confirmed."""
        return [pending.id for pending in self._waiting]

    def open(self) -> None:
        """Let pollers wait (again)."""
        self._closed = False

    def close(self) -> None:
        """Send waiting pollers home with nothing."""
        self._closed = True
        self._changed.set()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """getUpdates: confirms all before `offset`, then waits up to `seconds` for more.

        Raises ApiError (409) in the poller that was waiting when another one comes.
        """
        turn = self._turn = object()
        self._changed.set()
        self._confirm(offset)
        deadline = asyncio.get_running_loop().time() + seconds
        while not self._closed:
            if self._turn is not turn:
                raise conflict(OTHER_POLLER)
            if batch := self._waiting[:limit]:
                return [self._hand_out(pending) for pending in batch]
            if not await self._change_before(deadline):
                break
        return []

    async def next_to_push(self) -> Pending:
        """Wait for the oldest update that is not on its way to the webhook yet, and put it there."""
        while True:
            for pending in self._waiting:
                if not pending.in_flight:
                    pending.in_flight = True
                    return pending
            self._changed.clear()
            await self._changed.wait()

    def pushed(self, pending: Pending) -> None:
        """The webhook has taken it."""
        self._count(pending)
        self.remove(pending)

    def remove(self, pending: Pending) -> None:
        """Confirm one update, if it still waits."""
        if pending in self._waiting:
            self._waiting.remove(pending)

    def rest(self) -> None:
        """Nothing is on its way to a webhook any more."""
        for pending in self._waiting:
            pending.in_flight = False

    def _put(self, pending: Pending) -> None:
        insort(self._waiting, pending, key=lambda waiting: waiting.id)
        self._changed.set()

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self._waiting = self._waiting[offset:]
        if offset > 0:
            self._waiting = [p for p in self._waiting if p.id >= offset or p.again]

    def _hand_out(self, pending: Pending) -> dict[str, Any]:
        self._count(pending)
        if pending.again:
            self.remove(pending)
        return pending.update

    def _count(self, pending: Pending) -> None:
        self.deliveries[pending.id] = self.deliveries.get(pending.id, 0) + 1

    async def _change_before(self, deadline: float) -> bool:
        self._changed.clear()
        try:
            async with asyncio.timeout_at(deadline):
                await self._changed.wait()
        except TimeoutError:
            return False
        return True
