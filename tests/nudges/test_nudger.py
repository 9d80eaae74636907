"""When nudges go out, and when they don't."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from bot.nudges.nudger import Nudger
from bot.store.database import T, Work
from bot.store.tables import Nudge, Reminder
from tests.chat import Chat, Someone, agreed, talking
from tests.clock import MovableClock


@pytest.fixture
async def chat(tmp_path: Path, clock: MovableClock) -> AsyncIterator[Chat]:
    async for opened in talking(tmp_path, clock):
        yield opened


@pytest.fixture
async def ada(chat: Chat) -> Someone:
    return await agreed(chat)


async def _sent(chat: Chat) -> list[datetime]:
    def due(nudges: list[Nudge]) -> list[datetime]:
        return sorted(nudge.due_at for nudge in nudges)

    return due(list(await chat.app.database.read(lambda store: store.session.exec(select(Nudge)).all())))


async def test_a_nudge_comes_at_its_time_with_its_four_buttons(chat: Chat, ada: Someone) -> None:
    await ada.says("/remind every day at 12:00")
    ada.hears("Next: Wed 25 Nov, 12:00")
    await chat.passes(hours=1, minutes=59)
    ada.hears_nothing()
    await chat.passes(minutes=1)

    assert ada.hears("").labels == ["Did it", "Tiny version", "Later", "Not today"]
    await chat.passes(minutes=1)
    ada.hears_nothing()


@pytest.mark.parametrize(
    ("says", "told", "now", "due"),
    [
        (
            "every day at 02:30",
            "Sun 8 Mar, 03:30",
            datetime(2026, 3, 8, 5, 0, tzinfo=UTC),
            datetime(2026, 3, 8, 7, 30, tzinfo=UTC),
        ),
        (
            "every day at 01:30",
            "Sun 1 Nov, 01:30",
            datetime(2026, 11, 1, 4, 0, tzinfo=UTC),
            datetime(2026, 11, 1, 5, 30, tzinfo=UTC),
        ),
    ],
    ids=["the gap of spring", "the fold of autumn"],
)
async def test_changes_of_clocks_in_new_york(
    tmp_path: Path, says: str, told: str, now: datetime, due: datetime
) -> None:
    clock = MovableClock(now)
    async for chat in talking(tmp_path, clock):
        ada = await agreed(chat, zone="New York")
        await ada.says(f"/remind {says}")
        ada.hears(told)
        for _ in range(60 * 22):
            clock.move(minutes=1)
            await chat.app.nudger.tick()
        assert await _sent(chat) == [due]


async def test_a_nudge_up_to_two_hours_late_is_sent_once_and_a_later_one_is_not(
    chat: Chat, ada: Someone
) -> None:
    await ada.says("/remind every day at 12:00")
    ada.hears("Next")
    await chat.passes(hours=3, minutes=59)
    ada.hears("")
    await chat.passes(days=1, minutes=2)
    ada.hears_nothing()
    await chat.passes(hours=22)
    assert len(ada.messages) - ada.heard == 1


async def test_down_time_of_days_brings_no_burst(chat: Chat, ada: Someone) -> None:
    await ada.says("/remind every day at 8:00, 12:00 and 20:00")
    ada.hears("Next")
    await chat.passes(days=4)

    assert len(await _sent(chat)) <= 1


async def test_no_two_nudges_within_ten_minutes_for_the_same_plan(chat: Chat, ada: Someone) -> None:
    await ada.says("/remind every day at 12:00")
    await ada.says("/remind every day at 12:05")
    await ada.says("/remind every day at 12:30")
    ada.hears("Next")
    for _ in range(12 * 24):
        await chat.passes(minutes=5)

    assert [at.strftime("%H:%M") for at in await _sent(chat)] == ["11:00", "11:30"]


async def test_what_is_done_already_is_not_asked_for(chat: Chat, ada: Someone) -> None:
    await ada.says("/remind every day at 12:00 and 20:00")
    await ada.says("/log did it, 5 min")
    ada.hears("Logged")
    await chat.passes(hours=2)
    ada.hears_nothing()
    await chat.passes(hours=8)
    ada.hears("")


async def test_a_pause_is_quiet_and_ends_by_itself(chat: Chat, ada: Someone) -> None:
    await ada.says("/remind every day at 12:00")
    await ada.says("/pause for 2 days")
    ada.hears("Paused until")
    for _ in range(47):
        await chat.passes(hours=1)
    ada.hears_nothing()
    for _ in range(6):
        await chat.passes(hours=1)
    ada.hears("")


async def test_a_change_of_zone_moves_the_next_nudge_at_once(chat: Chat, ada: Someone) -> None:
    await ada.says("/remind every day at 12:00")
    await ada.says("/timezone New York")
    ada.hears("there now")
    await chat.passes(hours=2)
    ada.hears_nothing()
    await chat.passes(hours=6)
    ada.hears("")


async def test_one_reminder_that_breaks_stops_nobody(
    chat: Chat, ada: Someone, caplog: pytest.LogCaptureFixture
) -> None:
    bo = await agreed(chat, "bo")
    await ada.says("/remind every day at 12:00")
    await bo.says("/remind every day at 12:00")
    for person in (ada, bo):
        person.hears("Next")

    def break_it(store: object) -> None:
        row = store.session.exec(select(Reminder)).first()  # type: ignore[attr-defined]
        row.times = "25:99"

    await chat.app.database.write(break_it)
    await chat.passes(hours=2)

    heard = [len(person.messages) - person.heard for person in (ada, bo)]
    assert sorted(heard) == [0, 1]
    assert "could not be handled" in caplog.text
    await chat.passes(minutes=30)
    assert [len(person.messages) - person.heard for person in (ada, bo)] == heard


async def test_a_full_batch_is_followed_by_the_next(chat: Chat, ada: Someone, clock: MovableClock) -> None:
    for minute in range(7):
        await ada.says(f"/remind in {30 + minute * 11} minutes")
    small = Nudger(chat.app.database, chat.app.nudger.composer, clock, chat.wake, batch=2)
    clock.move(hours=2)

    assert await small.tick() == 7
    assert await small.tick() == 0


async def test_two_nudgers_at_once_send_each_nudge_once(
    chat: Chat, ada: Someone, clock: MovableClock
) -> None:
    await ada.says("/remind in 30 minutes")
    clock.move(minutes=30)
    other = Nudger(chat.app.database, chat.app.nudger.composer, clock, chat.wake)

    counts = [await chat.app.nudger.tick(), await other.tick()]

    assert counts == [1, 0]
    assert len(await _sent(chat)) == 1


async def test_the_database_is_asked_only_when_something_may_be_due(
    chat: Chat, ada: Someone, clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ada.says("/remind every day at 12:00")
    nudger, asked = chat.app.nudger, 0
    write = chat.app.database.write

    async def counted(work: Work[T]) -> T:
        nonlocal asked
        asked += 1
        return await write(work)

    monkeypatch.setattr(chat.app.database, "write", counted)
    for _ in range(60):
        await nudger.second()
        clock.move(seconds=1)
    assert asked <= 12

    nudger.look()
    clock.set(datetime(2026, 11, 25, 10, 59, 59, tzinfo=UTC))
    await nudger.second()
    assert await _sent(chat) == []
    clock.move(seconds=1)
    await nudger.second()
    assert await _sent(chat) == [clock.now()]


async def test_what_comes_due_meanwhile_is_seen_at_once_when_told_and_soon_when_not(
    chat: Chat, ada: Someone, clock: MovableClock
) -> None:
    nudger = chat.app.nudger
    await nudger.second()
    await ada.says("/remind in 1 minute")
    await nudger.second()
    clock.move(minutes=1)
    await nudger.second()
    assert len(await _sent(chat)) == 1


async def test_a_clock_that_jumps_forwards_and_back_nudges_once(
    chat: Chat, ada: Someone, clock: MovableClock
) -> None:
    await ada.says("/remind every day at 12:00")
    clock.set(datetime(2026, 11, 25, 10, 59, tzinfo=UTC))
    await chat.app.nudger.second()
    for hours in (1, -1, 1):
        clock.move(hours=hours)
        await chat.app.nudger.second()

    assert await _sent(chat) == [datetime(2026, 11, 25, 11, 0, tzinfo=UTC)]
