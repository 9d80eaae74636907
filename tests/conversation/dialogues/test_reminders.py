from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.conversation.diary import Diary
from tests.chat import Chat, Someone


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("every weekday at 7:30 and 21:00", "every weekday at 07:30 and 21:00. Next: Wed 25 Nov, 21:00"),
        ("mon wed fri 19h", "every Monday, Wednesday, and Friday at 19:00. Next: Wed 25 Nov, 19:00"),
        ("in 2 hours", "once, Wed 25 Nov, 12:00. Next: Wed 25 Nov, 12:00"),
        ("weekends at 10:00", "every weekend at 10:00. Next: Sat 28 Nov, 10:00"),
        ("every other day at noon", "every 2 days at 12:00"),
        ("every second week on monday at 9:00", "every 2 weeks on Monday at 09:00"),
        ("tomorrow at 8:00", "once, Thu 26 Nov, 08:00"),
        ("on the 1st of every month at 9:00", "every month on the 1. at 09:00. Next: Tue 1 Dec, 09:00"),
    ],
)
async def test_one_message_sets_a_reminder_and_says_it_back(ada: Someone, says: str, told: str) -> None:
    await ada.says(f"/remind {says}")
    ada.hears(told)


async def test_a_command_without_its_slash_asks_as_the_command_does(ada: Someone) -> None:
    await ada.says("Remind!")
    ada.hears("When shall I nudge you?")
    await ada.says("stop")
    ada.hears("left there")


async def test_step_by_step_by_a_tap(ada: Someone) -> None:
    await ada.says("/remind")
    ada.hears("When shall I nudge you?")
    await ada.taps("Every day at 08:00")
    ada.hears("every day at 08:00. Next: Thu 26 Nov, 08:00")


async def test_morning_or_evening_is_asked_and_typed_or_tapped(ada: Someone) -> None:
    await ada.says("/remind mon wed fri at half seven")
    asked = ada.hears("Morning or evening?")
    assert asked.labels[:2] == [
        "every Monday, Wednesday, and Friday at 07:30",
        "every Monday, Wednesday, and Friday at 19:30",
    ]
    await ada.taps("every Monday, Wednesday, and Friday at 19:30")
    ada.hears("every Monday, Wednesday, and Friday at 19:30. Next: Wed 25 Nov, 19:30")


@pytest.mark.parametrize(("says", "at"), [("in the morning", "07:30"), ("evening", "19:30"), ("pm", "19:30")])
async def test_the_half_of_the_day_may_be_typed_and_keeps_the_days(ada: Someone, says: str, at: str) -> None:
    await ada.says("/remind mon wed fri at half seven")
    ada.hears("Morning or evening?")
    await ada.says(says)
    ada.hears(f"every Monday, Wednesday, and Friday at {at}")


@pytest.mark.parametrize("answers", ["yes", "tap"])
async def test_what_is_told_in_an_unusual_way_is_said_back_and_asked_about(
    ada: Someone, answers: str
) -> None:
    await ada.says("/remind mornings i guess")
    asked = ada.hears("Is that what you mean?")
    assert asked.labels == ["every day at 08:00", "Cancel"]
    await (ada.taps("every day at 08:00") if answers == "tap" else ada.says(answers))
    ada.hears("every day at 08:00. Next: Thu 26 Nov, 08:00")


async def test_what_was_not_meant_may_be_told_another_way(ada: Someone) -> None:
    await ada.says("/remind mornings i guess")
    ada.hears("Is that what you mean?")
    await ada.says("no")
    ada.hears("You can write, for example")
    await ada.says("8:30")
    ada.hears("every day at 08:30")


@pytest.mark.parametrize(
    ("says", "answer"),
    [
        ("whenever the moon is full", 'I didn\'t understand "whenever"'),
        ("25:00", '"25:00" isn\'t a time there is'),
        ("weekdays", "At what time?"),
        ("today at 9:00", "That time is past"),
        ("after my session", "I don't know when your sessions are yet"),
        ("every 5 months at 8:00", "can't do"),
    ],
)
async def test_what_is_not_understood_is_said_with_an_example_and_asked_again(
    ada: Someone, says: str, answer: str
) -> None:
    await ada.says(f"/remind {says}")
    ada.hears(answer)
    await ada.says("weekdays at 7:30")
    ada.hears("every weekday at 07:30")


async def test_a_question_can_be_cancelled(ada: Someone) -> None:
    await ada.says("/remind")
    await ada.taps("Cancel")
    ada.hears("left there")
    await ada.says("/cancel")
    ada.hears("nothing to cancel")
    await ada.says("/remind")
    await ada.says("/cancel")
    ada.hears("left there")


