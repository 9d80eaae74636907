"""Leaving one server and arriving on another, in the chat."""

import json

from bot.conversation.messages import Attachment
from tests.chat import Chat, Someone, agreed
from tests.exports import files_in, record_in

MOST = "Nothing was taken in"


async def _lives(ada: Someone) -> bytes:
    await ada.says("/plan box breathing")
    await ada.says("after the kettle is on")
    await ada.says("/cancel")
    await ada.says("/log did it, 5 min, anxiety 7 to 4, zebra felt silly")
    await ada.says("/remind every day at 8:00")
    await ada.says("/goals be at ease with people")
    await ada.says("/export")
    sent = ada.messages[-1].attachment
    assert sent is not None
    return sent.content


async def test_what_was_exported_comes_back_as_it_was(chat: Chat, ada: Someone) -> None:
    before = await _lives(ada)
    await ada.says("/delete")
    await ada.taps("Delete everything")
    ada.messages.clear()
    ada.heard = 0
    ada = await agreed(chat, "ada", "Lisbon")

    await ada.sends("limber-export.zip", before)
    ada.hears("This file holds one practice, one note, one plan, one goal, and one reminder", "Nov", "2026")
    assert record_in(await _exported(ada)).get("practices") == []
    await ada.taps("Take it in")
    ada.hears("Taken in: one practice, one note, one plan, one goal, and one reminder")

    after = files_in((await _exported(ada)).content)
    assert after["limber.json"] == files_in(before)["limber.json"]
    await ada.says("/reminders")
    ada.hears("every day at 08:00")
    await chat.passes(days=1)
    assert any("Later" in message.labels for message in ada.messages)


async def test_what_is_here_already_is_not_doubled(ada: Someone) -> None:
    sent = await _lives(ada)
    await ada.sends("limber.json", files_in(sent)["limber.json"])
    await ada.taps("Take it in")
    ada.hears("was here already")
    assert len(record_in(await _exported(ada))["practices"]) == 1


async def test_a_change_of_mind_takes_nothing(ada: Someone) -> None:
    await ada.sends("x.json", _small())
    await ada.says("what is that?")
    ada.hears("Nothing has been taken in yet")
    await ada.taps("Cancel")
    ada.hears("nothing was taken in")
    assert record_in(await _exported(ada))["goals"] == []


async def test_what_is_wrong_is_said_in_a_sentence(ada: Someone) -> None:
    await ada.says("/import")
    ada.hears("Send me the file")
    await ada.sends("holiday.jpg", b"\xff\xd8\xff")
    ada.hears("I can't read that file", MOST)
    await ada.sends("large.zip", None)
    ada.hears("too large", "12 MB")
    wrong = json.loads(_small())
    wrong["goals"][0]["person_id"] = 7
    await ada.sends("limber.json", json.dumps(wrong).encode())
    ada.hears("in the list goals, entry 1, I don't know the field person_id", MOST)


async def test_words_in_it_that_sound_like_danger_bring_the_lines_and_stop_nothing(ada: Someone) -> None:
    await ada.sends("limber.json", _small("I want to kill myself"))
    ada.hears("0800 111 0 111", "This file holds one goal")
    await ada.taps("Take it in")
    ada.hears("Taken in: one goal")


async def test_before_consent_nothing_is_taken(chat: Chat) -> None:
    bo = chat.person("bo")
    await bo.sends("limber.json", _small())
    bo.hears("this is Limber")


def _small(goal: str = "be at ease") -> bytes:
    at = "2026-01-01T00:00:00Z"
    return json.dumps(
        {
            "format": "limber",
            "version": 2,
            "you": {"created_at": at, "language": "en", "zone": "Europe/Berlin", "country": "DE"},
            "goals": [{"number": 1, "words": goal, "created_at": at}],
        }
    ).encode()


async def _exported(ada: Someone) -> Attachment:
    await ada.says("/export")
    return [each.attachment for each in ada.messages if each.attachment is not None][-1]
