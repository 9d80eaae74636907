"""Many people, made quickly: each with a plan, a daily reminder and an account on Telegram."""

import json
from datetime import date, datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any

from sqlalchemy import insert

from bot.store.database import Database
from bot.store.encryption import Cipher, Keyring, keyed_hash, new_key
from bot.store.keys import key_place, secret_place
from bot.store.tables import Account, Conversation, Person, PersonKey, Plan, Reminder, Secret, table_of
from bot.store.unit import Store

_CHUNK = 5_000
_FIRST = 1_000_000
RULE = "FREQ=DAILY"


async def fill(
    database: Database, keyring: Keyring, people: int, due: int, at: datetime, more: int = 0
) -> None:
    """`due` of the people have a reminder at `at` (UTC); the others' come two hours later and after.

    Everyone has so many `more` reminders, later still.
    """
    lookup = await database.read(lambda store: _lookup_key(store, keyring))
    numbers = iter(range(people))
    while chunk := list(islice(numbers, _CHUNK)):
        rows = [_person(number, keyring, lookup, at, number < due) for number in chunk]
        await database.write(partial(_add, rows, more))


def _lookup_key(store: Store, keyring: Keyring) -> bytes:
    return keyring.unwrap(store.session.get_one(Secret, "lookup").wrapped, secret_place("lookup"))


def _add(rows: list[dict[type[Any], dict[str, Any]]], more: int, store: Store) -> None:
    for model in (Person, PersonKey, Account, Conversation, Plan, Reminder):
        store.session.connection().execute(insert(table_of(model)), [row[model] for row in rows])
    for number in range(1, more + 1):
        later = [_another(row[Reminder], number) for row in rows]
        store.session.connection().execute(insert(table_of(Reminder)), later)


def _another(reminder: dict[str, Any], number: int) -> dict[str, Any]:
    due = reminder["next_due_at"] + timedelta(hours=2 + number)
    return reminder | {"id": reminder["id"] + number * 10**9, "next_due_at": due, "times": f"{due:%H:%M}"}


def _person(
    number: int, keyring: Keyring, lookup: bytes, at: datetime, is_due: bool
) -> dict[type[Any], dict[str, Any]]:
    person, account = _FIRST + number, 2 * _FIRST * 10 + number
    key, address, made = new_key(), str(number + 1), at - timedelta(days=30)
    cipher = Cipher(key)
    due = at if is_due else at + timedelta(hours=2, seconds=number % 36_000)
    words = json.dumps({"cue": "breakfast", "action": "breathe out slowly"}).encode()
    return {
        Person: {
            "id": person,
            "created_at": made,
            "last_seen_at": at - timedelta(hours=9),
            "language": "en",
            "zone": "UTC",
            "zone_known": True,
            "day_ends_at": 240,
            "full_text": False,
            "unanswered": 0,
            "reentry_told": 0,
            "repeats": False,
            "rhythm": False,
        },
        PersonKey: {"person_id": person, "wrapped": keyring.wrap(key, key_place(person))},
        Account: {
            "id": account,
            "person_id": person,
            "platform": "telegram",
            "created_at": made,
            "address_hash": keyed_hash(lookup, "telegram", address),
            "address": cipher.seal(json.dumps(address).encode(), f"account|{person}|{account}"),
        },
        Conversation: {"person_id": person, "version": 0},
        Plan: {
            "id": person,
            "person_id": person,
            "skill": "worry_sort",
            "target_days": 5,
            "words": cipher.seal(words, f"plan|{person}|{person}"),
            "cadence": "as_planned",
            "declined": "",
            "created_at": made,
        },
        Reminder: {
            "id": person,
            "person_id": person,
            "plan_id": person,
            "kind": "practice",
            "days": RULE,
            "times": f"{due:%H:%M}",
            "starts": date(2026, 1, 1),
            "next_due_at": due,
            "created_at": made,
        },
    }
