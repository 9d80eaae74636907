"""What was expected of a feared step, and what happened."""

from tests.chat import Someone


async def predicts(ada: Someone, step: str, expected: str) -> None:
    await ada.says(f"/predict {step}")
    await ada.taps("Skip")
    await ada.taps(expected)


async def tells(ada: Someone, happened: str, experienced: str) -> None:
    await ada.taps("How it went")
    await ada.says(happened)
    await ada.taps(experienced)


async def test_before_and_after_stand_side_by_side(ada: Someone) -> None:
    await ada.says("/predict")
    ada.hears("What is the step?")
    await ada.says("ask a question in the meeting")
    ada.hears("What do you expect to happen?")
    await ada.says("everyone will stare")
    ada.hears("How bad do you expect it to be")
    await ada.says("terrible")
    ada.hears("0")
    await ada.says("8")
    ada.hears("When you've taken the step")

    await tells(ada, "two people nodded", "3")
    ada.hears(
        "ask a question in the meeting",
        "Expected: everyone will stare · 8 of 10",
        "Happened: two people nodded · 3 of 10",
    )


async def test_it_may_not_have_happened_yet(ada: Someone) -> None:
    await predicts(ada, "call the landlord", "7")
    await ada.taps("How it went")
    await ada.taps("It didn't happen yet")
    ada.hears("stays open")
    await ada.says("/predict")
    assert "Happened" not in ada.hears("call the landlord", "Expected: 7 of 10").wire.text


async def test_going_better_is_told_from_three_times_on(ada: Someone) -> None:
    for number, experienced in enumerate(["3", "9", "2", "4"], 1):
        await predicts(ada, f"step {number}", "7")
        await tells(ada, "it went on", experienced)
        if number < 3:
            ada.hears("Kept side by side")
    ada.hears("2 of 3 times it went better", "3 of 4 times it went better than you expected.")


async def test_all_of_it_can_be_undone(ada: Someone) -> None:
    await predicts(ada, "call the landlord", "7")
    await tells(ada, "short and fine", "2")
    await ada.taps("Undo")
    ada.hears("the step is open again")
    await ada.says("/predict")
    await ada.taps("Delete")
    ada.hears("Removed")
    await ada.taps("Undo")
    ada.hears("it is back")
    await ada.says("/undo")
    await ada.says("/predict call")
    await ada.says("/cancel")
    await ada.says("/undo")
    ada.hears("the prediction is gone")
