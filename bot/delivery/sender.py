"""A sender carries the outbox to one platform: replies first, in order within a chat, within the limits."""

import asyncio
import logging
import random
from datetime import datetime, timedelta
from typing import Protocol

from bot import metrics
from bot.clock import Clock
from bot.conversation.messages import Attachment, Wire
from bot.delivery.failures import Gone, Moved, Refused, TryAgain, Unsure
from bot.delivery.limits import Window
from bot.store.database import Database
from bot.store.outbox import Letter
from bot.store.unit import Store
from bot.supervisor import Supervisor

log = logging.getLogger(__name__)

_IDLE = 5.0
_AT_ONCE = 64
_LONGEST_PAUSE = 300.0
_MOST_UNSURE = 2


class Carrier(Protocol):
    """What a platform's adapter does for a sender."""

    platform: str

    async def carry(self, address: str, wire: Wire, attachment: Attachment | None, key: str) -> str:
        """Sends one message and answers with the platform's reference of it.

        `key` is the same each time the same message is tried. Raises `SendingFailed`.
        """

    async def busy(self, address: str) -> None:
        """Shows the person that something is on its way."""


class Attachments(Protocol):
    """Draws the pictures and writes the documents that messages ask for."""

    async def make(self, person_id: int, wire: Wire) -> Attachment | None:
        """What the message asks for; None where it asks for nothing."""


