from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.understanding.places import Asked, Place, PlaceNotFound, PlaceQuestion, find_place, place_at, zone_of

TAKEN = [
    ("Berlin", "Europe/Berlin", "DE"),
    ("I'm in Bombay", "Asia/Kolkata", "IN"),
    ("i live in NYC", "America/New_York", "US"),
    ("LA", "America/Los_Angeles", "US"),
    ("SP", "America/Sao_Paulo", "BR"),
    ("Köln", "Europe/Berlin", "DE"),
    ("Cologne", "Europe/Berlin", "DE"),
    ("Kiev", "Europe/Kyiv", "UA"),
    ("München", "Europe/Berlin", "DE"),
    ("Lisboa", "Europe/Lisbon", "PT"),
    ("London", "Europe/London", "GB"),
    ("paris", "Europe/Paris", "FR"),
    ("Paris, Texas", "America/Chicago", "US"),
    ("springfield illinois", "America/Chicago", "US"),
    ("London, Canada", "America/Toronto", "CA"),
    ("Portland, ME", "America/New_York", "US"),
    ("Germany", "Europe/Berlin", "DE"),
    ("Deutschland", "Europe/Berlin", "DE"),
    ("Ireland", "Europe/Dublin", "IE"),
    ("uk", "Europe/London", "GB"),
    ("Singapore", "Asia/Singapore", "SG"),
    ("Europe/Berlin", "Europe/Berlin", "DE"),
    ("america/new york", "America/New_York", "US"),
    ("UTC+5:30", "UTC+05:30", ""),
    ("GMT-3", "UTC-03:00", ""),
    ("+2", "UTC+02:00", ""),
]


@pytest.mark.parametrize(("says", "zone", "country"), TAKEN)
def test_a_place_that_is_clear_is_taken(says: str, zone: str, country: str) -> None:
    found = find_place(says)
    assert isinstance(found, Place), found
    assert (found.zone, found.country) == (zone, country)
    assert found.fixed_offset is (not country)


@pytest.mark.parametrize(
    ("says", "kind", "first"),
    [
        ("Springfield", Asked.SAME_NAME, "Springfield (MO, US)"),
        ("Birmingham", Asked.SAME_NAME, "Birmingham (GB)"),
        ("USA", Asked.SEVERAL_ZONES, "New York City (NY, US)"),
        ("Brazil", Asked.SEVERAL_ZONES, "São Paulo (BR)"),
        ("EST", Asked.ABBREVIATION, "New York City (NY, US)"),
        ("ist", Asked.ABBREVIATION, "Mumbai (IN)"),
    ],
)
def test_a_place_that_may_be_several_is_asked_about(says: str, kind: Asked, first: str) -> None:
    found = find_place(says)
    assert isinstance(found, PlaceQuestion), found
    assert found.kind is kind
    assert found.options[0].name == first
    assert 1 < len({option.zone for option in found.options}) <= 6


@pytest.mark.parametrize(
    ("says", "nearest"),
    [
        ("Kathmndu", "Kathmandu (NP)"),
        ("Londn", "London (GB)"),
        ("Amsterdan", "Amsterdam (NL)"),
        ("Sidney", "Sydney (AU)"),
        ("I live in Londn", "London (GB)"),
        ("Barcelonna", "Barcelona (ES)"),
        ("Johanesburgg", None),
    ],
)
def test_a_misspelling_is_offered_and_not_assumed(says: str, nearest: str | None) -> None:
    found = find_place(says)
    assert isinstance(found, PlaceNotFound), found
    if nearest is not None:
        assert found.nearest[0].name == nearest


@pytest.mark.parametrize(
    "says", ["", "  ", "Qqxzzy", "12:30", "UTC+99", "UTC+14:30", "Berlin, Narnia", "xy", "a" * 500, "🙂"]
)
def test_what_is_no_place_is_declined(says: str) -> None:
    found = find_place(says)
    assert isinstance(found, PlaceNotFound), found


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [(52.52, 13.4, "Europe/Berlin"), (27.7, 85.3, "Asia/Kathmandu"), (-33.87, 151.2, "Australia/Sydney")],
)
def test_a_position_has_a_zone(latitude: float, longitude: float, zone: str) -> None:
    found = place_at(latitude, longitude)
    assert isinstance(found, Place)
    assert found.zone == zone


def test_the_open_sea_has_none() -> None:
    assert isinstance(place_at(0, -140), PlaceNotFound)


def test_a_stored_offset_is_a_zone_of_its_own() -> None:
    moment = datetime(2026, 7, 1)  # noqa: DTZ001 - only its offset is asked for
    assert zone_of("UTC+05:30").utcoffset(moment) == timedelta(hours=5, minutes=30)
    assert zone_of("UTC-03:00").utcoffset(moment) == timedelta(hours=-3)
    assert zone_of("Europe/Berlin") == ZoneInfo("Europe/Berlin")


@given(st.text(max_size=120))
@settings(max_examples=80, deadline=None)
def test_no_text_raises_and_every_zone_exists(text: str) -> None:
    found = find_place(text)
    if isinstance(found, Place):
        zone_of(found.zone)
