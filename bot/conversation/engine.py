"""The engine: an update comes in, and one transaction changes what it changes and answers in the outbox."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.clock import Clock
from bot.conversation import lifeline
from bot.conversation.appointments import ANSWERED_IN_WORDS
from bot.conversation.consents import WORDS
from bot.conversation.dialogue import Move, Say
from bot.conversation.dialogues.coming_back import welcome
from bot.conversation.dialogues.crisis import beside, under
from bot.conversation.following import Aftermath, Following
from bot.conversation.lifeline import Lifeline, calls_for_help, sounds_like_danger
from bot.conversation.messages import Incoming, Wire
from bot.conversation.patience import Pace, Patience
from bot.conversation.router import Router, Situation
from bot.conversation.turn import Library, Turn
from bot.metrics import TURNS
from bot.store.database import Database, is_away
from bot.store.tables import Nudge, Person
from bot.store.unit import Store
from bot.texts import Catalogues, t

log = logging.getLogger(__name__)

T = TypeVar("T")

_NO_WELCOME = frozenset(("crisis.heard", "crisis.lines", "data.delete"))
"""Steps before which no welcome is said, and no help named."""


class Outbound(Protocol):
    """What the conversation needs of the senders."""

    def wake(self, platform: str) -> None:
        """There may be something to send."""

    async def say_at_once(self, platform: str, address: str, wires: list[Wire]) -> None:
        """Says something that is kept nowhere: last words, or where the database is out of reach."""


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
        self._following = Following(catalogues)
        self._library = library
        self._clock = clock
        self._zone = zone
        self._language = language
        self.outbound = outbound
        self.patience = patience
        self._queues = _Queues()
        self._lifeline = Lifeline(catalogues, library.lines, language)

    async def handle(self, incoming: Incoming) -> bool:
        """Handles an update; once it returns, what it changed and what is answered are durable.

        Answers whether the words of the update may be kept, as a page does that shows them again. Raises
        only if the database cannot take it: the update is to be delivered again then. A call for help is
        answered in any case, and within a second.
        """
        if not calls_for_help(incoming):
            return await self._take(incoming)
        taking = asyncio.gather(self._take(incoming), return_exceptions=True)
        await asyncio.wait((taking,), timeout=lifeline.SECONDS)
        if not taking.done() or isinstance(taking.result()[0], BaseException):
            await self.reach_out(incoming)
        (taken,) = await taking
        if isinstance(taken, BaseException):
            raise taken
        return taken

    async def reach_out(self, incoming: Incoming) -> None:
        """Answers a call for help, once, where the database has yet to take the update; others are let be."""
        wires = self._lifeline.answer(incoming)
        if wires:
            await self.outbound.say_at_once(incoming.platform, incoming.address, wires)

    async def _take(self, incoming: Incoming) -> bool:
        chat = f"{incoming.platform}:{incoming.address}"
        pace = self.patience.pace(incoming)
        if pace is Pace.TOO_FAST_AND_TOLD:
            return False
        async with self._queues.turn_of(chat):
            with TURNS.labels(incoming.platform).time():
                after = await (self._slow_down(incoming) if pace is Pace.TOO_FAST else self._handle(incoming))
        await self._finish(after)
        self.outbound.wake(incoming.platform)
        return after.keeps

    async def _finish(self, after: Aftermath) -> None:
        if after.scrub:
            await self._database.scrub()
        for (platform, address), wires in after.last_words.items():
            await self.outbound.say_at_once(platform, address, wires)
        for platform in after.platforms:
            self.outbound.wake(platform)

    async def _handle(self, incoming: Incoming) -> Aftermath:
        try:
            return await self._once_more_on_conflict(incoming)
        except _StepFailed as failure:
            told = {"kind": failure.step, "whose": failure.person}
            log.error("a step failed", extra=told, exc_info=failure.__cause__)
            return await self._database.write(lambda store: self._say_aside(store, incoming, "error.turn"))

    async def _once_more_on_conflict(self, incoming: Incoming) -> Aftermath:
        ahead = await self._look_ahead(incoming)
        try:
            return await self._database.write(lambda store: self._turn(store, incoming, ahead))
        except IntegrityError:
            return await self._database.write(lambda store: self._turn(store, incoming, ahead))

    async def _look_ahead(self, incoming: Incoming) -> Any:
        """What the step that an update names reads ahead, so that others' turns don't wait for it.

        Nothing where only taps are taken: words opened outside of the turn would not be masked in it.
        """
        route = self.router.named(incoming.text, incoming.press)
        if route is None or route.step.ahead is None or incoming.taps_only:
            return None
        reads = route.step.ahead

        def read(store: Store) -> Any:
            party = store.people.find(incoming.platform, incoming.address)
            if party is None:
                return None
            now = self._clock.now()
            turn = Turn(incoming, party, store, self._library, now, argument=route.argument)
            return _run(reads, route.step.name, turn)

        return await self._database.read(read)

    def _turn(self, store: Store, incoming: Incoming, ahead: Any) -> Aftermath:
        """Runs the step that answers."""
        now = self._clock.now()
        if not store.updates.first_sight(incoming.update_key, now):
            return Aftermath(keeps=_kept_before(store, incoming))
        turn = self._begin(store, incoming, now)
        turn.silence = _end_silence(turn.person)
        nudge = turn.nudge_in_question() if incoming.text is not None and not incoming.edited else None
        situation = self._situation(turn, nudge)
        route = self.router.route(situation)
        if self.router.faded(situation):
            turn.party.talk.question = []
        turn.argument, turn.ahead = route.argument, ahead
        move = _run(route.step, route.step.name, turn)
        if route.step.name not in _NO_WELCOME:
            turn.said[:0] = [*welcome(turn), *beside(turn)]
            move = under(turn, move)
        after = self._following.follow(turn, move)
        after.scrub |= turn.scrubs
        after.keeps = turn.keeps_words and not turn.erased and not sounds_like_danger(incoming)
        self._lifeline.notice(incoming, None if turn.erased or turn.parted else turn.person.country)
        return after

    def _begin(self, store: Store, incoming: Incoming, now: datetime) -> Turn:
        language = self._catalogues.nearest(incoming.language, self._language)
        party = store.people.meet(incoming.platform, incoming.address, now, language, self._zone)
        party.person.last_seen_at = now
        party.account.unreachable_at = None
        party.account.taps_only = incoming.taps_only
        consents = store.people.consents(party.person.id)
        if "records" in consents and incoming.text is not None and not incoming.taps_only:
            party.person.has_written = True
        return Turn(incoming, party, store, self._library, now, consents=consents)

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
            nudge_step=ANSWERED_IN_WORDS.get(nudge.wording if nudge else "", "nudge.replied"),
            document=incoming.document is not None,
        )

    async def _slow_down(self, incoming: Incoming) -> Aftermath:
        return await self._database.write(lambda store: self._say_aside(store, incoming, "rate.slow"))

    def _say_aside(self, store: Store, incoming: Incoming, key: str) -> Aftermath:
        """Answers an update without running a step for it."""
        now = self._clock.now()
        if not store.updates.first_sight(incoming.update_key, now):
            return Aftermath()
        turn = self._begin(store, incoming, now)
        return self._following.follow(turn, Move((Say(t(key)),), stay=True))


def _run(work: Callable[[Turn], T], step: str, turn: Turn) -> T:
    """Does what a step does; raises `_StepFailed` for all that is not the database's affair."""
    try:
        return work(turn)
    except Exception as error:
        if isinstance(error, IntegrityError) or (isinstance(error, DBAPIError) and is_away(error)):
            raise
        raise _StepFailed(step, turn.store.people.fingerprint(turn.person.id)) from error


def _kept_before(store: Store, incoming: Incoming) -> bool:
    """Whether the words of an update that comes again may be kept."""
    party = store.people.find(incoming.platform, incoming.address)
    agreed = party is not None and WORDS in store.people.consents(party.person.id)
    return agreed and not sounds_like_danger(incoming)


def _end_silence(person: Person) -> int:
    """Any word of the person ends a silence; answers with the stage of it that was spoken of."""
    stage = person.reentry_told
    person.unanswered, person.silent_since, person.reentry_told = 0, None, 0
    return stage


class _StepFailed(Exception):
    """A step raised, for the person of that fingerprint; the cause is logged without its message."""

    def __init__(self, step: str, person: str) -> None:
        super().__init__(step)
        self.step = step
        self.person = person


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
