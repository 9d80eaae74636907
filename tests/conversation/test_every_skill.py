"""Every skill of the library can be run to the end, and left half-way and gone on with after a restart."""

import pytest

from bot.app import build
from bot.content.loader import load_content
from bot.content.models import Skill
from tests.chat import Chat, Someone

SKILLS = load_content().skills("en")


async def _begins(ada: Someone, skill: Skill) -> None:
    await ada.says(f"/practice {skill.name}")
    gate = "Agreed with therapist" if skill.needs_plan else "That's fine for me"
    if gate in ada.messages[-1].labels:
        await ada.taps(gate)
    if skill.measure != "none":
        await ada.taps("5")


async def _ends(ada: Someone, skill: Skill, first: int = 0) -> None:
    for _ in range(first, len(skill.steps) - 1):
        await ada.taps("Next")
    await ada.taps("Finish")
    if skill.measure != "none":
        await ada.taps("4")
    ada.hears("Logged: did it")
    await ada.taps("Skip")


async def _restarts(chat: Chat) -> None:
    await chat.app.database.stop()
    chat.app = build(chat.app.settings, chat.clock)
    chat.app.engine.outbound = chat
    await chat.app.database.start()


@pytest.mark.parametrize("skill", SKILLS, ids=[skill.id for skill in SKILLS])
async def test_a_skill_runs_to_the_end_and_goes_on_after_a_restart(
    chat: Chat, ada: Someone, skill: Skill
) -> None:
    await ada.says(f"/practice {skill.name}")
    ada.hears(skill.name)
    gated = skill.check == "confirm" or skill.needs_plan
    assert gated == ("Pick something else" in ada.messages[-1].labels)
    assert skill.caution in "\n".join(each.wire.text for each in ada.messages)
    await _begins(ada, skill)
    await _ends(ada, skill)
    await _begins(ada, skill)
    await ada.taps("Next")
    await ada.taps("Stop")
    await ada.taps("No, thanks")
    await _restarts(chat)
    await ada.says(f"/practice {skill.name}")
    await ada.taps("Go on at step 2")
    ada.hears(f"2 of {len(skill.steps)}")
    await _ends(ada, skill, 1)
