"""Which sender serves which platform, in this process."""

import asyncio
from collections.abc import Callable

from bot.conversation.messages import Wire
from bot.delivery.sender import Sender
from bot.delivery.voice import Voice


class Switchboard:
    """The senders and voices of this process."""

    def __init__(self) -> None:
        self._senders: dict[str, Sender] = {}
        self._voices: dict[str, Voice] = {}
        self._tell: Callable[[str], None] | None = None
        self._look: Callable[[], None] = lambda: None

    def on_wake(self, look: Callable[[], None]) -> None:
        """From now on `look` is called with each wake: a turn may have changed what is due."""
        self._look = look

    def add(self, platform: str, voice: Voice, sender: Sender | None = None) -> None:
        """From now on, these serve the platform; no sender where another process sends."""
        self._voices[platform] = voice
        if sender is not None:
            self._senders[platform] = sender

    def tell_others(self, tell: Callable[[str], None]) -> None:
        """From now on, platforms that other processes serve are woken through `tell`."""
        self._tell = tell

    def wake(self, platform: str) -> None:
        """See `bot.conversation.engine.Outbound`; a platform that another process serves is woken there."""
        self._look()
        if platform in self._senders:
            self._senders[platform].wake()
        elif self._tell is not None:
            self._tell(platform)

    def wake_here(self, platform: str) -> None:
        """Wakes the sender of this process, if there is one: another process says so."""
        self._look()
        if platform in self._senders:
            self._senders[platform].wake()

    async def idle(self) -> None:
        """Waits until nothing is on its way."""
        await asyncio.gather(*(sender.idle() for sender in self._senders.values()))

    async def drain(self, seconds: float) -> None:
        """Claims nothing more, and waits up to so long for what is on its way."""
        await asyncio.gather(*(sender.drain(seconds) for sender in self._senders.values()))

    async def say_at_once(self, platform: str, address: str, wires: list[Wire]) -> None:
        """See `bot.conversation.engine.Outbound`."""
        if platform in self._voices:
            await self._voices[platform].say(address, wires)
