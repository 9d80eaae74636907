import pytest

from tests.chat import Chat, Someone


async def _to_the_end(ada: Someone, steps: int) -> None:
    for _ in range(steps - 1):
        await ada.taps("Next")
    await ada.taps("Finish")


async def test_a_guided_run_with_ratings_before_and_after(ada: Someone) -> None:
    await ada.says("/practice sort the worry")
    ada.hears("Sort the worry", "How strong is the distress right now")
    await ada.taps("7")
    shown = ada.hears("1 of 5")
    await ada.taps("Next")
    assert "2 of 5" in shown.wire.text, "the step is replaced in place"
    await ada.taps("Back")
    assert "1 of 5" in shown.wire.text
    await _to_the_end(ada, 5)
    ada.hears("And now: how strong")
    await ada.says("4")
    ada.hears("Logged: did it · 7 before, 4 after", "'now' worry")
    await ada.says("mostly a what if")
    ada.hears("Kept with it")


async def test_ratings_can_be_skipped_and_wrong_ones_are_asked_again(ada: Someone) -> None:
    await ada.says("/practice sort the worry")
    await ada.says("11")
    ada.hears("a number from 0 to 10")
    await ada.says("seven")
    ada.hears("1 of 5")
    await _to_the_end(ada, 5)
    await ada.says("lots")
    ada.hears("a number from 0 to 10")
    await ada.taps("Skip")
    ada.hears("Logged: did it · 7 before")


async def test_words_on_the_way_move_on_and_are_kept(chat: Chat, ada: Someone) -> None:
    await ada.says("/practice sort the worry")
    await ada.taps("Skip")
    await ada.says("that the boiler breaks")
    ada.hears("2 of 5")
    for _ in range(3):
        await ada.taps("Next")
    await ada.taps("Finish")
    ada.hears("Logged: did it")

    def words(store: object) -> list[str]:
        person = store.people.find("local", "ada").person  # type: ignore[attr-defined]
        return [store.practices.read(row) for row in store.practices.reflections(person.id)]  # type: ignore[attr-defined]

    assert await chat.app.database.write(words) == ["that the boiler breaks"]


async def test_stopping_half_way_counts_if_wanted(ada: Someone) -> None:
    await ada.says("/practice sort the worry")
    await ada.taps("Skip")
    await ada.taps("Next")
    await ada.taps("Stop")
    ada.hears("part counts")
    await ada.taps("partly")
    ada.hears("Logged: partly")
    await ada.says("/practice sort the worry")
    await ada.taps("Skip")
    await ada.taps("Next")
    await ada.taps("Stop")
    await ada.taps("No, thanks")
    ada.hears("Stopped. Trying is part of it")
    await ada.says("/practice sort the worry")
    ada.hears("You left <b>Sort the worry</b> at step 2 of 5")
    await ada.taps("From the start")
    await ada.taps("Skip")
    await ada.taps("Stop")
    ada.hears("Stopped")


async def test_a_gate_is_waited_at(ada: Someone) -> None:
    await ada.says("/practice box breathing")
    ada.hears("Leave out the pauses if")
    await ada.says("go on then")
    ada.hears("Is that fine for you?")
    await ada.taps("Pick something else")
    ada.hears("Which skill would you like to practise?")
    await ada.says("box breathing")
    await ada.taps("That's fine for me")
    ada.hears("How strong is the distress")


async def test_choosing_from_the_list_and_giving_up(ada: Someone) -> None:
    await ada.says("/practice")
    ada.hears("Which skill")
    await ada.says("qqxz")
    ada.hears('skill called "qqxz"')
    await ada.taps("Cancel")
    ada.hears("left there")
    await ada.says("/practice qqxz")
    ada.hears('skill called "qqxz"')
    await ada.taps("Sort the worry")
    ada.hears("How strong")


@pytest.mark.parametrize("skill", ["gratitude", "everyday mindfulness"])
async def test_a_skill_without_a_measure_begins_at_once(ada: Someone, skill: str) -> None:
    await ada.says(f"/practice {skill}")
    ada.hears("")


async def test_skills_are_found_and_planned(ada: Someone) -> None:
    await ada.says("/skills")
    ada.hears("What are you looking for?")
    await ada.says("/skills worry")
    ada.hears("This is what I found")
    await ada.taps("Sort the worry")
    assert "Tiny version:" in ada.messages[-1].wire.text
    await ada.taps("Make it my practice")
    ada.hears("After or while what")
    await ada.says("after lunch")
    for _ in range(3):
        await ada.taps("Skip")
    ada.hears("after lunch")
    await ada.says("/plan")
    ada.hears("Sort the worry", "after lunch", "That's your plan")
    await ada.taps("Change when")
    await ada.says("/cancel")
    await ada.says("/plan")
    await ada.taps("Put away")
    ada.hears("is put away")
    await ada.says("/plan")
    ada.hears("Which skill do you want to practise?")
    await ada.taps("Cancel")
    await ada.says("/undo")
    ada.hears("back in your plan")
    await ada.says("/skills qqxz")
    ada.hears("found no skill")


async def test_forged_skills_and_plans_change_nothing(ada: Someone) -> None:
    await ada.presses("k:no_such_skill")
    ada.hears("earlier message")
    await ada.presses("p:12:cue")
    ada.hears("earlier message")


async def test_words_typed_under_the_ways_to_look_are_looked_for(ada: Someone) -> None:
    await ada.says("/skills")
    ada.hears("You can also type words")
    await ada.says("worry")
    assert "Sort the worry" in ada.hears("This is what I found").labels
    await ada.says("/skills")
    await ada.says("the tram was late and it did not matter")
    ada.hears("kept that as a note")
