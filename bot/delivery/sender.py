"""A sender carries the outbox to one platform: replies first, in order within a chat, within the limits."""

import asyncio
import logging
import random
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot import metrics
from bot.clock import Clock
from bot.conversation.messages import Attachment, Wire
from bot.delivery.failures import Gone, Moved, Refused, TryAgain, Unsure
from bot.delivery.limits import Limits, Ticket
from bot.delivery.line import Line
from bot.delivery.settling import Settling
from bot.store.database import Database, Unavailable
from bot.store.outbox import NUDGE, REPLY, Letter
from bot.store.unit import Store
from bot.supervisor import Supervisor

log = logging.getLogger(__name__)

AT_ONCE = 64
_STARTED_TOGETHER = 8
_MOST_REPLIES = 2048
_IDLE = 5.0
_STAND_BY = 1.0
_AFTER_TAKING_OVER = 1.0
_LONGEST_PAUSE = 300.0
_MOST_UNSURE = 2
_MOST_ATTEMPTS = {REPLY: 300, NUDGE: 30}
"""About a day of pauses, and about two hours, after which a nudge is of no use."""


class Carrier(Protocol):
    """What a platform's adapter does for a sender."""

    platform: str

    async def carry(self, address: str, wire: Wire, attachment: Attachment | None, key: str) -> str:
        """Sends one message and answers with the platform's reference of it.

        `key` is the same each time the same message is tried. Raises `SendingFailed`.
        """

    async def busy(self, address: str) -> None:
        """Shows the person that something is on its way."""


Parts = Callable[[Wire, bool], Sequence[Wire]]
"""A message, and whether a file goes with it, as the messages in which its platform takes it; edits are one.

The file goes with the first of them.
"""


