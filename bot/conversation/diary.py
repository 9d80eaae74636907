"""What the local page shows: what was said so far, and what comes up."""

from datetime import UTC, datetime, tzinfo
from typing import Any

from bot.clock import Clock
from bot.conversation.dialogues.crisis import NEXT_DAY
from bot.conversation.scheduling import told, window_of
from bot.store.database import Database
from bot.store.people import Party
from bot.store.tables import Reminder
from bot.store.unit import Store
from bot.texts import Catalogues
from bot.understanding.places import zone_of

HISTORY = 500
_UPCOMING = 5


class Diary:
    """The local page's messages, kept sealed in the database like all words of a person."""

    def __init__(self, database: Database, catalogues: Catalogues, clock: Clock) -> None:
        self._database = database
        self._catalogues = catalogues
        self._clock = clock

    async def put(
        self, address: str, key: str, contents: dict[str, Any], said_at: datetime | None = None
    ) -> dict[str, Any]:
        """Keeps a message, or its new contents; answers with it as the page shows it.

        Someone who was erased has no diary: nothing is kept then. `said_at` is now where it is not given.
        """
        now = said_at or self._clock.now()

        def put(store: Store) -> datetime:
            party = store.people.find("local", address)
            return store.transcripts.put(party.person.id, key, contents, now) if party else now

        return _shown(key, await self._database.write(put), contents)

    async def get(self, address: str, key: str) -> dict[str, Any] | None:
        """The contents of one message."""

        def get(store: Store) -> dict[str, Any] | None:
            party = store.people.find("local", address)
            return store.transcripts.get(party.person.id, key) if party else None

        return await self._database.read(get)

    async def history(self, address: str) -> list[dict[str, Any]]:
        """The newest messages, oldest of them first."""

        def newest(store: Store) -> list[dict[str, Any]]:
            party = store.people.find("local", address)
            rows = store.transcripts.newest(party.person.id, HISTORY) if party else []
            return [_shown(*row) for row in rows]

        return sorted(await self._database.read(newest), key=lambda message: str(message["at"]))

    async def upcoming(self, address: str) -> list[dict[str, Any]]:
        """What comes due next: when (UTC), and the rule in words."""

        def upcoming(store: Store) -> list[dict[str, Any]]:
            party = store.people.find("local", address)
            return self._upcoming(store, party) if party else []

        return await self._database.read(upcoming)

    def _upcoming(self, store: Store, party: Party) -> list[dict[str, Any]]:
        person = party.person
        zone = zone_of(person.zone)
        return [
            {
                **_when(row, row.next_due_at, zone),
                "words": self._catalogues.plain(told(row, zone), person.language),
            }
            for row in store.reminders.upcoming(person.id, _UPCOMING)
            if row.next_due_at is not None and row.kind != NEXT_DAY
        ]


def _when(row: Reminder, due: datetime, zone: tzinfo) -> dict[str, str]:
    """When it comes, in UTC; of one in a window from when to when, since its minute is to be a surprise."""
    window = window_of(row, zone)
    named = {"at": due} if window is None else {"at": window[0], "until": window[1]}
    return {name: at.astimezone(UTC).isoformat() for name, at in named.items()}


def _shown(key: str, at: datetime, contents: dict[str, Any]) -> dict[str, Any]:
    return {**contents, "id": key, "at": at.astimezone(UTC).isoformat()}
