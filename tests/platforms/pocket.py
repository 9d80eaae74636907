"""A toy platform, as somebody would write it who adds one: a hub at a socket in the folder, JSON a line.

From the hub come updates (`who`, `id`, and `text` or `press`); to it go messages (`to`, `text`, `buttons`).
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.conversation.messages import Attachment, Incoming, Wire
from bot.delivery.failures import TryAgain
from bot.platforms.seat import Seat

PLATFORM = "pocket"
SOCKET = "pocket.sock"


class Pocket:
    """Everyone at the hub."""

    platform = PLATFORM

    def __init__(self, handle: Callable[[Incoming], Awaitable[object]], now: Callable[[], datetime]) -> None:
        self._handle = handle
        self._now = now
        self._hub: asyncio.StreamWriter | None = None

    async def listen(self) -> None:
        """Takes updates until cancelled."""
        reader, self._hub = await asyncio.open_unix_connection(SOCKET)
        async for line in reader:
            said = json.loads(line)
            address = said.pop("who")
            key = f"{PLATFORM}:{address}:{said.pop('id')}"
            await self._handle(Incoming(PLATFORM, address, key, self._now(), **said))

    async def carry(self, address: str, wire: Wire, attachment: Attachment | None, key: str) -> str:
        """See `bot.delivery.sender.Carrier`."""
        if self._hub is None:
            raise TryAgain("not connected", 1.0)
        buttons = {each.label: each.press for row in wire.buttons for each in row}
        message = {"to": address, "text": wire.text, "buttons": buttons}
        self._hub.write(json.dumps(message).encode() + b"\n")
        return key

    async def busy(self, address: str) -> None:
        """Nothing shows it here."""


async def join(seat: Seat) -> None:
    """See `bot.platforms.seat`."""
    pocket = Pocket(seat.handle, seat.clock.now)
    seat.send_through(pocket)
    seat.keep(pocket.listen, PLATFORM)
