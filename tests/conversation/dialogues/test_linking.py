"""One person, several homes: codes, what they show and end, where nudges come, and the way out."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot.portable.bundle import unpacked
from bot.store.tables import Account, Audit, LinkCode, Outbox, Person, Practice, Reflection
from bot.store.unit import Store
from tests.chat import Chat, Someone, agreed, talking
from tests.clock import MovableClock
from tests.conftest import KEY


@pytest.fixture
async def chat(tmp_path: Path, clock: MovableClock, database_url: str) -> AsyncIterator[Chat]:
    """On both engines."""
    async for opened in talking(tmp_path, clock, database_url):
        yield opened


@pytest.fixture
def elsewhere(chat: Chat) -> Someone:
    """Ada's other chat, where nothing was said yet."""
    return chat.person("ada on telegram", platform="telegram")


@pytest.fixture
def tapping(chat: Chat) -> Someone:
    """Ada's chat where only taps are taken."""
    return chat.person("ada on discord", platform="discord", taps_only=True)


async def code_of(person: Someone) -> str:
    await person.says("/link")
    await person.taps("Make a code")
    found = re.search(r"<b>([\w-]+)</b>", person.hears("works once").wire.text)
    assert found is not None
    return found[1]


async def linked(ada: Someone, other: Someone) -> None:
    await other.says(f"/link {await code_of(ada)}")
    await other.taps("Link this chat")
    other.hears("Linked with the local page")


async def _all(chat: Chat, table: Any) -> list[Any]:
    return list(await chat.app.database.read(lambda store: store.session.exec(select(table)).all()))


async def test_a_code_is_shown_what_it_does_and_links(chat: Chat, ada: Someone, elsewhere: Someone) -> None:
    await ada.says("/log did it, 5 min, felt silly")
    await elsewhere.says("/start")
    await elsewhere.taps("I have a code")
    elsewhere.hears("Which code?")
    code = await code_of(ada)
    await elsewhere.says(code.lower())
    elsewhere.hears("everything you wrote on the local page", "1 practices logged, 1 notes")
    assert len(await _all(chat, Account)) == 2
    await elsewhere.taps("Link this chat")
    elsewhere.hears("Linked with the local page")
    ada.hears("just linked with a chat on Telegram", "/unlink")

    await elsewhere.says("/progress")
    elsewhere.hears("The first one is logged")
    assert len(await _all(chat, Person)) == 1
    assert await _all(chat, LinkCode) == []


async def test_the_conversation_goes_on_at_either(chat: Chat, ada: Someone, elsewhere: Someone) -> None:
    await linked(ada, elsewhere)
    await ada.says("/log")
    ada.hears("How did it go?")
    await elsewhere.says("did it, 7 min")
    elsewhere.hears("7 minutes")
    await ada.says("/undo")
    ada.hears("Undone")
    assert await _all(chat, Practice) == []


async def test_nudges_come_to_the_home_that_was_picked(chat: Chat, ada: Someone, elsewhere: Someone) -> None:
    await linked(ada, elsewhere)
    await ada.says("/remind every day at 12:00")
    ada.hears("Next")
    await chat.passes(hours=3)
    elsewhere.hears("")
    ada.hears_nothing()
    await elsewhere.says("/link")
    await elsewhere.taps("Nudges to the local page")
    elsewhere.hears("come to the local page")
    await elsewhere.says("/log did it")
    elsewhere.heard = len(elsewhere.messages)
    await chat.passes(hours=24)
    nudge = ada.hears("")
    assert "Later" in nudge.labels
    elsewhere.hears_nothing()
    await ada.taps("Did it")
    ada.hears("Logged")


async def test_a_home_that_is_out_of_reach_is_passed_over(
    chat: Chat, ada: Someone, elsewhere: Someone
) -> None:
    await linked(ada, elsewhere)
    await ada.says("/remind every day at 12:00")
    ada.hears("Next")

    def closed(store: Store) -> None:
        party = store.people.find("telegram", elsewhere.name)
        assert party is not None
        store.outbox.unreachable(party.account.id, chat.clock.now())

    await chat.app.database.write(closed)
    await chat.passes(hours=3)
    assert "Later" in ada.hears("").labels


