"""Tries many cases at a door, the same ones for the same seed; the smallest that fails can be kept."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzzing.doors import Door

FOUND = Path(__file__).parent / "found"
_PHASES = (Phase.generate, Phase.target, Phase.shrink)


class Failed(Exception):
    """A case for which something does not hold; the cause says what."""

    def __init__(self, case: Any) -> None:
        super().__init__(json.dumps(case)[:300])
        self.case = case


def try_out(door: Door, examples: int, seeded: int) -> None:
    """Tries that many cases at an open door.

    Raises `Failed` with the smallest case for which something does not hold.
    """
    tried: list[Any] = []

    def attempt(case: Any) -> None:
        tried[:] = [case]
        door.attempt(case)

    steady = settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=False,
        phases=_PHASES,
        suppress_health_check=list(HealthCheck),
    )
    try:
        seed(seeded)(steady(given(door.cases)(attempt)))()
    except Exception as error:
        raise Failed(tried[0] if tried else None) from error


def keep(name: str, case: Any, folder: Path = FOUND) -> Path:
    """Writes a case down, for the tests to try it from now on."""
    words = json.dumps(case, indent=1)
    file = folder / f"{name}-{sha256(words.encode()).hexdigest()[:12]}.json"
    file.write_text(words + "\n", encoding="utf-8")
    return file


def kept(name: str, folder: Path = FOUND) -> list[Any]:
    """The cases that were found for a door."""
    return [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob(f"{name}-*.json"))]
