"""Letters to oneself, for a date or a hard day."""

from datetime import UTC, date, datetime

from bot.conversation.dialogues.letter import delivery
from bot.store.unit import Store
from bot.texts import Text, t
from tests.chat import PLATFORM, Chat, Someone


async def writes(ada: Someone, words: str) -> None:
    await ada.says("/letter")
    if "Write a letter" in ada.messages[-1].labels:
        await ada.taps("Write a letter")
    await ada.says(words)


async def test_a_letter_for_a_hard_day_waits_until_it_is_wanted(ada: Someone) -> None:
    await writes(ada, "You got through March.")
    ada.hears("When shall it reach you?")
    await ada.taps("On a hard day")
    ada.hears("Kept for a hard day")

    await ada.says("/letter")
    ada.hears("for a hard day")
    await ada.taps("I need it now")
    ada.hears("A letter from you, written on Wed 25 Nov", "You got through March.")


async def test_a_slip_offers_it(ada: Someone) -> None:
    await writes(ada, "You got through March.")
    await ada.taps("On a hard day")
    await ada.says("/slip again")
    for _ in range(4):
        await ada.taps("Skip")
    await ada.taps("My letter to myself")
    ada.hears("You got through March.")


async def test_a_date_is_read_and_said_back(ada: Someone) -> None:
    await writes(ada, "Hello again.")
    await ada.says("whenever")
    ada.hears("Try one such as 3 May")
    await ada.says("3 May")
    ada.hears("It will reach you on Mon 3 May")


async def test_a_dated_letter_comes_due_in_the_morning_and_is_delivered_once(
    chat: Chat, ada: Someone
) -> None:
    await writes(ada, "Hello again.")
    await ada.taps("In a month")
    ada.hears("It will reach you on Fri 25 Dec")

    def look(store: Store) -> tuple[datetime | None, list[Text]]:
        party = store.people.find(PLATFORM, "ada")
        assert party is not None
        (reminder,) = store.reminders.of(party.person.id, "letter")
        due = store.letters.due(party.person.id, date(2026, 12, 25))
        assert due is not None
        said = []
        for full_text in (False, True):
            party.person.full_text = full_text
            found = delivery(store, party.person, due.id, chat.clock.now())
            assert found is not None
            said.append(found.text)
        assert store.letters.due(party.person.id, date(2026, 12, 25)) is None
        return reminder.next_due_at, said

    at, (discreet, full) = await chat.app.database.write(look)
    assert at == datetime(2026, 12, 25, 9, tzinfo=UTC)
    assert discreet == t("letter.arrived")
    assert full.args["words"] == "Hello again."


async def test_a_deleted_letter_comes_back_by_undoing(chat: Chat, ada: Someone) -> None:
    await writes(ada, "Hello again.")
    await ada.taps("In a month")
    await ada.says("/timezone America/New_York")
    await ada.says("/letter")
    await ada.taps("Delete")
    ada.hears("The letter is deleted")

    def reminders(store: Store) -> int:
        party = store.people.find(PLATFORM, "ada")
        assert party is not None
        return len(store.reminders.of(party.person.id, "letter"))

    assert await chat.app.database.write(reminders) == 0
    await ada.taps("Undo")
    ada.hears("the letter is back")
    assert await chat.app.database.write(reminders) == 1
    await ada.says("/letter")
    await ada.taps("Read")
    ada.hears("Hello again.")


async def test_nothing_is_kept_of_a_letter_that_is_dropped_or_undone(ada: Someone) -> None:
    await writes(ada, "No.")
    await ada.taps("Don't keep it")
    ada.hears("nothing is kept")
    await writes(ada, "No.")
    await ada.taps("On a hard day")
    await ada.taps("Undo")
    ada.hears("the letter is gone")
    await ada.says("/letter")
    ada.hears("When you feel steady you can write to yourself")
