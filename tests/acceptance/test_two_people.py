"""Two people on one Limber: whatever one was shown, the other presses and says; nothing gets across."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel

from bot.conversation.dialogues import DIALOGUES
from bot.conversation.requests import exported
from bot.store.unit import Store
from tests.chat import Chat, agreed, talking
from tests.clock import MovableClock
from tests.exports import all_of
from tests.thorough import Thorough
from tests.wanderer import Watched

ACTIONS = 30
PREFIXES = sorted({prefix for dialogue in DIALOGUES for prefix in dialogue.presses})
"""What addressed presses begin with: every dialogue's, so that no new one is left out."""
ENDINGS = ("change", "done")
PRESSED = ("practice", "plan", "reminder", "nudge")
"""Tables whose rows most buttons are about."""
PASSING = {"outbox", "link_code", "transcript"}
"""Tables that hold nothing of a person for long, or only on the page."""


@pytest.fixture
async def chat(tmp_path: Path, clock: MovableClock) -> AsyncIterator[Chat]:
    async for opened in talking(tmp_path, clock):
        yield opened


async def _rows_of(chat: Chat, name: str) -> dict[str, list[dict[str, Any]]]:
    """Every row of a person, as it stands in the database."""

    def rows(store: Store) -> dict[str, list[dict[str, Any]]]:
        party = store.people.find("local", name)
        assert party is not None
        found = {}
        for table in SQLModel.metadata.sorted_tables:
            owner = table.c.get("person_id") if table.name != "person" else table.c.id
            if owner is not None:
                chosen = store.session.connection().execute(table.select().where(owner == party.person.id))
                found[table.name] = [dict(row._mapping) for row in chosen]
        return found

    return await chat.app.database.read(rows)


def _form(press: str) -> str:
    """A press with "#" for each number of a row."""
    return re.sub(r"\d{6,}", "#", press)


def _forged(rows: dict[str, list[dict[str, Any]]], forms: set[str]) -> Iterator[str]:
    """What would act on these rows, if it were pressed by whose they are: in each form that a button had, and
    of prefixes that none had, in a few forms of our own with a row of each table.
    """
    numbers = {name: found[-1]["id"] for name, found in rows.items() if found and "id" in found[-1]}
    for prefix in PREFIXES:
        own = [form for form in forms if form.startswith(f"{prefix}:") and "#" in form]
        for form in own:
            yield from (form.replace("#", str(numbers[name])) for name in PRESSED)
        for ending in ENDINGS if not own else ():
            yield from (f"{prefix}:{number}:{ending}" for number in numbers.values())


@pytest.mark.timeout(300)
async def test_nothing_of_one_person_is_read_or_changed_by_another(chat: Chat) -> None:
    ada, mallory = chat.person("ada", zone="Europe/Berlin"), await agreed(chat, "mallory")
    router = Watched()
    chat.app.engine.router = router
    wanderer = Thorough(chat, ada, router)
    await wanderer.looks_closely()
    await wanderer.lives_through()
    for _ in range(ACTIONS):
        await wanderer.tries_something()
    before, written = await _rows_of(chat, "ada"), list(router.texts)
    ids = {row["id"] for rows in before.values() for row in rows if isinstance(row.get("id"), int)}
    assert {table for table, rows in before.items() if not rows} <= PASSING

    buttons = {_form(press): press for press in sorted(wanderer.offered)}
    forged = set(_forged(before, set(buttons)))
    for press in sorted(forged.union(buttons.values())):
        await mallory.presses(press)
    for name in router.commands:
        await mallory.says(f"/{name}")
        await mallory.says("1")
    for ref in {message.ref for message in ada.messages[-40:]}:
        await mallory.edits(ref, "/log 99 min")
        await mallory.says("did it", reply_to=ref)

    assert len(buttons) > 100
    assert len(forged) > 300
    assert len(written) > ACTIONS // 2
    assert await _rows_of(chat, "ada") == before
    heard = "\n".join(message.wire.text for message in mallory.messages)
    export = all_of(await exported(chat.app.database, "local", "mallory", chat.clock.now()))
    told = (
        heard.encode()
        + export
        + b"".join(
            message.attachment.content for message in mallory.messages if message.attachment is not None
        )
    )
    assert [word for word in wanderer.markers if word.encode() in told] == []
    assert [number for number in ids if str(number).encode() in told] == []
