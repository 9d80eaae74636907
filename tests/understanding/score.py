"""How well phrases are understood: `python -m tests.understanding.score [FOLDER]`.

Prints a line per kind, language and part, and every miss. Of FOLDER, phrases in the form of the corpus that
nobody who wrote the grammar has seen, or else of the corpus itself.
"""

import sys
from collections import Counter
from pathlib import Path

from tests.understanding.corpus_rows import ASKED, DECLINED, RIGHT, WRONG, Row, rows, rows_in

_VERDICTS = (RIGHT, ASKED, DECLINED, WRONG)


def main(folders: list[str]) -> None:
    """Scores the corpus, or the folders that are named."""
    scored = [row for folder in folders for row in rows_in(Path(folder), "unseen")] if folders else rows()
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    misses: list[tuple[Row, str]] = []
    for row in scored:
        verdict = row.verdict()
        counts.setdefault((row.kind, row.language, row.part), Counter())[verdict] += 1
        if verdict != RIGHT:
            misses.append((row, verdict))
    for (kind, language, part), found in sorted(counts.items()):
        told = "  ".join(f"{verdict} {found[verdict]:3}" for verdict in _VERDICTS)
        share = found[RIGHT] / found.total()
        sys.stdout.write(f"{kind:8} {language:3} {part:13} {told}  {share:6.1%}\n")
    for row, verdict in misses:
        sys.stdout.write(
            f"{verdict:8} {row.kind} {row.language} {row.phrase!r}: {row.found()}, not {row.expected}\n"
        )


if __name__ == "__main__":
    main(sys.argv[1:])
