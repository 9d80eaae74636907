"""Appointments with the therapist, and what changes when there are no more of them."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import TypeVar

import pytest

from bot.conversation.appointments import next_session
from bot.conversation.dialogues.after_treatment import maintenance_due
from bot.practice.schedule import local_day
from bot.store.people import Party
from bot.store.unit import Store
from tests.chat import PLATFORM, Chat, Someone

Found = TypeVar("Found")


async def look(chat: Chat, at: Callable[[Store, Party], Found]) -> Found:
    def read(store: Store) -> Found:
        party = store.people.find(PLATFORM, "ada")
        assert party is not None
        return at(store, party)

    return await chat.app.database.write(read)


async def next_one(chat: Chat) -> datetime | None:
    return await look(chat, lambda store, party: next_session(store, party.person.id, chat.clock.now()))


async def kinds(chat: Chat) -> dict[str, datetime | None]:
    return await look(
        chat,
        lambda store, party: {
            row.kind: row.next_due_at
            for row in store.reminders.all_of(party.person.id)
            if row.ended_at is None or row.kind == "resting"
        },
    )


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("Tue 4pm", "Tue 1 Dec, 16:00"),
        ("every second Tuesday 16:00", "every 2 weeks on Tuesday at 16:00. Next: Tue 1 Dec, 16:00"),
        ("tomorrow at 9:00", "Session on Thu 26 Nov, 09:00"),
    ],
)
async def test_when_the_session_is_gets_read_and_said_back(ada: Someone, says: str, told: str) -> None:
    await ada.says(f"/session {says}")
    ada.hears("Noted:", told)


async def test_step_by_step_with_a_question_back(ada: Someone) -> None:
    await ada.says("/session")
    ada.hears("When is your next session?")
    await ada.says("whenever she likes")
    ada.hears("I didn't understand")
    await ada.says("mon and tue at 9:00 and 16:00")
    ada.hears("Noted:")


async def test_half_past_which_is_asked(ada: Someone) -> None:
    await ada.says("/session thursday at half seven")
    asked = ada.hears("Morning or evening?")
    await ada.taps(asked.labels[1])
    ada.hears("19:30")


async def test_a_series_goes_on_by_itself_and_one_appointment_does_not(chat: Chat, ada: Someone) -> None:
    await ada.says("/session every second tuesday 16:00")
    assert await next_one(chat) == datetime(2026, 12, 1, 15, tzinfo=UTC)
    await ada.taps("No, Tue 8 Dec, 16:00")
    ada.hears("Next: Tue 8 Dec, 16:00")
    await ada.taps("No, Tue 1 Dec, 16:00")
    assert await next_one(chat) == datetime(2026, 12, 1, 15, tzinfo=UTC)
    await chat.passes(days=7)
    assert await next_one(chat) == datetime(2026, 12, 15, 15, tzinfo=UTC)
    await ada.says("/session tomorrow at 9:00")
    assert await next_one(chat) == datetime(2026, 12, 3, 8, tzinfo=UTC)
    await chat.passes(days=2)
    assert await next_one(chat) == datetime(2026, 12, 15, 15, tzinfo=UTC)


async def test_change_and_delete_and_undo_both(chat: Chat, ada: Someone) -> None:
    await ada.says("/session tomorrow at 9:00")
    await ada.says("/session")
    await ada.taps("Change")
    await ada.says("tomorrow at 11:00")
    ada.hears("Thu 26 Nov, 11:00")
    await ada.taps("Undo")
    ada.hears("as it was")
    assert await next_one(chat) == datetime(2026, 11, 26, 8, tzinfo=UTC)

    await ada.says("/session")
    await ada.taps("Delete")
    assert await next_one(chat) is None
    await ada.taps("Undo")
    assert await next_one(chat) == datetime(2026, 11, 26, 8, tzinfo=UTC)


async def ends(ada: Someone) -> None:
    await ada.says("/remind every day at 08:00")
    await ada.says("/session ended")
    ada.hears("Therapy's ending; your skills aren't")
    await ada.taps("Yes, therapy has ended")


async def test_the_end_of_treatment_is_confirmed_first(chat: Chat, ada: Someone) -> None:
    await ada.says("/remind every day at 08:00")
    await ada.says("/session ended")
    await ada.taps("Leave it as it is")
    ada.hears("everything stays as it is")
    assert set(await kinds(chat)) == {"practice"}


async def test_practice_nudges_rest_and_the_ladder_begins(chat: Chat, ada: Someone) -> None:
    await ends(ada)
    ada.hears("The next nudge comes on Wed 2 Dec, 08:00")
    found = await kinds(chat)
    assert found["resting"] is None
    assert found["maintenance"] == datetime(2026, 12, 2, 7, tzinfo=UTC)
    assert found["early_signs"] == datetime(2026, 12, 23, 7, tzinfo=UTC)


async def test_a_change_of_zone_does_not_wake_what_rests(chat: Chat, ada: Someone) -> None:
    await ends(ada)
    await ada.says("/timezone America/New_York")
    assert (await kinds(chat))["resting"] is None


async def test_one_tap_brings_full_support_back(chat: Chat, ada: Someone) -> None:
    await ends(ada)
    await chat.passes(days=3)
    await ada.taps("Back to full support")
    ada.hears("on again, as they were")
    assert await kinds(chat) == {"practice": datetime(2026, 11, 29, 7, tzinfo=UTC)}
    await ada.taps("Undo")
    ada.hears("few again")
    assert set(await kinds(chat)) == {"resting", "maintenance", "early_signs"}
    await ada.says("/session ended")
    ada.hears("full support is one tap away")


async def test_the_end_of_treatment_can_be_undone(chat: Chat, ada: Someone) -> None:
    await ends(ada)
    await ada.taps("Undo")
    ada.hears("on as before")
    assert await kinds(chat) == {"practice": datetime(2026, 11, 26, 7, tzinfo=UTC)}


async def test_the_ladder_widens(chat: Chat, ada: Someone) -> None:
    await ends(ada)
    zone = ada.chat.clock.now().tzinfo
    assert zone is not None
    last, found = local_day(chat.clock.now(), zone), []
    for sent in range(5):
        due = maintenance_due(last, sent, time(8), zone)
        found.append((due.date() - last) // timedelta(weeks=1))
        last = due.date()
    assert found == [1, 2, 4, 8, 8]
