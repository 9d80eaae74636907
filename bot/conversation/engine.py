"""The engine: an update comes in, and one transaction changes what it changes and answers in the outbox."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy.exc import IntegrityError

from bot.clock import Clock
from bot.conversation.dialogue import Move, Say
from bot.conversation.dialogues.coming_back import welcome
from bot.conversation.messages import Incoming, Wire
from bot.conversation.patience import Pace, Patience
from bot.conversation.rendering import Rendering
from bot.conversation.router import Router, Situation
from bot.conversation.turn import Library, Turn
from bot.metrics import TURNS
from bot.store.database import Database
from bot.store.tables import Nudge, Person
from bot.store.unit import Store
from bot.texts import Catalogues, t

log = logging.getLogger(__name__)

_NO_WELCOME = frozenset(("crisis.heard", "crisis.lines", "data.delete"))
"""Steps before which no welcome is said."""


class Outbound(Protocol):
    """What the conversation needs of the senders."""

    def wake(self, platform: str) -> None:
        """There may be something to send."""

    async def farewell(self, platform: str, address: str, wires: list[Wire]) -> None:
        """Says last words to someone whose data is gone, so that nothing of it is kept."""


class Engine:
    """Runs turns: each update once, a person's updates one at a time, each in one transaction."""

    def __init__(
        self,
        database: Database,
        router: Router,
        catalogues: Catalogues,
        library: Library,
        clock: Clock,
        *,
        zone: str,
        language: str,
        outbound: Outbound,
        patience: Patience,
    ) -> None:
        self._database = database
        self.router = router
        self._catalogues = catalogues
        self._rendering = Rendering(catalogues)
        self._library = library
        self._clock = clock
        self._zone = zone
        self._language = language
        self.outbound = outbound
        self.patience = patience
        self._queues = _Queues()

    async def handle(self, incoming: Incoming) -> None:
        """Handles an update; once it returns, what it changed and what is answered are durable.

        Raises only if the database cannot take it: the update is to be delivered again then.
        """
        chat = f"{incoming.platform}:{incoming.address}"
        pace = self.patience.pace(chat, incoming.text)
        if pace is Pace.TOO_FAST_AND_TOLD:
            return
        async with self._queues.turn_of(chat):
            with TURNS.labels(incoming.platform).time():
                last_words = await (
                    self._slow_down(incoming) if pace is Pace.TOO_FAST else self._handle(incoming)
                )
        if last_words:
            await self._database.scrub()
            await self.outbound.farewell(incoming.platform, incoming.address, last_words)
        self.outbound.wake(incoming.platform)

    async def _handle(self, incoming: Incoming) -> list[Wire]:
        try:
            return await self._once_more_on_conflict(incoming)
        except _StepFailed as failure:
            log.error("a step failed", extra={"kind": failure.step}, exc_info=failure.__cause__)
            return await self._database.write(lambda store: self._say_aside(store, incoming, "error.turn"))

    async def _once_more_on_conflict(self, incoming: Incoming) -> list[Wire]:
        try:
            return await self._database.write(lambda store: self._turn(store, incoming))
        except IntegrityError:
            return await self._database.write(lambda store: self._turn(store, incoming))

    def _turn(self, store: Store, incoming: Incoming) -> list[Wire]:
        """Runs the step that answers. Returns what is to be said to someone who was erased."""
        now = self._clock.now()
        if not store.updates.first_sight(incoming.update_key, now):
            return []
        turn = self._begin(store, incoming, now)
        silence = _end_silence(turn.person)
        nudge = turn.nudge_in_question() if incoming.text is not None and not incoming.edited else None
        route = self.router.route(self._situation(turn, nudge))
        turn.argument = route.argument
        if route.step.name not in _NO_WELCOME:
            welcome(turn, silence)
        try:
            move = route.step(turn)
        except IntegrityError:
            raise
        except Exception as error:
            raise _StepFailed(route.step.name) from error
        return self._follow(turn, move)

    def _begin(self, store: Store, incoming: Incoming, now: datetime) -> Turn:
        language = self._catalogues.nearest(incoming.language, self._language)
        party = store.people.meet(incoming.platform, incoming.address, now, language, self._zone)
        party.person.last_seen_at = now
        party.account.unreachable_at = None
        agreed = "records" in store.people.consents(party.person.id)
        return Turn(incoming, party, store, self._library, now, agreed=agreed)

    def _situation(self, turn: Turn, nudge: Nudge | None) -> Situation:
        row, incoming = turn.party.talk.row, turn.incoming
        return Situation(
            text=incoming.text,
            press=incoming.press,
            edited=incoming.edited,
            agreed=turn.agreed,
            step=row.step,
            version=row.version,
            asked_at=row.asked_at,
            nudged_at=nudge.due_at if nudge else None,
            replies_to_nudge=nudge is not None
            and incoming.reply_to is not None
            and nudge.message_ref == incoming.reply_to,
            now=turn.now,
            taps_only=incoming.taps_only,
        )

    def _follow(self, turn: Turn, move: Move) -> list[Wire]:
        """Writes what the step changed and said."""
        talk = turn.party.talk
        says = [*turn.said, *move.says]
        if turn.erased:
            wires = self._worded(turn, says)
            turn.store.people.erase(turn.person, turn.now)
            return wires
        if talk.row.step is not None:
            turn.store.outbox.drop_beats(turn.party.account.id)
        if not move.stay:
            talk.row.version += 1
            talk.row.step = move.step
            talk.row.dialogue = move.step.split(".")[0] if move.step else None
            talk.row.asked_at = turn.now if move.step else None
        wires = self._worded(turn, [say for say in says if not say.beat])
        self._tidy_pressed(turn, says)
        for wire in wires:
            turn.store.outbox.add(turn.party.account, wire.packed(), turn.now)
        self._schedule(turn, [say for say in says if say.beat])
        self._remember_question(turn, move, wires)
        turn.store.people.keep(talk)
        return []

    def _schedule(self, turn: Turn, says: list[Say]) -> None:
        """Puts the beats of a timed step in the outbox, each with its time."""
        for say in says:
            due, stands = say.beat or (0, 0)
            due_at = turn.now + timedelta(seconds=due)
            (wire,) = self._worded(turn, [say])
            expires_at = due_at + timedelta(seconds=stands)
            turn.store.outbox.add(turn.party.account, wire.packed(), due_at, expires_at=expires_at)

    def _worded(self, turn: Turn, says: list[Say]) -> list[Wire]:
        language, version = turn.person.language, turn.party.talk.row.version
        taps_only, pressed = turn.incoming.taps_only, turn.incoming.pressed
        captioned = pressed.message_ref if pressed is not None and pressed.captioned else None
        return [
            self._rendering.wire(
                say, language, version, captioned=say.edits == captioned is not None, taps_only=taps_only
            )
            for say in says
        ]

    def _remember_question(self, turn: Turn, move: Move, wires: list[Wire]) -> None:
        talk = turn.party.talk
        if not move.stay:
            question = replace(wires[-1], edits=None) if move.step and wires else None
            talk.question = [question.packed()] if question else []
            if move.step is None:
                talk.slots = {}
            return
        for packed in talk.question if not move.quiet else ():
            turn.store.outbox.add(turn.party.account, packed, turn.now)

    def _tidy_pressed(self, turn: Turn, says: list[Say]) -> None:
        """Turns the buttons of a pressed message into the choice made, unless the step edited it itself."""
        pressed = turn.incoming.pressed
        if pressed is None or any(say.edits == pressed.message_ref for say in says):
            return
        turn.store.outbox.add(turn.party.account, self._rendering.pressed(pressed).packed(), turn.now)

    async def _slow_down(self, incoming: Incoming) -> list[Wire]:
        return await self._database.write(lambda store: self._say_aside(store, incoming, "rate.slow"))

    def _say_aside(self, store: Store, incoming: Incoming, key: str) -> list[Wire]:
        """Answers an update without running a step for it."""
        now = self._clock.now()
        if not store.updates.first_sight(incoming.update_key, now):
            return []
        turn = self._begin(store, incoming, now)
        return self._follow(turn, Move((Say(t(key)),), stay=True))


def _end_silence(person: Person) -> int:
    """Any word of the person ends a silence; answers with the stage of it that was spoken of."""
    stage = person.reentry_told
    person.unanswered, person.silent_since, person.reentry_told = 0, None, 0
    return stage


class _StepFailed(Exception):
    """A step raised. Carries the step's name; the cause is logged without its message."""

    def __init__(self, step: str) -> None:
        super().__init__(step)
        self.step = step


class _Queues:
    """First come, first served, for each address; nothing is kept for addresses that are quiet."""

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = {}
        self._waiting: defaultdict[str, int] = defaultdict(int)

    @asynccontextmanager
    async def turn_of(self, key: str) -> AsyncIterator[None]:
        lock = self._locks.setdefault(key, asyncio.Lock())
        self._waiting[key] += 1
        try:
            async with lock:
                yield
        finally:
            self._waiting[key] -= 1
            if not self._waiting[key]:
                del self._waiting[key], self._locks[key]
