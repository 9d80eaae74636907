"""Whatever is logged or put right, undoing it restores every measure exactly: any log, any correction."""

import asyncio
import itertools
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.conversation.overview import overview
from bot.practice.summary import Window
from bot.store.unit import Store
from tests.chat import PLATFORM, Chat, Someone, agreed, talking
from tests.clock import MovableClock

LOGS = (
    "/log did it",
    "/log tiny",
    "/log half of it, 7 to 4",
    "/log did it yesterday, 10 min",
    "/log did it twice",
    "/log 5 min, 8 to 3",
)
CHANGES = (
    "e:{}:outcome=partly",
    "e:{}:minutes=10",
    "e:{}:before=9",
    "e:{}:after=2",
    "e:{}:times=3",
    "e:{}:day={yesterday}",
    "ql:{}:real",
    "ql:{}:just_happened",
    "ql:{}:well=2",
    "w:{}",
    "hist:delete:{}",
    "no wait, only half of it",
    "edit: did it 15 min, 6 to 1",
)
ACTS = st.lists(
    st.tuples(st.sampled_from((*LOGS, *CHANGES)), st.sampled_from((0, 0, 0, 24, 200))),
    min_size=1,
    max_size=12,
)
Loop = Callable[[Coroutine[Any, Any, None]], None]


@contextmanager
def _limber(folder: Path, clock: MovableClock) -> Iterator[tuple[Chat, Loop]]:
    """One Limber for all examples, each with a person of its own."""
    loop = asyncio.new_event_loop()
    opened = talking(folder, clock)
    chat = loop.run_until_complete(anext(opened))
    yield chat, loop.run_until_complete
    loop.run_until_complete(anext(opened, None))
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()


class Life:
    """Someone who logs, changes, and takes back."""

    def __init__(self, chat: Chat, who: Someone) -> None:
        self._chat, self._who = chat, who
        self._said = ""

    async def measured(self) -> list[object]:
        """Everything shown of practice, over each window, and what is kept of each."""

        def read(store: Store) -> list[object]:
            party = store.people.find(PLATFORM, self._who.name)
            assert party is not None
            person, now = party.person, self._chat.clock.now()
            rows = [row.model_dump(exclude={"id"}) for row in store.practices.since(person.id, date.min)]
            retired = [plan.row.retired_at for plan in store.plans.of(person.id)]
            words = [(row.day, store.practices.read(row)) for row in store.practices.reflections(person.id)]
            return [*(overview(store, person, window, now).facts for window in Window), rows, retired, words]

        return await self._chat.app.database.write(read)

    async def newest(self) -> int | None:
        """The practice logged last."""

        def read(store: Store) -> int | None:
            party = store.people.find(PLATFORM, self._who.name)
            assert party is not None
            return max((row.id for row in store.practices.since(party.person.id, date.min)), default=None)

        return await self._chat.app.database.write(read)

    async def does(self, act: str) -> bool:
        """Does it; answers whether there was something to do it to."""
        before, newest = await self.measured(), await self.newest()
        if act in LOGS:
            self._said = await self._who.says(act)
        elif newest is None:
            return False
        elif act.startswith("edit: "):
            await self._who.edits(self._said, act.removeprefix("edit: "))
        elif act.startswith("no wait"):
            await self._who.says(act)
        else:
            yesterday = self._chat.clock.now().date() - timedelta(days=1)
            await self._who.presses(act.format(newest, yesterday=yesterday))
        return await self.measured() != before

    async def lives(self, acts: list[tuple[str, int]]) -> None:
        """Does each, takes it back, sees that nothing is left of it, and does it for good."""
        for act, hours in acts:
            self._chat.clock.move(hours=hours)
            before = await self.measured()
            if await self.does(act):
                await self._who.says("/cancel")
                await self._who.says("/undo")
                assert await self.measured() == before, act
                await self.does(act)
                await self._who.says("/cancel")


@pytest.fixture
def names() -> Iterator[str]:
    return (f"person {number}" for number in itertools.count())


def test_undoing_restores_every_measure(tmp_path: Path, clock: MovableClock, names: Iterator[str]) -> None:
    with _limber(tmp_path, clock) as (chat, run):

        async def one(acts: list[tuple[str, int]]) -> None:
            someone = await agreed(chat, next(names))
            await someone.says("/plan sort the worry")
            await someone.says("/cancel")
            await Life(chat, someone).lives(acts)

        @settings(
            max_examples=15,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=[HealthCheck.too_slow],
        )
        @given(ACTS)
        def lives(acts: list[tuple[str, int]]) -> None:
            run(one(acts))

        lives()
