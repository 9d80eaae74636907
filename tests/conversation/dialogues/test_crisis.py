import pytest
from sqlmodel import select

from bot.store.tables import Reflection
from tests.chat import Chat, Someone


async def test_lines_are_there_before_consent_and_in_the_middle_of_anything(chat: Chat, ada: Someone) -> None:
    bo = chat.person("bo")
    await bo.says("/crisis")
    bo.hears("Nobody is reading this chat", "local emergency number", "findahelpline")
    await ada.says("/log")
    await ada.says("/sos")
    ada.hears("112", "TelefonSeelsorge")
    await ada.says("did it, 5 min")
    ada.hears("Logged")


async def test_words_that_sound_like_danger_get_numbers_first_and_are_not_kept(
    chat: Chat, ada: Someone
) -> None:
    await ada.says("I want to kill myself")
    heard = ada.hears("I'm glad you wrote that down", "112", "not kept")
    assert "?" not in heard.wire.text.replace("right now?", "")

    assert await chat.app.database.read(lambda store: store.session.exec(select(Reflection)).all()) == []


async def test_nudges_rest_for_a_day_unless_asked_for(chat: Chat, ada: Someone) -> None:
    await ada.says("/remind every day at 12:00")
    await ada.says("everyone would be better off without me")
    ada.hears("That sounds heavy")
    await chat.passes(hours=2)
    ada.hears_nothing()
    await ada.taps("Keep nudging me")
    ada.hears("go on as planned")
    await chat.passes(days=1)
    assert "Did it" in ada.hears("").labels


async def test_not_about_me_is_taken_without_argument_and_hides_nothing_later(ada: Someone) -> None:
    await ada.says("I used to cut")
    ada.hears("That sounds heavy")
    await ada.taps("That wasn't about me now")
    ada.hears("All right")
    await ada.says("I want to die")
    ada.hears("112")


@pytest.mark.parametrize("place", ["/plan I want to die", "/log I want to die", "/remind I want to die"])
async def test_every_free_text_is_looked_at(ada: Someone, place: str) -> None:
    await ada.says(place)
    ada.hears("112")


async def test_the_talk_goes_on_where_it_was(ada: Someone) -> None:
    await ada.says("/log")
    await ada.says("he hits me")
    ada.hears("isn't your fault")
    await ada.taps("did it")
    ada.hears("Logged")
