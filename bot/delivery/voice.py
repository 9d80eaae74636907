"""What is said at once and kept nowhere: last words, and help where the database is out of reach.

Nobody may be remembered for it, so it does not pass through the outbox; the limits hold for it all the same.
"""

import asyncio
import logging
import secrets
from collections.abc import Sequence

from bot.conversation.messages import UNKEPT, Wire
from bot.delivery.failures import SendingFailed, TryAgain, Unsure
from bot.delivery.limits import Limits
from bot.delivery.sender import Carrier, Parts, whole

log = logging.getLogger(__name__)

_TRIES = 2
_PAUSE, _LONGEST_PAUSE = 0.5, 10.0


class Voice:
    """Speaks through one platform. `limits` are those of its sender, where this process has that."""

    def __init__(self, carrier: Carrier, limits: Limits | None, parts: Parts = whole) -> None:
        self._carrier = carrier
        self._limits = limits
        self._parts = parts

    async def say(self, address: str, wires: Sequence[Wire]) -> None:
        """Says these in turn. What fails is tried once more, after the pause that was asked for."""
        for wire in wires:
            for part in self._parts(wire, False):
                await self._insist(address, part)

    async def _insist(self, address: str, wire: Wire) -> None:
        key = f"{UNKEPT}{secrets.token_hex(8)}"
        for tries_left in reversed(range(_TRIES)):
            try:
                return await self._say(address, wire, key)
            except SendingFailed as failure:
                pause = self._pause_after(address, failure)
                if pause is None or not tries_left:
                    log.warning("a message was not sent at once", extra={"kind": type(failure).__name__})
                    return None
            await asyncio.sleep(pause)
        return None

    async def _say(self, address: str, wire: Wire, key: str) -> None:
        if self._limits is None:
            await self._carrier.carry(address, wire, None, key)
            return
        ticket = await self._limits.admitted(address, urgent=True)
        try:
            await self._carrier.carry(address, wire, None, key)
        finally:
            self._limits.end(ticket)

    def _pause_after(self, address: str, failure: SendingFailed) -> float | None:
        """Seconds until it may be tried again; None where that is of no use. The sender keeps it, too."""
        if not isinstance(failure, TryAgain | Unsure):
            return None
        pause = failure.seconds if isinstance(failure, TryAgain) else 0.0
        if pause and self._limits is not None:
            self._limits.close_chat(address, pause)
        return max(pause, _PAUSE) if pause <= _LONGEST_PAUSE else None
