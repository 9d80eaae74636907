"""A small day of some people; `python -m tools.soak` lives one of any size."""

from tools.soak import soak

PEOPLE = 60
PROMISED = 1.0
MEGABYTES = 10.0


async def test_half_a_day_leaves_nothing_behind_and_nothing_grows() -> None:
    day = await soak(PEOPLE, hours=12)

    assert day.nudged > PEOPLE // 4
    assert day.answered > 0
    assert day.left == 0
    assert sorted(day.lateness)[int(0.99 * (len(day.lateness) - 1))] <= PROMISED
    assert day.grew < MEGABYTES