async def test_reminders_are_listed_changed_deleted_and_brought_back(ada: Someone) -> None:
    await ada.says("/reminders")
    ada.hears("no reminders yet")
    await ada.says("/remind every day at 8:00")
    await ada.says("/remind every day at 20:00")
    await ada.says("/reminders")
    ada.hears("1. every day at 08:00. Next: Thu 26 Nov, 08:00", "2. every day at 20:00", "That's all of them")
    await ada.taps("Change")
    ada.hears("This one says: every day at 20:00")
    await ada.says("every day at 21:00")
    ada.hears("every day at 21:00")
    await ada.says("/reminders")
    ada.hears("every day at 08:00", "every day at 21:00")
    await ada.taps("Delete")
    ada.hears("Deleted: every day at 21:00")
    await ada.taps("Undo")
    ada.hears("the reminder is back")
    await ada.says("/reminders")
    ada.hears("every day at 21:00. Next: Wed 25 Nov, 21:00")


async def test_a_reminder_that_is_gone_is_owned_up_to(ada: Someone) -> None:
    await ada.says("/remind every day at 8:00")
    await ada.says("/reminders")
    listed = next(message for message in ada.messages if message.wire.text.startswith("1."))
    await ada.taps("Delete", on=listed)
    ada.hears("Deleted")
    await ada.presses(f"r:{listed.ref}:delete")
    ada.hears("isn't there any more")


async def test_without_a_zone_limber_says_whose_clock_it_reads(chat: Chat) -> None:
    ada = chat.person("ada")
    await ada.says("/start")
    await ada.taps("I agree")
    await ada.says("/remind every day at 8:00")
    ada.hears("on the clock of UTC")


async def test_a_reminder_while_paused_waits(ada: Someone) -> None:
    await ada.says("/pause")
    await ada.taps("Until I say so")
    ada.hears("No nudges until you send /resume")
    await ada.says("/remind every day at 8:00")
    ada.hears("once you resume")
    await ada.says("/reminders")
    ada.hears("Resting for now")
    await ada.says("/resume")
    ada.hears("Next: Thu 26 Nov, 08:00")


async def test_after_my_session_is_an_hour_after_it_begins(ada: Someone) -> None:
    await ada.says("/session Tue 4pm")
    await ada.says("/remind after my session")
    ada.hears("once, Tue 1 Dec, 17:00")


async def _nudged_at(chat: Chat, ada: Someone, days: int) -> list[datetime]:
    """When nudges came on the next days, to the minute, from nine to twelve."""
    came = []
    for _ in range(days):
        for _ in range(3 * 12):
            before = len(ada.messages)
            await chat.passes(minutes=5)
            came += [chat.clock.now()] * ("Did it" in ada.messages[-1].labels and len(ada.messages) > before)
        await ada.says("/help")
        await chat.passes(hours=21)
    return came


async def test_a_window_is_one_nudge_at_another_minute_each_day(chat: Chat, ada: Someone) -> None:
    await ada.says("/plan stop")
    await ada.taps("Skip")
    await ada.taps("Skip")
    await ada.says("/remind every day between 9:00 and 11:00 am")
    ada.hears("every day between 09:00 and 11:00. Next:", "at some minute in between")
    await ada.says("/cancel")
    await chat.passes(hours=22, minutes=59)
    came = await _nudged_at(chat, ada, 5)
    local = [at.astimezone(ZoneInfo("Europe/Berlin")) for at in came]
    assert len({at.date() for at in local}) == len(local) == 5
    assert all(time(9) <= at.time() <= time(11, 5) for at in local)
    assert len({at.time() for at in local}) > 1


async def test_a_window_is_listed_changed_and_undone(chat: Chat, ada: Someone) -> None:
    await ada.says("/remind weekdays between 14:00 and 16:00")
    await ada.says("/reminders")
    ada.hears("every weekday between 14:00 and 16:00", "at some minute in between")
    await ada.taps("Change")
    await ada.says("every day at 8:00")
    ada.hears("every day at 08:00")
    await ada.says("/undo")
    await ada.says("/undo")
    await ada.says("/reminders")
    ada.hears("every weekday between 14:00 and 16:00")


async def test_a_practice_before_it_covers_the_nudge_of_a_window(chat: Chat, ada: Someone) -> None:
    await ada.says("/plan stop")
    await ada.taps("Skip")
    await ada.taps("Skip")
    await ada.says("/remind every day between 14:00 and 16:00")
    await ada.says("/log did it, 5 min, calmer")
    await ada.says("/cancel")
    before = len(ada.messages)
    for _ in range(8):
        await chat.passes(hours=1)
    assert len(ada.messages) == before


async def test_a_window_once(chat: Chat, ada: Someone) -> None:
    await ada.says("/remind tomorrow between 14:00 and 16:00")
    ada.hears("once, Thu 26 Nov, between 14:00 and 16:00")


async def test_what_comes_up_tells_of_a_window_but_not_its_minute(chat: Chat, ada: Someone) -> None:
    await ada.says("/remind every day between 18:00 and 20:00")
    (item,) = await Diary(chat.app.database, chat.app.catalogues, chat.clock).upcoming("ada")
    assert item["at"] == "2026-11-25T17:00:00+00:00"
    assert item["until"] == "2026-11-25T19:00:00+00:00"
