"""What is told in a way that people don't is read, but asked about."""

from pathlib import Path

import pytest

from bot.understanding.lexicon import lexicon
from bot.understanding.meaning import Asked, Option, Question
from bot.understanding.shapes import is_familiar, shapes
from bot.understanding.times import TAKEN, Understood, hear, read_when
from tests.understanding.compact import NOW, reading_line
from tools import learn_shapes
from tools.learn_shapes import main


def test_a_shape_is_a_kind_of_word_between_its_neighbours_without_what_says_nothing() -> None:
    assert shapes(lexicon("en").tokens("please weekdays at 8:00")) == {
        ("<", "dayset", "clock"),
        ("dayset", "clock", ">"),
    }


@pytest.mark.parametrize("text", ["8am", "every day at 8:00", "mon wed fri 19h", "tomorrow at 8am"])
def test_what_people_plainly_say_is_taken(text: str) -> None:
    assert is_familiar(lexicon("en").tokens(text))
    assert isinstance(read_when(text, now=NOW), Understood)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("monday 9am every other sunday", "en"),
        ("tuesday noon-2ish", "en"),
        ("mornings i guess", "en"),
        ("this wednesday 9am", "en"),
        ("12 12 12", "en"),
    ],
)
def test_what_is_told_oddly_is_asked_about_or_declined(text: str, language: str) -> None:
    assert not isinstance(read_when(text, now=NOW, language=language), Understood)


def test_a_yes_takes_it_as_it_is_read() -> None:
    heard = hear("mornings i guess", now=NOW, language="en").reading
    assert isinstance(heard, Understood)
    asked = read_when("mornings i guess", now=NOW)
    assert asked == Question(Asked.CONFIRM, (Option("mornings i guess", heard.rules),))
    assert read_when(f"{TAKEN}mornings i guess", now=NOW) == heard
    assert reading_line(heard) == "DAILY 08:00"


def test_the_shapes_were_learned_from_the_phrases_in_the_corpus() -> None:
    with pytest.raises(SystemExit) as left:
        main(["--check"])
    assert not left.value.code


def test_learning_writes_the_shapes_of_what_is_understood(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    phrases = [("weekdays at 8:00", "en"), ("not a time", "en"), ("at 8", "en")]
    monkeypatch.setattr(learn_shapes, "plain", lambda: iter(phrases))
    monkeypatch.setattr(learn_shapes, "FILE", tmp_path / "shapes.txt")
    main([])
    assert (tmp_path / "shapes.txt").read_text(encoding="utf-8").splitlines()[1:] == [
        "< dayset clock",
        "dayset clock >",
    ]
