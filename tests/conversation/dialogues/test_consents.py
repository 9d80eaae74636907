"""Consents, each by itself: given, withdrawn, in force at once."""

import json
from datetime import timedelta
from pathlib import Path

from sqlmodel import select

from bot.portable.leaving import record_of
from bot.store.tables import Audit, Consent, Plan, Reflection, Slip
from bot.store.unit import Store
from tests.chat import Chat, Someone
from tests.traces import in_files


async def _consents(chat: Chat) -> list[Consent]:
    return list(await chat.app.database.read(lambda store: store.session.exec(select(Consent)).all()))


async def _notes(chat: Chat) -> int:
    return len(await chat.app.database.read(lambda store: store.session.exec(select(Reflection)).all()))


async def test_each_switch_stands_where_it_was_left(ada: Someone) -> None:
    await ada.says("/privacy")
    shown = ada.hears(
        "Keeping what I write about them: yes, since", "on the day after it showed crisis lines: no"
    )
    assert shown.labels == [
        "Stop keeping my words",
        "Look in on me the day after",
        "Export my data",
        "Keep nothing: delete it all",
    ]
    await ada.taps("Stop keeping my words")
    await ada.taps("Look in on me the day after")
    shown = next(each for each in reversed(ada.messages) if "What you agreed to" in each.wire.text)
    assert "Keeping what I write about them: no" in shown.wire.text
    assert "on the day after it showed crisis lines: yes, since" in shown.wire.text
    assert shown.labels[:2] == ["Keep my words", "Don't look in the day after"]


async def test_words_are_not_kept_any_more_and_those_kept_are_offered_for_erasure(
    chat: Chat, ada: Someone, tmp_path: Path
) -> None:
    await ada.says("/log did it, 5 min, a warm feeling")
    await ada.says("a thought of no consequence")
    assert await _notes(chat) == 2
    chat.clock.move(days=1)
    await ada.says("/privacy")
    await ada.taps("Stop keeping my words")
    ada.hears("no words about it")
    await ada.says("another thought of no consequence")
    ada.hears("kept none of it")
    await ada.says("/log did it, 7 min, a cold feeling, and many more words")
    ada.hears("7 minutes")
    assert await _notes(chat) == 2
    await ada.taps("Erase the words kept so far")
    ada.hears("Erased: 2 notes")
    assert await _notes(chat) == 0
    await ada.says("/progress")
    ada.hears("practised 2 times")

    words = next(each for each in await _consents(chat) if each.kind == "words")
    assert words.withdrawn_at == chat.clock.now()
    assert words.withdrawn_at - words.given_at == timedelta(days=1)
    assert in_files(tmp_path, [b"warm feeling", b"cold feeling"]) == []


async def _written(chat: Chat) -> str:
    """All that is kept of Ada's words: her record, and what her conversation holds beside it."""

    def read(store: Store) -> str:
        party = store.people.find("local", "ada")
        assert party is not None
        return json.dumps([record_of(store, party.person.id), {**vars(party.talk), "row": None}], default=str)

    return await chat.app.database.read(read)


async def test_erased_words_do_not_come_back_by_undo(chat: Chat, ada: Someone) -> None:
    await ada.says("/log did it, 5 min, zqfirst")
    await ada.says("zqsecond, a note of its own")
    await ada.says("/history")
    await ada.presses(_like(ada, "hist:note:"))
    await ada.says("zqthird, said differently")
    await ada.says("/history")
    await ada.presses(_like(ada, "e:"))
    await ada.presses(_like(ada, "hist:delete:"))
    await ada.says("I want to die zqfourth")
    written = await _written(chat)
    assert [word for word in ("zqfirst", "zqthird", "zqfourth") if word not in written] == []
    await ada.presses("y:0:words-erase")
    assert "zq" not in await _written(chat)
    await ada.says("/undo")
    ada.hears("It's back. did it · 5 minutes")
    assert "zq" not in await _written(chat)
    await ada.presses("h:keep")
    ada.hears("nothing of it was kept")


async def test_what_was_deleted_or_waits_does_not_come_back_once_no_words_are_kept(
    chat: Chat, ada: Someone
) -> None:
    await ada.says("zqfirst, a note of its own")
    await ada.says("/history")
    await ada.presses(_like(ada, "hist:note:"))
    await ada.presses(_like(ada, "hist:drop:"))
    await ada.says("I want to die zqsecond")
    await ada.presses("y:0:words-off")
    assert "zq" not in await _written(chat)


async def test_without_consent_to_words_none_are_kept_wherever_they_are_asked_for(
    chat: Chat, ada: Someone
) -> None:
    await ada.says("a thought of no consequence")
    await ada.says("/note something for Tuesday")
    await ada.says("/plan sort the worry")
    await ada.says("/cancel")
    await ada.presses("y:0:words-off")
    for said in ("/note zqnote", "/slip zqslip", "zqstate", "zqbefore", "zqifthen", "5", "zqunasked"):
        await ada.says(said)
    ada.hears("kept none of it")
    for reached in ("hist:note:", "brief:change:n"):
        await ada.says("/history" if reached.startswith("hist") else "/brief")
        await ada.presses(_like(ada, reached))
        await ada.says("zqchanged")
        ada.hears("kept none of it")
    plan = await chat.app.database.read(lambda store: store.session.exec(select(Plan)).all()[-1].id)
    await ada.presses(f"ob:0:{plan}:unclear_why")
    await ada.presses(f"fix:{plan}:why")
    await ada.says("zqreason")
    ada.hears("kept none of it")
    await ada.presses("take:note")
    await ada.says("zqtakeaway")
    await ada.says("/cancel")
    assert "zq" not in await _written(chat)
    assert len(await chat.app.database.read(lambda store: store.session.exec(select(Slip)).all())) == 1


def _like(person: Someone, start: str) -> str:
    """What the first button sends that begins so, of those of the last two messages."""
    rows = [row for message in person.messages[-2:] for row in message.wire.buttons]
    return next(each.press for row in rows for each in row if each.press.startswith(start))


async def test_agreeing_again_is_a_consent_of_its_own(chat: Chat, ada: Someone) -> None:
    for press in ("words-off", "words-on", "words-on"):
        await ada.presses(f"y:0:{press}")
    await ada.says("a thought worth keeping")
    ada.hears("kept that as a note")
    given = [each.withdrawn_at is None for each in await _consents(chat) if each.kind == "words"]
    assert given == [False, True]
    audits = await chat.app.database.read(lambda store: store.session.exec(select(Audit)).all())
    assert [each.kind for each in audits] == ["consent", "consent", "withdrawal", "consent"]


async def test_after_a_card_nothing_waits_where_no_words_are_kept(ada: Someone) -> None:
    await ada.presses("y:0:words-off")
    await ada.says("I want to die")
    ada.hears("112", "What you wrote was not kept")
    await ada.presses("h:keep")
    ada.hears("nothing of it was kept")


async def test_withdrawing_everything_is_delete_after_one_confirmation(chat: Chat, ada: Someone) -> None:
    await ada.says("/privacy")
    await ada.taps("Keep nothing: delete it all")
    ada.hears("Are you sure?")
    await ada.taps("Delete everything")
    ada.hears("Everything is erased")
    assert await _consents(chat) == []


async def test_nothing_is_switched_before_anything_was_agreed_to(chat: Chat) -> None:
    bo = chat.person("bo")
    await bo.says("/privacy")
    assert bo.hears("Your data").labels == []
    await bo.presses("y:0:words-on")
    assert await _consents(chat) == []
