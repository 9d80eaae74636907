"""A clock that tests move."""

from datetime import datetime, timedelta


class MovableClock:
    """A `bot.clock.Clock` that stands still until it is moved. `start` must be aware UTC."""

    def __init__(self, start: datetime) -> None:
        self.set(start)

    def now(self) -> datetime:
        """The instant it was last set or moved to."""
        return self._now

    def move(self, **by: float) -> datetime:
        """Go on (or back) by what `timedelta` takes, such as `minutes=5`; returns the new instant."""
        self._now += timedelta(**by)
        return self._now

    def set(self, instant: datetime) -> None:
        """Jump to `instant`. Raises ValueError unless it is aware and in UTC."""
        if instant.utcoffset() != timedelta(0):
            raise ValueError("a clock shows aware UTC instants only")
        self._now = instant
