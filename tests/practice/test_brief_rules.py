"""What is suggested for a session, and when its page comes."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.practice.brief import Since, Topic, evening_before, suggestions

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("since", "topics"),
    [
        (Since(), [Topic.FITTING, Topic.NEXT, Topic.WANTED]),
        (Since(practices=3), [Topic.NEXT, Topic.WANTED]),
        (Since(practices=3, learned=1), [Topic.LEARNED, Topic.NEXT, Topic.WANTED]),
        (Since(practices=9, barrier="too_hard", barrier_times=1), [Topic.NEXT, Topic.WANTED]),
        (
            Since(practices=9, barrier="too_hard", barrier_times=2, worse=1, slips=1, eased=0, learned=4),
            [Topic.WORSE, Topic.OBSTACLE, Topic.SLIPS],
        ),
        (Since(practices=9, eased=0), [Topic.UNCHANGED, Topic.NEXT, Topic.WANTED]),
        (Since(practices=9, eased=2), [Topic.NEXT, Topic.WANTED]),
    ],
)
def test_what_was_logged_speaks_for_what_is_suggested(since: Since, topics: list[Topic]) -> None:
    assert [each.topic for each in suggestions(since)] == topics


def test_own_notes_come_first_and_what_was_taken_off_stays_off() -> None:
    since = Since(practices=1, learned=1)
    assert [each.topic for each in suggestions(since, noted=2)] == [Topic.LEARNED]
    assert suggestions(since, noted=5) == []
    assert [each.topic for each in suggestions(since, frozenset(("learned",)))] == [Topic.NEXT, Topic.WANTED]


@pytest.mark.parametrize(
    ("quiet", "comes"),
    [
        (None, datetime(2026, 11, 30, 17, tzinfo=UTC)),
        ((time(22), time(7)), datetime(2026, 11, 30, 17, tzinfo=UTC)),
        ((time(17, 30), time(7)), datetime(2026, 11, 30, 15, 30, tzinfo=UTC)),
    ],
)
def test_the_page_comes_on_the_evening_before_and_never_in_quiet_hours(
    quiet: tuple[time, time] | None, comes: datetime
) -> None:
    assert evening_before(datetime(2026, 12, 1, 15, tzinfo=UTC), BERLIN, quiet) == comes


def test_the_evening_before_goes_by_the_clock_of_the_wall() -> None:
    session = datetime(2026, 10, 26, 9, tzinfo=UTC)
    assert evening_before(session, BERLIN) == datetime(2026, 10, 25, 17, tzinfo=UTC)
    assert evening_before(datetime(2026, 10, 25, 9, tzinfo=UTC), BERLIN) == datetime(
        2026, 10, 24, 16, tzinfo=UTC
    )
