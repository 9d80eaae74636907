"""Two people on one Limber: whatever one was shown, the other presses and says; nothing gets across."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel

from bot.conversation.requests import exported
from bot.store.unit import Store
from tests.chat import Chat, agreed, talking
from tests.clock import MovableClock
from tests.exports import all_of
from tests.wanderer import Wanderer, Watched

ACTIONS = 150
GUESSED = {
    "practice": ("e:{}:change", "e:{}:remove"),
    "nudge": ("n:{}:done", "n:{}:later"),
    "plan": ("p:{}:archive", "p:{}:cue"),
    "reminder": ("r:{}:delete", "r:{}:change"),
}


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


def _guesses(rows: dict[str, list[dict[str, Any]]]) -> list[str]:
    """What would act on these rows, if it were pressed by whose they are."""
    return [
        form.format(row["id"]) for table, forms in GUESSED.items() for row in rows[table] for form in forms
    ]


async def test_nothing_of_one_person_is_read_or_changed_by_another(chat: Chat) -> None:
    ada, mallory = await agreed(chat, "ada"), await agreed(chat, "mallory")
    router = Watched()
    chat.app.engine.router = router
    wanderer = Wanderer(chat, ada, router)
    for skill in ("Sort the worry", "Leaves on a stream"):
        await ada.says(f"/plan {skill}")
        await ada.says(f"after {wanderer.marker()}")
    for _ in range(ACTIONS):
        await wanderer.tries_something()
    for minutes in (5, 10, 15):
        await ada.says(f"/log did it, {minutes} min")
    before, written = await _rows_of(chat, "ada"), list(router.texts)
    ids = {row["id"] for rows in before.values() for row in rows if isinstance(row.get("id"), int)}

    for press in sorted(wanderer.offered.union(_guesses(before))):
        await mallory.presses(press)
    for name in router.commands:
        await mallory.says(f"/{name}")
        await mallory.says("1")
    for ref in {message.ref for message in ada.messages[-40:]}:
        await mallory.edits(ref, "/log 99 min")
        await mallory.says("did it", reply_to=ref)

    assert len(wanderer.offered) > 20
    assert len(before["practice"]) > 2
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
