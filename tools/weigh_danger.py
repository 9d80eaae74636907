"""Learn how much words sound like danger from labelled messages: python -m tools.weigh_danger [--check]

A logistic regression with steps that shrink for marks that are often met; the same messages give the same
weights. What people answer to ordinary questions, the corpus of the understanding, is learned as harmless.
`--check` only tells by its exit code whether the labelled messages are those that the file was learned from.
"""

import argparse
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from math import exp, sqrt
from pathlib import Path
from random import Random
from typing import Any

from bot.safety.normalising import words_of
from bot.safety.weighing import FILE, SCALE, marks

_TESTS = Path(__file__).parents[1] / "tests"
FOLDER = _TESTS / "safety"
CORPUS = _TESTS / "understanding" / "corpus"
NEVER = ("unseen.toml", "examined.toml", "reflections.toml", "ordinary.toml", "everyday.toml")
"""Messages that are only scored; and of `labelled.toml` the half that is held out."""
_ROUNDS, _STEP, _BIAS_STEP, _MOST = 10, 0.3, 0.02, 30
_SURE = 0.001
_OFTEN = 2
"""A mark of fewer messages than this tells nothing yet."""
_LEAST = 3
"""Smaller weights than this, in tenths, are left out of the file."""
_A_LINE = 12
_HEAD = "! By python -m tools.weigh_danger from the messages in tests/safety: a weight in tenths, then marks."


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """What somebody wrote, and whether it is of danger."""

    text: str
    is_true: bool


@dataclass(slots=True)
class Learned:
    """The weights so far, and how far each has moved."""

    weights: dict[str, float] = field(default_factory=dict)
    moved: dict[str, float] = field(default_factory=dict)
    bias: float = 0.0

    def meet(self, of: Sequence[str], among: int, is_true: bool) -> None:
        """Move the weights of these marks, `among` all of a message, towards what it is."""
        share = 1 / sqrt(among)
        sounds = self.bias + share * sum(self.weights.get(mark, 0.0) for mark in of)
        wrong = is_true - 1 / (1 + exp(-max(-_MOST, min(_MOST, sounds))))
        if abs(wrong) < _SURE:
            return
        slope = wrong * share
        for mark in of:
            self.moved[mark] = self.moved.get(mark, 1e-8) + slope * slope
            self.weights[mark] = self.weights.get(mark, 0.0) + _STEP * slope / sqrt(self.moved[mark])
        self.bias += _BIAS_STEP * wrong


def is_held_out(phrase: str) -> bool:
    """Tell whether a message of `labelled.toml` is only ever scored, never developed on."""
    return bool(sha256(phrase.encode()).digest()[0] % 2)


def ordinary(folder: Path) -> list[Message]:
    """Return what people answered to ordinary questions, in one order."""
    files = [tomllib.loads(each.read_text(encoding="utf-8")) for each in sorted(folder.rglob("*.toml"))]
    return sorted(
        {Message(row[0], False) for file in files for source in file["from"] for row in source["rows"]}
    )


def messages(folder: Path) -> list[Message]:
    """Return the labelled messages to learn from, in one order."""
    files = sorted(each for each in folder.glob("*.toml") if each.name not in NEVER)
    found = {message for file in files for message in _of_file(file)}
    return sorted(found)


def _of_file(file: Path) -> Iterator[Message]:
    for name, written in tomllib.loads(file.read_text(encoding="utf-8")).items():
        for label, texts in _lists(name, written):
            for text in texts:
                if file.name != "labelled.toml" or not is_held_out(text):
                    yield Message(text, label not in ("none", "harmless"))


def _lists(name: str, written: Any) -> Iterator[tuple[str, list[str]]]:
    """Yield labels with their messages: of a language, or of a file without languages."""
    yield from written.items() if isinstance(written, dict) else [(name, written)]


def learn(of: Sequence[Message]) -> Learned:
    """Return the weights that tell the true messages from the harmless ones."""
    rows = [(sorted(marks(words_of(each.text))), each.is_true) for each in of]
    often = Counter(mark for marked, _ in rows for mark in marked)
    learned, order = Learned(), Random(1)  # noqa: S311 (an order, no secret)
    for _ in range(_ROUNDS):
        order.shuffle(rows)
        for marked, is_true in rows:
            learned.meet([mark for mark in marked if often[mark] >= _OFTEN], len(marked), is_true)
    return learned


def digest(of: Sequence[Message]) -> str:
    """Return what stands for these messages in the head of the file."""
    return sha256("\n".join(f"{each.is_true:d}{each.text}" for each in of).encode()).hexdigest()


def head(of: Sequence[Message]) -> str:
    """Return the first line of the file learned from these messages."""
    return f"{_HEAD} {digest(of)}"


def lines(learned: Learned) -> Iterator[str]:
    """Yield the lines of the file: a weight, then all marks that have it, the heaviest first."""
    yield f"{round(learned.bias * SCALE)}\t"
    of_weight: dict[int, list[str]] = {}
    for mark, each in learned.weights.items():
        of_weight.setdefault(round(each * SCALE), []).append(mark)
    for number in sorted(of_weight, reverse=True):
        written = sorted(of_weight[number]) if abs(number) >= _LEAST else []
        for start in range(0, len(written), _A_LINE):
            yield "\t".join((str(number), *written[start : start + _A_LINE]))


def main(arguments: list[str]) -> None:
    """Writes the weights; with `--check`, leaves with 1 where they were learned from other messages."""
    parser = argparse.ArgumentParser(prog="python -m tools.weigh_danger", description=__doc__)
    parser.add_argument("--check", action="store_true")
    of = messages(FOLDER)
    if parser.parse_args(arguments).check:
        sys.exit(FILE.read_text(encoding="utf-8").splitlines()[0] != head(of))
    learned = learn([*of, *ordinary(CORPUS)])
    FILE.write_text("\n".join((head(of), *lines(learned))) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
