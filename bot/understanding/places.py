"""Where someone is: from a city, country, zone name, offset or position to a time zone, or a question.

The table of cities is loaded on first use. Abbreviations such as EST are asked about: they mean several
zones, and say nothing of summer time.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from enum import StrEnum
from functools import cache
from itertools import chain, islice, zip_longest
from zoneinfo import ZoneInfo

from bot.understanding.gazetteer import (
    City,
    abbreviation,
    all_named,
    by_name,
    by_region,
    capitals,
    cities,
    countries,
    is_misspelt,
    is_nowhere,
    is_utc,
    named,
    regions,
    weight,
    zones,
)
from bot.understanding.wordings import wordings

_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+\-−])\s*(\d{1,2})(?::?(\d{2}))?")
_RIVAL_SHARE, _SMALL = 0.1, 50
_AS_WELL_KNOWN = 220
"""Thousands of people from which a city may be meant by the name of a country."""
_HALF = 0.5
_SEASONS = tuple(datetime(year, month, 1, 12, tzinfo=UTC) for year in (2026, 2027) for month in (1, 4, 7, 10))
"""Instants at which zones that keep the same time agree."""
_SHOWN = 6
_WORDINGS = 18
_LONGEST_CODE = 3
_LARGEST_OFFSET = 14 * 60


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
    told = list(dict.fromkeys(filter(None, islice(wordings(text), _WORDINGS))))
    if any(map(is_nowhere, told)):
        return PlaceNotFound()
    for each in told:
        if each not in countries() and any(is_misspelt(city, each) for city in named(each)[:1]):
            return PlaceNotFound(_near(each))
        found = _offset(each) or _zone(each) or _abbreviation(each) or _named(each)
        if found is not None:
            return found
    return next((PlaceNotFound(near) for each in reversed(told) if (near := _near(each))), PlaceNotFound())


def place_at(latitude: float, longitude: float) -> Place | PlaceNotFound:
    """The zone at a position, in degrees."""
    import tzfpy

    zone = tzfpy.get_tz(longitude, latitude)
    return _named_zone(zone) if zone in zones().values() else PlaceNotFound()


def _offset(words: str) -> Place | None:
    if is_utc(words):
        return Place("UTC+00:00", "UTC+00:00", "", fixed_offset=True)
    match = re.fullmatch(_OFFSET, words)
    if match is None:
        return None
    hours, minutes = int(match[2]), int(match[3] or 0)
    if minutes > 59 or hours * 60 + minutes > _LARGEST_OFFSET:
        return None
    name = f"UTC{'+' if match[1] == '+' else '-'}{hours:02}:{minutes:02}"
    return Place(name, name, "", fixed_offset=True)


def _zone(words: str) -> Place | None:
    zone = zones().get(words.replace(" ", "_"))
    return _named_zone(zone) if zone is not None else None


def _named_zone(zone: str) -> Place:
    country = next((each.code for each in countries().values() if zone in each.zones), "")
    return Place(zone.rsplit("/", 1)[-1].replace("_", " "), zone, country)


def _place(city: City) -> Place:
    where = f"{city.region}, {city.country}" if city.region.isalpha() else city.country
    return Place(f"{city.name} ({where})", city.zone, city.country)


def _abbreviation(words: str) -> PlaceQuestion | None:
    options = tuple(map(_place, abbreviation(words)))
    return PlaceQuestion(Asked.ABBREVIATION, options) if options else None


def _named(words: str) -> Place | PlaceQuestion | None:
    """A country, region or city; where a name is that of several with different zones, a question."""
    country, city = _country(words), _city(words)
    if country is not None and max((each.thousands for each in named(words)), default=0) < _AS_WELL_KNOWN:
        city = None
    found = [each for each in (country, _region(words), city) if each is not None]
    if len({place.zone for each in found for place in _options(each)}) < 2 or len(found) == 1:
        return found[0] if found else None
    by_zone: dict[str, Place] = {}
    for place in chain.from_iterable(zip_longest(*map(_options, found))):
        if place is not None:
            by_zone.setdefault(place.zone, _told_apart(place))
    return PlaceQuestion(Asked.SAME_NAME, tuple(by_zone.values())[:_SHOWN])


def _told_apart(place: Place) -> Place:
    return place if "(" in place.name else replace(place, name=f"{place.name} ({place.country})")


def _options(found: Place | PlaceQuestion) -> tuple[Place, ...]:
    return (found,) if isinstance(found, Place) else found.options


def _country(words: str) -> Place | PlaceQuestion | None:
    country = countries().get(words)
    if country is None:
        return None
    if len(country.zones) == 1:
        return Place(country.name, country.zones[0], country.code)
    return _largest_of_zones(by_region()[country.code, ""])


def _region(words: str) -> Place | PlaceQuestion | None:
    """A state or province by its name; by its abbreviation only beside a city."""
    meant = regions().get(words, ()) if len(words) > _LONGEST_CODE else ()
    if not meant:
        return None
    return _largest_of_zones(list(chain.from_iterable(by_region().get(where, ()) for where in meant)))


def _largest_of_zones(among: Sequence[City]) -> Place | PlaceQuestion | None:
    """The largest city of each zone; a question if there are several."""
    largest: dict[tuple[timedelta | None, ...], City] = {}
    for city in sorted(among, key=lambda city: -city.thousands):
        largest.setdefault(_kept(city.zone), city)
    options = tuple(map(_place, largest.values()))
    if len(options) > 1:
        return PlaceQuestion(Asked.SEVERAL_ZONES, options[:_SHOWN])
    return options[0] if options else None


@cache
def _kept(zone: str) -> tuple[timedelta | None, ...]:
    """The offsets that a zone keeps through the year: zones of the same are one to choose from."""
    return tuple(at.astimezone(zone_of(zone)).utcoffset() for at in _SEASONS)


def _city(words: str) -> Place | PlaceQuestion | None:
    name, _, where = (part.strip() for part in words.partition(","))
    among = dict.fromkeys((*named(name), *all_named(name))) if where else named(name)
    found = [city for city in among if not where or _is_in(city, where)]
    if not found:
        return None if where else _without_comma(words)
    best, *others = found
    rivals = [city for city in others if city.zone != best.zone and _rivals(best, city, name)]
    if not rivals:
        return Place(best.name, best.zone, best.country)
    return PlaceQuestion(Asked.SAME_NAME, tuple(map(_place, (best, *rivals)))[:_SHOWN])


def _without_comma(words: str) -> Place | PlaceQuestion | None:
    """ "springfield illinois", "paris texas"."""
    parts = words.split(" ")
    for cut in range(len(parts) - 1, 0, -1):
        name, where = " ".join(parts[:cut]), " ".join(parts[cut:])
        if any(_is_in(city, where) for city in named(name)):
            return _city(f"{name}, {where}")
    return None


def _is_in(city: City, where: str) -> bool:
    last = where.rpartition(",")[2].strip()
    country = countries().get(last)
    in_country = (country is not None and country.code == city.country) or last == city.country.lower()
    return in_country or (city.country, city.region) in regions().get(where, ())


def _rivals(best: City, other: City, name: str) -> bool:
    """Whether the other is likely enough beside the likeliest that it may well be meant."""
    share = weight(other, name) / max(weight(best, name), 1)
    if best in capitals():
        return share >= _HALF
    return share >= _RIVAL_SHARE if other.thousands >= _SMALL else share >= 2 * _RIVAL_SHARE


def _near(words: str) -> tuple[Place, ...]:
    """Names within one edit, the largest places first; two edits for long names."""
    known = by_name()
    near = {index for name in _one_edit(words) for index in known.get(name, ())} if len(words) > 3 else set()
    if not near and 6 < len(words) <= 20:
        twice = (name for once in _one_edit(words) for name in _dropped(once))
        near = {index for name in twice for index in known.get(name, ())}
    found = sorted((cities()[index] for index in near), key=lambda city: -city.thousands)
    return tuple(_place(city) for city in found[:4])


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
