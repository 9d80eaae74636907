"""What read as wrong, unkind or repetitive when a year of messages was read as the person who gets them."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bot.conversation.overview import overview as summed_up
from bot.conversation.overview import planned_days
from bot.practice.summary import Summary, Window
from bot.store.tables import Person
from bot.store.unit import Store
from tests.chat import PLATFORM, Chat, Someone


async def _look(chat: Chat, at: Callable[[Store, Person], object]) -> object:
    def read(store: Store) -> object:
        party = store.people.find(PLATFORM, "ada")
        assert party is not None
        return at(store, party.person)

    return await chat.app.database.write(read)


async def _summary(chat: Chat) -> Summary:
    found = await _look(
        chat, lambda store, who: summed_up(store, who, Window.MONTH, chat.clock.now()).facts.summary
    )
    assert isinstance(found, Summary)
    return found


async def _planned(chat: Chat) -> set[date]:
    today = chat.clock.now().date()
    found = await _look(chat, lambda store, who: planned_days(store, who, today))
    assert isinstance(found, set)
    return found


async def _plans(ada: Someone, skill: str = "stop", times: str = "every day at 12:00") -> None:
    await ada.says(f"/plan {skill}")
    await ada.taps("Skip")
    await ada.taps("Skip")
    await ada.says(f"/remind {times}")
    await ada.says("/cancel")
    ada.heard = len(ada.messages)


async def _days(chat: Chat, days: int, each: Callable[[], object] | None = None) -> None:
    for _ in range(days):
        await chat.passes(hours=2)
        if each is not None:
            await each()  # type: ignore[misc]
        await chat.passes(hours=22)


async def _practises(chat: Chat, ada: Someone, days: int) -> None:
    async def log() -> None:
        await ada.taps("Did it")
        await ada.says("/cancel")

    await _days(chat, days, log)
    ada.heard = len(ada.messages)


async def test_a_deleted_reminder_leaves_the_days_it_planned(chat: Chat, ada: Someone) -> None:
    await _plans(ada)
    await _practises(chat, ada, 5)
    before, planned = await _summary(chat), await _planned(chat)
    await ada.says("/reminders")
    await ada.taps("Delete")
    assert await _planned(chat) == planned - {chat.clock.now().date()}
    await ada.says("/undo")
    assert await _planned(chat) == planned
    assert await _summary(chat) == before
    assert before.recent.planned == 5


async def test_a_time_that_was_over_when_it_was_set_was_not_planned(chat: Chat, ada: Someone) -> None:
    await _plans(ada, times="every day at 8:00")
    assert await _planned(chat) == set()


async def test_an_archived_plan_plans_no_more_days(chat: Chat, ada: Someone) -> None:
    await _plans(ada)
    await _practises(chat, ada, 3)
    await ada.says("/plan")
    await ada.taps("Put away")
    await _days(chat, 5)
    assert len(await _planned(chat)) == 3


async def test_a_habit_stays_what_it_is_when_treatment_ends(chat: Chat, ada: Someone) -> None:
    await _plans(ada)
    await _practises(chat, ada, 20)
    before = (await _summary(chat)).strength
    await ada.says("/session ended")
    await ada.taps("Yes, therapy has ended")
    await _days(chat, 40)
    after = (await _summary(chat)).strength
    assert before is not None
    assert after is not None
    assert after.level == before.level
    assert (await _summary(chat)).recent.planned == 7
    await ada.taps("Back to full support")
    assert (await _summary(chat)).strength == after


async def test_with_two_plans_it_is_said_which_and_one_tap_changes_it(chat: Chat, ada: Someone) -> None:
    await _plans(ada)
    await _plans(ada, "wise mind")
    await ada.says("did it, 5 minutes")
    said = ada.hears("Logged: Wise mind · did it")
    assert "Another skill" in said.labels
    await ada.taps("Another skill", on=said)
    await ada.taps("STOP", on=said)
    ada.sees("Logged: STOP · did it")
    await ada.says("/undo")
    await ada.says("did stop, 5 minutes")
    assert "Another skill" not in ada.hears("Logged: STOP").labels


async def test_with_one_plan_its_name_is_left_out(chat: Chat, ada: Someone) -> None:
    await _plans(ada)
    await ada.says("did it, 5 minutes")
    ada.hears("Logged: did it · 5 minutes")


async def test_no_session_is_spoken_of_after_treatment(chat: Chat, ada: Someone) -> None:
    await _plans(ada)
    await ada.says("/session ended")
    await ada.taps("Yes, therapy has ended")
    await ada.says("/log did it")
    await ada.says("it is easier standing up")
    ada.hears("Kept with it.")
    assert all("session" not in each.wire.text for each in ada.messages[-1:])


async def _sessions_spoken_of(chat: Chat, ada: Someone, days: int) -> list[int]:
    told = []
    for day in range(days):
        await ada.says("/log did it")
        await ada.says("it is easier standing up")
        told += [day] * ("worth taking to your session" in ada.hears("Kept with it").wire.text)
        await ada.says("/cancel")
        await chat.passes(hours=24)
    return told


async def test_a_session_is_spoken_of_once_a_fortnight(chat: Chat, ada: Someone) -> None:
    await _plans(ada)
    told = await _sessions_spoken_of(chat, ada, 16)
    assert told[0] == 0
    assert len(told) == 2


async def test_a_session_that_is_known_is_spoken_of_once_it_is_near(chat: Chat, ada: Someone) -> None:
    await _plans(ada)
    await ada.says("/session Wed 2 December at 16:00")
    await ada.says("/cancel")
    assert await _sessions_spoken_of(chat, ada, 7) == [5]


async def test_no_check_in_the_day_after_a_crisis_card(chat: Chat, ada: Someone) -> None:
    await _plans(ada)
    await _practises(chat, ada, 1)
    await ada.says("i want to die")
    await chat.passes(hours=9)
    await ada.says("/log did it, 5 min, calmer")
    assert "how sure" not in ada.hears("Logged").wire.text


async def test_after_a_silence_the_practice_is_acknowledged_first(chat: Chat, ada: Someone) -> None:
    await _plans(ada)
    await _practises(chat, ada, 2)
    await _days(chat, 16)
    await ada.says("did it, 5 minutes, slowly")
    message = ada.messages[-1].wire.text
    assert message.startswith("Logged: did it")
    assert "came back to it" in message
    assert "Your nudges are on again" in message
    assert "Good to see" not in message


async def test_after_a_silence_any_word_says_that_nudges_are_on(chat: Chat, ada: Someone) -> None:
    await _plans(ada)
    await _days(chat, 16)
    ada.heard = len(ada.messages)
    await ada.says("/today")
    ada.hears("Good to see this open again", "Your nudges are on again")


async def test_not_today_after_a_silence_is_thanked_and_no_more(chat: Chat, ada: Someone) -> None:
    await _plans(ada)
    await _days(chat, 6)
    ada.heard = len(ada.messages)
    await ada.says("not today")
    assert "Good to see" not in ada.hears("Thanks for saying so").wire.text


async def test_a_pause_is_no_gap_to_come_back_from(chat: Chat, ada: Someone) -> None:
    await _plans(ada)
    await _practises(chat, ada, 2)
    await ada.says("/pause")
    await ada.taps("Until I say so")
    await _days(chat, 12)
    await ada.says("/resume")
    await ada.says("/log did it")
    assert "came back" not in ada.hears("Logged").wire.text


async def test_the_ladder_is_no_gap_to_come_back_from(chat: Chat, ada: Someone) -> None:
    await _plans(ada)
    await _practises(chat, ada, 2)
    await ada.says("/session ended")
    await ada.taps("Yes, therapy has ended")
    await _days(chat, 12)
    await ada.says("/log did it")
    assert "came back" not in ada.hears("Logged").wire.text


async def test_a_gap_of_planned_days_is(chat: Chat, ada: Someone) -> None:
    await _plans(ada)
    await _practises(chat, ada, 2)
    await _days(chat, 8, lambda: ada.says("/help"))
    await ada.says("/log did it")
    ada.hears("You came back to it")


async def test_a_weekend_without_nudges_is_no_silence(chat: Chat, ada: Someone) -> None:
    """Wednesday 10:00: the nudges of Wednesday and Thursday are answered, the one of Friday is not."""
    await _plans(ada, times="every weekday at 12:00")
    await _practises(chat, ada, 2)
    said = []
    for _ in range(5):
        before = len(ada.messages)
        await _days(chat, 1)
        said.append(" ".join(each.wire.text for each in ada.messages[before:]))
    friday, saturday, sunday, monday, tuesday = said
    assert not saturday
    assert not sunday
    assert "this week" not in friday + monday
    assert "this week" in tuesday


async def test_no_check_in_right_after_a_slip(chat: Chat, ada: Someone) -> None:
    await _plans(ada)
    await _practises(chat, ada, 1)
    await ada.says("/slip stayed in bed")
    await ada.says("/cancel")
    await chat.passes(hours=3)
    await ada.says("/log did it, 5 min, calmer")
    assert all("how sure" not in each.wire.text for each in ada.messages)
    await _days(chat, 2, lambda: ada.says("/help"))
    await ada.says("/log did it, 5 min, calmer")
    ada.hears("how sure")


async def test_no_check_in_right_after_a_return(chat: Chat, ada: Someone) -> None:
    await _plans(ada)
    await _practises(chat, ada, 1)
    await _days(chat, 16)
    await ada.says("did it, 5 min, calmer")
    assert "how sure" not in ada.hears("came back").wire.text


@pytest.mark.parametrize(
    ("words", "answer"),
    [("not today, too tired", "often comes after starting"), ("no, I forgot", "hang it on something")],
)
async def test_what_got_in_the_way_is_not_asked_once_it_was_said(
    chat: Chat, ada: Someone, words: str, answer: str
) -> None:
    await _plans(ada)
    await chat.passes(hours=2)
    await ada.says(words)
    said = ada.hears("not today. Thanks", answer)
    assert "What got in the way?" not in said.labels
    await ada.says("/undo")
    ada.hears("open again")


async def test_each_word_after_silence_can_be_answered_with_did_it(chat: Chat, ada: Someone) -> None:
    await _plans(ada)
    seen = []
    for _ in range(16):
        before = len(ada.messages)
        await _days(chat, 1)
        seen += [each for each in ada.messages[before:] if "Did it" not in each.labels]
    assert seen == []


async def test_no_question_comes_twice_within_ten(chat: Chat, ada: Someone) -> None:
    await _plans(ada)
    asked = []
    for _ in range(24):
        await ada.says("/log did it")
        asked.append(ada.messages[-1].wire.text.split("\n\n")[-1])
        await ada.says("lighter")
        await ada.says("/cancel")
        await chat.passes(hours=24)
    assert all(question.endswith(("?", "plenty.")) for question in asked)
    assert all(question not in asked[max(0, at - 10) : at] for at, question in enumerate(asked))


async def test_whoever_skips_the_question_is_asked_less(chat: Chat, ada: Someone) -> None:
    await _plans(ada)
    asked = []
    for _ in range(11):
        await ada.says("/log did it")
        asked.append("Skip" in ada.messages[-1].labels)
        await ada.says("skip")
        await ada.says("/cancel")
        chat.clock.move(hours=1)
    assert asked == [True] * 3 + [False, False, False, True] * 2


async def test_at_most_three_buttons_and_more(chat: Chat, ada: Someone) -> None:
    await _plans(ada)
    await ada.says("/log did it")
    asks = ada.hears("Logged")
    assert asks.labels == ["Skip", "Used it for real", "Undo", "More"]
    await ada.taps("More", on=asks)
    assert "Change" in asks.labels
    assert "Logged: did it" in asks.wire.text
    await ada.taps("Back", on=asks)
    assert asks.labels == ["Skip", "Used it for real", "Undo", "More"]
    await ada.taps("Skip", on=asks)
    ada.hears("It's logged")


async def test_a_log_followed_by_a_check_in_has_two_buttons(chat: Chat, ada: Someone) -> None:
    await _plans(ada)
    await _practises(chat, ada, 1)
    await ada.says("did it twice, 5 min, calmer")
    ada.hears("how sure")
    logged, _ = ada.messages[-2:]
    assert logged.labels == ["Undo", "More"]


async def test_a_check_in_that_was_left_open_waits_for_its_next_time(chat: Chat, ada: Someone) -> None:
    await _plans(ada)
    await _practises(chat, ada, 1)
    asked = []
    for _ in range(9):
        await ada.says("did it, 5 min, calmer")
        asked.append("how sure" in ada.hears("Logged").wire.text)
        await ada.says("/cancel")
        await chat.passes(hours=24)
    assert asked == [True] + [False] * 6 + [True, False]


async def test_who_always_answers_nudges_can_reach_second_nature(chat: Chat, ada: Someone) -> None:
    """All practices are prompted: rarer nudges are offered once, and the last signal shows after them."""
    await _plans(ada)
    await _practises(chat, ada, 30)

    def automatic(store: Store, who: Person) -> None:
        (plan,) = store.plans.of(who.id)
        for weeks in (4, 2, 0):
            at = chat.clock.now() - timedelta(days=1, weeks=weeks)
            store.check_ins.add(who.id, plan.row.id, "automaticity", at.date(), at, 8)
        at = chat.clock.now() - timedelta(days=1)
        store.check_ins.add(who.id, plan.row.id, "confidence", at.date(), at, 8)

    await _look(chat, automatic)
    await ada.says("did it, 5 min, calmer")
    offered = ada.hears("nudge once a week for a while")
    assert offered.labels == ["Once a week", "As now"]
    await ada.taps("Once a week")
    ada.hears("once a week")
    told = 0
    for _ in range(32):
        await chat.passes(hours=24)
        await ada.says("did it, 5 min, calmer")
        told += "becoming second nature" in ada.messages[-1].wire.text
        await ada.says("/cancel")
    assert told == 1
