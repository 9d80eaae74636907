"""What Limber itself shows as examples, in its help, its questions and the README, is in the corpus."""

import re
import tomllib
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from bot.texts import LOCALES
from tests.understanding.corpus_rows import rows

ROOT = Path(__file__).parents[2]
KINDS = {"log": "answers", "remind": "times", "timezone": "places", "country": "places"}
QUESTIONS = {"remind.ask": "times", "start.time": "times", "log.ask": "answers", "when.": "times"}


def _catalogue() -> dict[str, str]:
    with (LOCALES / "en" / "LC_MESSAGES" / "limber.po").open("rb") as file:
        return {str(each.id): str(each.string) for each in read_po(file) if each.id}


def _commands() -> set[tuple[str, str]]:
    """Examples such as "/remind every weekday at 7:30", by what they are examples of."""
    found = re.findall(r"^/(\w+) ([^-\n]+?) - ", _catalogue()["help.text"], re.MULTILINE)
    return {(KINDS[command], words) for command, words in found if command in KINDS}


def _quoted() -> set[tuple[str, str]]:
    """Examples in quotation marks of the questions that take words."""
    found = set()
    for key, text in _catalogue().items():
        kind = next((kind for start, kind in QUESTIONS.items() if key.startswith(start)), None)
        unfilled = re.sub(r'"\{\w+\}"', "", text)
        for example in re.findall(r'"([^"]+)"', unfilled) if kind else ():
            found.add((str(kind), example))
    return found


def _readme() -> set[tuple[str, str]]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if "Reminders in your words" in line)
    answers = next(line for line in text.splitlines() if "any words" in line)
    times = {("times", each) for each in re.findall(r'"([^"]+)"', line)}
    return times | {("answers", each) for each in re.findall(r'"([^"]+)"', answers)}


@pytest.mark.parametrize("examples", [_commands, _quoted, _readme])
def test_every_example_is_in_the_corpus(examples: object) -> None:
    known = {(row.kind, row.phrase) for row in rows() if row.language == "en"}
    shown = examples()  # type: ignore[operator]
    assert len(shown) >= 3 or examples is _commands
    assert shown - known == set()


def test_the_corpus_is_as_large_as_it_should_be() -> None:
    counted = {kind: sum(row.kind == kind for row in rows()) for kind in ("times", "places", "answers")}
    assert counted["times"] >= 400
    assert counted["places"] >= 250
    assert counted["answers"] >= 300


def test_every_phrase_says_where_it_comes_from() -> None:
    for path in (Path(__file__).parent / "corpus").glob("*.toml"):
        for part in tomllib.loads(path.read_text(encoding="utf-8"))["from"]:
            assert part["source"]
