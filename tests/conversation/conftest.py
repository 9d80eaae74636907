"""A Limber to talk to, and Ada, who has agreed and lives in Berlin."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chat import Chat, Someone, agreed, talking
from tests.clock import MovableClock


@pytest.fixture
async def chat(tmp_path: Path, clock: MovableClock) -> AsyncIterator[Chat]:
    async for opened in talking(tmp_path, clock):
        yield opened


@pytest.fixture
async def ada(chat: Chat) -> Someone:
    """Agreed, in Berlin (10:00 on a Wednesday), with no plan and no reminder."""
    return await agreed(chat)
