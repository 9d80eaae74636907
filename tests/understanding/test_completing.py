"""What is being typed becomes a place that is found again."""

import pytest

from bot.understanding.completing import all_countries, cities_like
from bot.understanding.gazetteer import cities
from bot.understanding.places import Place, find_place

TYPED = (
    "mun",
    "münch",
    "spring",
    "portl",
    "são p",
    "new y",
    "kal",
    "Berlin",
    "saint",
    "x",
    "san jos",
    "campo gr",
    "barcel",
)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("münch", "Munich (DE)"),
        ("Mumb", "Mumbai (IN)"),
        ("portland", "Portland (OR, US)"),
        ("new york", "New York City (NY, US)"),
    ],
)
def test_the_largest_city_comes_first_in_any_spelling(typed: str, first: str) -> None:
    assert cities_like(typed, 5)[0].shown == first


@pytest.mark.parametrize("typed", TYPED)
def test_what_is_sent_finds_the_city_that_was_shown(typed: str) -> None:
    for each in cities_like(typed, 10):
        found = find_place(each.words)
        assert isinstance(found, Place), each
        name = each.shown.partition(" (")[0]
        assert found.zone in {city.zone for city in cities() if city.name == name}


def test_nothing_typed_and_nothing_like_it_is_nothing() -> None:
    assert cities_like("", 5) == cities_like("  ", 5) == cities_like("qqqq", 5) == ()


def test_every_country_is_there_once_and_found_by_its_name() -> None:
    codes = [each.code for each in all_countries()]
    assert len(codes) == len(set(codes)) > 200
    assert {"IE", "IN", "US"} <= set(codes)
