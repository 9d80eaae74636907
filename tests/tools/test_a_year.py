"""The simulated year: its page is current, and nothing in it was said at a wrong time."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tools.year import counts
from tools.year.life import live
from tools.year.nora import NORA
from tools.year.page import page
from tools.year.record import Record

pytestmark = pytest.mark.timeout(300)
PAGE = Path(__file__).parents[2] / "docs/a-year.md"
CHANGES = (date(2026, 10, 25), date(2027, 3, 28))


@pytest.fixture(scope="module")
def lived() -> dict[str, Record]:
    return {}


@pytest.fixture
async def year(lived: dict[str, Record]) -> Record:
    """The year, lived once."""
    if not lived:
        lived["year"] = await live(NORA)
    return lived["year"]


def test_the_committed_page_is_what_the_year_says_now(year: Record) -> None:
    generated = page(NORA, year)
    assert PAGE.read_text(encoding="utf-8") == generated, "run: python -m tools.a_year docs/a-year.md"


def test_never_more_than_three_a_day(year: Record) -> None:
    days = counts.by_day(year)
    assert sum(days.values()) > 100
    assert max(days) <= 3


def test_no_wording_of_a_nudge_comes_again_within_ten(year: Record) -> None:
    assert counts.wordings(year) > 30
    assert counts.early_repeats(year) == []


def test_nothing_at_night_nor_while_paused_nor_after_a_crisis_card(year: Record) -> None:
    assert counts.at_night(year) == []
    assert counts.while_paused(year, NORA) == []
    assert len(year.cards()) == 1
    assert year.after_a_card() == []


def test_nudges_come_at_the_local_time_through_both_changes_of_the_clocks(year: Record) -> None:
    assert counts.off_time(year, NORA) == []
    for change in CHANGES:
        around = [each for each in year.pushed() if abs((year.day(each) - change).days) <= 3]
        clocks = {each.at.astimezone(year.zone).utcoffset() for each in around}
        assert clocks == {timedelta(0), timedelta(hours=1)}
