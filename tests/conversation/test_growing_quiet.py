"""What becomes of nudges that nobody answers, and of those that nobody should get."""

import pytest
from sqlmodel import select

from bot.store.tables import Nudge, Person
from bot.store.unit import Store
from tests.chat import Chat, Someone


@pytest.fixture
async def daily(chat: Chat, ada: Someone) -> Someone:
    """Someone with a plan and a nudge every day at noon; it is ten in the morning in Berlin."""
    await ada.says("/plan stop")
    for _ in range(2):
        await ada.taps("Skip")
    await ada.says("/remind every day at 12:00")
    await ada.says("/cancel")
    ada.heard = len(ada.messages)
    return ada


async def _days(chat: Chat, who: Someone, days: int) -> list[str]:
    """What was heard on each of the next days, in one line each."""
    heard = []
    for _ in range(days):
        before = len(who.messages)
        await chat.passes(hours=2)
        await chat.passes(hours=22)
        heard.append(" / ".join(each.wire.text for each in who.messages[before:]))
    return heard


async def test_after_silence_there_are_three_words_and_then_none(chat: Chat, daily: Someone) -> None:
    heard = await _days(chat, daily, 20)
    said = [day for day, words in enumerate(heard) if words]
    assert "this week" in heard[2]
    assert "Plans meet real life" in heard[5]
    assert "I'll stop nudging now" in heard[14]
    assert all(not words for words in heard[15:])
    assert len(said) <= 8


async def test_any_word_brings_the_nudges_back(chat: Chat, daily: Someone) -> None:
    await _days(chat, daily, 16)
    daily.heard = len(daily.messages)
    await daily.says("hello again")
    daily.hears("Good to see this open again")
    assert all(await _days(chat, daily, 2))


async def test_after_five_days_it_can_be_kept_or_made_small(chat: Chat, daily: Someone) -> None:
    await _days(chat, daily, 6)
    await daily.taps("Shrink it")
    daily.hears("tiny version is all")
    (words,) = await _days(chat, daily, 1)
    assert "tiny" in words.lower()
    await daily.says("/undo")
    daily.hears("as they were")


async def test_quieter_means_once_a_week(chat: Chat, daily: Someone) -> None:
    await _days(chat, daily, 3)
    await daily.taps("Quieter, please")
    daily.hears("Once a week")
    heard = []
    for _ in range(14):
        heard += await _days(chat, daily, 1)
        await daily.says("/help")
    nudges = [words for words in heard if words]
    assert len(nudges) <= 2


async def _change(chat: Chat, change: object) -> None:
    def write(store: Store) -> None:
        party = store.people.find("local", "ada")
        assert party is not None
        change(store, party.person)  # type: ignore[operator]

    await chat.app.database.write(write)


async def test_quiet_hours_drop_what_falls_into_them(chat: Chat, daily: Someone) -> None:
    def quiet(_store: Store, person: Person) -> None:
        person.quiet_from, person.quiet_to = 11 * 60, 13 * 60

    await _change(chat, quiet)
    assert await _days(chat, daily, 2) == ["", ""]


async def test_a_skill_that_made_things_worse_twice_is_not_nudged(chat: Chat, daily: Someone) -> None:
    def retire(store: Store, person: Person) -> None:
        store.plans.of(person.id)[0].row.retired_at = chat.clock.now()

    await _change(chat, retire)
    assert await _days(chat, daily, 2) == ["", ""]


async def test_nothing_right_after_a_slip(chat: Chat, daily: Someone) -> None:
    await chat.passes(hours=1)
    await daily.says("/slip stayed in bed")
    await daily.says("/cancel")
    before = len(daily.messages)
    await chat.passes(hours=1)
    assert len(daily.messages) == before


async def test_one_repeat_for_those_who_ask(chat: Chat, daily: Someone) -> None:
    def repeats(_store: Store, person: Person) -> None:
        person.repeats = True

    await _change(chat, repeats)
    await chat.passes(hours=2)
    await chat.passes(hours=1)
    nudges = [each for each in daily.messages[daily.heard :] if "Did it" in each.labels]
    assert len(nudges) == 2
    await chat.passes(hours=1)
    assert len([each for each in daily.messages[daily.heard :] if "Did it" in each.labels]) == 2


async def test_no_repeat_once_it_was_answered(chat: Chat, daily: Someone) -> None:
    def repeats(_store: Store, person: Person) -> None:
        person.repeats = True

    await _change(chat, repeats)
    await chat.passes(hours=2)
    await daily.taps("Not today")
    before = len(daily.messages)
    await chat.passes(hours=1)
    assert len(daily.messages) == before


async def test_a_letter_comes_on_its_day(chat: Chat, daily: Someone) -> None:
    await daily.says("/letter")
    await daily.says("You did this before, you can do it again")
    await daily.says("on 28 November")
    await daily.says("/cancel")
    heard = await _days(chat, daily, 4)
    assert "letter" in " ".join(heard).lower()


async def test_after_treatment_nudges_come_on_a_ladder(chat: Chat, daily: Someone) -> None:
    await daily.says("/session ended")
    await daily.taps(next(label for label in daily.messages[-1].labels if "end" in label.lower()))
    came = []
    for day in range(1, 70):
        before = len(daily.messages)
        await chat.passes(hours=24)
        if any("Did it" in each.labels for each in daily.messages[before:]):
            came.append(day)
    assert came == [8, 22, 50]


async def _wordings(chat: Chat) -> list[str]:
    rows = await chat.app.database.read(lambda store: store.session.exec(select(Nudge)).all())
    return [each.wording for each in sorted(rows, key=lambda each: each.due_at)]


def _early(wordings: list[str]) -> list[str]:
    return [each for number, each in enumerate(wordings) if each in wordings[max(0, number - 10) : number]]


async def test_the_wordings_go_round_instead_of_coming_in_the_same_order_for_ever(
    chat: Chat, daily: Someone
) -> None:
    await chat.passes(hours=-22)
    for _ in range(40):
        await chat.passes(hours=24)
        await daily.taps("Not today")
    wordings = await _wordings(chat)
    assert len(wordings) == 40
    assert len(set(wordings[14:])) >= 20
    assert _early(wordings) == []


async def test_no_wording_comes_again_within_ten_where_nudges_are_weekly(chat: Chat, daily: Someone) -> None:
    def weekly(store: Store, person: Person) -> None:
        store.plans.of(person.id)[0].row.cadence = "weekly"

    await _change(chat, weekly)
    await chat.passes(hours=-22)
    for _ in range(18 * 7):
        before = len(daily.messages)
        await chat.passes(hours=24)
        if len(daily.messages) > before:
            await daily.taps("Not today")
    wordings = await _wordings(chat)
    assert len(wordings) >= 17
    assert _early(wordings) == []


async def test_whoever_practises_before_the_ladders_nudge_is_not_nudged_more_for_it(
    chat: Chat, daily: Someone
) -> None:
    await daily.says("/session ended")
    await daily.taps(next(label for label in daily.messages[-1].labels if "end" in label.lower()))
    await chat.passes(hours=1)
    came = []
    for day in range(1, 110):
        await chat.passes(hours=24)
        if day in (7, 21):
            await daily.says("/log did it")
            await daily.says("/cancel")
        before = len(daily.messages)
        await chat.passes(minutes=61)
        if any("Did it" in each.labels for each in daily.messages[before:]):
            came.append(day)
        await chat.passes(minutes=-61)
    assert came == [49, 105]
