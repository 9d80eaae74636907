"""The weekly look, off until chosen, kept within quiet times and three messages a day; and the look back."""

from tests.chat import Chat, Someone


async def _logged(chat: Chat, ada: Someone, times: int) -> None:
    await ada.says("/plan worry time")
    await ada.says("/cancel")
    for number in range(times):
        await ada.says("/log did it")
        await ada.says(f"I noticed {number} things")
        await ada.says("/cancel")
        chat.clock.move(days=1)
    ada.heard = len(ada.messages)


async def test_nothing_comes_until_it_was_chosen(chat: Chat, ada: Someone) -> None:
    await _logged(chat, ada, 5)
    await chat.passes(days=9)
    ada.hears_nothing()


async def test_the_week_quotes_asks_and_changes_the_plan_with_one_tap(chat: Chat, ada: Someone) -> None:
    await _logged(chat, ada, 5)
    await ada.says("/review")
    ada.hears(
        "Your week", "You practised on 5 days", "I noticed 4 things", "Next week: Worry time, on 5 days"
    )
    await ada.taps("Easier")
    ada.hears("Worry time: 4 days next week, the tiny version")
    await ada.says("/undo")
    await ada.says("/review")
    ada.hears("Next week: Worry time, on 5 days")
    await ada.taps("More")
    ada.hears("6 days next week")
    await ada.presses("rev:show")
    ada.hears("on 6 days")
    await ada.taps("One question")
    await ada.says("going for a walk first")
    ada.hears("Kept")
    await ada.says("/review")
    ada.hears("going for a walk first")
    await ada.taps("The same")
    ada.hears("stays as it is")


async def test_it_comes_when_it_was_asked_for_and_says_nothing_telling(chat: Chat, ada: Someone) -> None:
    await _logged(chat, ada, 2)
    await ada.says("/review sunday 18:00")
    ada.hears("ready every Sunday at 18:00")
    ada.heard = len(ada.messages)
    await chat.passes(days=2, hours=8, minutes=1)
    pushed = ada.hears("Your week is ready to look at")
    assert "worry" not in pushed.wire.text.lower()
    await ada.taps("Show it")
    assert ada.sees("Your week", "Worry time").ref == pushed.ref
    ada.heard = len(ada.messages)
    await chat.passes(days=7)
    ada.hears("Your week is ready")
    await ada.says("/review off")
    ada.heard = len(ada.messages)
    await chat.passes(days=14)
    ada.hears_nothing()


async def test_a_time_is_picked_by_taps_and_taken_back(chat: Chat, ada: Someone) -> None:
    await ada.says("/review")
    await ada.taps("Have this weekly")
    await ada.says("every day at 8")
    ada.hears("One day of the week")
    await ada.taps("Mondays at 09:00")
    ada.hears("Monday at 09:00")
    await ada.taps("Undo")
    ada.heard = len(ada.messages)
    await chat.passes(days=8)
    ada.hears_nothing()


async def test_it_is_one_of_three_messages_a_day(chat: Chat, ada: Someone) -> None:
    await ada.says("/review thursday 18:00")
    for hour in (11, 13, 15):
        await ada.says(f"/remind tomorrow at {hour}:00")
    for _ in range(8 * 4):
        await chat.passes(minutes=60)
    told = [message for message in ada.messages if "Your week is ready" in message.wire.text]
    assert told == []
    await chat.passes(hours=26)
    told = [message for message in ada.messages if "Your week is ready" in message.wire.text]
    assert len(told) == 1, "it comes on the day after"


async def test_a_look_back_tells_of_learning_and_returning(chat: Chat, ada: Someone) -> None:
    await ada.says("/year")
    ada.hears("No practice logged yet", "from 5 practices on")
    await _logged(chat, ada, 4)
    chat.clock.move(days=20)
    await _logged(chat, ada, 3)
    await ada.says("/year")
    said = ada.hears(
        "Practice on 7 days: Worry time",
        "7 times you put into words what you noticed",
        "Once you came back after a week or more away",
        'Early on you noted: "I noticed 0 things"',
        'And lately: "I noticed 2 things"',
    )
    assert said.attachment is not None
    for words in ("in a row", "streak", "missed"):
        assert words not in said.wire.text
