from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.practice.pacing import CLOSEST, MOST, Frame, timeline

BEATS = st.lists(
    st.tuples(st.sampled_from(("in", "hold", "out", "stay")), st.integers(1, 600)), min_size=1, max_size=8
)


def test_a_breath_is_an_edit_for_each_beat() -> None:
    assert timeline([("in", 4), ("out", 6)], 2) == [
        Frame(0, ("in",), 4, 20),
        Frame(4, ("out",), 6, 16),
        Frame(10, ("in",), 4, 10),
        Frame(14, ("out",), 6, 6),
    ]


def test_short_beats_share_an_edit() -> None:
    assert [frame.phases for frame in timeline([("in", 2), ("out", 2), ("rest", 1)])] == [
        ("in", "out", "rest")
    ]


def test_a_long_stay_is_told_on_the_way() -> None:
    assert [(frame.at, frame.left) for frame in timeline([("stay", 70)])] == [(0, 70), (10, 60), (40, 30)]


@given(beats=BEATS, rounds=st.integers(1, 30))
def test_edits_keep_their_distance_and_their_number(beats: list[tuple[str, int]], rounds: int) -> None:
    frames = timeline(beats, rounds)

    assert 1 <= len(frames) <= MOST
    assert all(after.at - before.at >= CLOSEST for before, after in pairwise(frames))
    assert sum(frame.seconds for frame in frames) == rounds * sum(seconds for _, seconds in beats)
    assert frames[0].at == 0
    assert frames[-1].left == frames[-1].seconds