class Sender:
    """Empties the outbox of one platform, as long as it has the sole right to."""

    def __init__(
        self,
        carrier: Carrier,
        database: Database,
        attachments: Attachments,
        supervisor: Supervisor,
        clock: Clock,
        window: Window | None,
    ) -> None:
        self._carrier = carrier
        self._database = database
        self._attachments = attachments
        self._supervisor = supervisor
        self._clock = clock
        self._window = window
        self._lead = database.lead(f"sender-{carrier.platform}")
        self._woken = asyncio.Event()
        self._chats: dict[int, list[Letter]] = {}
        self._room = asyncio.Event()
        self._draining = False

    def wake(self) -> None:
        """There may be something to send."""
        self._woken.set()

    async def run(self) -> None:
        """Sends until cancelled. Stands by while another process has the right to send."""
        platform = self._carrier.platform
        leading = False
        while not self._draining:
            if not await self._lead.held():
                leading = False
                await asyncio.sleep(1)
                continue
            if not leading:
                await self._database.write(lambda store: store.outbox.release(platform))
                leading = True
            self._woken.clear()
            if not await self._claim():
                await self._rest()

    async def idle(self) -> None:
        """Waits until nothing is under way."""
        while self._chats:
            self._room.clear()
            await self._room.wait()

    async def drain(self, seconds: float) -> None:
        """Claims nothing more, and waits up to so long for what is on its way."""
        self._draining = True
        try:
            async with asyncio.timeout(seconds):
                await self.idle()
        except TimeoutError:
            log.warning("messages were still on their way", extra={"count": len(self._chats)})

    async def close(self) -> None:
        """Gives the right to send to whoever stands by."""
        await self._lead.release()

    async def _claim(self) -> bool:
        """Takes what is due, as much as there is room for. False if there was nothing to take."""
        room = _AT_ONCE - len(self._chats)
        if room <= 0:
            self._room.clear()
            await self._room.wait()
            return True
        now, platform = self._clock.now(), self._carrier.platform
        letters = await self._database.write(lambda store: store.outbox.claim(platform, now, room))
        for letter in letters:
            self._hand_over(letter)
        return bool(letters)

    def _hand_over(self, letter: Letter) -> None:
        waiting = self._chats.get(letter.account_id)
        if waiting is not None:
            waiting.append(letter)
            return
        self._chats[letter.account_id] = [letter]
        self._supervisor.start(self._serve(letter.account_id), "chat")

    async def _serve(self, account_id: int) -> None:
        """Sends what one chat has waiting, one after the other."""
        waiting = self._chats[account_id]
        try:
            while waiting:
                if await self._send(waiting.pop(0)):
                    continue
                while waiting:
                    await self._give_back(waiting)
        finally:
            del self._chats[account_id]
            self._room.set()
            self.wake()

    async def _send(self, letter: Letter) -> bool:
        """Sends one message and settles it. False if it is to be tried again, and what follows it waits."""
        wire = Wire.unpacked(letter.wire)
        try:
            attachment = await self._attachment(letter, wire)
            if self._window is not None:
                await self._window.slot()
            reference = await self._carry(letter, wire, attachment)
        except TryAgain as failure:
            await self._try_again(letter, failure)
            return False
        except Unsure:
            return await self._unsure(letter)
        except Moved as failure:
            address = failure.address
            await self._database.write(lambda store: store.people.move(letter.account_id, address))
            await self._postpone(letter, 0)
            return False
        except Gone as failure:
            await self._gone(letter, failure)
            return True
        except Exception as failure:  # noqa: BLE001 - a message that breaks its sender must not stop the line
            await self._set_aside(letter, failure)
            return True
        await self._settle(letter, reference)
        return True

    async def _carry(self, letter: Letter, wire: Wire, attachment: Attachment | None) -> str:
        """Hands one message to the platform, and counts what became of it."""
        outcome = "cancelled"
        try:
            reference = await self._carrier.carry(letter.address, wire, attachment, f"out:{letter.id}")
            outcome = "sent"
            return reference
        except Exception as failure:
            outcome = type(failure).__name__
            raise
        finally:
            metrics.SENDS.labels(self._carrier.platform, outcome).inc()

    async def _attachment(self, letter: Letter, wire: Wire) -> Attachment | None:
        if wire.picture is None and wire.document is None:
            return None
        making = self._supervisor.start(self._show_busy(letter.address), "busy")
        try:
            return await self._attachments.make(letter.person_id, wire)
        finally:
            making.cancel()

    async def _show_busy(self, address: str) -> None:
        await asyncio.sleep(0.5)
        await self._carrier.busy(address)

    async def _settle(self, letter: Letter, reference: str) -> None:
        now = self._clock.now()

        def settle(store: Store) -> datetime | None:
            store.outbox.settle(letter.id)
            if letter.nudge_id is None:
                return None
            return store.reminders.mark_sent(letter.nudge_id, reference, now)

        due_at = await self._database.write(settle)
        if due_at is not None:
            metrics.LATENESS.observe((now - due_at).total_seconds())

    async def _try_again(self, letter: Letter, failure: TryAgain) -> None:
        pause = failure.seconds or _back_off(letter.attempts)
        if failure.everyone and self._window is not None:
            self._window.close_for(failure.seconds)
        log.info("sending again later", extra={"kind": type(failure).__name__, "seconds": round(pause, 1)})
        await self._postpone(letter, pause)

    async def _unsure(self, letter: Letter) -> bool:
        if letter.unsure + 1 >= _MOST_UNSURE:
            await self._set_aside(letter, Unsure("unsure twice"))
            return True
        await self._postpone(letter, 1, unsure=1)
        return False

    async def _postpone(self, letter: Letter, seconds: float, unsure: int = 0) -> None:
        until = self._clock.now() + timedelta(seconds=seconds)
        await self._database.write(lambda store: store.outbox.postpone(letter.id, until, unsure))

    async def _give_back(self, letters: list[Letter]) -> None:
        now = self._clock.now()
        given_back = [letter.id for letter in letters]
        letters.clear()

        def give_back(store: Store) -> None:
            for letter_id in given_back:
                store.outbox.postpone(letter_id, now)

        await self._database.write(give_back)

    async def _gone(self, letter: Letter, failure: Gone) -> None:
        log.info("account unreachable", extra={"kind": str(failure)})
        now = self._clock.now()
        await self._database.write(lambda store: store.outbox.unreachable(letter.account_id, now))

    async def _set_aside(self, letter: Letter, failure: Exception) -> None:
        reason = str(failure) if isinstance(failure, Refused | Unsure) else type(failure).__name__
        log.error("message set aside", extra={"kind": reason}, exc_info=failure)
        await self._database.write(lambda store: store.outbox.set_aside(letter.id, reason))

    async def _rest(self) -> None:
        """Sleeps until woken, until the next message may go out, or for a while."""
        platform = self._carrier.platform
        due = await self._database.read(lambda store: store.outbox.next_due_at(platform))
        pause = _IDLE
        if due is not None:
            pause = min(_IDLE, max(0.01, (due - self._clock.now()).total_seconds()))
        try:
            async with asyncio.timeout(pause):
                await self._woken.wait()
        except TimeoutError:
            return


def _back_off(attempts: int) -> float:
    """Seconds to wait: 2, 4, 8 … up to five minutes, jittered so that chats don't come back all at once."""
    longest = min(_LONGEST_PAUSE, 2.0 ** min(attempts, 9))
    return longest * random.uniform(0.5, 1)  # noqa: S311 - no secret depends on it
