"""Questions that come back: after a practice, one at a time, never pushed."""

from datetime import timedelta

import pytest

from bot.conversation.dialogue import Dialogue, Move, done
from bot.conversation.dialogues import check_in
from bot.conversation.turn import Turn
from bot.practice.ratings import Reading
from bot.store.plans import OpenPlan
from bot.store.unit import Store
from bot.texts import t
from tests.chat import PLATFORM, Chat, Someone

trying = Dialogue("trying")


@trying.command("next")
def ask_next(turn: Turn) -> Move:
    """Stands for the end of logging a practice."""
    (plan,) = turn.store.plans.of(turn.person.id)
    return check_in.next_question(turn, plan) or done(t("words", words="Nothing is due."))


@pytest.fixture
async def grounded(chat: Chat, ada: Someone) -> Someone:
    """Ada, with one plan, and a command that asks what is due."""
    chat.app.engine.router.commands.update(trying.commands)
    await ada.says("/plan 5-4-3-2-1")
    await ada.taps("Skip")
    ada.heard = len(ada.messages)
    return ada


async def practises(ada: Someone, days: int, start: str = "just_happened") -> None:
    """Once a day, in the time that passes."""

    def add(store: Store) -> None:
        party = store.people.find(PLATFORM, ada.name)
        assert party is not None
        (plan,) = store.plans.of(party.person.id)
        now = ada.chat.clock.now()
        store.practices.add(
            party.person.id,
            plan_id=plan.row.id,
            skill=plan.row.skill,
            day=now.date(),
            at=now,
            logged_at=now,
            outcome="done",
            start=start,
        )

    for _ in range(days):
        await ada.chat.app.database.write(add)
        ada.chat.clock.move(days=1)


async def answered(ada: Someone, kind: str, *values: float) -> None:
    """Check-ins a fortnight apart, the last of them yesterday."""

    def add(store: Store) -> None:
        party = store.people.find(PLATFORM, ada.name)
        assert party is not None
        (plan,) = store.plans.of(party.person.id)
        for weeks, value in zip(range(2 * len(values) - 2, -2, -2), values, strict=True):
            at = ada.chat.clock.now() - timedelta(days=1, weeks=weeks)
            store.check_ins.add(party.person.id, plan.row.id, kind, at.date(), at, value)

    await ada.chat.app.database.write(add)


async def plan_of(ada: Someone) -> tuple[OpenPlan, list[Reading], list[Reading]]:
    def read(store: Store) -> tuple[OpenPlan, list[Reading], list[Reading]]:
        party = store.people.find(PLATFORM, ada.name)
        assert party is not None
        (plan,) = store.plans.of(party.person.id)
        readings = store.check_ins.readings
        automatic = readings(party.person.id, plan.row.id, "automaticity")
        return plan, automatic, readings(party.person.id, plan.row.id, "confidence")

    return await ada.chat.app.database.write(read)


async def test_nothing_is_asked_before_there_is_something_to_ask(grounded: Someone) -> None:
    await practises(grounded, 1)
    await grounded.says("/next")
    grounded.hears("Nothing is due.")


async def test_confidence_is_asked_weekly_with_the_upward_question(grounded: Someone) -> None:
    await practises(grounded, 2)
    await grounded.says("/next")
    grounded.hears("how sure are you that you could use it")
    await grounded.taps("4")
    grounded.hears("What makes it a 4 and not lower?")
    await grounded.says("it worked on the bus")
    grounded.hears("worth taking to your session")
    await grounded.says("/next")
    grounded.hears("Nothing is due.")

    await practises(grounded, 7)
    await grounded.says("/next")
    grounded.hears("how sure are you")
    await grounded.taps("0")
    grounded.hears("What might make it a 1?")
    await grounded.taps("Skip")
    assert [reading.value for reading in (await plan_of(grounded))[2]] == [4.0, 0.0]


