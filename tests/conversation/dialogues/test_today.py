"""Which skill today, and why."""

from tests.chat import Chat, Someone


async def plans(ada: Someone, *names: str) -> None:
    for name in names:
        await ada.says(f"/plan {name}")
        await ada.taps("Skip")


async def test_without_plans_there_is_a_way_to_one(ada: Someone) -> None:
    await ada.says("/today")
    ada.hears("There is no plan yet")


async def test_a_new_skill_first_then_another_until_there_is_none(ada: Someone) -> None:
    await plans(ada, "juggling", "stop")
    await ada.says("/today")
    first = ada.hears("How about", "waiting for a first try")
    assert "Another one" in first.labels
    await ada.taps("Another one")
    second = ada.hears("How about")
    assert second.wire.text != first.wire.text
    assert "Another one" not in second.labels


async def test_what_fades_comes_first_with_the_reason(chat: Chat, ada: Someone) -> None:
    await plans(ada, "juggling")
    for _ in range(3):
        await ada.says("/log did it")
        await ada.taps("Skip")
        await chat.passes(days=1)
    await chat.passes(days=6)
    await plans(ada, "stop")
    await ada.says("/today")
    ada.hears("How about <b>juggling</b>? It has rested for 7 days; about a day in between suits it.")
    await ada.taps("Not now")
    ada.hears("/today is there when you want it")


async def test_practised_today_is_enough(ada: Someone) -> None:
    await plans(ada, "juggling")
    await ada.says("/log did it")
    await ada.taps("Skip")
    await ada.says("/today")
    ada.hears("practised all of your skills today")


async def test_words_are_kept_as_a_note(ada: Someone) -> None:
    await plans(ada, "juggling")
    await ada.says("/today")
    await ada.says("the neighbour was kind this morning")
    ada.hears("note")
