"""Places: what the corpus does not show."""

from datetime import datetime, timedelta

import pytest

from bot.understanding.gazetteer import abbreviation, cities, countries, regions, zones
from bot.understanding.places import Asked, Place, PlaceNotFound, PlaceQuestion, find_place, place_at, zone_of
from tests.understanding.compact import NOW


@pytest.mark.parametrize(
    ("text", "kind", "first"),
    [
        ("USA", Asked.SEVERAL_ZONES, "New York City (NY, US)"),
        ("Springfield", Asked.SAME_NAME, "Springfield (MO, US)"),
        ("IST", Asked.ABBREVIATION, "Mumbai (IN)"),
        ("Georgia", Asked.SAME_NAME, "Tbilisi (GE)"),
        ("Texas", Asked.SEVERAL_ZONES, "Houston (TX, US)"),
    ],
)
def test_a_question_has_the_likeliest_first(text: str, kind: Asked, first: str) -> None:
    found = find_place(text)
    assert isinstance(found, PlaceQuestion)
    assert (found.kind, found.options[0].name) == (kind, first)
    assert 2 <= len(found.options) <= 6
    assert len({option.zone for option in found.options}) > 1


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("new yrok", "New York City (NY, US)"),
        ("Berln", "Berlin (DE)"),
        ("amstrdaam", "Amsterdam (NL)"),
    ],
)
def test_a_misspelt_name_is_offered_not_taken(text: str, nearest: str) -> None:
    found = find_place(text)
    assert isinstance(found, PlaceNotFound)
    assert nearest in [place.name for place in found.nearest]


@pytest.mark.parametrize(
    "text", ["", "   ", "!?", "x" * 500, "paris, narnia", "the middle of nowhere at all"]
)
def test_what_is_no_place_is_not_found(text: str) -> None:
    assert isinstance(find_place(text), PlaceNotFound)


def test_an_offset_is_kept_as_it_is() -> None:
    assert find_place("UTC+5:30") == Place("UTC+05:30", "UTC+05:30", "", fixed_offset=True)
    assert NOW.astimezone(zone_of("UTC-09:30")).utcoffset() == -timedelta(hours=9, minutes=30)
    assert NOW.astimezone(zone_of("UTC+05:30")).utcoffset() == timedelta(hours=5, minutes=30)


def test_a_zone_name_has_its_country() -> None:
    assert find_place("europe/berlin") == Place("Berlin", "Europe/Berlin", "DE")


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [(52.5, 13.4, "Europe/Berlin"), (-23.5, -46.6, "America/Sao_Paulo"), (19.1, 72.9, "Asia/Kolkata")],
)
def test_a_position_has_a_zone(latitude: float, longitude: float, zone: str) -> None:
    found = place_at(latitude, longitude)
    assert isinstance(found, Place)
    assert found.zone == zone


def test_the_open_sea_has_none() -> None:
    assert place_at(0.0, -30.0) == PlaceNotFound()


def test_every_zone_of_the_tables_is_known() -> None:
    known = set(zones().values())
    told = {city.zone for city in cities()} | {zone for each in countries().values() for zone in each.zones}
    assert told <= known
    assert datetime(2026, 1, 1, tzinfo=zone_of("Europe/Berlin")).utcoffset() == timedelta(hours=1)


def test_every_region_and_abbreviation_has_cities() -> None:
    with_cities = {(city.country, city.region) for city in cities()}
    meant = {each for places in regions().values() for each in places}
    assert meant <= with_cities
    assert all(abbreviation(words) for words in ("est", "ist", "pacific time", "cat", "acst"))
