from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot.safety.detection import Card, Category, Detection, Sound, detect
from bot.store.tables import Person
from bot.store.unit import Store
from tests.chat import Chat, Someone
from tests.store.test_database import everything_in


async def _notes(chat: Chat) -> list[str]:
    def notes(store: Store) -> list[str]:
        (person,) = store.session.exec(select(Person)).all()
        return [store.practices.read(each) for each in store.practices.reflections(person.id)]

    return await chat.app.database.read(notes)


async def _held(chat: Chat) -> list[dict[str, Any]]:
    """What the conversations hold beside the open question."""

    def held(store: Store) -> list[dict[str, Any]]:
        return [party.talk.aside for name in chat.people if (party := store.people.find("local", name))]

    return await chat.app.database.write(held)


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
    ada.hears("I'm glad you wrote that down", "112")
    assert "?" not in ada.messages[-2].wire.text.replace("right now?", "")
    assert "keep what you wrote" in ada.messages[-1].wire.text
    assert await _notes(chat) == []


async def test_words_wait_sealed_for_a_choice_and_are_kept_if_that_is_chosen(
    chat: Chat, ada: Someone, tmp_path: Path
) -> None:
    await ada.says("I want to die, zqunspeakable")
    await ada.taps("Keep it as a note")
    ada.hears("kept that as a note")
    assert await _notes(chat) == ["I want to die, zqunspeakable"]
    await ada.presses("h:keep")
    ada.hears("isn't there any more")
    await ada.taps("Undo")
    assert await _notes(chat) == []
    assert b"zqunspeakable" not in everything_in(tmp_path)


async def test_words_are_discarded_by_choice_and_by_none(chat: Chat, ada: Someone) -> None:
    await ada.says("I want to die")
    await ada.taps("Discard it")
    ada.hears("Discarded")
    await ada.presses("h:keep")
    ada.hears("isn't there any more")
    await ada.says("I want to die")
    chat.clock.move(minutes=61)
    await ada.presses("h:keep")
    ada.hears("isn't there any more")
    await ada.says("I want to die")
    assert await _held(chat) == [{"unkept": "I want to die"}]
    chat.clock.move(minutes=61)
    await chat.app.tidy()
    assert await _held(chat) == [{}]
    assert await _notes(chat) == []


async def test_of_what_only_looks_like_a_command_everything_is_kept(chat: Chat, ada: Someone) -> None:
    await ada.says("/kill myself")
    await ada.taps("Keep it as a note")
    assert await _notes(chat) == ["/kill myself"]


async def test_of_a_command_the_words_alone_are_kept(chat: Chat, ada: Someone) -> None:
    await ada.says("/log I want to die")
    await ada.taps("Keep it as a note")
    assert await _notes(chat) == ["I want to die"]


async def test_when_there_was_a_card_is_forgotten_after_a_week(chat: Chat, ada: Someone) -> None:
    def quiet_until(store: Store) -> datetime | None:
        return store.session.exec(select(Person)).one().quiet_until

    await ada.says("I want to die")
    chat.clock.move(days=6)
    await chat.app.tidy()
    assert await chat.app.database.read(quiet_until) is not None
    chat.clock.move(days=1, minutes=1)
    await chat.app.tidy()
    assert await chat.app.database.read(quiet_until) is None


async def test_ones_own_page_comes_first_but_for_an_overdose(ada: Someone) -> None:
    await ada.says("/wellplan")
    await ada.taps("Skip")
    await ada.taps("Skip")
    await ada.says("My plan with Dr Meyer: put the tablets with Jo")
    await ada.says("Jo, 0170 1234")
    await ada.taps("Enough for now")
    for said in ("I want to die", "/crisis"):
        ada.heard = len(ada.messages)
        await ada.says(said)
        own, card, *_ = (each.wire.text for each in ada.messages[ada.heard :])
        assert "put the tablets with Jo" in own
        assert "Jo, 0170 1234" in own
        assert "112" in card
    ada.heard = len(ada.messages)
    await ada.says("I just took all my tablets")
    card, own, *_ = (each.wire.text for each in ada.messages[ada.heard :])
    assert card.startswith("Call 112 now, even if you feel all right.")
    assert "put the tablets with Jo" in own


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("I am going to kill her", "Call 112 if someone is at risk"),
        ("my husband beats me", "isn't your fault"),
        ("my husband beats me", "no checked line for violence or abuse here yet"),
        ("the voices tell me to do it", "contact your doctor"),
        ("I'm being forced to have sex and I'm only 12", "no checked line for young people here yet"),
        ("I want to die", "try the next one or call 112"),
    ],
)
async def test_each_kind_of_danger_has_its_words(ada: Someone, said: str, heard: str) -> None:
    await ada.says(said)
    ada.hears(heard)


