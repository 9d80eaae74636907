"""Sends through a door of Limber whatever might come, for as long as asked, and says what was not borne.

python -m tools.fuzz webhook|socket|parsers|import --minutes 10 [--seed 1]

The same seed tries the same cases. A case that fails is kept among the tests, which try it from then on.
"""

import argparse
import sys
import time
import traceback

from tests.fuzzing.doors import DOORS
from tests.fuzzing.trying import Failed, keep, try_out

_ROUND = 200


def fuzz(name: str, seconds: float, seed: int) -> tuple[int, list[str]]:
    """Tries cases in rounds until the time is over: how many, and the files of those that failed."""
    until = time.monotonic() + seconds
    rounds, found = 0, []
    with DOORS[name]() as door:
        while time.monotonic() < until:
            try:
                try_out(door, _ROUND, seed + rounds)
            except Failed as failed:
                traceback.print_exception(failed)
                found.append(keep(name, failed.case).name)
                break
            rounds += 1
    return rounds * _ROUND, found


def main(arguments: list[str]) -> int:
    """1 where a case was not borne."""
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz")
    parser.add_argument("door", choices=sorted(DOORS))
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    tried, found = fuzz(given.door, given.minutes * 60, given.seed)
    print(f"{given.door}: {tried} cases from seed {given.seed}; not borne: {', '.join(found) or 'none'}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
