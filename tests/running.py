"""The whole of Limber, started for a test, with a clock that the test moves."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.app import App, build
from bot.clock import Clock
from bot.conversation.messages import Completion, Typing
from bot.roles import Role
from bot.settings import load_settings


@asynccontextmanager
async def running(
    folder: Path,
    clock: Clock,
    role: Role = Role.RUN,
    monotonic: Callable[[], float] = time.monotonic,
    /,
    **settings: str,
) -> AsyncIterator[App]:
    """Builds and starts an app on a database in the folder, and stops it afterwards."""
    environment = {"DATABASE_URL": f"sqlite:///{folder}/limber.db", "PORT": "0", **settings}
    app = build(load_settings(environment, None), clock, role, monotonic=monotonic)
    try:
        await app.start()
        yield app
    finally:
        await app.stop()


async def offers_nothing(typing: Typing) -> list[Completion]:
    """For adapters that are tried alone: nothing is completed."""
    return []
