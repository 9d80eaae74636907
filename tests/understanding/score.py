"""How well the corpus is understood: `python -m tests.understanding.score`.

Misses are printed for the part that is developed on; of what is held out and of the third ear, only counts.
"""

import sys
from collections import Counter

from tests.understanding.corpus_rows import ASKED, DECLINED, RIGHT, WRONG, Row, rows

_VERDICTS = (RIGHT, ASKED, DECLINED, WRONG)


def main() -> None:
    """Prints a line per kind, language and part, and every miss of the development part."""
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    misses: list[tuple[Row, str]] = []
    for row in rows():
        verdict = row.verdict()
        counts.setdefault((row.kind, row.language, _part(row)), Counter())[verdict] += 1
        if verdict != RIGHT and not row.held_out:
            misses.append((row, verdict))
    for (kind, language, part), found in sorted(counts.items()):
        told = "  ".join(f"{verdict} {found[verdict]:3}" for verdict in _VERDICTS)
        share = found[RIGHT] / found.total()
        sys.stdout.write(f"{kind:8} {language:3} {part:13} {told}  {share:6.1%}\n")
    for row, verdict in misses:
        sys.stdout.write(f"{verdict:8} {row.language} {row.phrase!r}: {row.found()}, not {row.expected}\n")


def _part(row: Row) -> str:
    if row.third:
        return "third ear"
    return "held out" if row.held_out else "developed on"


if __name__ == "__main__":
    main()
