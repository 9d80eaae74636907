"""Presses that nobody was offered: they change nothing and break nothing."""

import pytest

from bot.conversation.dialogues import DIALOGUES
from tests.chat import Someone

PREFIXES = sorted({prefix for dialogue in DIALOGUES for prefix in dialogue.presses})


@pytest.mark.parametrize("prefix", PREFIXES)
async def test_a_forged_press_is_answered_calmly(ada: Someone, prefix: str) -> None:
    for rest in ("", ":", ":1", ":1:delete", ":x:change", f":{10**30}:archive", ":²:plans", ":1:²:x", ":-1"):
        await ada.presses(prefix + rest)
        assert "Something went wrong" not in ada.hears("").wire.text
