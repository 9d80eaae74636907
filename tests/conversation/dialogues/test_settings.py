"""Everything that is set can be seen and changed, in one message with Back on every screen."""

from collections.abc import Callable

import pytest

from bot.store.tables import Person
from bot.store.unit import Store
from tests.chat import PLATFORM, Chat, Someone


async def _person(chat: Chat) -> Person:
    def read(store: Store) -> Person:
        party = store.people.find(PLATFORM, "ada")
        assert party is not None
        return party.person

    return await chat.app.database.write(read)


SET: list[tuple[str, str, str, Callable[[Person], object], object]] = [
    (
        "Quiet hours",
        "22:00 to 07:00",
        "from 22:00 to 07:00 now",
        lambda p: (p.quiet_from, p.quiet_to),
        (1320, 420),
    ),
    ("Ask once more", "Turn it on", "is on", lambda p: p.repeats, True),
    ("Rhythm", "Turn it on", "is on", lambda p: p.rhythm, True),
    ("When my day ends", "02:00", "ends at 02:00", lambda p: p.day_ends_at, 120),
    ("Lock screen", "Name my skill", "may name your skill", lambda p: p.full_text, True),
    ("Pictures", "Dark", "dark", lambda p: p.theme, "dark"),
]


@pytest.mark.parametrize(("screen", "choice", "told", "column", "value"), SET, ids=[each[0] for each in SET])
async def test_each_setting_is_set_told_and_undone_in_one_message(
    chat: Chat,
    ada: Someone,
    screen: str,
    choice: str,
    told: str,
    column: Callable[[Person], object],
    value: object,
) -> None:
    before = column(await _person(chat))
    await ada.says("/settings")
    message, shown = ada.messages[-1], len(ada.messages)
    await ada.taps(screen, on=message)
    assert "Back" in message.labels
    await ada.taps(choice, on=message)
    assert told in message.wire.text
    assert column(await _person(chat)) == value
    await ada.taps("Back", on=message)
    assert message.wire.text.startswith("<b>Settings</b>")
    assert len(ada.messages) == shown
    await ada.says("/undo")
    ada.hears("that setting is as it was")
    assert column(await _person(chat)) == before


async def test_quiet_hours_are_typed_as_people_type_them(chat: Chat, ada: Someone) -> None:
    await ada.says("/settings")
    await ada.taps("Quiet hours")
    await ada.taps("Other hours")
    ada.hears("From when to when?")
    await ada.says("at night")
    ada.hears("I need two times")
    await ada.says("9:30pm until 8")
    ada.hears("They are from 21:30 to 08:00 now")
    person = await _person(chat)
    assert (person.quiet_from, person.quiet_to) == (21 * 60 + 30, 8 * 60)
    await ada.taps("None")
    ada.sees("There are none now")
    await ada.says("/undo")
    assert (await _person(chat)).quiet_from == 21 * 60 + 30


async def test_a_time_inside_the_quiet_hours_is_told(chat: Chat, ada: Someone) -> None:
    await ada.says("/remind every day at 23:00")
    await ada.says("/settings")
    await ada.taps("Quiet hours")
    await ada.taps("22:00 to 07:00")
    ada.sees("They cover a time you set", "every day at 23:00")
    await ada.says("/remind every day at 6:30")
    ada.hears("That is in your quiet hours (22:00 to 07:00)")


async def test_the_times_of_nudges_are_shown_with_the_way_to_change_them(chat: Chat, ada: Someone) -> None:
    await ada.says("/settings")
    await ada.taps("Times of nudges")
    assert "none yet" in ada.sees("Weekends can have their own").wire.text
    await ada.says("/remind weekdays at 7:30 and weekends at 10:00")
    await ada.says("/settings")
    await ada.taps("Times of nudges")
    ada.sees("every weekday at 07:30", "every weekend at 10:00")


async def test_an_open_question_stays_open(chat: Chat, ada: Someone) -> None:
    await ada.says("/log did it")
    await ada.says("/settings")
    await ada.taps("Rhythm")
    await ada.taps("Turn it on")
    await ada.says("my shoulders dropped")
    ada.hears("Kept with it")


async def test_rhythm_is_told_to_those_who_ask_for_it(chat: Chat, ada: Someone) -> None:
    await ada.says("/remind every day at 12:00")
    for _ in range(6):
        await ada.says("/log did it, 5 min, calmer")
        await ada.says("/cancel")
        chat.clock.move(days=1)
    await ada.says("/progress")
    await ada.taps("Details")
    assert all("Rhythm" not in each.wire.text for each in ada.messages)
    await ada.says("/settings")
    await ada.taps("Rhythm")
    await ada.taps("Turn it on")
    before = len(ada.messages)
    await ada.says("/progress")
    await ada.taps("Details")
    assert any("6 planned days with practice" in each.wire.text for each in ada.messages[before:])


@pytest.mark.parametrize(
    "forged",
    ["set:nonsense", "set:day=77", "set:quiet=0-1", "set:again=maybe", "set:main=1", "set:theme=dark"],
)
async def test_a_forged_setting_changes_nothing(chat: Chat, ada: Someone, forged: str) -> None:
    before = await _person(chat)
    await ada.presses(forged)
    ada.hears("nothing was changed")
    assert (await _person(chat)).model_dump(exclude={"last_seen_at"}) == before.model_dump(
        exclude={"last_seen_at"}
    )
