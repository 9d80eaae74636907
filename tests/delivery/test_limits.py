from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.limits import Window


class Monotonic:
    """Seconds that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@given(
    limit=st.integers(1, 40),
    waits=st.lists(st.floats(0, 0.4, allow_nan=False), min_size=1, max_size=120),
)
def test_never_more_than_the_limit_in_any_second(limit: int, waits: list[float]) -> None:
    monotonic = Monotonic()
    window = Window(limit, 1.0, monotonic)
    slots = []
    for wait in waits:
        monotonic.now += wait
        slots.append(monotonic.now + window.reserve())

    assert slots == sorted(slots)
    assert all(later - earlier >= 1.0 - 1e-9 for earlier, later in zip(slots, slots[limit:], strict=False))


def test_slots_are_free_at_once_below_the_limit() -> None:
    window = Window(3, 1.0, Monotonic())

    assert [window.reserve() for _ in range(4)] == [0.0, 0.0, 0.0, 1.0]


def test_a_pause_that_the_platform_asked_for_is_kept() -> None:
    monotonic = Monotonic()
    window = Window(3, 1.0, monotonic)
    window.close_for(7)

    assert window.reserve() == 7.0
    monotonic.now += 7
    assert window.reserve() == 0.0
