"""Carries what happens to every page that is open now."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

Event = dict[str, Any]


class Hub:
    """The open pages. What is published while none is open is found in the history later."""

    def __init__(self) -> None:
        self._pages: set[asyncio.Queue[Event]] = set()

    def publish(self, event: Event) -> None:
        """Hands an event (`message`, `typing`, `upcoming`) to every open page, in order."""
        for page in self._pages:
            page.put_nowait(event)

    @contextmanager
    def page(self) -> Iterator[asyncio.Queue[Event]]:
        """A page that is open for as long as the block runs: the queue of what it is to be sent."""
        events: asyncio.Queue[Event] = asyncio.Queue()
        self._pages.add(events)
        try:
            yield events
        finally:
            self._pages.discard(events)