async def test_young_people_get_their_line_where_there_is_one(ada: Someone) -> None:
    await ada.says("/country GB")
    await ada.says("I want to die. I'm only 15")
    ada.hears("Papyrus")


async def test_more_lines_are_one_tap_away(ada: Someone) -> None:
    await ada.says("/crisis")
    await ada.taps("More lines")
    ada.hears("112", "Befrienders Worldwide")


async def test_the_day_after_is_looked_in_on_if_that_was_agreed_to_before(chat: Chat, ada: Someone) -> None:
    await ada.says("I want to die")
    await chat.passes(hours=25)
    assert "asked me to look in" not in ada.messages[-1].wire.text
    await ada.says("/privacy")
    await ada.taps("Look in on me the day after")
    ada.hears("I'll look in once")
    await ada.says("I want to die")
    await ada.says("still want to die")
    await chat.passes(hours=25)
    assert sum("asked me to look in" in each.wire.text for each in ada.messages) == 1
    await ada.taps("It's heavy")
    ada.hears("one tap away")
    await ada.presses("h:better")
    ada.hears("Good to know")


async def test_a_look_in_is_called_off_at_once(chat: Chat, ada: Someone) -> None:
    await ada.presses("y:0:after_card-on")
    await ada.says("I want to die")
    await ada.presses("y:0:after_card-off")
    await chat.passes(hours=25)
    assert not any("asked me to look in" in each.wire.text for each in ada.messages)


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


@pytest.mark.parametrize(
    "place",
    [
        *("/plan I want to die", "/log I want to die", "/remind I want to die", "/kill myself", "/suicide"),
        *("/nosuchcommand I want to die", "/I want to die", "/note@LimberBot\nI want to die"),
    ],
)
async def test_every_free_text_is_looked_at(ada: Someone, place: str) -> None:
    await ada.says(place)
    ada.hears("112")


async def test_the_talk_goes_on_where_it_was(ada: Someone) -> None:
    await ada.says("/log")
    await ada.says("he hits me")
    ada.hears("isn't your fault")
    await ada.taps("did it")
    ada.hears("Logged")


async def test_where_words_sound_faintly_like_danger_help_is_named_and_all_else_is_as_usual(
    chat: Chat, ada: Someone
) -> None:
    words = "did it, 5 min. everything is too much and i have no strength left"
    assert detect(words) == Detection(Card.B, Category.SUICIDE, sound=Sound.FAINT)

    await ada.says(f"/log {words}")
    ada.hears("people to talk to", "Logged: did it · 5 minutes")
    assert await _notes(chat) == [words]
    await ada.says("/settings")
    ada.hears("Country for crisis lines")
    assert await chat.app.database.read(_quiet_until) is None


async def test_where_words_sound_slightly_like_danger_a_line_under_the_answer_names_help(
    chat: Chat, ada: Someone
) -> None:
    words = "i feel so alone at night"
    assert detect(words) == Detection(Card.B, Category.SUICIDE, sound=Sound.SLIGHT)

    await ada.says(f"/note {words}")
    told = ada.hears("Somebody to talk to", "/crisis").wire.text
    assert told.index("Somebody to talk to") > 0
    assert "people to talk to" not in told
    await ada.says("/log did it, walked to the lake")
    assert "/crisis" not in ada.hears("Logged: did it").wire.text


async def test_where_only_taps_are_taken_the_line_stands_beside_an_answer_that_repeats_no_words(
    chat: Chat,
) -> None:
    dee = chat.person("dee", platform="discord", taps_only=True)
    await dee.says("/start")
    await dee.taps("I agree")
    await dee.says("/cancel")
    await dee.says("/remind i feel so alone at night")
    dee.hears("Somebody to talk to", "I didn't understand all of that, and I kept none of it")
    assert not [each for each in dee.messages if "alone" in each.wire.text]


def _quiet_until(store: Store) -> datetime | None:
    return store.session.exec(select(Person)).one().quiet_until
