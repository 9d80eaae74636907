import pytest

from tests.chat import Chat, Someone


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("Berlin", "Berlin it is: 10:00 there now"),
        ("I'm in Bombay", "Mumbai it is: 14:30 there now"),
        ("America/New_York", "New York it is: 04:00 there now"),
        ("Kathmandu", "14:45 there now"),
        ("UTC+5:30", "fixed offset"),
    ],
)
async def test_a_place_sets_the_clock(ada: Someone, says: str, told: str) -> None:
    await ada.says(f"/timezone {says}")
    ada.hears(told)


async def test_a_place_that_may_be_several_is_asked_about(ada: Someone) -> None:
    await ada.says("/timezone Springfield")
    asked = ada.hears("more than one")
    assert len(asked.labels) > 2
    await ada.taps(asked.labels[0])
    ada.hears("there now")


async def test_a_misspelling_is_offered_and_an_unknown_place_declined(ada: Someone) -> None:
    await ada.says("/timezone")
    ada.hears("Where are you?")
    await ada.says("Kathmndu")
    assert ada.hears("Did you mean one of these?").labels[0].startswith("Kathmandu")
    await ada.says("Qqxzzy")
    ada.hears("A larger city nearby")
    await ada.taps("Cancel")
    ada.hears("left there")


async def test_a_shared_location_is_understood(ada: Someone) -> None:
    await ada.says("/timezone")
    await ada.shares(27.7, 85.3)
    ada.hears("Kathmandu it is: 14:45 there now")
    await ada.taps("Undo")
    ada.hears("your clock is Europe/Berlin again")


async def test_the_country_of_the_crisis_lines(ada: Someone) -> None:
    await ada.says("/country")
    ada.hears("Which country's")
    await ada.says("Atlantis under the sea")
    ada.hears("don't know a country")
    await ada.says("Ireland")
    ada.hears("lines of IE")
    await ada.says("/country US")
    ada.hears("lines of US")
    await ada.says("/crisis")
    ada.hears("988")
    await ada.says("/country")
    await ada.taps("Cancel")
    ada.hears("left there")


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("for 3 days", "Paused until Sat 28 Nov, 00:00"),
        ("until Monday", "Paused until Mon 30 Nov, 00:00"),
        ("for two weeks", "Paused until Wed 9 Dec, 00:00"),
        ("until 3 May", "Paused until Mon 3 May, 00:00"),
    ],
)
async def test_pause_in_one_message(ada: Someone, says: str, told: str) -> None:
    await ada.says(f"/pause {says}")
    ada.hears(told)


async def test_pause_step_by_step_and_back(ada: Someone) -> None:
    await ada.says("/resume")
    ada.hears("on already")
    await ada.says("/pause")
    ada.hears("How long")
    await ada.says("until the cows come home")
    ada.hears("didn't understand how long")
    await ada.says("/pause")
    await ada.taps("A week")
    ada.hears("Paused until Wed 2 Dec")
    await ada.taps("Resume")
    ada.hears("Nudges are on again")
    await ada.says("/undo")
    ada.hears("nudges rest again")
    await ada.says("/undo")
    ada.hears("nudges are on again")
    await ada.says("/pause")
    await ada.taps("Cancel")
    ada.hears("left there")


async def test_a_pause_changes_no_measure(chat: Chat, ada: Someone) -> None:
    await ada.says("/remind every day at 20:00")
    for _ in range(5):
        await ada.says("/log did it, 5 min")
        chat.clock.move(days=1)
    await ada.says("/progress")
    await ada.taps("Details")
    before = next(line for line in ada.sees("Momentum").wire.text.split("\n") if "Momentum" in line)
    await ada.says("/pause for 10 days")
    chat.clock.move(days=9)
    await ada.says("/progress")
    await ada.taps("Details")
    after = next(line for line in ada.sees("Momentum").wire.text.split("\n") if "Momentum" in line)
    assert before == after
