"""What got in the way, how it was, and what is suggested from it."""

import pytest
from sqlmodel import select

from bot.store.tables import Obstacle, Plan, Practice, Reminder
from tests.chat import Chat, Someone


@pytest.fixture
async def daily(chat: Chat, ada: Someone) -> Someone:
    """Someone with a plan and a nudge every day at noon; it is ten in the morning in Berlin."""
    await ada.says("/plan stop")
    for _ in range(2):
        await ada.taps("Skip")
    await ada.says("/remind every day at 12:00")
    return ada


async def _of(
    chat: Chat, table: type[Plan] | type[Practice] | type[Obstacle] | type[Reminder]
) -> list[object]:
    return list(await chat.app.database.read(lambda store: store.session.exec(select(table)).all()))


async def _in_the_way(chat: Chat, who: Someone, barrier: str, days: int = 1) -> None:
    for _ in range(days):
        await chat.passes(hours=2)
        await who.taps("Not today")
        await who.taps("What got in the way?")
        who.hears("One tap, if you like")
        await who.taps(barrier)
        await chat.passes(hours=22)


async def test_each_barrier_has_one_answer_and_one_way_on(chat: Chat, daily: Someone) -> None:
    await chat.passes(hours=2)
    await daily.taps("Not today")
    await daily.taps("What got in the way?")
    await daily.taps("Didn't need it")
    message = daily.hears("Want fewer nudges for this one?")
    assert message.labels == ["Fewer nudges", "Undo"]
    await daily.taps("Fewer nudges")
    daily.hears("Once a week it is")
    await daily.says("/undo")
    daily.hears("as they were")
    await daily.says("/undo")
    daily.hears("taken back")
    assert await _of(chat, Obstacle) == []


async def test_too_hard_twice_suggests_the_tiny_one(chat: Chat, daily: Someone) -> None:
    await _in_the_way(chat, daily, "Too hard", 2)
    daily.hears("too hard 2 times lately")
    await daily.taps("Yes, please")
    daily.hears("For a week, the tiny version")
    (plan,) = await _of(chat, Plan)
    assert isinstance(plan, Plan)
    assert plan.tiny_until is not None


async def test_what_was_turned_down_is_not_suggested_again(chat: Chat, daily: Someone) -> None:
    await _in_the_way(chat, daily, "Too hard", 2)
    await daily.taps("Leave it")
    daily.hears("stays as it is")
    await _in_the_way(chat, daily, "Too hard")
    daily.hears("the step was too big")


async def test_forgotten_often_the_nudge_may_move(chat: Chat, daily: Someone) -> None:
    for _ in range(3):
        await chat.passes(hours=11)
        await daily.says("/log did it")
        await daily.says("/cancel")
        await chat.passes(hours=13)
    await _in_the_way(chat, daily, "I forgot", 3)
    daily.hears("slipped by 3 times at 12:00", "around 21:00")
    await daily.taps("Yes, please")
    daily.hears("The nudge comes at 21:00")
    (reminder,) = await _of(chat, Reminder)
    assert isinstance(reminder, Reminder)
    assert reminder.times == "21:00"
    await daily.says("/undo")
    daily.hears("old time")


async def test_why_is_asked_once_and_said_back(chat: Chat, daily: Someone) -> None:
    await _in_the_way(chat, daily, "Not sure why")
    await daily.taps("Why I picked it")
    daily.hears("in your own words")
    await daily.says("so that I can take the train")
    daily.hears("say it back")
    await _in_the_way(chat, daily, "Not sure why")
    await daily.taps("Why I picked it")
    daily.hears("so that I can take the train")


async def test_something_else_may_be_said_or_left(chat: Chat, daily: Someone) -> None:
    await _in_the_way(chat, daily, "Something else")
    await daily.says("the boiler broke")
    daily.hears("kept that as a note")


async def test_three_taps_tell_how_it_was(chat: Chat, daily: Someone) -> None:
    await daily.says("/log did it")
    shown = len(daily.messages)
    await daily.taps("Used it for real")
    daily.sees("Logged: did it · for real", "when it mattered", "?")
    await daily.taps("More")
    await daily.taps("It just happened")
    daily.sees("before the nudge", "?")
    await daily.taps("More")
    await daily.taps("Say more")
    await daily.taps("Well")
    await daily.taps("Some effort")
    await daily.taps("No time")
    daily.sees("Kept with it", "?")
    assert len(daily.messages) == shown
    (practice,) = await _of(chat, Practice)
    assert isinstance(practice, Practice)
    found = (practice.real, practice.start, practice.well, practice.hard, practice.barrier)
    assert found == (True, "just_happened", 3, 2, "no_time")
    await daily.says("/undo")
    daily.hears("says what it said before")


async def test_each_part_may_be_passed_over_and_none_forged(chat: Chat, daily: Someone) -> None:
    await daily.says("/log did it")
    await daily.taps("More")
    await daily.taps("Say more")
    for _ in range(3):
        await daily.taps("Skip", on=daily.messages[-1])
    (before,) = await _of(chat, Practice)
    assert isinstance(before, Practice)
    for forged in ("well=9", "hard=-1", "barrier=nonsense", "person_id=1", "minutes=5"):
        await daily.presses(f"ql:{before.id}:{forged}")
    (after,) = await _of(chat, Practice)
    assert after == before
