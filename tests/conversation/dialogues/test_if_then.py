"""The if-then of a plan, built by taps or in own words."""

from collections.abc import Iterator
from dataclasses import asdict

import pytest

from bot.conversation.dialogue import Dialogue, Move, done
from bot.conversation.dialogues import if_then
from bot.conversation.turn import Turn
from bot.store.unit import Store
from bot.texts import t
from tests.chat import PLATFORM, Chat, Someone

trying = Dialogue("trying")


@trying.command("try")
def begin(turn: Turn) -> Move:
    """Stands for /plan."""
    (plan,) = turn.store.plans.of(turn.person.id)
    return if_then.begin(turn, plan, turn.text)


@pytest.fixture
async def planning(chat: Chat, ada: Someone) -> Someone:
    """Ada, with a plan for grounding, and a command that builds its if-then."""
    chat.app.engine.router.commands.update(trying.commands)
    await ada.says("/plan 5-4-3-2-1")
    await ada.taps("Skip")
    return ada


@pytest.fixture
def onwards() -> Iterator[None]:
    if_then.GOES_ON["there"] = lambda _turn: done(t("words", words="And on we go."))
    yield
    del if_then.GOES_ON["there"]


async def kept(chat: Chat) -> tuple[dict[str, str], int]:
    def look(store: Store) -> tuple[dict[str, str], int]:
        party = store.people.find(PLATFORM, "ada")
        assert party is not None
        (plan,) = store.plans.of(party.person.id)
        return asdict(plan.words), plan.row.target_days

    return await chat.app.database.write(look)


async def test_by_taps_alone_and_said_back_as_one_sentence(chat: Chat, planning: Someone) -> None:
    await planning.says("/try")
    asked = planning.hears("After or while what would you like to practise five senses, 5-4-3-2-1?")
    assert len(asked.labels) == 7
    await planning.taps("after breakfast")
    await planning.taps("Five senses, 5-4-3-2-1")
    await planning.taps("On the way")
    planning.hears("On how many days a week? 4 or 5")
    await planning.taps("4")
    planning.hears(
        "Your plan: <b>after breakfast</b>, I will: <b>Five senses, 5-4-3-2-1</b>, on the way.",
        "4 days a week",
    )
    words, target = await kept(chat)
    assert (words["cue"], words["place"], target) == ("after breakfast", "on_the_way", 4)


async def test_in_own_words_and_seven_days_if_they_say_so(chat: Chat, planning: Someone) -> None:
    await planning.says("/try")
    await planning.says("when the bus turns the corner")
    await planning.says("look for five blue things")
    await planning.says("seat by the window")
    await planning.says("eleven")
    planning.hears("On how many days a week?")
    await planning.says("7")
    planning.hears("when the bus turns the corner</b>, I will: <b>look for five blue things</b>, seat by")
    assert (await kept(chat))[1] == 7


async def test_every_question_can_be_skipped(chat: Chat, planning: Someone) -> None:
    before = await kept(chat)
    await planning.says("/try")
    await planning.taps("Skip")
    planning.hears("On how many days a week?")
    await planning.taps("Skip")
    planning.hears("Your plan: <b>five senses, 5-4-3-2-1</b>.")
    assert await kept(chat) == before

    await planning.says("/try")
    await planning.says("after lunch")
    for _ in range(3):
        await planning.taps("Skip")
    planning.hears("<b>after lunch</b>, I will: <b>five senses, 5-4-3-2-1</b>.")


async def test_it_can_be_undone(chat: Chat, planning: Someone) -> None:
    before = await kept(chat)
    await planning.says("/try")
    await planning.says("after lunch")
    await planning.taps("Skip")
    await planning.taps("Skip")
    await planning.taps("3")
    await planning.taps("Undo")
    planning.hears("the plan says what it said before")
    assert await kept(chat) == before


@pytest.mark.usefixtures("onwards")
async def test_the_conversation_goes_on_where_it_was_told_to(planning: Someone) -> None:
    await planning.says("/try there")
    await planning.says("after lunch")
    for _ in range(3):
        await planning.taps("Skip")
    planning.hears("Your plan: <b>after lunch</b>", "And on we go.")
