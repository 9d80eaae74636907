"""Goals, in the person's words, and what is practised for them."""

from tests.chat import Someone


async def test_a_goal_is_added_in_own_words_and_listed(ada: Someone) -> None:
    await ada.says("/goals")
    ada.hears("What would you like to be different?")
    await ada.says("take the <train> to my sister")
    ada.hears("Your goal: take the &lt;train&gt; to my sister")
    await ada.says("/goals sleep through")
    ada.hears("Your goal: sleep through")

    await ada.says("/goals")

    ada.hears("take the &lt;train&gt; to my sister", "sleep through", "These are your goals")


async def test_nothing_is_added_by_cancelling(ada: Someone) -> None:
    await ada.says("/goals")
    await ada.taps("Cancel")
    await ada.says("/goals")
    assert "Add a goal" not in ada.hears("What would you like to be different?").labels


async def test_a_goal_may_be_put_otherwise(ada: Someone) -> None:
    await ada.says("/goals sleep")
    await ada.says("/goals")
    await ada.taps("Change")
    ada.hears("It says: sleep")
    await ada.says("sleep through, most nights")
    ada.hears("<b>sleep through, most nights</b>")

    await ada.taps("Undo")
    ada.hears("says what it said before")
    await ada.says("/goals")
    ada.hears("<b>sleep</b>")


async def test_what_is_put_away_is_kept_and_comes_back(ada: Someone) -> None:
    await ada.says("/goals sleep")
    await ada.says("/goals")
    await ada.taps("Put away")
    ada.hears("It is kept")
    await ada.says("/goals")
    assert "<b>sleep</b>" not in ada.hears("These are your goals").wire.text

    await ada.taps("Goals put away")
    ada.hears("sleep", "These are put away")
    await ada.taps("Take it up again")
    ada.hears("among your goals again")
    await ada.says("/goals")
    ada.hears("<b>sleep</b>")


async def test_a_plan_is_chosen_to_serve_a_goal_and_let_go_again(ada: Someone) -> None:
    await ada.says("/plan Watering the plants")
    await ada.taps("Skip")
    await ada.says("/goals feel calmer")
    await ada.taps("What I practise for it")
    ada.hears("Which of your plans serve this?", "feel calmer")
    await ada.taps("Watering the plants")
    ada.hears("Watering the plants now serves this goal")
    await ada.says("/goals")
    ada.hears("You practise Watering the plants for it")

    await ada.says("/undo")
    ada.hears("serves what it served before")
    await ada.says("/goals")
    assert all("You practise" not in each.wire.text for each in ada.messages[-2:])


async def test_adding_can_be_undone(ada: Someone) -> None:
    await ada.says("/goals sleep")
    await ada.taps("Undo")
    ada.hears("the goal is gone")


async def test_the_goal_of_someone_else_is_out_of_reach(ada: Someone) -> None:
    await ada.presses("goal:123:archive")
    ada.hears("button")
