"""What people ask for by mail instead of by command: their data out, their data in, or its end."""

from collections.abc import Collection
from datetime import datetime

from bot.conversation.consents import RECORDS, WORDS
from bot.conversation.scheduling import reschedule_all
from bot.portable.arriving import arrive, read, texts_in
from bot.portable.bundle import Kept, everything, packed, unpacked
from bot.store.database import Database
from bot.store.people import Party
from bot.store.unit import Store


class NobodyThere(Exception):
    """No account has that address on that platform."""


class NotAgreed(Exception):
    """The person has not agreed to what a file holds being kept here."""


async def exported(database: Database, platform: str, address: str, now: datetime) -> bytes:
    """The person's data, as `/export` gives it. Raises `NobodyThere`."""

    def work(store: Store) -> Kept:
        person = _found(store, platform, address).person
        store.people.note(person, "export", now)
        return everything(store, person.id)

    return packed(await database.write(work))


async def imported(
    database: Database,
    platform: str,
    address: str,
    content: bytes,
    now: datetime,
    languages: Collection[str],
) -> int:
    """Takes a record in, as `/import` does; answers how much of it was new here.

    Raises `NobodyThere`, `NotAgreed`, and `InvalidInputError` that says what is wrong with the file.
    """
    record = read(unpacked(content), now)

    def work(store: Store) -> int:
        person = _found(store, platform, address).person
        consents = store.people.consents(person.id)
        if RECORDS not in consents or (texts_in(record) and WORDS not in consents):
            raise NotAgreed("the person has not agreed to that being kept here; they can, with /privacy")
        language = record.you.language if record.you.language in languages else person.language
        came = arrive(store, person, record, language)
        reschedule_all(store, person, now)
        store.people.note(person, "import", now)
        return sum(came.values())

    return await database.write(work)


async def erase(database: Database, platform: str, address: str, now: datetime) -> None:
    """Erases the person, as `/delete` does, and what the database's files remember. Raises `NobodyThere`."""
    await database.write(lambda store: store.people.erase(_found(store, platform, address).person, now))
    await database.scrub()


def _found(store: Store, platform: str, address: str) -> Party:
    party = store.people.find(platform, address)
    if party is None:
        raise NobodyThere(f"nobody with that id is known on {platform}")
    return party
