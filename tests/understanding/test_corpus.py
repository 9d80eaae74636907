"""The corpus, row by row; what is taken for something else than was meant is the worst, and there is none."""

from collections import Counter

import pytest

from bot.understanding.meaning import Question
from bot.understanding.times import Understood, read_when
from tests.understanding import score
from tests.understanding.compact import NOW
from tests.understanding.corpus_rows import RIGHT, WRONG, rows

ROWS = list(rows())


def test_nothing_is_taken_for_something_else() -> None:
    assert [(row.phrase, row.found()) for row in ROWS if row.verdict() == WRONG] == []


def test_of_what_is_developed_on_nearly_all_is_understood() -> None:
    known = Counter(row.verdict() for row in ROWS if not row.held_out)
    assert known[RIGHT] >= 0.97 * known.total()


def test_of_what_is_held_out_nearly_all_is_understood() -> None:
    parts: dict[tuple[str, str], Counter[str]] = {}
    for row in ROWS:
        if row.held_out:
            parts.setdefault((row.kind, row.language), Counter())[row.verdict()] += 1
    shares = {part: found[RIGHT] / found.total() for part, found in parts.items()}
    assert min(shares.values()) >= 0.92, shares


def test_each_phrase_is_told_once_and_the_split_is_about_even() -> None:
    phrases = [(row.kind, row.language, row.phrase) for row in ROWS]
    assert len(set(phrases)) == len(phrases)
    assert 0.4 < sum(row.held_out for row in ROWS) / len(ROWS) < 0.6


def test_each_answer_to_a_question_is_understood_by_itself() -> None:
    asked = 0
    for row in (row for row in ROWS if row.kind == "times"):
        read = read_when(row.phrase, now=NOW, language=row.language)
        for option in read.options if isinstance(read, Question) else ():
            asked += 1
            assert read_when(option.text, now=NOW, language=row.language) == Understood(option.means)
    assert asked > 30


def test_the_score_is_told_for_each_kind(capsys: pytest.CaptureFixture[str]) -> None:
    score.main()
    told = capsys.readouterr().out
    assert "times    en  developed on" in told
    assert "answers  en  held out" in told
