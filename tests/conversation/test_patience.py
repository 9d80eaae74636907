"""Nobody takes the time of all others, and whoever is in danger is heard in any case."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation.messages import Incoming
from bot.conversation.patience import Pace, Patience
from tests.chat import Chat, Someone

LIMIT = 30


@pytest.fixture
def hurried(chat: Chat, ada: Someone) -> Someone:
    """Ada, who will be counted from now on."""
    chat.app.engine.patience = Patience()
    return ada


async def test_a_flood_is_answered_kindly_and_once(chat: Chat, hurried: Someone) -> None:
    for number in range(LIMIT):
        await hurried.says(f"/log did it, {number + 1} min")
    hurried.hears("30 minutes")
    await hurried.says("one more")
    hurried.hears("a lot at once")
    await asyncio.gather(*(hurried.says(f"and more {number}") for number in range(50)))
    hurried.hears_nothing()
    chat.clock.move(seconds=61)
    await hurried.says("later")
    hurried.hears("kept that as a note")


async def test_who_calls_for_help_is_heard_in_a_flood(hurried: Someone) -> None:
    for _ in range(LIMIT + 5):
        await hurried.presses("c:progress")
    hurried.heard = len(hurried.messages)
    await hurried.says("I want to kill myself")
    hurried.hears("findahelpline")
    await hurried.says("/crisis")
    hurried.hears("findahelpline")
    await hurried.says("HELP")
    hurried.hears("/crisis")


async def test_nobody_else_waits_for_it(chat: Chat, hurried: Someone) -> None:
    for _ in range(LIMIT + 5):
        await hurried.says("hello")
    bo = chat.person("bo")
    await bo.says("/start")
    bo.hears("this is Limber")


def test_nothing_is_remembered_of_who_is_quiet() -> None:
    patience = Patience()
    for number in range(100):
        patience.pace(_hello(number, 0))

    assert patience.pace(_hello(1, 61)) is Pace.FINE
    assert len(patience._taken) == 1


def test_what_waited_while_limber_was_away_was_not_said_too_fast() -> None:
    patience = Patience()
    read_at_once = [_hello(1, 10 * number) for number in range(5 * LIMIT)]

    assert {patience.pace(each) for each in read_at_once} == {Pace.FINE}


def test_a_clock_that_was_put_back_makes_nobody_too_fast() -> None:
    patience = Patience()
    for _ in range(LIMIT):
        patience.pace(_hello(1, 3600))

    assert patience.pace(_hello(1, 3600)) is Pace.TOO_FAST
    assert patience.pace(_hello(1, 0)) is Pace.FINE


def _hello(number: int, second: float) -> Incoming:
    at = datetime(2026, 11, 27, tzinfo=UTC) + timedelta(seconds=second)
    return Incoming("local", str(number), f"{number}:{second}", at, text="hello")
