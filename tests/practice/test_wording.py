"""The shuffle of wordings: no early repeat, nothing that cannot be filled, all of them in the end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.practice.wording import NO_REPEAT, NoWordingError, Template, choose_wording, first_wording

PLAIN = [Template(f"plain {n}") for n in range(20)]
WITH_CUE = [Template(f"cue {n}", frozenset({"cue"})) for n in range(20)]


def sends(templates: list[Template], known: set[str], count: int, seed: str = "ada") -> list[str]:
    used: list[str] = []
    for sent in range(count):
        used.append(choose_wording(templates, known, used, seed, sent))
    return used


@settings(max_examples=50)
@given(st.text(max_size=6), st.integers(11, 40))
def test_no_wording_comes_again_within_ten(seed: str, count: int) -> None:
    used = sends(PLAIN + WITH_CUE, set(), 60, seed)[:count]
    for place, key in enumerate(used):
        assert key not in used[max(0, place - NO_REPEAT) : place]


def test_what_cannot_be_filled_is_passed_over() -> None:
    assert all(key.startswith("plain") for key in sends(PLAIN + WITH_CUE, {"skill"}, 60))
    assert any(key.startswith("cue") for key in sends(PLAIN + WITH_CUE, {"cue"}, 60))


def test_all_have_their_turn() -> None:
    assert set(sends(PLAIN + WITH_CUE, {"cue"}, 80)) == {one.key for one in PLAIN + WITH_CUE}


def test_people_get_different_orders_and_each_the_same_again() -> None:
    assert sends(PLAIN, set(), 10, "ada") == sends(PLAIN, set(), 10, "ada")
    assert sends(PLAIN, set(), 10, "ada") != sends(PLAIN, set(), 10, "bo")


def test_few_wordings_go_round_and_round() -> None:
    used = sends(PLAIN[:3], set(), 30)
    assert all(len(set(used[place : place + 3])) == 3 for place in range(28))


def test_one_wording_is_better_than_none() -> None:
    assert sends(PLAIN[:1], set(), 3) == ["plain 0"] * 3


def test_nothing_to_say_is_an_error() -> None:
    with pytest.raises(NoWordingError, match="none of 20"):
        choose_wording(WITH_CUE, {"skill"}, [], "ada", 0)


def test_in_order_the_first_that_was_not_used_lately_comes() -> None:
    templates = [Template("cue", frozenset({"cue"})), Template("one"), Template("two")]
    assert first_wording(templates, {"cue"}, []) == "cue"
    assert first_wording(templates, (), []) == "one"
    assert first_wording(templates, (), ["one"]) == "two"
    assert first_wording(templates, (), ["one", "two"]) == "one"
    assert first_wording(templates, (), ["one", *"abcdefghij"]) == "one"
    with pytest.raises(NoWordingError):
        first_wording(templates[:1], (), [])
