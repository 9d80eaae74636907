import pytest

from tests.chat import Chat, Someone


@pytest.fixture
async def planned(ada: Someone) -> Someone:
    await ada.says("/plan box breathing")
    await ada.taps("Skip")
    await ada.taps("Skip")
    ada.hears("")
    return ada


async def test_a_rule_nobody_asked_for_is_a_reminder(planned: Someone) -> None:
    await planned.says("every weekday at 7:30")
    planned.hears("I'll nudge you every weekday at 07:30")


async def test_a_rule_that_leaves_something_open_is_asked_about(planned: Someone) -> None:
    await planned.says("mon wed fri at half seven")
    message = planned.hears("Morning or evening?")
    assert len(message.labels) == 3
    await planned.taps(message.labels[1])
    planned.hears("every Monday, Wednesday, and Friday at 19:30")


async def test_where_someone_is_moves_their_clock_once_they_say_so(planned: Someone) -> None:
    await planned.says("I'm in Bombay")
    planned.hears("Mumbai", "Shall your clock move there?")
    await planned.taps("Yes, I'm there")
    planned.hears("Mumbai it is")
    await planned.says("/settings")
    planned.hears("Asia/Kolkata")


async def test_a_place_that_someone_is_not_at_moves_nothing(planned: Someone) -> None:
    await planned.says("I'm in Bombay")
    await planned.taps("No, thanks")
    planned.hears("your clock stays as it is")
    await planned.says("/settings")
    assert "Kolkata" not in planned.hears("Time zone").wire.text


async def test_a_forged_place_moves_nothing(planned: Someone) -> None:
    await planned.presses("here:Nowhere/Atlantis")
    await planned.says("/settings")
    assert "Atlantis" not in planned.hears("Time zone").wire.text


async def test_a_practice_nobody_asked_about_is_logged(planned: Someone) -> None:
    await planned.says("did it twice, 10 min, nerves from 8 down to 5")
    planned.hears("Logged: did it · 2 times · 10 minutes · 8 before, 5 after")


@pytest.mark.parametrize("words", ["my sister called today", "I'm in trouble with the rent", "hm", "8"])
async def test_anything_else_is_kept_as_a_note(planned: Someone, words: str) -> None:
    await planned.says(words)
    planned.hears("I kept that as a note")


async def test_a_reminder_names_the_skill_it_is_for(chat: Chat, planned: Someone) -> None:
    await planned.says("/plan worry time")
    await planned.taps("Skip")
    await planned.taps("Skip")
    await planned.says("/remind box breathing every day at 12:30")
    planned.hears("every day at 12:30", "It's for Box breathing")
    await planned.taps("For another skill")
    await planned.taps("Worry time")
    planned.hears("It's for Worry time now")
