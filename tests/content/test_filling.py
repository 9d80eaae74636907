"""Placeholders filled so that the sentence reads right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.filling import fill, has_stray_brace, placeholders


@pytest.mark.parametrize(
    ("text", "value", "filled"),
    [
        ("{x} - your moment.", "after breakfast", "After breakfast - your moment."),
        ("Evening. {x} fits.", "two minutes", "Evening. Two minutes fits."),
        ("Your plan said: {x}, I will.", "after lunch.", "Your plan said: after lunch, I will."),
        ("The tiny version: {x}", "one breath", "The tiny version: one breath."),
        ("The tiny version: {x}", "One breath?", "The tiny version: One breath?"),
        ("Tiny: {x} Counts the same.", "one breath", "Tiny: one breath. Counts the same."),
        ("You noted: '{x}'. Again?", "it passed!", "You noted: 'it passed'. Again?"),
        ("Same step: {x}.", "breathe out ", "Same step: breathe out."),
        ("So: {x}, then.", "...", "So: ..., then."),
        ("Keep {x} as it is.", "{skill}", "Keep {skill} as it is."),
    ],
)
def test_a_value_takes_its_place_in_the_sentence(text: str, value: str, filled: str) -> None:
    assert fill(text, {"x": value}) == filled


@pytest.mark.parametrize("values", [{}, {"x": ""}, {"x": "  "}, {"y": "there"}])
def test_without_a_value_there_is_no_text(values: dict[str, str]) -> None:
    assert fill("Room for {x}?", values) is None


def test_a_text_without_placeholders_needs_nothing() -> None:
    assert fill("A small one today?", {}) == "A small one today?"
    assert placeholders("A small one today?") == frozenset()
    assert placeholders("{a}, {b_c}: {a}") == {"a", "b_c"}


@pytest.mark.parametrize("text", ["{Time}", "{time", "time}", "{}", "{{time}}", "{the time}"])
def test_stray_braces_are_seen(text: str) -> None:
    assert has_stray_brace(text)


@pytest.mark.parametrize("text", ["{time}", "no brace", "{a}{b}"])
def test_placeholders_are_no_stray_braces(text: str) -> None:
    assert not has_stray_brace(text)


@given(st.text(min_size=1, max_size=30))
def test_whatever_someone_wrote_stays_in_the_sentence(value: str) -> None:
    filled = fill("Room for {x} today?", {"x": value})

    if not value.strip():
        assert filled is None
        return
    assert filled is not None
    assert filled.startswith("Room for ")
    assert filled.endswith(" today?")
    assert value.strip().rstrip(".!?") in filled
