"""The tables of places: cities, countries, regions and zones, loaded on first use."""

import gzip
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from bot.understanding.scanner import folded
from bot.understanding.slips import one_edit_apart

_DATA = Path(__file__).parent / "data"
_LARGE = 100
"""Thousands of people from which the names of a city in the table hold common misspellings too."""
_SHORTEST_MISSPELT = 4
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


@dataclass(frozen=True, slots=True)
class City:
    """A city; `region` is a code within its country, `thousands` its people."""

    name: str
    country: str
    region: str
    zone: str
    thousands: int


@dataclass(frozen=True, slots=True)
class Country:
    """A country with its zones, the main one first."""

    code: str
    name: str
    zones: tuple[str, ...]


@cache
def cities() -> tuple[City, ...]:
    """All cities."""
    rows = (line.split("\t") for line in _lines("cities.tsv.gz"))
    return tuple(City(row[0], row[1], row[2], row[3], int(row[4])) for row in rows)


@cache
def by_name() -> Mapping[str, list[int]]:
    """Folded names in any language, with the places of their cities in the table."""
    names: dict[str, list[int]] = {}
    for index, line in enumerate(_lines("cities.tsv.gz")):
        name, *_, others = line.split("\t")
        for each in {folded(name), *(others.split("|") if others else ())}:
            names.setdefault(each, []).append(index)
    return names


@cache
def _everyday() -> Mapping[str, City]:
    """Cities by folded names that the table lacks."""
    known = {(city.name, city.country): city for city in reversed(cities())}
    pairs = ((folded(name), tuple(meant.rsplit(", ", 1))) for name, meant in _words()["name"].items())
    return {name: known[meant] for name, meant in pairs if meant in known}


@cache
def by_region() -> Mapping[tuple[str, str], tuple[City, ...]]:
    """The cities of each region, and of each country under a region of no name."""
    found: dict[tuple[str, str], list[City]] = {}
    for city in cities():
        found.setdefault((city.country, city.region), []).append(city)
        found.setdefault((city.country, ""), []).append(city)
    return {where: tuple(among) for where, among in found.items()}


@cache
def capitals() -> frozenset[City]:
    """The capitals of countries."""
    names = {(name, code) for code, name in _words()["capital"].items()}
    largest: dict[tuple[str, str], City] = {}
    for city in cities():
        key = (city.name, city.country)
        if key in names and city.thousands > largest.get(key, city).thousands - 1:
            largest[key] = city
    return frozenset(largest.values())


def named(name: str) -> list[City]:
    """The cities of a folded name, the likeliest first."""
    meant = _everyday().get(name)
    return [meant] if meant is not None else all_named(name)


def all_named(name: str) -> list[City]:
    """The cities of a folded name, be it that people mostly mean one of them; the likeliest first."""
    found = [cities()[index] for index in by_name().get(name, ())]
    return sorted(found, key=lambda city: -weight(city, name))


@cache
def _exonyms() -> frozenset[str]:
    """Names that are right in some language, though within a letter of the city's own."""
    return frozenset(_words()["exonym"])


def is_misspelt(city: City, name: str) -> bool:
    """Whether a folded name that the table knows for a city is more likely a slip of the city's own name."""
    own = folded(city.name)
    known = name in _exonyms() or name in _everyday() or _letters(name) in _spelt(city)
    if city.thousands < _LARGE or known or len(name) < _SHORTEST_MISSPELT:
        return False
    return one_edit_apart(name, own)


def _spelt(city: City) -> tuple[str, str]:
    """A city's own name as it is spelt without accents, and where umlauts are written out."""
    return _letters(folded(city.name)), _letters(folded(city.name.lower().translate(_UMLAUTS)))


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name))


def weight(city: City, name: str) -> float:
    """How likely a name means this city: by its people, and less if it is not the city's own name."""
    return city.thousands if folded(city.name) == name else city.thousands / 8


@cache
def countries() -> Mapping[str, Country]:
    """Countries by folded names in any of the languages, codes of three letters and everyday names."""
    found = {}
    for line in _lines("countries.tsv.gz"):
        code, name, names, zones = line.split("\t")
        if zones:
            country = Country(code, name, tuple(zones.split("|")))
            found.update(dict.fromkeys(names.split("|"), country))
    return found | {short: found[code] for short, code in _words()["country"].items()}


@cache
def regions() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Country and code of the regions that a folded name or abbreviation may mean."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for country, codes in _words()["region"].items():
        for code, names in codes.items():
            for name in (*names, *([code.lower()] if code.isalpha() else [])):
                found[name] = (*found.get(name, ()), (country, code))
    return found


def abbreviation(words: str) -> list[City]:
    """The largest cities of the zones that an abbreviation such as "ist" may mean."""
    names: list[str] = _words()["abbreviation"].get(words, [])
    return [named(folded(name))[0] for name in names]


def is_utc(words: str) -> bool:
    """Whether words name universal time itself."""
    return words in _words()["utc"]


def is_nowhere(words: str) -> bool:
    """Whether words name what is no place with a time of its own, such as a continent."""
    return words in _words()["nowhere"]


def without_lead(words: str) -> str | None:
    """A folded text without the longest phrase that is said before a place; None where there is none."""
    for phrase in _said_around("before"):
        if words.startswith(phrase + " "):
            return words[len(phrase) :].lstrip(" ,")
    return None


def without_trail(words: str) -> str:
    """A folded text without the longest phrase that is said behind a place."""
    for phrase in _said_around("behind"):
        if words.endswith(" " + phrase):
            return words[: -len(phrase)].rstrip(" ,")
    return words


@cache
def _said_around(where: str) -> tuple[str, ...]:
    return tuple(sorted(map(folded, _words()["said"][where]), key=len, reverse=True))


@cache
def zones() -> Mapping[str, str]:
    """Names of zones by their names in small letters."""
    return {
        name.lower(): name for name in available_timezones() if "/" in name and not name.startswith("Etc/")
    }


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((_DATA / "places.toml").read_text(encoding="utf-8"))


def _lines(name: str) -> list[str]:
    return gzip.decompress((_DATA / name).read_bytes()).decode().rstrip("\n").split("\n")