def whole(wire: Wire, _with_file: bool) -> Sequence[Wire]:
    """A platform that takes any message in one."""
    return (wire,)


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
        limits: Limits | None,
        at_once: int = AT_ONCE,
        parts: Parts = whole,
    ) -> None:
        """`at_once` is how many may be on their way at the same time, each to a chat of its own."""
        self._carrier = carrier
        self._database = database
        self._attachments = attachments
        self._supervisor = supervisor
        self._clock = clock
        self._limits = limits
        self._at_once = at_once
        self._parts = parts
        self._parts_taken: dict[int, int] = {}
        self._settling = Settling(database, supervisor, clock)
        self._lead = database.lead(f"sender-{carrier.platform}")
        self._line = Line()
        self._in_hand: dict[int, float] = {}
        self._made: dict[int, Attachment | None] = {}
        self._under_way = 0
        self._woken = asyncio.Event()
        self._turn = asyncio.Event()
        self._leads = False
        self._stood_by = False
        self._draining = False
        self._claiming = asyncio.Lock()

    def wake(self) -> None:
        """There may be something to send."""
        self._woken.set()

    async def run(self) -> None:
        """Sends until cancelled. Stands by while another process has the right to send."""
        serving = self._supervisor.start(self._serve_line(), "line")
        try:
            while not self._draining:
                await self._claim_and_rest()
        finally:
            serving.cancel()

    async def idle(self) -> None:
        """Waits until nothing is under way."""
        while self._in_hand:
            self._turn.clear()
            await self._turn.wait()

    async def drain(self, seconds: float) -> None:
        """Gives back what is not on its way yet, and waits up to so long for what is."""
        self._draining = True
        self.wake()
        try:
            async with asyncio.timeout(seconds):
                async with self._claiming:
                    given_up = self._line.give_up_all()
                await self._give_back(given_up)
                await self.idle()
        except TimeoutError:
            log.warning("messages were still on their way", extra={"count": len(self._in_hand)})

    async def close(self) -> None:
        """Gives the right to send to whoever stands by."""
        await self._lead.release()

    async def _claim_and_rest(self) -> None:
        try:
            if not await self._has_right():
                await asyncio.sleep(_STAND_BY)
                return
            something = self._woken.is_set() or await self._is_due()
            self._woken.clear()
            if not something or not await self._claim():
                await self._rest()
        except Unavailable as error:
            log.warning("nothing is sent while the database is away", extra={"kind": str(error)})
            self._leads = False
            await asyncio.sleep(_STAND_BY)

    async def _has_right(self) -> bool:
        """Whether we may send. Who begins to gives back what the last one had in hand."""
        if not await self._lead.held():
            self._leads, self._stood_by = False, True
            self._drop(self._line.give_up_all())
            return False
        if not self._leads:
            await self._take_over()
        return True

    async def _take_over(self) -> None:
        platform, ours = self._carrier.platform, set(self._in_hand)
        await self._database.write(lambda store: store.outbox.release(platform, ours))
        if self._stood_by and self._limits is not None:
            self._limits.close_for(_AFTER_TAKING_OVER)
        self._leads = True

    async def _claim(self) -> bool:
        """Takes what is due, as much as there is room for; of replies always some. False if none came."""
        async with self._claiming:
            if self._draining:
                return False
            now, platform = self._clock.now(), self._carrier.platform
            room, urgency = self._room(), NUDGE
            if room == 0:
                room, urgency = max(0, _MOST_REPLIES - len(self._line)), REPLY
            letters = await self._database.write(
                lambda store: store.outbox.claim(platform, now, room, urgency)
            )
            for letter in letters:
                self._in_hand[letter.id] = time.monotonic()
                self._line.put(letter)
            self._turn.set()
            return bool(letters)

    async def _is_due(self) -> bool:
        """Whether something waits that may go: looking costs less than claiming nothing."""
        platform = self._carrier.platform
        due = await self._database.read(lambda store: store.outbox.next_due_at(platform))
        return due is not None and due <= self._clock.now()

    def _room(self) -> int:
        """How many more to take: enough for a second, in few goes."""
        rate = self._limits.rate if self._limits is not None else 0
        wanted = max(self._at_once, rate)
        free = wanted - len(self._line)
        return free if 2 * free >= wanted else 0

    async def _serve_line(self) -> None:
        """Starts each message when its turn has come; a few, then everything else has a turn."""
        while not self._draining:
            self._turn.clear()
            pause = self._start_what_may_go()
            if pause == 0:
                await asyncio.sleep(0)
                continue
            try:
                async with asyncio.timeout(pause):
                    await self._turn.wait()
            except TimeoutError:
                continue

    def _start_what_may_go(self) -> float | None:
        """Answers with the seconds until more may, None where only an event can tell."""
        most = self._under_way + _STARTED_TOGETHER
        while self._under_way < self._at_once:
            if self._under_way == most:
                return 0
            now = time.monotonic()
            wakes = self._line.wake(now)
            pause = None if wakes is None else wakes - now
            urgent = self._line.next_chat(urgent=True) is not None
            chat = self._line.next_chat(urgent=urgent)
            if chat is None:
                return pause
            closed = self._limits.opens_in(urgent=urgent) if self._limits is not None else 0.0
            if closed > 0:
                return closed if pause is None else min(closed, pause)
            rests = self._rests(self._line.first(chat))
            if rests > 0:
                self._line.rest(chat, now + rests)
                continue
            self._start(self._line.take(chat))
        return None

    def _rests(self, letter: Letter) -> float:
        """Seconds for which the chat of this message has to rest."""
        if self._limits is None or letter.is_edit:
            return 0.0
        return self._limits.chat_opens_in(letter.address)

    def _start(self, letter: Letter) -> None:
        self._under_way += 1
        if self._room() > 0:
            self.wake()
        if letter.asks_for_attachment and letter.id not in self._made:
            self._supervisor.start(self._make(letter), "attachment")
            return
        metrics.LIMITER_WAIT.observe(time.monotonic() - self._in_hand[letter.id])
        ticket = None
        if self._limits is not None:
            urgent, edits = letter.urgency == REPLY, letter.is_edit
            ticket = self._limits.begin(letter.address, urgent=urgent, edits=edits)
        self._supervisor.start(self._send(letter, ticket), "message")

    async def _make(self, letter: Letter) -> None:
        """Makes what a message asks for, then lets it be the next of its chat."""
        busy = self._supervisor.start(self._show_busy(letter.address), "busy")
        try:
            wire = Wire.unpacked(letter.wire)
            self._made[letter.id] = await self._attachments.make(letter.person_id, wire)
            if self._draining:
                await self._give_back([letter])
            else:
                self._line.put_first(letter)
        except Exception as failure:  # noqa: BLE001 - as for any message that breaks its sender
            await self._set_aside(letter, failure)
            self._drop([letter])
        finally:
            busy.cancel()
            self._end(letter)

    async def _send(self, letter: Letter, ticket: Ticket | None) -> None:
        """Sends one message and settles it; what follows it in its chat waits until then."""
        try:
            await self._try(letter, ticket)
        finally:
            self._in_hand.pop(letter.id, None)
            self._made.pop(letter.id, None)
            self._end(letter)

    def _end(self, letter: Letter) -> None:
        self._under_way -= 1
        self._line.free(letter.account_id)
        self._turn.set()

    async def _try(self, letter: Letter, ticket: Ticket | None) -> None:
        tried_at = self._clock.now()
        try:
            reference = await self._carry(letter, ticket)
        except TryAgain as failure:
            await self._try_again(letter, failure)
        except Unsure as failure:
            await self._unsure(letter, failure)
        except Moved as failure:
            await self._moved(letter, failure)
        except Gone as failure:
            await self._gone(letter, failure, tried_at)
        except Exception as failure:  # noqa: BLE001 - a message that breaks its sender must not stop the line
            await self._set_aside(letter, failure)
        else:
            await self._settling.sent(letter, reference)

    async def _carry(self, letter: Letter, ticket: Ticket | None) -> str:
        """Hands a message to the platform, part by part; parts that it took before are not repeated."""
        attachment = self._made.get(letter.id)
        parts = self._parts(Wire.unpacked(letter.wire), attachment is not None)
        taken, reference = self._parts_taken.pop(letter.id, 0), ""
        for number, part in enumerate(parts[taken:], taken):
            if number > taken and self._limits is not None:
                ticket = await self._limits.admitted(letter.address, urgent=letter.urgency == REPLY)
            key = f"out:{letter.id}:{number}" if number else f"out:{letter.id}"
            try:
                reference = await self._hand_over(letter.address, part, attachment, key, ticket)
            except (TryAgain, Unsure):
                self._parts_taken.update({letter.id: number} if number else {})
                raise
            attachment = None
        return reference

    async def _hand_over(
        self, address: str, wire: Wire, attachment: Attachment | None, key: str, ticket: Ticket | None
    ) -> str:
        """Hands one part to the platform, and counts what became of it."""
        outcome = "cancelled"
        try:
            reference = await self._carrier.carry(address, wire, attachment, key)
            outcome = "sent"
            return reference
        except Exception as failure:
            outcome = type(failure).__name__
            raise
        finally:
            if self._limits is not None and ticket is not None:
                self._limits.end(ticket)
            metrics.SENDS.labels(self._carrier.platform, outcome).inc()

    async def _show_busy(self, address: str) -> None:
        await asyncio.sleep(0.5)
        await self._carrier.busy(address)

    async def _try_again(self, letter: Letter, failure: TryAgain) -> None:
        if letter.attempts >= _MOST_ATTEMPTS[letter.urgency]:
            await self._set_aside(letter, Refused(f"given up: {failure}"))
            return
        pause = failure.seconds or _back_off(letter.attempts)
        if failure.everyone and self._limits is not None:
            self._limits.close_for(failure.seconds)
        if failure.seconds and self._limits is not None:
            self._limits.close_chat(letter.address, failure.seconds)
        log.info("sending again later", extra={"kind": type(failure).__name__, "seconds": round(pause, 1)})
        await self._postpone(letter, pause)

    async def _unsure(self, letter: Letter, failure: Unsure) -> None:
        if letter.unsure + 1 >= _MOST_UNSURE:
            await self._set_aside(letter, Unsure("unsure twice"))
            return
        log.info("sending again, though it may have arrived", extra={"kind": str(failure)})
        await self._postpone(letter, 1, unsure=1)

    async def _moved(self, letter: Letter, failure: Moved) -> None:
        now, address = self._clock.now(), failure.address

        def move(store: Store) -> None:
            if not store.people.move(letter.account_id, address):
                store.outbox.unreachable(letter.account_id, now)

        await self._settling.insist(move)
        await self._postpone(letter, 0)

    async def _postpone(self, letter: Letter, seconds: float, unsure: int = 0) -> None:
        """Gives a message back, to be tried again; what follows it in its chat is given back with it."""
        now = self._clock.now()
        until = now + timedelta(seconds=seconds)
        following = self._line.give_up(letter.account_id)

        def postpone(store: Store) -> None:
            store.outbox.postpone(letter.id, until, unsure)
            store.outbox.give_back([each.id for each in following])

        await self._settling.insist(postpone)
        self._drop(following)
        self.wake()

    async def _give_back(self, letters: list[Letter]) -> None:
        given_back = [letter.id for letter in letters]
        await self._settling.insist(lambda store: store.outbox.give_back(given_back))
        self._drop(letters)

    def _drop(self, letters: list[Letter]) -> None:
        """These are no longer in our hand."""
        for letter in letters:
            self._in_hand.pop(letter.id, None)
            self._made.pop(letter.id, None)
        self._turn.set()

    async def _gone(self, letter: Letter, failure: Gone, tried_at: datetime) -> None:
        """Lets the account rest; but if the person has written meanwhile, the message is tried again."""
        log.info("account unreachable", extra={"kind": str(failure)})
        now = self._clock.now()

        def gone(store: Store) -> bool:
            return store.outbox.unreachable(letter.account_id, now, tried_at)

        if await self._settling.insist(gone):
            self._drop(self._line.give_up(letter.account_id))
        else:
            await self._postpone(letter, 1)

    async def _set_aside(self, letter: Letter, failure: Exception) -> None:
        reason = str(failure) if isinstance(failure, Refused | Unsure) else type(failure).__name__
        log.error("message set aside", extra={"kind": reason}, exc_info=failure)
        self._parts_taken.pop(letter.id, None)
        await self._settling.insist(lambda store: store.outbox.set_aside(letter.id, reason))

    async def _rest(self) -> None:
        """Sleeps until woken, until the next message may go out, or for a while."""
        now, platform = self._clock.now(), self._carrier.platform
        due = await self._database.read(lambda store: store.outbox.next_due_at(platform, now))
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
