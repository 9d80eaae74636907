from tests.chat import Someone


async def _add(ada: Someone) -> None:
    await ada.says("/own")
    await ada.taps("Add my own")
    await ada.says("Cold tea")
    await ada.says("Fill the kettle")
    await ada.says("Watch it\nWait for the click")
    await ada.taps("That's all")
    await ada.says("Just hold the cup")


async def test_an_own_skill_is_made_run_and_changed(ada: Someone) -> None:
    await _add(ada)
    ada.hears("Kept: 3 steps", "<b>Cold tea</b>", "3. Wait for the click", "Tiny version: Just hold the cup")
    await ada.taps("Practise now")
    ada.hears("1 of 3", "Fill the kettle")
    await ada.taps("Next")
    await ada.says("/help")
    await ada.says("/practice cold tea")
    await ada.taps("Go on at step 2")
    await ada.taps("Next")
    await ada.taps("Finish")
    ada.hears("Logged: did it")
    await ada.says("/own")
    await ada.taps("Cold tea")
    await ada.taps("Change name")
    await ada.says("x" * 81)
    ada.hears("up to 80 characters")
    await ada.says("Warm tea")
    await ada.taps("Change steps")
    await ada.says("\n".join("abcdefghijklm"))
    ada.hears("Up to 12 steps")
    await ada.says("y" * 301)
    ada.hears("Up to 300 characters")
    await ada.says("Only this")
    await ada.taps("That's all")
    await ada.taps("Change tiny version")
    await ada.taps("Skip")
    shown = ada.hears("<b>Warm tea</b>\n1. Only this")
    assert "Tiny version:" not in shown.wire.text
    for _ in range(3):
        await ada.says("/undo")
    await ada.says("/own")
    await ada.taps("Cold tea")
    ada.hears("<b>Cold tea</b>", "3. Wait for the click", "Tiny version: Just hold the cup")


async def test_an_own_skill_is_put_away_and_taken_back(ada: Someone) -> None:
    await _add(ada)
    await ada.taps("Put away")
    ada.hears("is put away")
    await ada.says("/own")
    ada.hears("no skill of your own")
    await ada.taps("Archived")
    await ada.taps("Cold tea")
    ada.hears("is back")
    await ada.says("/own")
    ada.hears("Your own skills")


async def test_forged_presses_reach_nothing(ada: Someone) -> None:
    for press in ("o:", "o:77:show", "o:x:go"):
        await ada.presses(press)
        ada.hears("earlier message")


async def test_browsing_stays_on_one_screen(ada: Someone) -> None:
    await ada.says("/skills")
    screen, count = ada.messages[-1], len(ada.messages)
    await ada.taps("By need")
    await ada.taps("More")
    await ada.taps("Back")
    await ada.taps("Anger")
    await ada.taps("Back")
    await ada.taps("Back")
    await ada.taps("By kind")
    await ada.taps("Breathing and relaxing")
    await ada.taps("Box breathing")
    assert "Tiny version:" in screen.wire.text
    assert len(ada.messages) == count
    await ada.taps("Practise now")
    ada.hears("Leave out the pauses")
    await ada.says("/skills")
    await ada.taps("Search")
    await ada.says("worry")
    ada.hears("This is what I found")
