"""What people ask for by mail instead of by command: their data, or its end."""

from datetime import datetime

from bot.portable.bundle import Kept, everything, packed
from bot.store.database import Database
from bot.store.people import Party
from bot.store.unit import Store


class NobodyThere(Exception):
    """No account has that address on that platform."""


async def exported(database: Database, platform: str, address: str, now: datetime) -> bytes:
    """The person's data, as `/export` gives it. Raises `NobodyThere`."""

    def work(store: Store) -> Kept:
        person = _found(store, platform, address).person
        store.people.note(person, "export", now)
        return everything(store, person.id)

    return packed(await database.write(work))


async def erase(database: Database, platform: str, address: str, now: datetime) -> None:
    """Erases the person, as `/delete` does, and what the database's files remember. Raises `NobodyThere`."""
    await database.write(lambda store: store.people.erase(_found(store, platform, address).person, now))
    await database.scrub()


def _found(store: Store, platform: str, address: str) -> Party:
    party = store.people.find(platform, address)
    if party is None:
        raise NobodyThere(f"nobody with that id is known on {platform}")
    return party
