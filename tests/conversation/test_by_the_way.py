"""Words that people say without being asked, and what they expect of them."""

from tests.chat import Chat, Someone


async def _planned(ada: Someone) -> None:
    await ada.says("/plan sort the worry")
    await ada.taps("Skip")
    await ada.says("/cancel")
    ada.heard = len(ada.messages)


async def _notes(ada: Someone) -> str:
    await ada.says("/history")
    return ada.messages[-1].wire.text


async def test_only_half_of_it_after_a_tapped_did_it_makes_it_partly(chat: Chat, ada: Someone) -> None:
    await _planned(ada)
    await ada.says("/remind every day at 12:00")
    await chat.passes(hours=2)
    await ada.taps("Did it")
    ada.hears("Logged: did it")
    await ada.says("no wait, only half of it")
    assert ada.hears("Changed. It now says: partly").labels == ["Change", "Undo"]
    await ada.says("the phone rang in the middle")
    ada.hears("Kept with it")
    history = await _notes(ada)
    assert "partly" in history
    assert "no wait" not in history
    await ada.says("/undo")
    assert "did it" in await _notes(ada)


async def test_second_thoughts_about_what_was_typed_log_nothing_more(ada: Someone) -> None:
    await _planned(ada)
    await ada.says("did it, 5 min, calmer")
    ada.hears("Logged")
    await ada.says("sorry, 15 minutes")
    ada.hears("Changed. It now says: did it", "15 minutes")
    history = await _notes(ada)
    assert "2." not in history.replace('2. "', ""), history


async def test_second_thoughts_that_it_was_not_done_offer_to_take_it_off(ada: Someone) -> None:
    await _planned(ada)
    await ada.says("/log did it")
    await ada.says("wait, i didn't do it")
    assert "Delete" in ada.hears("Tap what to change").labels


async def test_second_thoughts_long_afterwards_are_words_like_others(chat: Chat, ada: Someone) -> None:
    await _planned(ada)
    await ada.says("did it, 5 min, calmer")
    await chat.passes(hours=4)
    await ada.says("actually, the bus was late again")
    ada.hears("I kept that as a note.")


async def test_a_greeting_is_greeted_and_thanks_are_taken(chat: Chat, ada: Someone) -> None:
    await ada.says("Hi!")
    assert ada.hears("Hello. What would you like to do?").labels == ["Log a practice", "Practise now"]
    await ada.says("thank you")
    ada.hears("You're welcome.")
    await _planned(ada)
    await ada.says("/remind every day at 12:00")
    await chat.passes(hours=2)
    await ada.says("good morning")
    assert "Did it" in ada.hears("Hello.").labels
    assert "good morning" not in await _notes(ada)


async def test_a_greeting_after_a_silence_is_no_note(chat: Chat, ada: Someone) -> None:
    await _planned(ada)
    await ada.says("/remind every day at 12:00")
    await chat.passes(hours=2)
    for _ in range(20):
        await chat.passes(days=1)
    ada.heard = len(ada.messages)
    await ada.says("hi")
    ada.hears("Good to see this open again", "What would you like to do?")
    assert "hi" not in (await _notes(ada)).lower().split()


async def test_a_line_after_the_question_after_a_session_is_kept_as_what_is_taken_away(
    chat: Chat, ada: Someone
) -> None:
    await _planned(ada)
    await ada.says("/session today at 16:00")
    await ada.says("/remind every day at 12:00")
    await chat.passes(hours=2)
    await chat.passes(hours=5, minutes=30)
    ada.hears("Anything from today that is worth keeping?")
    await ada.says("the worry about mum is a what if")
    ada.hears("What will you practise till next time?")
    await ada.taps("No plan for now")
    ada.hears("Kept. It's in your /history")
    assert "the worry about mum is a what if" in await _notes(ada)
    await ada.says("and the bus was late")
    ada.hears("I kept")


async def test_a_practice_after_that_question_is_a_practice(chat: Chat, ada: Someone) -> None:
    await _planned(ada)
    await ada.says("/session today at 16:00")
    await chat.passes(hours=7, minutes=30)
    await ada.says("did it, 5 min")
    ada.hears("Logged: did it · 5 minutes")


async def test_a_line_after_the_page_for_a_session_is_something_to_bring(chat: Chat, ada: Someone) -> None:
    await ada.says("/session tomorrow at 16:00")
    await chat.passes(hours=8)
    assert "Add one" in ada.hears("A short page to look over for tomorrow is ready").labels
    await ada.says("the phone call with my mother")
    ada.hears("Thu 26 Nov, 16:00")
    await ada.says("/brief")
    ada.hears("the phone call with my mother")
    await chat.passes(hours=4)
    await ada.says("cannot sleep again")
    ada.hears("I kept that as a note.")
