from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.practice.nudging import Cadence, next_in_window, sparser
from bot.practice.schedule import Rule

ZONE = ZoneInfo("Europe/Berlin")
DAILY = Rule(days="FREQ=DAILY", times=(time(9),), starts=date(2026, 11, 25))
ONCE = Rule(days="FREQ=DAILY;COUNT=1", times=(time(9),), starts=date(2026, 11, 25))
MORNING = datetime(2026, 11, 25, 7, 0, tzinfo=UTC)


def test_a_random_minute_is_inside_its_window_each_day_and_the_same_when_asked_again() -> None:
    after, found = MORNING, []
    for _ in range(20):
        at = next_in_window(DAILY, time(11), "plan", ZONE, after)
        assert at is not None
        assert at == next_in_window(DAILY, time(11), "plan", ZONE, after)
        assert time(9) <= at.astimezone(ZONE).time() <= time(11)
        found.append(at)
        after = at
    assert len({at.date() for at in found}) == 20


def test_a_window_under_way_may_still_come_today() -> None:
    first = next_in_window(DAILY, time(11), "plan", ZONE, MORNING)
    assert first is not None
    assert next_in_window(DAILY, time(11), "plan", ZONE, first - timedelta(minutes=1)) == first


def test_a_rule_that_has_ended_comes_no_more() -> None:
    first = next_in_window(ONCE, time(11), "plan", ZONE, MORNING)
    assert first is not None
    assert next_in_window(ONCE, time(11), "plan", ZONE, first) is None


def test_the_sparser_of_two() -> None:
    assert sparser(Cadence.WEEKLY, Cadence.MONTHLY) is Cadence.MONTHLY
    assert sparser(Cadence.EVERY_SECOND_DAY, Cadence.AS_PLANNED) is Cadence.EVERY_SECOND_DAY