async def test_a_record_that_would_end_is_said_and_can_be_kept(
    chat: Chat, ada: Someone, elsewhere: Someone
) -> None:
    other = await agreed_at(elsewhere)
    await other.says("/log did it, 9 min, on my own")
    await ada.says("/log did it, 5 min")
    await other.says(f"/link {await code_of(ada)}")
    other.hears("There is a record in this chat too", "1 practices logged, 1 notes", "would be erased")
    await other.taps("Cancel")
    assert len(await _all(chat, Person)) == 2

    await other.says(f"/link {await code_of(ada)}")
    await other.taps("Export first")
    exported = other.hears("everything I keep").attachment or other.messages[-2].attachment
    assert exported is not None
    assert b"on my own" in unpacked(exported.content)
    await other.taps("Erase this one and link")
    other.hears("Linked with")
    assert len(await _all(chat, Person)) == 1
    assert [practice.minutes for practice in await _all(chat, Practice)] == [5]
    kinds = [audit.kind for audit in await _all(chat, Audit)]
    assert kinds.count("erase") == 1
    assert kinds[-1] == "link"


async def agreed_at(person: Someone) -> Someone:
    await person.says("/start")
    await person.taps("I agree")
    await person.says("/cancel")
    person.heard = len(person.messages)
    return person


async def test_a_home_of_a_record_that_has_others_leaves_it_whole(
    chat: Chat, ada: Someone, elsewhere: Someone, tapping: Someone
) -> None:
    bo = await agreed_at(chat.person("bo", platform="telegram"))
    await bo.says("/log did it, 9 min")
    await tapping.says(f"/link {await code_of(bo)}")
    await tapping.taps("Link this chat")
    await tapping.says(f"/link {await code_of(ada)}")
    tapping.hears("stays with its other chats")
    await tapping.taps("Link this chat")
    tapping.hears("Linked with the local page")
    await bo.says("/progress")
    bo.hears("The first one is logged")
    assert len(await _all(chat, Person)) == 2


async def test_wrong_codes_run_out(chat: Chat, ada: Someone, elsewhere: Someone) -> None:
    code = await code_of(ada)
    for _ in range(5):
        await elsewhere.says("/link 2222-2222")
        elsewhere.hears("isn't good")
    await elsewhere.says(f"/link {code}")
    elsewhere.hears("no more for an hour")
    chat.clock.move(hours=1)
    await elsewhere.says(f"/link {await code_of(ada)}")
    elsewhere.hears("This chat will see")


async def test_a_code_is_good_for_ten_minutes_and_once(chat: Chat, ada: Someone, elsewhere: Someone) -> None:
    code = await code_of(ada)
    await elsewhere.says(f"/link {code}")
    chat.clock.move(minutes=11)
    await elsewhere.taps("Link this chat")
    elsewhere.hears("time of that code is over")
    code = await code_of(ada)
    await elsewhere.says(f"/link {code}")
    await elsewhere.taps("Link this chat")
    bo = chat.person("bo", platform="discord")
    await bo.says(f"/link {code}")
    bo.hears("isn't good")


async def test_a_new_code_takes_the_place_of_the_old(ada: Someone, elsewhere: Someone) -> None:
    code = await code_of(ada)
    await code_of(ada)
    await elsewhere.says(f"/link {code}")
    elsewhere.hears("isn't good")


async def test_only_a_hash_of_the_code_is_kept(chat: Chat, ada: Someone) -> None:
    code = (await code_of(ada)).replace("-", "")
    (row,) = await _all(chat, LinkCode)
    assert code.encode() not in row.code_hash
    assert len(row.code_hash) == len(KEY)


async def test_ones_own_code_and_a_second_chat_of_a_platform_are_turned_down(
    chat: Chat, ada: Someone
) -> None:
    await ada.says(f"/link {await code_of(ada)}")
    ada.hears("belongs in the other chat")
    bo = await agreed(chat, "bo")
    await bo.says(f"/link {await code_of(ada)}")
    bo.hears("has a chat on the local page already")


async def test_a_home_is_taken_off_from_itself_or_from_another(
    chat: Chat, ada: Someone, elsewhere: Someone, tapping: Someone
) -> None:
    await ada.says("/unlink")
    ada.hears("nothing to take off")
    await linked(ada, elsewhere)
    await linked(ada, tapping)
    await elsewhere.says("/unlink")
    await elsewhere.taps("Take Telegram off")
    elsewhere.hears("isn't linked any more")
    await elsewhere.says("hello")
    elsewhere.hears("this is Limber")
    ada.heard = len(ada.messages)
    await ada.says("/unlink")
    await ada.taps("Take Discord off")
    ada.hears("is taken off")
    tapping.hears("isn't linked any more")
    await tapping.says("/progress")
    tapping.hears("this is Limber")
    await ada.says("/log did it")
    ada.hears("Logged")


