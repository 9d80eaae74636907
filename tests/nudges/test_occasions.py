"""What is pushed beside nudges of plans: it keeps quiet hours, the rest after a card, and three a day."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.store.tables import Nudge
from bot.store.unit import Store
from tests.chat import Chat, Someone, agreed, talking
from tests.clock import MovableClock

HEAVY = "I can't do this any more"


@pytest.fixture
async def chat(tmp_path: Path, clock: MovableClock) -> AsyncIterator[Chat]:
    async for opened in talking(tmp_path, clock):
        yield opened


@pytest.fixture
async def ada(chat: Chat) -> Someone:
    return await agreed(chat)


async def _hours(chat: Chat, hours: float) -> None:
    for _ in range(int(hours * 2)):
        await chat.passes(minutes=30)


async def _told_at(chat: Chat, ada: Someone, words: str, hours: float) -> datetime | None:
    """When something with these words was said within so many hours, by half hours."""
    for _ in range(int(hours * 2)):
        before = len(ada.messages)
        await chat.passes(minutes=30)
        if any(words in each.wire.text for each in ada.messages[before:]):
            return chat.clock.now()
    return None


async def _quiet(ada: Someone, hours: str) -> None:
    await ada.says("/settings")
    await ada.taps("Quiet hours")
    await ada.taps("Other hours")
    await ada.says(hours)
    ada.hears("They are from")


async def _letter_for_tomorrow(ada: Someone) -> None:
    await ada.says("/letter")
    await ada.says("Kettle on.")
    await ada.says("tomorrow")
    ada.hears("It will reach you on Thu 26 Nov")


async def test_a_letter_waits_for_the_end_of_quiet_hours(chat: Chat, ada: Someone) -> None:
    await _quiet(ada, "22:00 to 11:30")
    await _letter_for_tomorrow(ada)
    at = await _told_at(chat, ada, "letter", 48)
    assert at == datetime(2026, 11, 26, 10, 30, tzinfo=UTC)


async def test_a_letter_does_not_come_within_a_day_of_a_card(chat: Chat, ada: Someone) -> None:
    await _letter_for_tomorrow(ada)
    await chat.passes(hours=12)
    await ada.says(HEAVY)
    card = chat.clock.now()
    at = await _told_at(chat, ada, "letter", 72)
    assert at is not None and at - card >= timedelta(hours=24)
    assert at.astimezone(UTC).hour == 9, "at its time of day"


async def test_a_letter_for_a_hard_day_is_not_offered_on_the_day_of_a_card(chat: Chat, ada: Someone) -> None:
    await ada.says("/letter")
    await ada.says("Kettle on.")
    await ada.taps("On a hard day")
    await ada.says(HEAVY)
    await ada.says("/slip again")
    for _ in range(4):
        await ada.taps("Skip")
    assert "My letter to myself" not in ada.messages[-1].labels
    await chat.passes(hours=25)
    await ada.says("/slip again")
    for _ in range(4):
        await ada.taps("Skip")
    assert "My letter to myself" in ada.messages[-1].labels


async def test_at_most_three_a_day_over_everything_and_the_rarer_has_its_place(
    chat: Chat, ada: Someone
) -> None:
    await ada.says("/remind every day at 8:00, 12:00 and 20:00")
    await ada.says("/review thursday 18:00")
    await _letter_for_tomorrow(ada)
    await ada.says("/session friday at 9:00")
    before = len(ada.messages)
    await chat.passes(hours=13)
    await _hours(chat, 22)
    said = [each.wire.text for each in ada.messages[before:]]
    day = await chat.app.database.write(lambda store: _pushed(store, datetime(2026, 11, 26, 3, tzinfo=UTC)))
    assert len(day) == 3, day
    assert any("A short page to look over" in each for each in said), said
    assert any("letter" in each for each in said)


def _pushed(store: Store, since: datetime) -> list[str]:
    rows = store.session.exec(select(Nudge)).all()
    return [row.wording for row in rows if since <= row.due_at < since + timedelta(days=1)]


async def test_the_weekly_look_keeps_its_place_where_more_than_three_times_were_picked(
    chat: Chat, ada: Someone
) -> None:
    await ada.says("/remind every day at 8:00, 11:00, 14:00 and 20:00")
    await ada.says("/review thursday 18:00")
    await chat.passes(hours=13)
    assert await _told_at(chat, ada, "Your week is ready", 20) == datetime(2026, 11, 26, 17, tzinfo=UTC)
    await _hours(chat, 9)
    day = await chat.app.database.write(lambda store: _pushed(store, datetime(2026, 11, 26, 3, tzinfo=UTC)))
    assert len(day) == 4, day


async def test_the_weekly_look_does_not_come_on_the_day_it_was_set(chat: Chat, ada: Someone) -> None:
    await ada.says("/review wednesday 18:00")
    ada.hears("for the first time Wed 2 Dec, 18:00")
    assert await _told_at(chat, ada, "Your week is ready", 20) is None
    assert await _told_at(chat, ada, "Your week is ready", 24 * 7) == datetime(2026, 12, 2, 17, tzinfo=UTC)


async def test_the_question_after_a_late_session_waits_for_the_morning(chat: Chat, ada: Someone) -> None:
    await _quiet(ada, "17:00 to 08:00")
    await ada.says("/session today at 17:00")
    at = await _told_at(chat, ada, "Anything from yesterday that is worth keeping?", 24)
    assert at == datetime(2026, 11, 26, 7, tzinfo=UTC)


async def test_the_look_in_after_a_card_comes_by_day(chat: Chat, ada: Someone) -> None:
    await ada.says("/privacy")
    await ada.taps("Look in on me the day after")
    await chat.passes(hours=13)
    await ada.says(HEAVY)
    at = await _told_at(chat, ada, "asked me to look in", 48)
    assert at == datetime(2026, 11, 27, 9, tzinfo=UTC)


async def test_no_wording_comes_again_within_ten_though_the_week_is_told_in_between(
    chat: Chat, ada: Someone
) -> None:
    await ada.says("/remind every day at 12:00")
    await ada.says("/review sunday 12:00")
    await chat.passes(hours=2)
    for _ in range(30):
        if "Did it" in ada.messages[-1].labels:
            await ada.taps("Did it", on=ada.messages[-1])
        await chat.passes(hours=24)
    rows = await chat.app.database.write(lambda store: list(store.session.exec(select(Nudge)).all()))
    texts = [row.wording for row in sorted(rows, key=lambda row: row.due_at) if row.outcome != "told"]
    assert len(texts) >= 20
    assert not [each for number, each in enumerate(texts) if each in texts[max(0, number - 10) : number]]
