from datetime import date

import pytest
from sqlmodel import select

from bot.store.tables import Practice
from tests.chat import Chat, Someone


async def _practices(chat: Chat) -> list[Practice]:
    return list(await chat.app.database.read(lambda store: store.session.exec(select(Practice)).all()))


async def _words(chat: Chat) -> list[str]:
    def read(store: object) -> list[str]:
        person = store.people.find("local", "ada").person  # type: ignore[attr-defined]
        return [store.practices.read(row) for row in store.practices.reflections(person.id)]  # type: ignore[attr-defined]

    return await chat.app.database.write(read)


async def test_one_message_says_it_all(chat: Chat, ada: Someone) -> None:
    await ada.says("/log 10 min box breathing, anxiety 7 to 4, felt silly at first")
    ada.hears("Logged: did it", "10 minutes", "7 before, 4 after")

    (practice,) = await _practices(chat)
    assert (practice.skill, practice.minutes, practice.before, practice.after) == ("box_breathing", 10, 7, 4)
    assert await _words(chat) == ["10 min box breathing, anxiety 7 to 4, felt silly at first"]


async def test_step_by_step_with_taps(chat: Chat, ada: Someone) -> None:
    await ada.says("/log")
    ada.hears("How did it go?")
    await ada.taps("tiny version")
    ada.hears("Logged: tiny version", "notice anything")
    await ada.says("my shoulders dropped")
    ada.hears("Kept with it")

    assert [each.outcome for each in await _practices(chat)] == ["tiny"]
    assert await _words(chat) == ["my shoulders dropped"]


async def test_not_today_is_thanked_and_not_asked_about(chat: Chat, ada: Someone) -> None:
    await ada.says("/log")
    await ada.taps("not today")
    ada.hears("not today. Thanks")
    assert await _practices(chat) == []


async def test_unclear_words_are_asked_about_and_kept(chat: Chat, ada: Someone) -> None:
    await ada.says("/log")
    await ada.says("meh")
    ada.hears("What was it?")
    assert await _practices(chat) == []
    await ada.taps("partly")
    ada.hears("Logged: partly")
    assert await _words(chat) == ["meh"]


async def test_reflecting_can_be_skipped_and_logging_cancelled(chat: Chat, ada: Someone) -> None:
    await ada.says("/log")
    await ada.taps("Cancel")
    ada.hears("left there")
    await ada.says("/log")
    await ada.taps("did it")
    await ada.taps("Skip")
    ada.hears("It's logged")
    assert await _words(chat) == []


@pytest.mark.parametrize("words", ["did it, anxiety 11 to 4", "did it, anxiety 7 to 40"])
async def test_a_rating_out_of_range_is_asked_about(chat: Chat, ada: Someone, words: str) -> None:
    await ada.says(f"/log {words}")
    ada.hears("0 to 10", "For example")
    await ada.says("did it, anxiety 7 to 4")
    ada.hears("7 before, 4 after")
    assert len(await _practices(chat)) == 1


async def test_yesterday_goes_to_yesterday(chat: Chat, ada: Someone) -> None:
    await ada.says("/log did it yesterday evening, 5 min")
    ada.hears("on Tue 24 Nov")
    assert [each.day for each in await _practices(chat)] == [date(2026, 11, 24)]


async def test_half_past_midnight_belongs_to_the_day_before(chat: Chat, ada: Someone) -> None:
    chat.clock.move(hours=14, minutes=30)
    await ada.says("/log did it, 5 min")
    ada.hears("Logged")
    assert [each.day for each in await _practices(chat)] == [date(2026, 11, 25)]


async def test_what_was_logged_can_be_corrected_by_taps_and_words(chat: Chat, ada: Someone) -> None:
    await ada.says("/log did it, 5 min")
    await ada.taps("More")
    await ada.taps("Change")
    ada.hears("It says: did it · 5 minutes")
    await ada.taps("What it was")
    await ada.taps("partly")
    ada.sees("It now says: partly · 5 minutes")
    await ada.taps("Before and after")
    await ada.taps("Before")
    await ada.taps("9")
    ada.sees("9 before")
    await ada.says("15 min, 8 to 3")
    ada.hears("It now says: partly · 15 minutes · 8 before, 3 after")
    await ada.taps("Change")
    await ada.taps("The day")
    await ada.taps("Yesterday")
    ada.sees("on Tue 24 Nov")
    await ada.taps("How often")
    await ada.taps("2 times")
    ada.sees("2 times")
    await ada.taps("Leave it as it is")
    ada.hears("Left as it is")
    (practice,) = await _practices(chat)
    assert (practice.outcome, practice.minutes, practice.times) == ("partly", 15, 2)


