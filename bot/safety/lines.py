"""Crisis lines by country, from `data/crisis_lines.toml`.

Only lines marked as fit to be shown ever are. Nobody called them: the file says how each was checked.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parent / "data" / "crisis_lines.toml"
_KINDS = ("suicide_crisis", "emotional_support", "mental_health", "health_advice", "youth", "abuse")
_UNKNOWN_HOURS = "check"
_WORDS = ("country", "name", "phone", "text", "chat_url", "url", "hours", "kind", "verification")


class LinesError(ValueError):
    """The file of crisis lines cannot be used. Its text has one sentence a mistake, each on its own line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A service: how to reach it, when (hours "" where that is not known), and how that was checked."""

    country: str
    name: str
    phone: str
    text: str
    chat_url: str
    url: str
    hours: str
    kind: str
    verification: str

    @property
    def is_written(self) -> bool:
        """Whether it can be reached without speaking."""
        return bool(self.text or self.chat_url)


@dataclass(frozen=True, slots=True)
class Directory:
    """A list of lines of all countries, kept by somebody else."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class CountryHelp:
    """What to show in a country: emergency numbers, lines in order, directories."""

    emergency: tuple[str, ...]
    lines: tuple[Line, ...]
    directories: tuple[Directory, ...]


@dataclass(frozen=True, slots=True)
class CrisisLines:
    """All that is known. `checked_on` is when the whole file was last checked."""

    lines: tuple[Line, ...]
    emergency: Mapping[str, tuple[str, ...]]
    directories: tuple[Directory, ...]
    checked_on: date
    recheck_days: int
    how_checked: str

    def for_country(self, code: str | None, *, kind: str | None = None) -> CountryHelp:
        """What to show in a country (ISO code; None where it is not known), lines of `kind` first.

        A way to write is among the first two lines where there is one.
        """
        order = {name: number for number, name in enumerate(_KINDS)} | ({kind: -1} if kind else {})
        lines = sorted(
            (line for line in self.lines if line.country == code), key=lambda line: order[line.kind]
        )
        return CountryHelp(self.emergency.get(code or "", ()), tuple(_two_channels(lines)), self.directories)

    def countries(self) -> tuple[str, ...]:
        """ISO codes of the countries with a line or an emergency number."""
        return tuple(sorted({line.country for line in self.lines} | set(self.emergency)))

    def stale(self, today: date) -> bool:
        """Whether the lines want checking again."""
        return today > self.checked_on + timedelta(days=self.recheck_days)


def load_lines(path: Path = _FILE) -> CrisisLines:
    """Reads and checks the file. Raises `LinesError` with every mistake."""
    with path.open("rb") as file:
        try:
            raw = tomllib.load(file)
        except tomllib.TOMLDecodeError as error:
            raise LinesError(f"{path.name}: this is no TOML file: {error}.") from error
    problems = [f"{path.name}, {problem}" for problem in _problems(raw)]
    if problems:
        raise LinesError("\n".join(problems))
    shown = (line for line in raw["line"] if line["ship"])
    return CrisisLines(
        lines=tuple(_line(line) for line in shown),
        emergency={code: tuple(each["numbers"]) for each in raw["emergency"] for code in each["countries"]},
        directories=tuple(Directory(each["name"], each["url"]) for each in raw["directory"]),
        checked_on=date.fromisoformat(raw["meta"]["compiled"]),
        recheck_days=raw["meta"]["recheck_every_days"],
        how_checked=raw["meta"]["how_checked"],
    )


def _line(raw: Mapping[str, Any]) -> Line:
    words = {name: raw[name] for name in _WORDS}
    return Line(**{**words, "hours": "" if _UNKNOWN_HOURS in raw["hours"] else raw["hours"]})


def _two_channels(lines: list[Line]) -> list[Line]:
    written = next((line for line in lines if line.is_written), None)
    if written is None or written in lines[:2]:
        return lines
    rest = [line for line in lines if line is not written]
    return [rest[0], written, *rest[1:]]


def _problems(raw: Mapping[str, Any]) -> Iterator[str]:
    for table in ("meta", "line", "emergency", "directory"):
        if not raw.get(table):
            yield f"{table}: there should be at least one entry."
    for number, line in enumerate(raw.get("line", ()), 1):
        yield from (
            f"line {number} ({line.get('name', 'no name')}), {problem}" for problem in _line_problems(line)
        )
    for number, each in enumerate(raw.get("emergency", ()), 1):
        if not each.get("countries") or not each.get("numbers"):
            yield f"emergency {number}: countries and numbers should each have at least one entry."


def _line_problems(line: Mapping[str, Any]) -> Iterator[str]:
    missing = [name for name in _WORDS if not isinstance(line.get(name), str)]
    yield from (f'{name}: a text is missing here; write "" where there is none.' for name in missing)
    if not isinstance(line.get("ship"), bool):
        yield "ship: this should be true or false."
    if missing:
        return
    if line["kind"] not in _KINDS:
        yield f"kind: {line['kind']!r} should be one of {', '.join(_KINDS)}."
    if len(line["country"]) != 2 or not line["country"].isupper():
        yield f"country: {line['country']!r} should be a code of two capitals, such as US."
    if not (line["phone"] or line["text"] or line["chat_url"]):
        yield "phone, text, chat_url: at least one way to reach the service is needed."
