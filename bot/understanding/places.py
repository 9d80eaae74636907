"""Where someone is: from a city, country, zone name, offset or position to a time zone, or a question.

The table of cities is loaded on first use. Abbreviations such as EST are asked about: they mean several
zones, and say nothing of summer time.
"""

import gzip
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta, timezone, tzinfo
from enum import StrEnum
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from bot.understanding.lexicon import folded

_DATA = Path(__file__).parent / "data"
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+\-−])\s*(\d{1,2})(?::?(\d{2}))?")
_LEAD = re.compile(
    r"^(?:(?:i'?m|i am|i live|we are|we're|ich bin|ich wohne|estoy|vivo|je suis|j'habite|estou|moro)\s+)?"
    r"(?:in|at|near|from|en|em|a|à|bei|aus)?\s+",
)
_MANY_TIMES = 8
_SHOWN = 6
_LONGEST = 100
_ABBREVIATIONS = {
    "est": ("New York City", "Brisbane"),
    "edt": ("New York City",),
    "cst": ("Chicago", "Shanghai", "Havana"),
    "cdt": ("Chicago", "Havana"),
    "mst": ("Denver", "Phoenix"),
    "mdt": ("Denver",),
    "pst": ("Los Angeles", "Manila"),
    "pdt": ("Los Angeles",),
    "ist": ("Mumbai", "Dublin", "Jerusalem"),
    "bst": ("London", "Dhaka"),
    "gmt": ("London", "Accra"),
    "wet": ("Lisbon",),
    "cet": ("Berlin", "Paris", "Madrid"),
    "cest": ("Berlin", "Paris", "Madrid"),
    "eet": ("Athens", "Helsinki", "Kyiv"),
    "msk": ("Moscow",),
    "jst": ("Tokyo",),
    "kst": ("Seoul",),
    "aest": ("Sydney", "Brisbane"),
    "brt": ("São Paulo",),
    "art": ("Buenos Aires",),
    "hst": ("Honolulu",),
    "akst": ("Anchorage",),
    "ast": ("Halifax", "Riyadh"),
    "sgt": ("Singapore",),
    "hkt": ("Hong Kong",),
    "nzst": ("Auckland",),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A place and its zone: an IANA name, or, with `fixed_offset`, one such as "UTC+05:30".

    `country` is an ISO code, "" where none is known.
    """

    name: str
    zone: str
    country: str
    fixed_offset: bool = False


class Asked(StrEnum):
    """What is left to ask."""

    SAME_NAME = "same_name"
    SEVERAL_ZONES = "several_zones"
    ABBREVIATION = "abbreviation"


@dataclass(frozen=True, slots=True)
class PlaceQuestion:
    """Several places may be meant, the likeliest first."""

    kind: Asked
    options: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class PlaceNotFound:
    """No such place is known; perhaps one of these was meant."""

    nearest: tuple[Place, ...] = ()


Found = Place | PlaceQuestion | PlaceNotFound


@dataclass(frozen=True, slots=True)
class _City:
    name: str
    country: str
    region: str
    zone: str
    thousands: int

    def place(self) -> Place:
        where = f"{self.region}, {self.country}" if self.region.isalpha() else self.country
        return Place(f"{self.name} ({where})", self.zone, self.country)


@dataclass(frozen=True, slots=True)
class _Country:
    code: str
    name: str
    zones: tuple[str, ...]


@cache
def zone_of(name: str) -> tzinfo:
    """The zone of a stored name: an IANA name, or an offset such as "UTC+05:30"."""
    offset = re.fullmatch(r"UTC([+-])(\d{2}):(\d{2})", name)
    if offset is None:
        return ZoneInfo(name)
    minutes = int(offset[2]) * 60 + int(offset[3])
    return timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes), name)


def find_place(text: str) -> Found:
    """Finds the place that a text names, in any of the languages that names are known in."""
    words = _words(text)
    if not words:
        return PlaceNotFound()
    found = _offset(words) or _zone(words) or _abbreviation(words) or _country(words) or _city(words)
    return found or PlaceNotFound(_near(words))


def place_at(latitude: float, longitude: float) -> Place | PlaceNotFound:
    """The zone at a position, in degrees."""
    import tzfpy

    zone = tzfpy.get_tz(longitude, latitude)
    if not zone or zone not in _zones().values():
        return PlaceNotFound()
    return _named_zone(zone)


def _words(text: str) -> str:
    words = re.sub(r"\s+", " ", folded(text[:_LONGEST])).strip(" .!?¡¿,;")
    return _LEAD.sub("", words, count=1).strip()


def _offset(words: str) -> Place | None:
    match = re.fullmatch(_OFFSET, words)
    if match is None:
        return None
    hours, minutes = int(match[2]), int(match[3] or 0)
    if hours > 14 or minutes > 59 or (hours == 14 and minutes):
        return None
    sign = "+" if match[1] == "+" else "-"
    name = f"UTC{sign}{hours:02}:{minutes:02}"
    return Place(name, name, "", fixed_offset=True)


def _zone(words: str) -> Place | None:
    zone = _zones().get(words.replace(" ", "_"))
    return _named_zone(zone) if zone is not None else None


def _named_zone(zone: str) -> Place:
    country = next((each.code for each in _countries().values() if zone in each.zones), "")
    return Place(zone.rsplit("/", 1)[-1].replace("_", " "), zone, country)


def _abbreviation(words: str) -> PlaceQuestion | None:
    names = _ABBREVIATIONS.get(words)
    if names is None:
        return None
    cities = [_largest(name) for name in names]
    return PlaceQuestion(Asked.ABBREVIATION, tuple(city.place() for city in cities if city is not None))


def _country(words: str) -> Place | PlaceQuestion | None:
    country = _countries().get(words)
    if country is None:
        return None
    if len(country.zones) == 1:
        return Place(country.name, country.zones[0], country.code)
    largest: dict[str, _City] = {}
    for city in _cities():
        if city.country == country.code:
            largest.setdefault(city.zone, city)
    options = tuple(largest[zone].place() for zone in country.zones if zone in largest)
    return PlaceQuestion(Asked.SEVERAL_ZONES, options[:_SHOWN]) if options else None


def _city(words: str) -> Place | PlaceQuestion | None:
    name, _, where = (part.strip() for part in words.partition(","))
    cities = [_cities()[index] for index in _by_name().get(name, ())]
    if where:
        cities = [city for city in cities if _is_in(city, where)]
    if not cities:
        return _without_comma(words) if not where else None
    best, *others = sorted(cities, key=lambda city: -city.thousands)
    rivals = [city for city in others if city.zone != best.zone and _rivals(best, city)]
    if where or not rivals:
        return Place(best.name, best.zone, best.country)
    options = tuple(city.place() for city in (best, *rivals)[:_SHOWN])
    return PlaceQuestion(Asked.SAME_NAME, options)


def _without_comma(words: str) -> Place | PlaceQuestion | None:
    """ "springfield illinois", "paris texas"."""
    parts = words.split(" ")
    for cut in range(len(parts) - 1, 0, -1):
        name, where = " ".join(parts[:cut]), " ".join(parts[cut:])
        if any(_is_in(_cities()[index], where) for index in _by_name().get(name, ())):
            return _city(f"{name}, {where}")
    return None


def _is_in(city: _City, where: str) -> bool:
    country = _countries().get(where)
    if country is not None and country.code == city.country:
        return True
    return where in (city.country.lower(), city.region.lower(), _STATES.get(city.region, "").lower())


def _rivals(best: _City, other: _City) -> bool:
    """Whether the other is large enough beside the largest that it may well be meant."""
    return other.thousands * _MANY_TIMES >= best.thousands


def _largest(name: str) -> _City | None:
    found = [_cities()[index] for index in _by_name().get(folded(name), ())]
    return max(found, key=lambda city: city.thousands, default=None)


def _near(words: str) -> tuple[Place, ...]:
    """Names within one edit, the largest places first; two edits for long names."""
    known = _by_name()
    near = {index for name in _one_edit(words) for index in known.get(name, ())} if len(words) > 3 else set()
    if not near and 6 < len(words) <= 20:
        twice = (name for once in _one_edit(words) for name in _dropped(once))
        near = {index for name in twice for index in known.get(name, ())}
    cities = sorted((_cities()[index] for index in near), key=lambda city: -city.thousands)
    return tuple(city.place() for city in cities[:4])


def _one_edit(words: str) -> Iterable[str]:
    letters = "abcdefghijklmnopqrstuvwxyz -'"
    for index in range(len(words) + 1):
        left, right = words[:index], words[index:]
        if right:
            yield left + right[1:]
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
        for letter in letters:
            yield left + letter + right
            if right:
                yield left + letter + right[1:]


def _dropped(words: str) -> Iterable[str]:
    return (words[:index] + words[index + 1 :] for index in range(len(words)))


@cache
def _zones() -> dict[str, str]:
    return {
        name.lower(): name for name in available_timezones() if "/" in name and not name.startswith("Etc/")
    }


@cache
def _cities() -> tuple[_City, ...]:
    rows = (line.split("\t") for line in _lines("cities.tsv.gz"))
    return tuple(_City(row[0], row[1], row[2], row[3], int(row[4])) for row in rows)


@cache
def _by_name() -> dict[str, list[int]]:
    names: dict[str, list[int]] = {}
    for index, line in enumerate(_lines("cities.tsv.gz")):
        name, *_, others = line.split("\t")
        for each in {folded(name), *(others.split("|") if others else ())}:
            names.setdefault(each, []).append(index)
    return names


@cache
def _countries() -> dict[str, _Country]:
    countries = {}
    for line in _lines("countries.tsv.gz"):
        code, name, names, zones = line.split("\t")
        if zones:
            country = _Country(code, name, tuple(zones.split("|")))
            countries.update(dict.fromkeys(names.split("|"), country))
    return countries | {short: countries[name] for short, name in _SHORT_COUNTRIES.items()}


def _lines(name: str) -> list[str]:
    return gzip.decompress((_DATA / name).read_bytes()).decode().split("\n")


_SHORT_COUNTRIES = {
    "us": "usa",
    "the us": "usa",
    "the usa": "usa",
    "america": "usa",
    "uk": "gbr",
    "the uk": "gbr",
    "great britain": "gbr",
    "britain": "gbr",
    "england": "gbr",
    "scotland": "gbr",
    "wales": "gbr",
    "holland": "nld",
    "the netherlands": "nld",
    "czech republic": "cze",
}

_STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
    "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas",
    "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts",
    "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri", "MT": "Montana",
    "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico",
    "NY": "New York", "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma",
    "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota",
    "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont", "VA": "Virginia", "WA": "Washington",
    "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
}  # fmt: skip
