"""The one owner of work that runs beside everything else, and the only caller of `create_task`."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from bot.logs import describe

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0

Work = Coroutine[Any, Any, None]
_log = logging.getLogger(__name__)


class Supervisor:
    """Starts work, holds on to it, logs how it failed, and ends it at shutdown.

    `pause` waits for a number of seconds before a restart; tests give their own.
    """

    def __init__(self, pause: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._pause = pause
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False

    @property
    def running(self) -> frozenset[str]:
        """The names of what runs now."""
        return frozenset(task.get_name() for task in self._tasks)

    def start(self, work: Work, name: str) -> asyncio.Task[None]:
        """Run `work` once beside everything else. A failure is logged, and raised by awaiting the task.

        `name` says which part it is, without anything of a person. Raises RuntimeError while stopping.
        """
        if self._stopping:
            work.close()
            raise RuntimeError(f"{name} was started while stopping")
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def keep(self, work: Callable[[], Work], name: str) -> asyncio.Task[None]:
        """Run what `work` makes until it returns, and make it afresh whenever it fails.

        The pause before it doubles from 1 to 60 seconds, and is 1 again after a minute without failure.
        """
        return self.start(self._kept(work, name), name)

    async def stop(self, seconds: float) -> frozenset[str]:
        """Cancel all work and wait up to `seconds`; the names of what did not end in time."""
        self._stopping = True
        tasks = set(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)
        for name in self.running:
            _log.error("work did not end in time", extra={"task": name, "seconds": seconds})
        return self.running

    async def _kept(self, work: Callable[[], Work], name: str) -> None:
        clock = asyncio.get_running_loop().time
        pause = FIRST_PAUSE
        while True:
            began = clock()
            try:
                return await work()
            except Exception as error:  # noqa: BLE001 - whatever it was, the work goes on
                if clock() - began >= LONGEST_PAUSE:
                    pause = FIRST_PAUSE
                facts = {"task": name, "retry_s": pause, "failure": describe(error)}
                _log.error("work failed and will be restarted", extra=facts)
            await self._pause(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            _log.error("work failed", extra={"task": task.get_name(), "failure": describe(error)})
