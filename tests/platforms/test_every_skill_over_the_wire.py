"""Every skill over the wire: gate, steps, ratings, timing; half of it, and on after a restart.

On Telegram each skill has a person of its own, so that one restart comes in the middle of all of them. On
the page, where there is one person, there is a restart for each.
"""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.content.loader import Skill, load_content
from tests.clock import MovableClock
from tests.conformance.homes import Home, Voice, at_telegram, on_page
from tests.conformance.test_every_home import AGREED
from tests.conformance.walk import Walk
from tests.emulators.telegram import TelegramEmulator

pytestmark = pytest.mark.timeout(300)
SKILLS = load_content().skills("en")
AT_ONCE = 15
FINE, AGREED_TO = "That's fine for me", "Agreed with therapist"


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(datetime(2026, 11, 25, 9, 0, tzinfo=UTC))


async def _agreed(home: Home, voice: Voice) -> Walk:
    walk = Walk(home, voice)
    for act in AGREED:
        await act(walk)
    return walk


async def _opens(walk: Walk, skill: Skill) -> None:
    """Comes to the first step, and not before the gate was passed."""
    await walk.voice.says(f"/practice {skill.name}")
    shown = await walk.hears(skill.name, *([skill.caution] if skill.caution else []))
    gate = AGREED_TO if skill.needs_plan else FINE
    gated = skill.check == "confirm" or skill.needs_plan
    assert gated == (gate in dict(shown.buttons)), shown
    if gated:
        await walk.voice.says("next")
        await walk.hears_what(lambda each: gate in dict(each.buttons), gate)
        await walk.taps(gate)
    await _rates(walk, skill, "5")
    await walk.hears(f"1 of {len(skill.steps)}", skill.steps[0])


async def _rates(walk: Walk, skill: Skill, number: str) -> None:
    if skill.measure != "none":
        await walk.hears("from 0")
        await walk.taps(number)


async def _goes_through(walk: Walk, skill: Skill, first: int = 0) -> None:
    """From this step to the end: times what is timed, rates, and is told what was logged."""
    await _times(walk, skill, first)
    for number in range(first + 1, len(skill.steps)):
        await _next(walk, skill, number)
        await _times(walk, skill, number)
    await walk.taps("Finish")
    await _rates(walk, skill, "4")
    await walk.hears("Logged", "did it", *(["5 before, 4 after"] if skill.measure != "none" else []))


async def _times(walk: Walk, skill: Skill, number: int) -> None:
    if skill.pace_of(number) is not None:
        await walk.presses(r"s:\d+:pace")
        await walk.hears(skill.steps[number], " left")


async def _next(walk: Walk, skill: Skill, number: int) -> None:
    await walk.taps("Next")
    await walk.hears(f"{number + 1} of {len(skill.steps)}", skill.steps[number])


async def _opens_once_more(walk: Walk, skill: Skill) -> None:
    """The gate stays open for ninety days."""
    await walk.voice.says(f"/practice {skill.name}")
    await _rates(walk, skill, "5")
    await walk.hears(f"1 of {len(skill.steps)}")


async def _leaves_half_way(walk: Walk, skill: Skill) -> None:
    """Stop after the first step counts nothing unasked."""
    await _next(walk, skill, 1)
    await walk.taps("Stop")
    await walk.hears("You did part of it")
    await walk.taps("No, thanks")


async def _goes_on(walk: Walk, skill: Skill) -> None:
    await walk.voice.says(f"/practice {skill.name}")
    await walk.hears(skill.name, "step 2")
    await walk.taps("Go on at step 2")
    await walk.hears(f"2 of {len(skill.steps)}", skill.steps[1])
    await _goes_through(walk, skill, 1)


async def test_on_telegram_each_skill_runs_to_its_end_and_goes_on_after_a_restart(
    tmp_path: Path, clock: MovableClock
) -> None:
    turns = asyncio.Semaphore(AT_ONCE)
    people: dict[str, Voice] = {}

    async def first_half(home: Home, skill: Skill) -> None:
        async with turns:
            walk = await _agreed(home, people[skill.id])
            await _opens(walk, skill)
            await _goes_through(walk, skill)
            await _opens_once_more(walk, skill)
            await _leaves_half_way(walk, skill)

    async def second_half(home: Home, skill: Skill) -> None:
        async with turns:
            await _goes_on(Walk(home, people[skill.id]), skill)

    async with TelegramEmulator() as emulator:
        async with at_telegram(emulator, tmp_path, clock) as home:
            people.update({skill.id: await home.someone() for skill in SKILLS})
            await asyncio.gather(*(first_half(home, skill) for skill in SKILLS))
        async with at_telegram(emulator, tmp_path, clock) as home:
            await asyncio.gather(*(second_half(home, skill) for skill in SKILLS))


async def test_on_the_page_each_skill_goes_on_after_a_restart_and_runs_to_its_end(
    tmp_path: Path, clock: MovableClock
) -> None:
    async with on_page(tmp_path, clock) as home:
        await _agreed(home, await home.someone())
    left: Skill | None = None
    for following in (*SKILLS, None):
        async with on_page(tmp_path, clock) as home:
            walk = Walk(home, next(home.voices))
            if left is not None:
                await _goes_on(walk, left)
            if following is not None:
                await _opens(walk, following)
                await _times(walk, following, 0)
                await _leaves_half_way(walk, following)
        left = following