async def test_erasing_is_for_every_home(chat: Chat, ada: Someone, elsewhere: Someone) -> None:
    await linked(ada, elsewhere)
    await elsewhere.says("/delete")
    elsewhere.hears("It goes everywhere: the local page and Telegram")
    await elsewhere.taps("Delete everything")
    elsewhere.hears("Everything is erased")
    ada.hears("Everything is erased")
    for table in (Account, Person, Outbox, LinkCode):
        assert await _all(chat, table) == []


async def test_a_forged_home_is_nobodys(chat: Chat, ada: Someone) -> None:
    bo = await agreed(chat, "bo")
    accounts = {each.person_id: each.id for each in await _all(chat, Account)}
    for number in (*accounts.values(), 7, 2**70):
        for what in ("unlink", "nudges", "other"):
            await bo.presses(f"home:{number}:{what}")
    assert len(await _all(chat, Account)) == 2


WORDS = (
    "zebra-umbrella",
    "quiet harbour at four",
    "paper-lantern",
    "crimson kettle under the stairs tonight",
)


async def test_words_written_elsewhere_are_not_shown_where_only_taps_are_taken(
    chat: Chat, ada: Someone, tapping: Someone
) -> None:
    await ada.says(f"/plan {WORDS[0]}")
    await ada.says(f"after {WORDS[1]}")
    await ada.says("/cancel")
    await ada.says(f"/goals {WORDS[2]}")
    await ada.says("/cancel")
    await ada.says(f"/log did it, 5 min, {WORDS[3]}")
    await ada.says("/cancel")
    await ada.says("/previews")
    await ada.says("/remind every day at 12:00")
    await linked(ada, tapping)
    for command in ("start", "plan", "goals", "own", "skills", "today", "progress", "reminders", "undo"):
        await tapping.says(f"/{command}")
        await tapping.says("/cancel")
    for message in list(tapping.messages):
        for button in [each for row in message.wire.buttons for each in row]:
            if not button.press.startswith(("c:delete", "home:")):
                await tapping.presses(button.press, message, button.label)
    for _ in range(3):
        await chat.passes(hours=24)

    shown = "\n".join(f"{each.wire} {each.attachment}" for each in tapping.messages).casefold()
    assert [word for word in WORDS if word in shown or word[:16] in shown] == []
    assert "(your words)" in shown


async def test_where_no_consent_to_words_was_asked_for_none_are_kept_in_the_chat_that_joins(
    chat: Chat, tapping: Someone, elsewhere: Someone
) -> None:
    await tapping.says("/start")
    await tapping.taps("I agree")
    await tapping.says("/cancel")
    code = await code_of(tapping)
    await elsewhere.says(f"/link {code}")
    await elsewhere.taps("Link this chat")
    await elsewhere.says("/cancel")
    for said in ("zqthought of no consequence", "/note zqnote", "/log did it, 5 min, zqfelt and much more"):
        await elsewhere.says(said)
    elsewhere.hears("kept none of it", "5 minutes")
    assert await _all(chat, Reflection) == []
    await elsewhere.says("/privacy")
    assert "Keep my words" in elsewhere.hears("Keeping what I write about them: no").labels
    await elsewhere.taps("Keep my words")
    await elsewhere.says("zqthought worth keeping")
    elsewhere.hears("kept that as a note")
    assert len(await _all(chat, Reflection)) == 1


async def test_files_go_to_the_home_that_takes_words(chat: Chat, ada: Someone, tapping: Someone) -> None:
    await ada.says(f"/log did it, 5 min, {WORDS[3]}")
    await linked(ada, tapping)
    await tapping.says("/export")
    assert tapping.hears("went to your chat on the local page").attachment is None
    exported = ada.hears("everything I keep").attachment
    assert exported is not None
    assert WORDS[3].encode() in unpacked(exported.content)

    await ada.says("/unlink")
    await ada.taps("Take the local page off")
    await tapping.says("/export")
    assert tapping.hears("may not pass those through here").attachment is None


async def test_a_question_asked_elsewhere_is_not_put_again_where_only_taps_are_taken(
    chat: Chat, ada: Someone, tapping: Someone
) -> None:
    await linked(ada, tapping)
    await ada.says("/log")
    await tapping.says("/about")
    tapping.hears("A question is open on the local page")
