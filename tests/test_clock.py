"""Clocks: aware UTC, and the one of the tests moves only when told."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.clock import Clock, SystemClock
from tests.clock import MovableClock

NOON = datetime(2026, 3, 8, 12, tzinfo=UTC)


def test_the_system_clock_tells_aware_utc_and_does_not_go_back() -> None:
    clock: Clock = SystemClock()
    first, second = clock.now(), clock.now()
    assert first.utcoffset() == timedelta(0)
    assert first <= second


def test_the_movable_clock_stands_moves_and_jumps() -> None:
    clock = MovableClock(NOON)
    assert clock.now() == clock.now() == NOON
    assert clock.move(hours=1, minutes=-30) == NOON + timedelta(minutes=30) == clock.now()
    clock.set(NOON)
    assert clock.now() == NOON


@pytest.mark.parametrize("start", [NOON.replace(tzinfo=None), NOON.astimezone(timezone(timedelta(hours=2)))])
def test_the_movable_clock_refuses_local_and_naive_times(start: datetime) -> None:
    with pytest.raises(ValueError, match="aware UTC"):
        MovableClock(start)
