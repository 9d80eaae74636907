"""An old habit came back, or an urge passed: kindness first, then the map."""

from datetime import date, timedelta
from typing import Any

from bot.conversation.dialogue import Dialogue, Move, done
from bot.conversation.dialogues.slip import quick_recovery
from bot.conversation.turn import Turn
from bot.store.unit import Store
from bot.texts import t
from tests.chat import PLATFORM, Chat, Someone
from tests.exports import record_in

probe = Dialogue("probe")


async def exported(ada: Someone) -> dict[str, Any]:
    await ada.says("/export")
    files = [each.attachment for each in ada.messages if each.attachment is not None]
    return record_in(files[-1])


async def test_kind_words_come_first_and_every_question_can_be_skipped(ada: Someone) -> None:
    await ada.says("/slip")
    ada.hears("part of learning a new one")
    await ada.taps("An old habit came back")
    ada.hears("as far as you like")
    for _ in range(5):
        await ada.taps("Skip")
    ada.hears("Kept. Nothing more to do about it today.")

    (slip,) = (await exported(ada))["slips"]
    assert slip["words"]["situation"] == slip["words"]["if_then"] == ""
    assert "confidence" not in slip


async def test_the_whole_map_is_kept(ada: Someone) -> None:
    await ada.says("/slip scrolled in bed till three")
    ada.hears("Thank you for writing that down", "How were you at that moment?")
    await ada.taps("Lonely")
    ada.hears("What came right before it?")
    await ada.says("an argument on the phone")
    ada.hears("what would you like to do?")
    await ada.says("leave the phone in the kitchen")
    ada.hears("next 24 hours")
    await ada.says("a lot")
    ada.hears("0")
    await ada.says("7")
    ada.hears("your plan is: leave the phone in the kitchen")

    (slip,) = (await exported(ada))["slips"]
    assert slip["words"]["situation"] == "scrolled in bed till three"
    assert slip["words"]["state"] == "lonely"
    assert slip["words"]["before"] == "an argument on the phone"
    assert slip["confidence"] == 7


async def test_the_state_may_be_in_own_words(ada: Someone) -> None:
    await ada.says("/slip")
    await ada.says("at the station")
    await ada.says("on edge")
    (slip,) = (await exported(ada))["slips"]
    assert (slip["words"]["situation"], slip["words"]["state"]) == ("at the station", "on edge")


async def test_riding_out_the_urge_is_a_win(ada: Someone) -> None:
    await ada.says("/slip")
    await ada.taps("I rode out the urge")
    ada.hears("You felt it and chose. That's the practice working.", "What helped")
    await ada.says("called my brother")
    ada.hears("yours to use again")
    (slip,) = (await exported(ada))["slips"]
    assert (slip["ridden_out"], slip["words"]["helped"]) == (True, "called my brother")


async def slips_once(ada: Someone) -> None:
    await ada.says("/slip again")
    for _ in range(4):
        await ada.taps("Skip")


async def test_how_soon_they_were_back_is_told_once_it_is_known(chat: Chat, ada: Someone) -> None:
    for _ in range(3):
        await slips_once(ada)
        assert "usually" not in ada.hears("Kept.").wire.text
        await chat.passes(hours=30)
        await ada.says("/log did it")
        await ada.taps("Skip")
        await chat.passes(days=7)
    await slips_once(ada)
    ada.hears("back on track within 2 days, usually")


async def test_a_slip_can_be_undone(ada: Someone) -> None:
    await slips_once(ada)
    await ada.taps("Undo")
    ada.hears("it is not kept")
    assert (await exported(ada))["slips"] == []


async def test_leaving_at_once_keeps_nothing(ada: Someone) -> None:
    await ada.says("/slip")
    await ada.taps("Cancel")
    assert (await exported(ada))["slips"] == []


async def test_the_newest_slip_is_known_and_a_ridden_out_urge_is_none(chat: Chat, ada: Someone) -> None:
    def look(store: Store) -> tuple[bool, set[int]]:
        party = store.people.find(PLATFORM, "ada")
        assert party is not None
        known = store.slips.newest(party.person.id) is not None
        return known, store.slips.lately([party.person.id], chat.clock.now() - timedelta(hours=2))

    await ada.says("/slip")
    await ada.taps("I rode out the urge")
    assert await chat.app.database.write(look) == (False, set())
    await slips_once(ada)
    known, lately = await chat.app.database.write(look)
    assert known and len(lately) == 1
    chat.clock.move(hours=3)
    assert await chat.app.database.write(look) == (True, set())


@probe.command("back")
def back(turn: Turn) -> Move:
    """Stands for the end of logging: what is said of the newest practice."""
    newest = turn.store.practices.since(turn.person.id, date.min)[-1]
    return done(quick_recovery(turn, newest) or t("words", words="Nothing to say."))


async def test_the_first_practice_within_a_day_is_marked(chat: Chat, ada: Someone) -> None:
    chat.app.engine.router.commands.update(probe.commands)
    await slips_once(ada)
    chat.clock.move(hours=20)
    for told in ("Back within a day", "Nothing to say"):
        await ada.says("/log did it")
        await ada.taps("Skip")
        await ada.says("/back")
        ada.hears(told)
        chat.clock.move(minutes=5)


async def test_looking_back_tells_how_getting_back_goes_and_shows_the_maps(chat: Chat, ada: Someone) -> None:
    await ada.says("/slip")
    assert "Look back" not in ada.messages[-1].labels
    await ada.says("/cancel")
    for words in ("scrolled in bed", "ate at the fridge", "stayed in bed all day"):
        await ada.says(f"/slip {words}")
        await ada.taps("Tired")
        await ada.says("a long day")
        await ada.says("phone in the kitchen")
        await ada.taps("Skip")
        await chat.passes(hours=12)
        await ada.says("/log did it, 5 min")
        await chat.passes(hours=10 * 24 - 12)
    await ada.says("/slip")
    await ada.taps("I rode out the urge")
    await ada.says("a walk round the block")
    await ada.says("/slip")
    await ada.taps("Look back")
    told = ada.hears(
        "You're back on track within a day, usually.", "You rode out an urge once", "what helped: a walk"
    ).wire.text
    assert "stayed in bed all day · Tired · before it: a long day · the plan: phone in the kitchen" in told
    assert "scrolled in bed" not in told, "the newest three are shown"
    assert "lie between them" not in told, "usual is told from three on"
    await ada.says("/slip again")
    await ada.says("/cancel")
    await ada.says("/slip")
    await ada.taps("Look back")
    ada.hears("About 10 days lie between them, usually.")
