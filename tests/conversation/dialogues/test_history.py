"""Day by day: what was practised and written is paged, found, put right, taken out, and all of it undone."""

from datetime import date

import pytest

from bot.conversation.overview import overview
from bot.practice.insight import Facts
from bot.practice.summary import Window
from bot.store.unit import Store
from tests.chat import PLATFORM, Chat, Someone


async def _lives(chat: Chat, ada: Someone) -> None:
    await ada.says("/plan worry time")
    await ada.says("/cancel")
    await ada.says("/log 5 min")
    await ada.says("the worry was smaller on paper")
    await ada.says("/cancel")
    chat.clock.move(days=3)
    await ada.says("a note about the rain")
    await ada.says("/log tiny")
    await ada.says("/cancel")
    ada.heard = len(ada.messages)


async def _facts(chat: Chat) -> Facts:
    def read(store: Store) -> Facts:
        party = store.people.find(PLATFORM, "ada")
        assert party is not None
        return overview(store, party.person, Window.MONTH, chat.clock.now()).facts

    return await chat.app.database.read(read)


async def test_nothing_yet_says_so(ada: Someone) -> None:
    await ada.says("/history")
    ada.hears("Nothing is logged or written yet")


async def test_days_are_paged_in_place(chat: Chat, ada: Someone) -> None:
    await _lives(chat, ada)
    await ada.says("/history")
    page = ada.hears("Sat 28 Nov", "1. Worry time: tiny version", '3. Note: "a note about the rain"')
    await ada.taps("← Wed 25 Nov")
    told = ada.sees("Wed 25 Nov", "1. Worry time: did it · 5 minutes", '"the worry was smaller on paper"')
    assert told.ref == page.ref
    assert not [label for label in told.labels if label.startswith("←")]
    await ada.taps("Sat 28 Nov →")
    ada.sees("a note about the rain")


async def test_own_words_are_found_whatever_their_case_and_nobody_elses(chat: Chat, ada: Someone) -> None:
    await _lives(chat, ada)
    eve = chat.person("eve")
    await eve.says("/start")
    await eve.taps("I agree")
    await eve.says("/cancel")
    await eve.says("PAPER is mine")
    await ada.says("/history")
    await ada.taps("Find words")
    await ada.says("Paper")
    said = ada.hears("Where you wrote", 'Wed 25 Nov: "the worry was smaller on paper"')
    assert "mine" not in said.wire.text
    await ada.taps("See Wed 25 Nov")
    ada.hears("Worry time: did it")
    await ada.says("/history snow")
    ada.hears('I found no "snow"')


async def test_a_search_is_bounded_and_goes_on_further_back(
    chat: Chat, ada: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.history.AT_ONCE", 6)
    for number in range(9):
        await ada.says(f"the rain, again and again, number {number}")
    await ada.says("/history number")
    first = ada.hears("number 8", "number 4")
    assert "number 3" not in first.wire.text
    await ada.taps("Further back")
    ada.hears("number 3", "number 0")
    for _ in range(7):
        await ada.says("sunshine for a while now")
    await ada.says("/history number 0")
    ada.hears("I found no")
    await ada.taps("Further back")
    await ada.taps("Further back")
    ada.hears('"the rain, again and again, number 0"')


async def test_a_practice_is_put_right_backdated_and_taken_out_from_its_day(chat: Chat, ada: Someone) -> None:
    await _lives(chat, ada)
    before = await _facts(chat)
    await ada.says("/history")
    await ada.taps("Change 1")
    await ada.taps("The day")
    await ada.taps("Yesterday")
    ada.sees("Fri 27 Nov")
    await ada.taps("Delete")
    ada.hears("taken out")
    assert (await _facts(chat)).ever == before.ever - 1
    await ada.says("/undo")
    ada.hears("It's back. tiny version")
    await ada.says("/undo")
    assert await _facts(chat) == before
    await ada.says("/history worry was")
    await ada.taps("See Wed 25 Nov")
    await ada.taps("Change 1")
    await ada.taps("Delete")
    await ada.says("/history smaller")
    ada.hears("I found no")
    await ada.says("/undo")
    await ada.says("/history smaller")
    ada.hears("the worry was smaller on paper")


async def test_words_are_changed_moved_taken_out_and_brought_back(chat: Chat, ada: Someone) -> None:
    await _lives(chat, ada)
    await ada.says("/history")
    await ada.taps("Change 3")
    ada.hears("You wrote")
    await ada.says("a note about the sun")
    ada.hears("It says that now")
    await ada.taps("See Sat 28 Nov")
    await ada.taps("Change 3")
    await ada.taps("It was the day before")
    ada.hears("It belongs to Fri 27 Nov now")
    await ada.taps("See Fri 27 Nov")
    await ada.taps("Change 1")
    await ada.taps("Delete")
    for words in ("Your words are back", "say what they said before", "say what they said before"):
        await ada.says("/undo")
        ada.hears(words)
    await ada.says("/history rain")
    ada.hears('Sat 28 Nov: "a note about the rain"')


async def test_rows_of_somebody_else_are_none(chat: Chat, ada: Someone) -> None:
    await _lives(chat, ada)

    def ids(store: Store) -> tuple[int, int]:
        party = store.people.find(PLATFORM, "ada")
        assert party is not None
        rows = store.practices.reflections(party.person.id)
        return rows[0].id, store.practices.since(party.person.id, date.min)[0].id

    reflection, practice = await chat.app.database.read(ids)
    eve = chat.person("eve")
    await eve.says("/start")
    await eve.taps("I agree")
    await eve.says("/cancel")
    for press in (f"hist:note:{reflection}", f"hist:drop:{reflection}", f"hist:back:{reflection}"):
        await eve.presses(press)
        eve.hears("isn't there any more")
    await eve.presses(f"hist:delete:{practice}")
    assert (await _facts(chat)).ever == 2
