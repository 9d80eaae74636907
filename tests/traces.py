"""Looking for traces of a person in everything a database keeps."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import NullPool, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.tables import Account, PersonKey
from bot.store.unit import Store
from tests.postgres import with_driver


def identities(store: Store, platform: str, address: str) -> list[bytes]:
    """What tells one person from others: the address, its hash and seal, the wrapped key, the row ids."""
    party = store.people.find(platform, address)
    assert party is not None
    key = store.session.get_one(PersonKey, party.person.id)
    accounts: list[Account] = store.people.accounts(party.person.id)
    found = [address.encode(), key.wrapped, *forms(party.person.id)]
    for account in accounts:
        found += [account.address_hash, account.address, *forms(account.id)]
    return found


def forms(number: int) -> tuple[bytes, ...]:
    """An id as SQLite writes it in a column and as the key of a row, and in digits."""
    return number.to_bytes(8, "big"), _varint(number), str(number).encode()


def in_files(folder: Path, needles: Iterable[bytes]) -> list[bytes]:
    """Which of the needles are in any file below the folder."""
    haystack = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return [needle for needle in needles if needle in haystack]


async def in_tables(url: str, needles: Iterable[bytes]) -> list[bytes]:
    """Which of the needles are in any column of any table of a PostgreSQL database."""
    engine = create_async_engine(with_driver(url), poolclass=NullPool)
    haystack = bytearray()
    async with engine.connect() as connection:
        tables = await connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        for (table,) in tables.all():
            for row in await connection.execute(text(f'SELECT * FROM "{table}"')):
                for value in row:
                    haystack += b"\n" + (value if isinstance(value, bytes) else str(value).encode())
    await engine.dispose()
    return [needle for needle in needles if needle in haystack]


def _varint(number: int) -> bytes:
    """SQLite's variable-length integer, of nine bytes where the number needs more than 56 bits."""
    return bytes(_from_the_end(number))[::-1]


def _from_the_end(number: int) -> Iterator[int]:
    if number >= 1 << 56:
        yield number & 0xFF
        number >>= 8
        for _ in range(8):
            yield number & 0x7F | 0x80
            number >>= 7
        return
    yield number & 0x7F
    number >>= 7
    while number:
        yield number & 0x7F | 0x80
        number >>= 7
