"""PostgreSQL: each piece of work is a transaction of its own; any number of processes share the database."""

import hashlib
from typing import cast

from sqlalchemy import URL, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.orm import Session as AnySession
from sqlmodel import Session
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.store.database import Lead, Sealed, T, Unavailable, Work, is_away

_COLLISIONS = ("40001", "40P01")
_MOST_COLLISIONS = 3


class PostgresDatabase:
    """A PostgreSQL database."""

    def __init__(self, url: URL, sealed: Sealed) -> None:
        self._sealed = sealed
        self._engine = create_async_engine(
            url.set(drivername="postgresql+asyncpg"), pool_size=10, max_overflow=10, pool_pre_ping=True
        )

    async def start(self) -> None:
        try:
            async with AsyncSession(self._engine) as session:
                await session.run_sync(lambda sync: self._sealed.unlock(_ours(sync)))
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        await self._engine.dispose()

    async def write(self, work: Work[T]) -> T:
        for _ in range(_MOST_COLLISIONS):
            try:
                return await self._once(work)
            except DBAPIError as error:
                if not _collided(error):
                    raise
        return await self._once(work)

    async def _once(self, work: Work[T]) -> T:
        try:
            async with AsyncSession(self._engine, expire_on_commit=False) as session, session.begin():
                return await session.run_sync(lambda sync: work(self._sealed.store(_ours(sync))))
        except Exception as error:
            if is_away(error) and not _collided(error):
                raise Unavailable(type(error).__name__) from error
            raise

    async def read(self, work: Work[T]) -> T:
        return await self.write(work)

    async def scrub(self) -> None:
        """Frees the rows of erased keys and addresses; the rest is left to autovacuum."""
        async with self._engine.connect() as connection:
            autocommit = await connection.execution_options(isolation_level="AUTOCOMMIT")
            await autocommit.execute(text("VACUUM person_key, account"))

    def lead(self, name: str) -> Lead:
        return _AdvisoryLead(self._engine, name)


def _collided(error: Exception) -> bool:
    """Whether two transactions waited for each other, and this one was the one to give way: it left nothing,
    and may be done again.
    """
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in _COLLISIONS


def _ours(session: AnySession) -> Session:
    """SQLModel's async session runs a SQLModel session, though its type does not say so."""
    return cast(Session, session)


class _AdvisoryLead:
    """An advisory lock on a connection of its own: it ends with the connection."""

    def __init__(self, engine: AsyncEngine, name: str) -> None:
        self._engine = engine
        self._key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        self._connection: AsyncConnection | None = None

    async def held(self) -> bool:
        if self._connection is not None:
            return await self._still_held(self._connection)
        try:
            return await self._take()
        except Exception as error:
            if is_away(error):
                raise Unavailable(type(error).__name__) from error
            raise

    async def _take(self) -> bool:
        connection = await self._engine.connect()
        connection = await connection.execution_options(isolation_level="AUTOCOMMIT")
        taken = (
            await connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": self._key})
        ).scalar()
        if not taken:
            await connection.close()
            return False
        self._connection = connection
        return True

    async def release(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            await connection.invalidate()
            await connection.close()

    async def _still_held(self, connection: AsyncConnection) -> bool:
        try:
            await connection.execute(text("SELECT 1"))
        except (DBAPIError, OSError):
            await self.release()
            return False
        return True
