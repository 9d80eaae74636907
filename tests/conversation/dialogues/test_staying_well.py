"""The person's own page for staying well, and the monthly look at early signs."""

import pytest

from bot.conversation.dialogues.staying_well import early_signs
from bot.store.unit import Store
from bot.texts import Catalogues
from tests.chat import PLATFORM, Chat, Someone


async def writes(ada: Someone) -> None:
    await ada.says("/wellplan")
    await ada.says("I stop answering messages")
    await ada.taps("Skip")
    await ada.taps("Skip")
    await ada.says("Bea, my doctor")
    await ada.says("It passed before")


async def test_section_by_section_and_shown_as_one_message(ada: Someone) -> None:
    await ada.says("/wellplan")
    ada.hears("five short parts", "What are the first small signs")
    await ada.says("I stop answering messages")
    ada.hears("What has helped before")
    await ada.taps("Skip")
    ada.hears("safety plan")
    await ada.taps("Skip")
    ada.hears("Who can you call")
    await ada.says("Bea, my doctor")
    await ada.says("It passed before")
    shown = ada.hears("My page for staying well")
    for part in ("I stop answering messages", "Bea, my doctor", "It passed before"):
        assert part in shown.wire.text
    assert "What helps me" not in shown.wire.text


async def test_one_section_is_changed_by_itself_and_undone(ada: Someone) -> None:
    await writes(ada)
    await ada.says("/wellplan")
    await ada.taps("Change: Who I can call")
    await ada.says("My sister")
    assert "Bea" not in ada.hears("My sister", "It passed before").wire.text.split("Who I can call")[-1]
    await ada.taps("Undo")
    ada.hears("what it said before")
    await ada.says("/wellplan")
    ada.hears("Bea, my doctor")


async def test_what_was_written_is_kept_when_it_is_enough(ada: Someone) -> None:
    await ada.says("/wellplan")
    await ada.says("short nights")
    await ada.taps("Enough for now")
    ada.hears("What you wrote is kept")
    await ada.taps("Show my page")
    ada.hears("short nights")


@pytest.mark.parametrize(
    ("press", "said"),
    [
        ("signs:none", "Until next month"),
        ("signs:some", "Noticing early"),
        ("signs:many", "good time to call someone"),
    ],
)
async def test_early_signs_are_answered_with_one_tap(ada: Someone, press: str, said: str) -> None:
    await writes(ada)
    await ada.presses(press)
    answered = ada.hears(said)
    assert ("A skill for today" in answered.labels) is (press != "signs:none")


async def test_several_signs_after_treatment_offer_full_support(ada: Someone) -> None:
    await ada.says("/session ended")
    await ada.taps("Yes, therapy has ended")
    await ada.presses("signs:many")
    await ada.taps("Back to full support")
    ada.hears("on again")


async def test_own_signs_are_told_to_those_who_asked_for_full_texts(chat: Chat, ada: Someone) -> None:
    await writes(ada)

    def asked(store: Store) -> list[str]:
        party = store.people.find(PLATFORM, "ada")
        assert party is not None
        said = []
        for full_text in (False, True):
            party.person.full_text = full_text
            said.append(Catalogues().plain(early_signs(store, party.person).text, "en"))
        return said

    discreet, full = await chat.app.database.write(asked)
    assert "I stop answering messages" not in discreet
    assert "I stop answering messages" in full
