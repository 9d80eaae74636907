"""Crisis lines, emergency numbers and directories by country, from the packaged file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.safety.line_files import LineFile, LinesError

__all__ = ["CountryHelp", "CrisisLines", "Directory", "Line", "LinesError", "load_lines"]

_PACKAGED = Path(__file__).parent / "data" / "crisis_lines.toml"
_UNKNOWN_HOURS = "check"
_SHOWN_FIRST = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One service and the ways to reach it; "" where there is none.

    `text` may hold a keyword and a number ("HOME to 741741"); `hours` are the service's own, in its local
    time, "" where they are not known.
    """

    country: str
    name: str
    phone: str
    text: str
    chat_url: str
    url: str
    hours: str
    kind: str
    verification: str


@dataclass(frozen=True, slots=True)
class Directory:
    """A list of services in many countries, kept by others."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class CountryHelp:
    """What is shown in one country: emergency numbers first, then lines, then directories."""

    emergency: tuple[str, ...]
    lines: tuple[Line, ...]
    directories: tuple[Directory, ...]


class CrisisLines:
    """The lines of all countries, and when a person last checked them."""

    def __init__(
        self,
        helps: Mapping[str, CountryHelp],
        directories: tuple[Directory, ...],
        *,
        checked_on: date,
        recheck_every_days: int,
        review_state: str,
    ) -> None:
        self.checked_on = checked_on
        self.review_state = review_state
        self._recheck_every_days = recheck_every_days
        self._helps = dict(helps)
        self._nowhere = CountryHelp((), (), directories)

    def countries(self) -> tuple[str, ...]:
        """The ISO 3166 codes that have a line or an emergency number, in order of the alphabet."""
        return tuple(sorted(self._helps))

    def for_country(self, code: str | None, *, kind: str | None = None) -> CountryHelp:
        """Return what to show in a country, for an ISO 3166 code in any case.

        Lines of `kind` come first, then those for suicidal crises, then each country's main line. A country
        that is None or not known has no emergency number and no lines.
        """
        found = self._helps.get((code or "").strip().upper(), self._nowhere)
        ranked = sorted(found.lines, key=lambda line: _rank(line, kind))
        return CountryHelp(found.emergency, _two_channels(ranked), found.directories)

    def stale(self, today: date) -> bool:
        """Tell whether the lines were last checked longer ago than they may be."""
        return (today - self.checked_on).days > self._recheck_every_days


def load_lines(path: Path = _PACKAGED) -> CrisisLines:
    """Return the crisis lines in the file.

    Raises LinesError, which lists every mistake found.
    """
    file = LineFile(path)
    file.check()
    raw, meta = file.raw, file.raw["meta"]
    directories = tuple(Directory(each["name"], each["url"]) for each in raw["directory"])
    return CrisisLines(
        _by_country(raw, directories),
        directories,
        checked_on=meta["checked_on"],
        recheck_every_days=meta["recheck_every_days"],
        review_state=meta["review_state"],
    )


def _by_country(raw: Mapping[str, Any], directories: tuple[Directory, ...]) -> dict[str, CountryHelp]:
    shipped = [each for each in raw["line"] if each["ship"]]
    lines = [_line(each) for each in sorted(shipped, key=lambda each: not each["primary"])]
    numbers = {country: tuple(each["numbers"]) for each in raw["emergency"] for country in each["countries"]}
    codes = {*numbers, *(line.country for line in lines)}
    return {
        code: CountryHelp(numbers.get(code, ()), tuple(_of_country(lines, code)), directories)
        for code in codes
    }


def _line(entry: Mapping[str, Any]) -> Line:
    fields = {field: entry[field] for field in Line.__slots__}
    if entry["hours"] == _UNKNOWN_HOURS:
        fields["hours"] = ""
    return Line(**fields)


def _of_country(lines: Iterable[Line], code: str) -> list[Line]:
    return [line for line in lines if line.country == code]


def _rank(line: Line, kind: str | None) -> int:
    if line.kind == kind:
        return 0
    return 1 if line.kind == "suicide_crisis" else 2


def _two_channels(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Move a line that can be written to among the first three, where only later ones can be."""
    written = next((line for line in lines if line.text or line.chat_url), None)
    if written is None or written in lines[:_SHOWN_FIRST]:
        return tuple(lines)
    others = [line for line in lines if line is not written]
    return (*others[: _SHOWN_FIRST - 1], written, *others[_SHOWN_FIRST - 1 :])
