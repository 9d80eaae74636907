import pytest
from sqlmodel import select

from bot.store.tables import Nudge, Practice
from tests.chat import Chat, Someone


@pytest.fixture
async def nudged(chat: Chat, ada: Someone) -> Someone:
    """Ada, who was nudged just now."""
    await ada.says("/remind in 1 minute")
    ada.hears("Next")
    await chat.passes(minutes=1)
    ada.hears("")
    return ada


async def _outcomes(chat: Chat) -> list[str | None]:
    nudges = await chat.app.database.read(lambda store: store.session.exec(select(Nudge)).all())
    return [nudge.outcome for nudge in nudges]


async def test_one_tap_logs_it(chat: Chat, nudged: Someone) -> None:
    await nudged.taps("Did it")
    nudged.hears("Logged: did it", "notice anything")
    assert await _outcomes(chat) == ["done"]
    practices = await chat.app.database.read(lambda store: store.session.exec(select(Practice)).all())
    assert [practice.nudge_id is not None for practice in practices] == [True]


async def test_the_tiny_version_counts(chat: Chat, nudged: Someone) -> None:
    await nudged.taps("Tiny version")
    nudged.hears("Logged: tiny version")
    assert await _outcomes(chat) == ["tiny"]


async def test_not_today_is_thanked_without_a_question(chat: Chat, nudged: Someone) -> None:
    await nudged.taps("Not today")
    heard = nudged.hears("not today. Thanks")
    assert "?" not in heard.wire.text
    assert await _outcomes(chat) == ["not_today"]
    await nudged.says("/undo")
    nudged.hears("open again")
    assert await _outcomes(chat) == [None]


async def test_one_message_logs_it_with_its_reflection(chat: Chat, nudged: Someone) -> None:
    await nudged.says("did it, 5 min, calmer")
    heard = nudged.hears("Logged: did it", "5 minutes")
    assert "?" not in heard.wire.text
    assert await _outcomes(chat) == ["done"]


@pytest.mark.parametrize(
    ("label", "minutes", "told"),
    [("In 30 minutes", 30, "10:31"), ("In 2 hours", 120, "12:01"), ("This evening", 599, "20:00")],
)
async def test_later_comes_back(chat: Chat, nudged: Someone, label: str, minutes: int, told: str) -> None:
    await nudged.taps("Later")
    nudged.hears("When shall I come back")
    await nudged.taps(label)
    nudged.hears(f"I'll be back Wed 25 Nov, {told}")
    await chat.passes(minutes=minutes - 1)
    nudged.hears_nothing()
    await chat.passes(minutes=1)
    assert "Did it" in nudged.hears("").labels


@pytest.mark.parametrize("says", ["at 21:00", "later, tonight at 9", "21:00"])
async def test_later_may_be_typed_as_a_time(nudged: Someone, says: str) -> None:
    await nudged.taps("Later")
    await nudged.says(says)
    nudged.hears("I'll be back Wed 25 Nov, 21:00")


async def test_a_delayed_nudge_and_the_next_one_do_not_come_together(chat: Chat, nudged: Someone) -> None:
    await nudged.says("later")
    nudged.hears("10:31")
    await nudged.says("/remind in 40 minutes")
    nudged.hears("10:41")
    await chat.passes(minutes=40)
    assert len(nudged.messages) - nudged.heard == 1


async def test_tomorrow_means_the_same_time_tomorrow(nudged: Someone) -> None:
    await nudged.taps("Later")
    await nudged.taps("Tomorrow, same time")
    nudged.hears("Thu 26 Nov, 10:01")


async def test_a_nudge_pressed_twice_is_logged_once(chat: Chat, nudged: Someone) -> None:
    nudge = next(message for message in reversed(nudged.messages) if "Did it" in message.labels)
    press = nudge.wire.buttons[0][0].press
    await nudged.presses(press)
    nudged.hears("Logged")
    await nudged.presses(press)
    nudged.hears("logged already")


async def test_a_nudge_works_days_later_and_in_the_middle_of_something_else(
    chat: Chat, nudged: Someone
) -> None:
    nudge = next(message for message in reversed(nudged.messages) if "Did it" in message.labels)
    chat.clock.move(days=3)
    await nudged.says("/log")
    nudged.hears("How did it go?")
    await nudged.taps("Did it", on=nudge)
    nudged.hears("Logged: did it")


async def test_words_in_reply_to_the_nudge_go_to_it_even_in_the_middle(chat: Chat, nudged: Someone) -> None:
    nudge = next(message for message in reversed(nudged.messages) if "Did it" in message.labels)
    await nudged.says("/remind")
    nudged.hears("When shall I nudge you?")
    await nudged.says("did it, 3 min, fine", reply_to=nudge.ref)
    nudged.hears("Logged: did it", "3 minutes")
    assert await _outcomes(chat) == ["done"]


async def test_unclear_words_are_kept_and_asked_about(chat: Chat, nudged: Someone) -> None:
    await nudged.says("the weather is grey over the harbour")
    assert "Did it" in nudged.hears("kept your words as a note", "Was it a practice?").labels
    assert await _outcomes(chat) == [None]


async def test_an_old_nudge_does_not_catch_words_for_ever(chat: Chat, nudged: Someone) -> None:
    chat.clock.move(hours=37)
    await nudged.says("did it, 5 min, calmer")
    nudged.hears("kept that as a note")
    assert await _outcomes(chat) == [None]


async def test_later_asks_for_nothing_else(chat: Chat, nudged: Someone) -> None:
    await nudged.says("/log did it")
    nudged.hears("notice anything")
    await nudged.taps("Later")
    heard = nudged.hears("When shall I come back to it?")
    assert "notice anything" not in heard.wire.text


async def test_later_can_be_after_the_session_where_one_is_near(nudged: Someone) -> None:
    await nudged.says("/session today 16:00")
    await nudged.taps("Later")
    await nudged.taps("After my session")
    nudged.hears("I'll be back Wed 25 Nov, 17:00")


async def test_no_session_no_such_choice(nudged: Someone) -> None:
    await nudged.taps("Later")
    assert "After my session" not in nudged.hears("When shall I come back").labels


async def test_later_can_be_said_as_after_my_session(nudged: Someone) -> None:
    nudge = nudged.messages[-1]
    await nudged.says("/session today 16:00")
    await nudged.says("after my session", reply_to=nudge.ref)
    nudged.hears("I'll be back Wed 25 Nov, 17:00")
