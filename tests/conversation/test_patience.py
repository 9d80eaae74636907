"""Nobody takes the time of all others, and whoever is in danger is heard in any case."""

import asyncio

import pytest

from bot.conversation.patience import Pace, Patience
from tests.chat import Chat, Someone

LIMIT = 30


@pytest.fixture
def hurried(chat: Chat, ada: Someone) -> Someone:
    """Ada, who will be counted from now on."""
    chat.app.engine.patience = Patience(lambda: chat.clock.now().timestamp())
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
    now = 0.0
    patience = Patience(lambda: now)
    for number in range(100):
        patience.pace(f"local:{number}", "hello")
    now = 61.0
    assert patience.pace("local:1", "hello") is Pace.FINE
    assert len(patience._taken) == 1
