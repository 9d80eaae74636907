"""How much of a labelled set of messages is heard: python -m tools.score_danger FILE [--misses]

The file has a table a language with lists `A`, `B` and `none` of messages that call for that card.
"""

import argparse
import sys
import tomllib
from pathlib import Path

from bot.safety.detection import detect


def heard(message: str) -> str:
    """The card that a message gets: A, B or none."""
    found = detect(message)
    return found.card.name if found else "none"


def score(languages: dict[str, dict[str, list[str]]], misses: list[str]) -> dict[str, list[int]]:
    """By language and for all: true ones and how many of them unseen; harmless ones and how many got card A.

    What went wrong is added to `misses`, a line each.
    """
    table: dict[str, list[int]] = {}
    for language, cards in languages.items():
        row = [0, 0, 0, 0]
        for expected, messages in cards.items():
            for message in messages:
                got = heard(message)
                is_true = expected != "none"
                wrong = got == "none" if is_true else got == "A"
                row[0 if is_true else 2] += 1
                row[1 if is_true else 3] += wrong
                if wrong:
                    misses.append(f"{language} {expected} heard as {got}: {message}")
        table[language] = row
    table["all"] = [sum(row[place] for row in table.values()) for place in range(4)]
    return table


def main(arguments: list[str]) -> None:
    """Prints the table, and with `--misses` what went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tools.score_danger", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--misses", action="store_true")
    given = parser.parse_args(arguments)
    misses: list[str] = []
    table = score(tomllib.loads(given.file.read_text(encoding="utf-8")), misses)
    for language, (true, unseen, harmless, alarms) in table.items():
        print(f"{language}: {unseen} of {true} unseen; card A on {alarms} of {harmless} harmless")
    if given.misses:
        print(*misses, sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
