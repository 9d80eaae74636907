"""What understanding costs: `python -m benchmarks.understanding`. Exits with 1 where a limit is passed.

Limits are those the feature was agreed with: import 150 ms, a typical parse 2 ms, a place 5 ms, the tables of
places 60 MB, and 50 ms for any text of up to 10,000 characters.
"""

import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from benchmarks.rows import Row
from bot.understanding import gazetteer
from bot.understanding.answers import read_answer
from bot.understanding.places import find_place
from bot.understanding.times import read_when

NOW = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
PHRASES = (
    "mon wed fri at half seven",
    "every weekday at 7:30 and 21:00",
    "weekdays at 7:30, weekends at 10:00",
    "tomorow evening at 8",
    "in 1h30",
)
ANSWERS = ("did it twice, 10 min, nerves from 8 down to 5", "nah, migraine", "remind me at 21:00")
PLACES = ("Bombay", "Köln", "springfield illinois", "Germany", "UTC+5:30", "texas")
MISSPELT = ("new yrok", "amstrdaam", "buenos airse")
LONGEST = tuple(
    (unit * 10_000)[:10_000]
    for unit in (
        "monday ",
        "half an hour ",
        "did it, ",
        "did the dishes ",
        "7 to 4 ",
        "no time ",
        "x",
        "(",
        "\n",
    )
)
_MODULES = "import bot.understanding.times, bot.understanding.places, bot.understanding.answers"
_TIMED = f"import time; began = time.perf_counter(); {_MODULES}; print(time.perf_counter() - began)"


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure beside its limit."""

    name: str
    found: float
    limit: float
    unit: str

    def line(self) -> str:
        """The figure in words."""
        verdict = "ok" if self.found <= self.limit else "OVER"
        return (
            f"{self.name:34} {self.found:8.2f} {self.unit:3} limit {self.limit:6.0f} {self.unit:3} {verdict}"
        )

    def row(self) -> Row:
        """The figure as a row of the table of benchmarks."""
        aim = f"at most {self.limit:.0f} {self.unit}"
        met = self.found <= self.limit
        return Row(f"understanding: {self.name}", aim, f"{self.found:.2f} {self.unit}", met)


async def run() -> list[Row]:
    """Every measure beside its limit."""
    return [measure.row() for measure in _measures()]


def main() -> int:
    """Prints each measure; 1 if any is over its limit."""
    measures = _measures()
    for measure in measures:
        sys.stdout.write(measure.line() + "\n")
    return int(any(measure.found > measure.limit for measure in measures))


def _measures() -> tuple[Measure, ...]:
    megabytes = _megabytes_of_places()
    return (
        Measure("import", _import_ms(), 150, "ms"),
        Measure("reminder, typical", _median_ms(_read_when, PHRASES), 2, "ms"),
        Measure("answer, typical", _median_ms(_read_answer, ANSWERS), 2, "ms"),
        Measure("place, typical", _median_ms(find_place, PLACES), 5, "ms"),
        Measure("place, misspelt", _median_ms(find_place, MISSPELT), 50, "ms"),
        Measure("reminder of 10,000 characters", _median_ms(_read_when, LONGEST), 50, "ms"),
        Measure("answer of 10,000 characters", _median_ms(_read_answer, LONGEST), 50, "ms"),
        Measure("place of 10,000 characters", _median_ms(find_place, LONGEST), 50, "ms"),
        Measure("tables of places", megabytes, 60, "MB"),
    )


def _read_when(text: str) -> object:
    return read_when(text, now=NOW)


def _read_answer(text: str) -> object:
    return read_answer(text, now=NOW, skills={"box breathing": "box", "body scan": "scan"})


def _import_ms() -> float:
    """The quickest of five fresh interpreters."""
    command = (sys.executable, "-c", _TIMED)
    runs = (subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(5))
    return min(float(each) for each in runs) * 1_000


def _median_ms(read: Callable[[str], object], texts: tuple[str, ...]) -> float:
    """The slowest text's median of nine readings, once what is loaded on first use is loaded."""
    return max(statistics.median(_times(read, text)) for text in texts)


def _times(read: Callable[[str], object], text: str) -> list[float]:
    read(text)
    found = []
    for _ in range(9):
        began = time.perf_counter()
        read(text)
        found.append((time.perf_counter() - began) * 1_000)
    return found


def _megabytes_of_places() -> float:
    tracemalloc.start()
    tables = (gazetteer.cities(), gazetteer.by_name(), gazetteer.countries(), gazetteer.regions())
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return held / 1_000_000 if all(tables) else 0.0


if __name__ == "__main__":
    sys.exit(main())