async def test_confidence_that_grew_is_asked_about(grounded: Someone) -> None:
    await practises(grounded, 4)
    await answered(grounded, "confidence", 3, 3, 3, 4)
    grounded.chat.clock.move(days=8)
    await grounded.says("/next")
    await grounded.taps("6")
    grounded.hears("3 weeks ago you said 3. Today you said 6. What changed?")


async def test_not_now_is_taken_for_a_week(grounded: Someone) -> None:
    await practises(grounded, 2)
    await grounded.says("/next")
    await grounded.taps("Not now")
    grounded.hears("another time")
    grounded.chat.clock.move(days=3)
    await grounded.says("/next")
    grounded.hears("Nothing is due.")


async def test_automaticity_is_four_taps_on_one_screen(grounded: Someone) -> None:
    await practises(grounded, 14)
    await grounded.says("/next")
    screen = grounded.hears("1 of 4", "Five senses", "I find myself reaching for it")
    shown = len(grounded.messages)
    await grounded.taps("8", on=screen)
    assert "2 of 4" in screen.wire.text
    await grounded.taps("7", on=screen)
    await grounded.taps("Not sure", on=screen)
    assert "4 of 4" in screen.wire.text
    await grounded.taps("9", on=screen)
    assert screen.wire.text == "Thanks, that's noted."
    assert len(grounded.messages) == shown
    assert [reading.value for reading in (await plan_of(grounded))[1]] == [8.0]

    await grounded.taps("Undo", on=screen)
    grounded.hears("that answer is gone")
    assert (await plan_of(grounded))[1] == []


async def test_automaticity_may_be_typed_and_left(grounded: Someone) -> None:
    await practises(grounded, 14)
    await grounded.says("/next")
    await grounded.says("seven")
    grounded.hears("2 of 4")
    await grounded.says("quite")
    grounded.hears("2 of 4")
    await grounded.taps("Not now")
    grounded.hears("another time")
    assert (await plan_of(grounded))[1] == []


async def test_it_is_asked_again_after_a_fortnight_and_five_practices(grounded: Someone) -> None:
    await practises(grounded, 4)
    grounded.chat.clock.move(days=20)
    await grounded.says("/next")
    assert "1 of 4" not in grounded.hears("how sure").wire.text
    await practises(grounded, 1)
    await grounded.says("/next")
    grounded.hears("1 of 4")


async def second_nature(ada: Someone) -> None:
    await practises(ada, 12)
    await answered(ada, "automaticity", 7, 8, 8)
    await answered(ada, "confidence", 8)


async def test_second_nature_is_told_once_with_choices(grounded: Someone) -> None:
    await second_nature(grounded)
    await grounded.says("/next")
    said = grounded.hears("becoming second nature")
    assert said.labels == ["Once a week", "Once a month", "Not at all", "As now"]
    await grounded.taps("Once a month")
    grounded.hears("once a month")
    plan, _, _ = await plan_of(grounded)
    assert (plan.row.cadence, plan.row.told_at) == ("monthly", 8.0)
    await grounded.says("/next")
    grounded.hears("Nothing is due.")

    await grounded.says("/undo")
    grounded.hears("as they were")
    assert (await plan_of(grounded))[0].row.cadence == "as_planned"


async def test_more_support_is_offered_once_when_it_fades(grounded: Someone) -> None:
    await second_nature(grounded)
    await grounded.says("/next")
    await grounded.taps("Not at all")
    grounded.chat.clock.move(days=15)
    await answered(grounded, "automaticity", 5)
    await answered(grounded, "confidence", 8)
    await grounded.says("/next")
    grounded.hears("Want a bit more support with this one for a while?")
    await grounded.says("/next")
    grounded.hears("Nothing is due.")
    await grounded.taps("Yes, a bit more")
    grounded.hears("usual times again")
    plan, _, _ = await plan_of(grounded)
    assert (plan.row.cadence, plan.row.second_nature_at) == ("as_planned", None)
