"""The end of keeping: who stays silent is warned and then erased; who never agreed is forgotten."""

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot.clock import Clock
from bot.conversation.dialogue import Say, link
from bot.conversation.rendering import Rendering
from bot.practice.schedule import local_day
from bot.store.database import Database
from bot.store.outbox import NUDGE
from bot.store.tables import Account, Person
from bot.store.unit import Store
from bot.texts import Catalogues, Day, t
from bot.understanding.places import zone_of

log = logging.getLogger(__name__)

NOTICE = timedelta(days=14)
NEVER_AGREED = timedelta(days=30)
DANGER_KEPT = timedelta(days=6)
"""After a rest of a day: so the time of a card is known for a week."""
BATCH = 100


class Retention:
    """Ends what has been kept long enough. `days` of silence; None: what was agreed to is kept for good."""

    def __init__(
        self,
        database: Database,
        catalogues: Catalogues,
        clock: Clock,
        wake: Callable[[str], None],
        days: int | None,
    ) -> None:
        self._database = database
        self._rendering = Rendering(catalogues)
        self._clock = clock
        self._wake = wake
        self._kept_for = timedelta(days=days) if days is not None else None

    async def tidy(self) -> None:
        """Warns and erases whoever it is time for. May be run as often as wanted, by several processes."""
        await self._database.write(self._let_go)
        erased = 0
        while count := await self._database.write(self._erase):
            erased += count
        while await self._warn_some():
            pass
        if erased:
            await self._database.scrub()
            log.info("kept long enough", extra={"count": erased})

    async def _warn_some(self) -> int:
        warned, platforms = await self._database.write(self._warn)
        for platform in platforms:
            self._wake(platform)
        return warned

    def _let_go(self, store: Store) -> None:
        """What was written on a hard day and not chosen to be kept; in a week, that there was such a day."""
        while store.people.drop_held(self._clock.now(), BATCH):
            pass
        store.people.forget_danger(self._clock.now() - DANGER_KEPT)

    def _erase(self, store: Store) -> int:
        now = self._clock.now()
        gone = store.silent.never_agreed(now - NEVER_AGREED, BATCH)
        if self._kept_for is not None:
            gone += store.silent.to_erase(now - self._kept_for, now - NOTICE, BATCH)
        for person in gone:
            store.people.erase(person, now)
        return len(gone)

    def _warn(self, store: Store) -> tuple[int, set[str]]:
        """Warns a batch: how many people, and which platforms have something to send."""
        if self._kept_for is None:
            return 0, set()
        now = self._clock.now()
        people = store.silent.to_warn(now - max(self._kept_for - NOTICE, timedelta(days=1)), BATCH)
        homes = store.reminders.homes([person.id for person in people])
        for person in people:
            person.warned_at = now
            store.session.add(person)
            if person.id in homes:
                self._tell(store, person, homes[person.id], now)
        return len(people), {account.platform for account in homes.values()}

    def _tell(self, store: Store, person: Person, account: Account, now: datetime) -> None:
        said = Say(
            t("retention.warning", day=Day(self._last_day(person, now))),
            ((link("c:keep", t("button.keep_data")),), (link("c:export", t("button.export")),)),
        )
        store.outbox.add(
            account,
            self._rendering.wire(said, person.language, 0, taps_only=account.taps_only).packed(),
            now,
            NUDGE,
        )

    def _last_day(self, person: Person, now: datetime) -> date:
        end = max(now + NOTICE, person.last_seen_at + (self._kept_for or NOTICE))
        return local_day(end, zone_of(person.zone), person.day_ends_at)
