from bisect import bisect_right

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.limits import Limits, Pace, Window


class Monotonic:
    """Seconds that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@given(
    limit=st.integers(1, 30),
    ways=st.lists(st.tuples(st.floats(0, 0.4), st.floats(0, 1)), min_size=1, max_size=120),
)
def test_never_more_than_the_limit_arrive_in_any_second(limit: int, ways: list[tuple[float, float]]) -> None:
    """However long each is on its way (up to 0.4 s), and wherever on its way it arrives."""
    monotonic = Monotonic()
    window = Window(limit, 1.0, monotonic)
    arrivals: list[float] = []
    under_way: list[tuple[float, int]] = []
    for way, part in ways:
        while (wait := window.opens_in()) > 0 or (under_way and under_way[0][0] <= monotonic.now):
            ends = under_way[0][0] if under_way else float("inf")
            monotonic.now = max(monotonic.now, min(monotonic.now + wait, ends))
            if under_way and ends <= monotonic.now:
                window.end(under_way.pop(0)[1])
        arrivals.append(monotonic.now + way * part)
        under_way.append((monotonic.now + way, window.begin()))
        under_way.sort()
    arrivals.sort()

    assert all(
        bisect_right(arrivals, last) - bisect_right(arrivals, last - 1.0 + 1e-6) <= limit for last in arrivals
    )


def test_what_is_not_answered_counts_until_it_must_have_arrived() -> None:
    monotonic = Monotonic()
    window = Window(1, 1.0, monotonic)
    window.begin()

    assert window.opens_in() == 2.0
    monotonic.now += 2
    assert window.opens_in() == 0.0


def test_it_is_open_below_the_limit_and_opens_a_second_after_an_answer() -> None:
    monotonic = Monotonic()
    window = Window(2, 1.0, monotonic)
    first, _ = window.begin(), window.begin()
    monotonic.now += 0.1
    window.end(first)

    assert window.opens_in() == 1.0


def test_a_pause_that_the_platform_asked_for_is_kept() -> None:
    monotonic = Monotonic()
    window = Window(3, 1.0, monotonic)
    window.close_for(7)

    assert window.opens_in() == 7.0
    monotonic.now += 7
    assert window.opens_in() == 0.0


def test_a_late_start_is_caught_up_but_no_long_pause_is() -> None:
    monotonic = Monotonic()
    pace = Pace(100, monotonic)
    for _ in range(3):
        pace.begin()
    monotonic.now += 60
    started = 0
    while pace.opens_in() == 0:
        pace.begin()
        started += 1

    assert started == 6


def test_a_reply_goes_while_nudges_wait_for_their_pace() -> None:
    limits = Limits(10, Monotonic())
    while limits.opens_in(urgent=False) == 0:
        limits.begin("1", urgent=False)

    assert limits.opens_in(urgent=True) == 0


def test_a_chat_that_has_to_wait_holds_no_other_up() -> None:
    monotonic = Monotonic()
    limits = Limits(100, monotonic, (3, 3.0))
    for _ in range(3):
        limits.end(limits.begin("1", urgent=True))
    limits.close_chat("2", 5)

    assert [limits.chat_opens_in(chat) for chat in "123"] == [3.0, 5.0, 0.0]
    monotonic.now += 3
    assert [limits.chat_opens_in(chat) for chat in "123"] == [0.0, 2.0, 0.0]
