"""Rotation of the operator's key: in batches, beside a running Limber, to be interrupted at any time."""

from collections.abc import AsyncIterator
from functools import partial

from bot.store.database import Database
from bot.store.keys import Rotated
from bot.store.unit import Store

BATCH = 500


async def rotate(database: Database, batch: int = BATCH) -> AsyncIterator[Rotated]:
    """Wraps every key with the newest of the operator's keys; yields the sums after each durable batch.

    What was done stays done when it is killed, and isn't done again by the next run. Processes beside it
    must have the newest key already.
    """
    so_far = await database.write(lambda store: store.keys.rotate_secrets(Rotated()))
    while True:
        yield so_far
        before, so_far = so_far, await database.write(partial(_next, so_far=so_far, batch=batch))
        if so_far.last_person == before.last_person:
            return


def _next(store: Store, so_far: Rotated, batch: int) -> Rotated:
    return store.keys.rotate_people(so_far, batch)
