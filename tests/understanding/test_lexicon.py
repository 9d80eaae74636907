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


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [
        ("es", "todos lod días", "todos los días"),
        ("es", "tods los días", "todos los días"),
        ("pt", "tods os dias", "todos os dias"),
        ("fr", "tous lse jours", "tous les jours"),
        ("es", "8 dela noche", "8 de la noche"),
        ("de", "um 8 hur", "um 8 uhr"),
        ("de", "um 8 uhrr", "um 8 uhr"),
        ("en", "teh", "the"),
        ("en", "every dat", "every day"),
        ("en", "goodmorning", "good morning"),
        ("en", "noontime", "noon time"),
        ("en", "in 20 minuts", "in 20 minutes"),
        ("fr", "jaimerais", "j'aimerais"),
        ("fr", "j aimerais", "j'aimerais"),
    ],
)
def test_a_slip_that_the_words_around_settle_is_made_good(language: str, text: str, meant: str) -> None:
    read, told = (lexicon(language).tokens(each) for each in (text, meant))
    assert [(token.kind, token.value) for token in read] == [(token.kind, token.value) for token in told]


@pytest.mark.parametrize(
    ("language", "text"), [("en", "mum"), ("en", "sunset"), ("es", "siesta"), ("en", "dad")]
)
def test_another_word_is_no_slip(language: str, text: str) -> None:
    assert [token.kind for token in lexicon(language).tokens(text)] == ["unknown"]


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
