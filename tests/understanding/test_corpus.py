"""The corpus, row by row; what is taken for something else than was meant is the worst, and there is none."""

from collections import Counter
from pathlib import Path

import pytest

from bot.understanding.meaning import Question
from bot.understanding.times import TAKEN, Understood, read_when
from tests.understanding import score
from tests.understanding.compact import NOW
from tests.understanding.corpus_rows import RIGHT, WRONG, rows

ROWS = list(rows())
CAUTIOUS = {row.part for row in ROWS if row.part.endswith("edge")} - {
    "sixth, edge",
    "seventh, edge",
    "ninth, edge",
}
"""Much of these is declined where a question would be kinder; nothing of it is taken for something else."""


def test_nothing_is_taken_for_something_else() -> None:
    assert [(row.phrase, row.found()) for row in ROWS if row.verdict() == WRONG] == []


def test_of_each_part_nearly_all_is_understood() -> None:
    parts: dict[tuple[str, str, str], Counter[str]] = {}
    for row in ROWS:
        parts.setdefault((row.part, row.kind, row.language), Counter())[row.verdict()] += 1
    shares = {part: found[RIGHT] / found.total() for part, found in parts.items()}
    short = {part: share for part, share in shares.items() if share < 0.95}
    assert {part for part, *_ in short} <= CAUTIOUS, short


def test_the_corpus_is_as_large_as_it_says_and_no_part_holds_a_phrase_twice() -> None:
    phrases = [(row.part, row.kind, row.language, row.phrase) for row in ROWS]
    assert len(set(phrases)) == len(phrases)
    kinds = Counter(row.kind for row in ROWS)
    assert kinds["times"] > 400
    assert kinds["places"] > 250
    assert kinds["answers"] > 300


def test_each_answer_to_a_question_is_understood_by_itself() -> None:
    asked = 0
    for row in (row for row in ROWS if row.kind == "times"):
        read = read_when(row.phrase, now=NOW, language=row.language)
        for option in read.options if isinstance(read, Question) else ():
            asked += 1
            assert read_when(TAKEN + option.text, now=NOW, language=row.language) == Understood(option.means)
    assert asked > 30


def test_the_score_is_told_for_each_kind(capsys: pytest.CaptureFixture[str]) -> None:
    score.main([])
    told = capsys.readouterr().out
    assert "times    en  seen" in told
    assert "answers  en  third ear" in told


def test_a_folder_of_unseen_phrases_is_scored_with_every_miss(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = '[[from]]\nsource = "a stranger"\nrows = [["8pm", "DAILY 20:00"], ["8pm", "DAILY 08:00"]]\n'
    (tmp_path / "times_en.toml").write_text(rows)
    score.main([str(tmp_path)])
    told = capsys.readouterr().out
    assert "unseen        right   1" in told
    assert "WRONG    times en '8pm': DAILY 20:00, not DAILY 08:00" in told
