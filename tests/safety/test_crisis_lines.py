from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.safety.lines import LinesError, load_lines

LINES = load_lines()
GOOD = """
[meta]
compiled = "2026-11-23"
recheck_every_days = 90
how_checked = "by hand"
[[directory]]
name = "All"
url = "https://example.org"
[[emergency]]
countries = ["XX"]
numbers = ["1"]
[[line]]
country = "XX"
name = "Somebody"
phone = "2"
text = ""
chat_url = ""
url = ""
hours = "24/7"
kind = "suicide_crisis"
verification = "official"
ship = true
"""


@pytest.mark.parametrize("country", LINES.countries())
def test_every_country_has_something_to_show(country: str) -> None:
    found = LINES.for_country(country)

    assert found.lines or found.emergency
    assert found.directories
    assert all(line.phone or line.is_written for line in found.lines)


def test_a_way_to_write_is_among_the_first_two() -> None:
    for country in ("US", "GB", "DE", "IE"):
        lines = LINES.for_country(country).lines
        assert any(line.is_written for line in lines[:2])


def test_an_unknown_country_gets_directories_and_no_number_that_may_be_wrong() -> None:
    for code in (None, "ZZ"):
        found = LINES.for_country(code)
        assert found.emergency == ()
        assert found.lines == ()
        assert found.directories


def test_what_was_not_checked_is_not_shown() -> None:
    assert all(line.verification != "memory" for line in LINES.lines)


def test_a_kind_can_come_first() -> None:
    usual = LINES.for_country("GB").lines
    assert usual[0].kind == "suicide_crisis" or usual[0].kind == min(usual, key=lambda line: line.kind).kind
    assert LINES.for_country("GB", kind="health_advice").lines[0].kind == "health_advice"


def test_unknown_hours_are_left_out() -> None:
    assert "check" not in {line.hours for line in LINES.lines}


def test_lines_want_checking_again_after_ninety_days() -> None:
    assert not LINES.stale(LINES.checked_on + timedelta(days=90))
    assert LINES.stale(LINES.checked_on + timedelta(days=91))
    assert date(2026, 1, 1) < LINES.checked_on


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("ship = true", 'ship = "yes"'), "ship: this should be true or false"),
        (('kind = "suicide_crisis"', 'kind = "x"'), "should be one of"),
        (('country = "XX"', 'country = "Utopia"'), "two capitals"),
        (('phone = "2"', 'phone = ""'), "at least one way"),
        (('name = "Somebody"\n', ""), "line 1 (no name), name: a text is missing"),
        (('numbers = ["1"]', "numbers = []"), "countries and numbers"),
        (("[[directory]]", "[[other]]"), "directory: there should be at least one entry"),
        (("[meta]", "[meta"), "no TOML file"),
    ],
)
def test_a_broken_file_is_refused_with_a_sentence(
    tmp_path: Path, change: tuple[str, str], sentence: str
) -> None:
    path = tmp_path / "lines.toml"
    path.write_text(GOOD.replace(*change), encoding="utf-8")

    with pytest.raises(LinesError, match=r"lines\.toml") as caught:
        load_lines(path)
    assert sentence in str(caught.value)


def test_a_good_file_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "lines.toml"
    path.write_text(GOOD, encoding="utf-8")

    assert load_lines(path).for_country("XX").emergency == ("1",)
