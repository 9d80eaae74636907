"""Words and phrases: the longest wins, a typo is forgiven where only one word can be meant."""

import tomllib
from pathlib import Path

import pytest

import bot.understanding
from bot.understanding.lexicon import LANGUAGES, lexicon
from bot.understanding.scanner import Token, folded

DATA = Path(bot.understanding.__file__).parent / "data"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("evrey day", ["dayset"]),
        ("tusday", ["weekday"]),
        ("satruday", ["weekday"]),
        ("tommorrow", ["day"]),
        ("mmonday", ["weekday"]),
        ("nice", ["filler"]),
        ("give", ["filler"]),
        ("soon", ["unknown"]),
        ("even", ["unknown"]),
        ("rmeind me", ["filler"]),
        ("not", ["not"]),
        ("unless", ["unclear"]),
        ("eightish", ["number", "oclock"]),
        ("munday sunda", ["weekday", "weekday"]),
        ("qxz", ["unknown"]),
        ("12/24", ["date"]),
        ("3/4", ["slash"]),
        ("24.12. qx", ["date", "unknown"]),
        ("7.30", ["clock"]),
        ("15. at", ["ordinal", "filler"]),
        ("2 times a day", ["twice"]),
    ],
)
def test_kinds(text: str, kinds: list[str]) -> None:
    assert [token.kind for token in lexicon("en").tokens(text)] == kinds


def test_the_longest_phrase_wins() -> None:
    assert lexicon("en").tokens("half past") == [Token("spoken", 30, "half past")]
    assert lexicon("en").tokens("half an hour") == [Token("halfhour", 30, "half an hour")]


def test_accents_and_case_are_folded() -> None:
    assert folded("Às 7 da MANHÃ, Straße") == "as 7 da manha, strasse"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_stands_for_two_things(language: str) -> None:
    seen: dict[str, tuple[str, str]] = {}
    for name in ("words", "chatter"):
        for kind, values in tomllib.loads(
            (DATA / f"{name}_{language}.toml").read_text(encoding="utf-8")
        ).items():
            for value, phrases in values.items():
                for phrase in phrases:
                    assert seen.setdefault(folded(phrase), (kind, value)) == (kind, value), phrase
