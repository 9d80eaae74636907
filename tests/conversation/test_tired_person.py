"""How much it takes of someone who is tired: counted in taps and messages."""

from bot.conversation.overview import overview
from bot.practice.insight import Facts
from bot.practice.summary import Window
from bot.store.unit import Store
from tests.chat import Chat, Message, Someone, agreed

READING_SECONDS_A_WORD = 60 / 200
"""Silent reading on a phone, 200 words a minute: slower than the usual 238 (Brysbaert 2019)."""
SECONDS_A_TAP = 2.0


async def _nudged(chat: Chat, who: Someone) -> Message:
    await who.says("/plan stop")
    await who.taps("Skip")
    await who.taps("Skip")
    await who.says("/remind every day at 12:00")
    await chat.passes(hours=2)
    return who.messages[-1]


async def test_from_nudge_to_logged_is_one_tap(chat: Chat, ada: Someone) -> None:
    nudge = await _nudged(chat, ada)
    await ada.taps("Did it", on=nudge)
    ada.hears("Logged: did it")


async def test_from_nudge_to_logged_with_a_reflection_is_one_message(chat: Chat, ada: Someone) -> None:
    await _nudged(chat, ada)
    await ada.says("did it, 5 min, my shoulders dropped")
    said = ada.hears("Logged: did it · 5 minutes")
    assert "?" not in said.wire.text


async def test_the_first_practice_is_logged_within_90_seconds_of_start(chat: Chat) -> None:
    """Every message read to its end and every question answered by a tap, none typed."""
    eve = chat.person("eve", zone="Europe/Berlin")
    taps = 0
    await eve.says("/start")
    for choose in ("I agree", "One thing, fully", "Skip", "Europe/Berlin", "Every day at 08:00", "Did it"):
        labels = eve.messages[-1].labels
        label = next((each for each in labels if each.startswith(choose)), None)
        assert label is not None, (choose, labels)
        await eve.taps(label)
        taps += 1
    eve.hears("Logged: tiny version")

    asked = [each.wire.text.partition("✓")[0] for each in eve.messages[:-1]]
    words = sum(len(each.split()) for each in asked)
    assert words * READING_SECONDS_A_WORD + taps * SECONDS_A_TAP <= 90


async def _measured(chat: Chat) -> Facts:
    def read(store: Store) -> Facts:
        party = store.people.find("local", "ada")
        assert party is not None
        return overview(store, party.person, Window.MONTH, chat.clock.now()).facts

    return await chat.app.database.write(read)


async def test_undo_restores_every_measure_exactly(chat: Chat, ada: Someone) -> None:
    nudge = await _nudged(chat, ada)
    for action in ("/log did it, 5 min", "/log tiny", "/log partly, 7 to 4", "/log did it yesterday"):
        before = await _measured(chat)
        await ada.says(action)
        await ada.says("/cancel")
        assert await _measured(chat) != before
        await ada.says("/undo")
        assert await _measured(chat) == before
        await ada.says(action)
        await ada.says("/cancel")
    before = await _measured(chat)
    await ada.taps("Did it", on=nudge)
    await ada.says("/cancel")
    await ada.says("/undo")
    assert await _measured(chat) == before


async def test_a_pause_changes_no_measure(chat: Chat) -> None:
    ada = await agreed(chat)
    await _nudged(chat, ada)
    for _ in range(5):
        await ada.says("/log did it")
        await ada.says("/cancel")
        await chat.passes(hours=24)
    before = await _measured(chat)
    await ada.says("/pause")
    await ada.taps("Until I say so")
    for _ in range(9):
        await chat.passes(hours=24)
    after = await _measured(chat)
    assert after.summary.momentum == before.summary.momentum
    assert after.summary.strength == before.summary.strength
    assert after.summary.recent == before.summary.recent
