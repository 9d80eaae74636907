"""Places that the letters typed so far may become: the largest first, each with words that find it again."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from heapq import nlargest

from bot.understanding.gazetteer import City, Country, by_name, cities, countries
from bot.understanding.places import Place, find_place
from bot.understanding.scanner import folded

_LONGEST = 60
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Likely:
    """A city as it is shown, and the words by which `find_place` finds its zone."""

    shown: str
    words: str


def cities_like(typed: str, most: int) -> tuple[Likely, ...]:
    """Cities of which a name, in any language, begins like this; none while nothing is typed."""
    beginning = folded(typed[:_LONGEST]).strip()
    if not beginning:
        return ()
    names = _names()
    reach = names[bisect_left(names, beginning) : bisect_left(names, beginning + _LAST)]
    found = {index for name in reach for index in by_name()[name]}
    largest = nlargest(most, (cities()[index] for index in found), key=lambda city: city.thousands)
    return tuple(Likely(_shown(city), _words(city)) for city in largest)


def all_countries() -> tuple[Country, ...]:
    """Every country, once, in the order of codes."""
    return tuple(dict(sorted((each.code, each) for each in countries().values())).values())


@cache
def _names() -> list[str]:
    return sorted(by_name())


def _shown(city: City) -> str:
    return f"{city.name} ({', '.join(_where(city))})"


def _where(city: City) -> Iterator[str]:
    if city.region.isalpha():
        yield city.region
    yield city.country


def _words(city: City) -> str:
    """The city with its country or region, if that finds it; else its zone."""
    for where in (city.country, city.region):
        words = f"{city.name}, {where}"
        found = find_place(words)
        if isinstance(found, Place) and found.zone == city.zone:
            return words
    return city.zone
