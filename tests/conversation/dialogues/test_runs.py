"""What surrounds a guided run: gates, going on later, the tiny version, timed steps, and what went badly."""

from bot.store.unit import Store
from tests.chat import PLATFORM, Chat, Someone


async def _run(ada: Someone, skill: str, rating: str = "Skip") -> None:
    await ada.says(f"/practice {skill}")
    await ada.taps(rating)
    while "Finish" not in ada.messages[-1].labels:
        await ada.taps("Next", on=ada.messages[-1])
    await ada.taps("Finish")


async def test_a_gate_is_remembered_for_90_days(chat: Chat, ada: Someone) -> None:
    await ada.says("/practice box breathing")
    await ada.taps("That's fine for me")
    await ada.taps("Stop") if "Stop" in ada.messages[-1].labels else await ada.says("/cancel")
    await ada.says("/practice box breathing")
    ada.hears("How strong is the distress")
    await chat.passes(days=91)
    await ada.says("/practice box breathing")
    assert "That's fine for me" in ada.messages[-1].labels


async def test_another_talk_does_not_lose_a_run(chat: Chat, ada: Someone) -> None:
    await ada.says("/practice sort the worry")
    await ada.taps("7")
    await ada.taps("Next")
    await ada.taps("Next")
    await ada.says("/log 5 min")
    await ada.says("/practice")
    ada.hears("<b>Sort the worry</b> at step 3 of 5")
    await ada.says("hm")
    ada.hears("at step 3 of 5")
    await ada.taps("Go on at step 3")
    ada.hears("3 of 5")
    await ada.taps("Next")
    await ada.taps("Next")
    await ada.taps("Finish")
    await ada.taps("4")
    ada.hears("7 before, 4 after")
    await ada.says("/practice")
    ada.hears("Which skill")


async def test_a_run_is_kept_for_a_day(chat: Chat, ada: Someone) -> None:
    await ada.says("/practice sort the worry")
    await ada.taps("Skip")
    await ada.taps("Next")
    await chat.passes(hours=24)
    await ada.says("/practice sort the worry")
    ada.hears("How strong is the distress")


async def test_the_tiny_version_counts(ada: Someone) -> None:
    await ada.says("/practice sort the worry")
    await ada.taps("Tiny version")
    ada.hears("The tiny version:")
    await ada.taps("Did it")
    ada.hears("Logged: tiny")


async def test_a_timed_step_is_edited_in_place_until_the_next_press(chat: Chat, ada: Someone) -> None:
    await ada.says("/practice box breathing")
    await ada.taps("That's fine for me")
    await ada.taps("Skip")
    for _ in range(4):
        await ada.taps("Next")
    screen, count = ada.messages[-1], len(ada.messages)
    await ada.taps("Start (1:04 min)")
    assert "Breathe in" in screen.wire.text
    assert "1:04 min left" in screen.wire.text
    await chat.passes(seconds=4)
    assert "Rest with the breath in" in screen.wire.text
    await chat.passes(seconds=60)
    assert "That was it" in screen.wire.text
    assert len(ada.messages) == count, "nothing new is sent"
    await ada.taps("Back")
    assert "4 of" in screen.wire.text
    await ada.taps("Next")
    await ada.taps("Start (1:04 min)")
    await ada.taps("Stop")
    assert await chat.app.database.read(lambda store: store.outbox.next_due_at(PLATFORM)) is None


async def test_twice_worse_takes_a_skill_out_of_the_nudges(chat: Chat, ada: Someone) -> None:
    await ada.says("/plan sort the worry")
    await ada.taps("Skip")
    await _run(ada, "sort the worry")
    await ada.taps("It made things worse")
    ada.hears("sorry it felt like that", "Noted with it")
    await _run(ada, "sort the worry")
    await ada.taps("It made things worse")
    ada.hears("twice in a row", "therapist")
    assert await chat.app.database.write(_retired) == [True]
    await ada.says("/undo")
    ada.hears("Undone")
    assert await chat.app.database.write(_retired) == [False]
    await ada.presses("w:12345")
    ada.hears("earlier message")


async def test_something_for_now_begins_with_what_has_worked(ada: Someone) -> None:
    await ada.says("/practice now")
    await ada.says("lots")
    ada.hears("a number from 0 to 10")
    await ada.taps("9")
    ada.hears("/crisis", "may help right now")
    assert len([label for label in ada.messages[-1].labels if label != "Cancel"]) == 3
    await ada.taps("Cancel")
    for _ in range(3):
        await _run(ada, "sort the worry", "7")
        await ada.taps("3")
    await ada.says("/now")
    await ada.taps("6")
    ada.hears("<b>Sort the worry</b> has eased it by about 4, over 3 times")
    assert ada.messages[-1].labels[0] == "Sort the worry"
    await ada.taps("Sort the worry")
    ada.hears("1 of 5")


def _retired(store: Store) -> list[bool]:
    party = store.people.find(PLATFORM, "ada")
    assert party is not None
    return [plan.row.retired_at is not None for plan in store.plans.of(party.person.id)]
