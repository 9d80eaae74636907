"""What the engine promises: once, in order, all or nothing, nobody else's."""

import asyncio
import logging
import threading

import pytest
from sqlmodel import select

from bot.conversation.dialogue import Dialogue, Move, done
from bot.conversation.dialogues import log as log_module
from bot.conversation.turn import Turn
from bot.store.tables import Outbox, Practice
from bot.texts import t
from tests.chat import Chat, Someone, agreed

MARKER = "my secret words"


async def _practices(chat: Chat) -> int:
    return await chat.app.database.read(lambda store: len(store.session.exec(select(Practice)).all()))


async def test_the_same_update_twice_is_handled_once(chat: Chat, ada: Someone) -> None:
    await ada.says("/log did it, 5 min", key="local:again")
    ada.hears("Logged")
    await ada.says("/log did it, 5 min", key="local:again")

    ada.hears_nothing()
    assert await _practices(chat) == 1


async def test_updates_at_once_are_taken_one_after_another(chat: Chat, ada: Someone) -> None:
    await asyncio.gather(*(ada.says(f"/log did it, {number} min") for number in range(1, 21)))

    assert await _practices(chat) == 20


async def test_a_step_that_raises_changes_nothing_and_says_so(
    chat: Chat, ada: Someone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(turn: Turn) -> Move:
        log_module.plan_for(turn, None)
        turn.person.country = "XX"
        raise RuntimeError(turn.text)

    dialogue = Dialogue("broken")
    step = dialogue.command("broken")(broken)
    monkeypatch.setitem(chat.app.engine.router.commands, "broken", step)

    with caplog.at_level(logging.DEBUG):
        await ada.says(f"/broken {MARKER}")

    ada.hears("Something went wrong", "safe")
    await ada.says("/settings")
    ada.hears("Country for crisis lines: DE")
    assert any(getattr(record, "kind", None) == "broken.broken" for record in caplog.records)
    assert not any(MARKER in record.getMessage() for record in caplog.records)


async def test_others_are_answered_while_a_step_reads_ahead(
    chat: Chat, ada: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    bo, answered = await agreed(chat, "bo"), threading.Event()

    def long(turn: Turn) -> str:
        assert answered.wait(30), "the other person is not answered"
        return f"read for {turn.text}"

    step = Dialogue("slow").command("slow", ahead=long)(lambda turn: done(t("words", words=turn.ahead)))
    monkeypatch.setitem(chat.app.engine.router.commands, "slow", step)

    reading = asyncio.create_task(ada.says("/slow ada"))
    await bo.says("/settings")
    bo.hears("Country for crisis lines")
    answered.set()
    await reading
    ada.hears("read for ada")


async def test_where_reading_ahead_fails_the_person_is_told(
    chat: Chat, ada: Someone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(turn: Turn) -> None:
        raise RuntimeError(turn.text)

    step = Dialogue("slow").command("slow", ahead=broken)(lambda _: Move())
    monkeypatch.setitem(chat.app.engine.router.commands, "slow", step)

    await ada.says(f"/slow {MARKER}")
    ada.hears("Something went wrong", "safe")
    assert any(getattr(record, "kind", None) == "slow.<lambda>" for record in caplog.records)
    assert MARKER not in caplog.text


async def test_the_open_question_comes_back_after_an_interruption(ada: Someone) -> None:
    await ada.says("/log")
    ada.hears("How did it go?")
    await ada.says("/help")
    ada.hears("What you can do here", "How did it go?")
    await ada.says("did it, 10 min")
    ada.hears("Logged", "10 minutes")


async def test_a_button_of_an_old_question_leads_back_to_the_open_one(ada: Someone) -> None:
    await ada.says("/log")
    old = ada.hears("How did it go?")
    await ada.says("/remind")
    ada.hears("When shall I nudge you?")
    await ada.taps("Did it", on=old) if "Did it" in old.labels else await ada.taps("did it", on=old)

    ada.hears("earlier message", "When shall I nudge you?")


async def test_a_pressed_message_tells_the_choice_and_loses_its_buttons(ada: Someone) -> None:
    await ada.says("/log")
    question = ada.hears("How did it go?")
    await ada.taps("did it", on=question)

    assert question.labels == []
    assert question.wire.text.endswith("✓ did it")


@pytest.mark.parametrize(
    "press", ["", "s", "s:1", "n:1:done", "n:x:done", "e:1:change", "r:9:delete", "x" * 64, "s:99:x"]
)
async def test_forged_presses_change_nothing(chat: Chat, ada: Someone, press: str) -> None:
    await ada.says("/log did it, 5 min")
    ada.hears("Logged")
    await ada.presses(press)

    ada.hears("")
    assert await _practices(chat) == 1


async def test_another_persons_buttons_do_nothing(chat: Chat, ada: Someone) -> None:
    bo = await agreed(chat, "bo")
    await ada.says("/log did it, 5 min")
    logged = ada.hears("Logged")
    await bo.taps("More", on=logged)

    bo.hears("isn't there")
    await ada.says("/log did it, 6 min")
    ada.hears("Logged")


async def test_a_lost_place_is_owned_up_to(chat: Chat, ada: Someone) -> None:
    await ada.says("/log")
    ada.hears("How did it go?")

    def vanish(store: object) -> None:
        party = store.people.find("local", "ada")  # type: ignore[attr-defined]
        party.talk.row.step = "log.of_an_older_release"

    await chat.app.database.write(vanish)
    await ada.says("fine")
    ada.hears("lost my place", "safe")


async def test_what_was_said_leaves_the_outbox(chat: Chat, ada: Someone) -> None:
    assert await chat.app.database.read(lambda store: store.session.exec(select(Outbox)).all()) == []


@pytest.mark.parametrize(
    "text", ["x" * 5_000, "\x00\x07 \u202e", "<b>bold</b> & <script>", "*_`[](", "😀" * 400]
)
async def test_odd_texts_are_kept_and_answered(ada: Someone, text: str) -> None:
    await ada.says(text)
    ada.hears("kept that as a note")


async def test_markup_in_words_stays_words(ada: Someone) -> None:
    await ada.says("/plan <b>my</b> & own")
    assert "&lt;b&gt;my&lt;/b&gt; &amp; own" in ada.hears("own").wire.text
