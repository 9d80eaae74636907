"""Learn in which shapes people plainly say when: python -m tools.learn_shapes [--check]

From plain phrases, and those of the corpus whose meaning is one rule.
`--check` only tells by its exit code whether the file is what would be learned now.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.understanding.lexicon import LANGUAGES
from bot.understanding.shapes import FILE, Shape, shapes
from bot.understanding.times import Understood, hear
from tests.understanding.compact import NOW
from tests.understanding.corpus_rows import rows

_CORPUS = Path(__file__).parents[1] / "tests" / "understanding" / "corpus"
_HEAD = "! By python -m tools.learn_shapes: kinds of words that follow each other in what people plainly say."


def plain() -> Iterator[tuple[str, str]]:
    """Yield phrases with their language."""
    for row in rows():
        if row.kind == "times" and row.expected not in ("ask", "decline"):
            yield row.phrase, row.language
    for language in LANGUAGES:
        written = (_CORPUS / "plain" / f"{language}.txt").read_text(encoding="utf-8")
        yield from ((phrase, language) for phrase in written.splitlines())


def learned() -> str:
    """Return the text of the file."""
    found: set[Shape] = set()
    for phrase, language in plain():
        heard = hear(phrase, now=NOW, language=language)
        if isinstance(heard.reading, Understood):
            found |= shapes(heard.tokens)
    return "\n".join((_HEAD, *sorted(" ".join(shape) for shape in found))) + "\n"


def main(arguments: list[str]) -> None:
    """Writes the shapes; with `--check`, leaves with 1 where others would be learned."""
    parser = argparse.ArgumentParser(prog="python -m tools.learn_shapes", description=__doc__)
    parser.add_argument("--check", action="store_true")
    if parser.parse_args(arguments).check:
        sys.exit(FILE.read_text(encoding="utf-8") != learned())
    FILE.write_text(learned(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