async def test_each_correction_can_be_undone(chat: Chat, ada: Someone) -> None:
    await ada.says("/log did it, 5 min")
    await ada.taps("More")
    await ada.taps("Change")
    await ada.says("15 min, that was yesterday")
    ada.hears("15 minutes", "on Tue 24 Nov")
    await ada.says("/undo")
    ada.hears("did it · 5 minutes.")
    assert [(each.minutes, each.day) for each in await _practices(chat)] == [(5, date(2026, 11, 25))]


async def test_a_forged_correction_changes_nothing(chat: Chat, ada: Someone) -> None:
    await ada.says("/log did it, 5 min")
    (before,) = await _practices(chat)
    for forged in ("minutes=9999", "day=2020-01-01", "skill=1", "outcome=great", "person_id=1", "after=11"):
        await ada.presses(f"e:{before.id}:{forged}")
    (after,) = await _practices(chat)
    assert after == before


async def test_a_correction_that_says_nothing_is_told_so(chat: Chat, ada: Someone) -> None:
    await ada.says("/log did it, 5 min")
    await ada.taps("More")
    await ada.taps("Change")
    await ada.says("hmm")
    ada.hears("didn't find what to change", "for example")
    await ada.says("/cancel")
    assert [each.minutes for each in await _practices(chat)] == [5]


async def test_editing_the_message_edits_the_record(chat: Chat, ada: Someone) -> None:
    ref = await ada.says("/log did it, 5 min")
    ada.hears("Logged")
    await ada.edits(ref, "/log did it, 15 min")
    ada.hears("It now says: did it · 15 minutes")
    await ada.edits(ref, "nonsense about nothing")
    ada.hears("stays as it was", "for example")
    await ada.edits("in-unknown", "did it")
    ada.hears("nothing was changed")

    assert [each.minutes for each in await _practices(chat)] == [15]


async def test_undo_takes_back_the_last_and_the_one_before(chat: Chat, ada: Someone) -> None:
    await ada.says("/log did it, 5 min")
    await ada.says("/log did it, 6 min")
    await ada.taps("Undo")
    ada.hears("Undone: the last entry is removed")
    assert [each.minutes for each in await _practices(chat)] == [5]
    await ada.says("/undo")
    ada.hears("Undone")
    await ada.says("/undo")
    await ada.says("/undo")
    ada.hears("nothing left to undo")
    assert await _practices(chat) == []


async def test_an_entry_that_is_gone_is_owned_up_to(chat: Chat, ada: Someone) -> None:
    await ada.says("/log did it, 5 min")
    logged = ada.hears("Logged")
    await ada.says("/undo")
    await ada.taps("More", on=logged)
    ada.hears("isn't there any more")


async def test_words_for_nobody_are_kept_as_a_note(chat: Chat, ada: Someone) -> None:
    await ada.says("the tram was late and I noticed it did not matter")
    ada.hears("kept that as a note")
    assert await _words(chat) == ["the tram was late and I noticed it did not matter"]
    await ada.taps("Undo")
    ada.hears("the note is removed")
    assert await _words(chat) == []


async def test_an_empty_message_and_a_place_nobody_asked_for(ada: Someone) -> None:
    await ada.says("   ")
    ada.hears("I can read words and taps")
    await ada.shares(52.5, 13.4)
    ada.hears("didn't need a place")


async def test_yesterdays_open_question_does_not_swallow_todays_practice(chat: Chat, ada: Someone) -> None:
    await ada.says("/plan stop")
    await ada.says("/cancel")
    await ada.says("/log did it")
    ada.hears("Logged: did it", "?")
    await chat.passes(hours=22)
    await ada.says("did it, 4 min")
    ada.hears("Logged: did it · 4 minutes")

    assert len(await _practices(chat)) == 2


async def test_a_question_of_days_ago_is_not_put_again(chat: Chat, ada: Someone) -> None:
    await ada.says("/log did it")
    asked = ada.hears("Logged: did it", "?")
    await chat.passes(hours=1)
    await ada.says("/help")
    assert ada.hears("What you can do here").wire.text == asked.wire.text
    await chat.passes(hours=50)
    await ada.says("/help")
    assert ada.hears("What you can do here").wire.text != asked.wire.text
    await ada.taps("Skip", on=asked)
    ada.hears("It's logged")


async def test_words_go_to_the_plan_whose_time_it_is_about(chat: Chat, ada: Someone) -> None:
    await ada.says("/plan wind down")
    await ada.says("/cancel")
    await ada.says("/remind every day at 10:15")
    await ada.says("/plan stop")
    await ada.says("/cancel")
    await ada.says("/remind every day at 21:30")
    await ada.says("/cancel")
    ada.hears("")
    await ada.says("did it, 4 min")
    ada.hears("Evening wind-down · did it")
    await chat.passes(hours=11)
    await ada.says("/log did it, 4 min")
    ada.hears("STOP · did it")
