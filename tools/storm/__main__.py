"""`python -m tools.storm`: one storm, told line by line."""

import argparse
import asyncio
import sys

from tools.storm.storm import Storm


def main() -> int:
    """Runs it and prints the verdict; 1 where something went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tools.storm")
    parser.add_argument("--engine", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--kills", type=int, default=150)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--people", type=int, default=12)
    given = parser.parse_args()
    storm = Storm(given.engine, given.kills, given.seed, given.people, tell=_tell)
    verdict = asyncio.run(storm.rage())
    _tell(f"{given.engine}, seed {given.seed}\n{verdict}")
    return 0 if verdict.is_good else 1


def _tell(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
