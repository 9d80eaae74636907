"""Greetings and thanks that say nothing else, and words that take back the ones before."""

import pytest

from bot.understanding.asides import Aside, read_aside, taken_back


@pytest.mark.parametrize(
    ("language", "says", "aside"),
    [
        ("en", "Hi!", Aside.HELLO),
        ("en", "good morning", Aside.HELLO),
        ("en", "many thanks", Aside.THANKS),
        ("de", "Dankeschön!", Aside.THANKS),
        ("xx", "hello", Aside.HELLO),
        ("en", "hi, did it", None),
        ("en", "", None),
        ("en", "thanks " * 20, None),
    ],
)
def test_a_greeting_or_thanks_alone_is_told_from_more(language: str, says: str, aside: Aside | None) -> None:
    assert read_aside(says, language=language) is aside


@pytest.mark.parametrize(
    ("says", "left"),
    [("no wait, only half of it", "only half of it"), ("wait", None), ("did half of it", None)],
)
def test_what_takes_back_leaves_what_it_says_instead(says: str, left: str | None) -> None:
    assert taken_back(says) == left
