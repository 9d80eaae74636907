"""Finding skills by words, and knowing them in what people write."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content.loader import Content
from bot.content.searching import fold, within_one_edit

LANGUAGE = "en"


def _found(content: Content, words: str) -> list[str]:
    return [skill.id for skill in content.search(words, LANGUAGE)]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("box breathing", "box_breathing"),
        ("BOX BREATHING", "box_breathing"),
        ("Bóx breàthing", "box_breathing"),
        ("stop", "stop_skill"),
        ("i statement", "i_statement"),
        ("478", "breathing_478"),
        ("pmr", "pmr"),
        ("low mood", "thought_record"),
        ("lonley", "reach_out"),
        ("quick", "thinking_traps"),
        ("gratitued", "gratitude"),
        ("reach out", "reach_out"),
    ],
)
def test_words_find_a_skill(content: Content, words: str, first: str) -> None:
    assert _found(content, words)[0] == first


@pytest.mark.parametrize(
    "words", ["box breathing", "stop", "tipp", "Square Breathing", "wise mind", "After a slip"]
)
def test_a_whole_name_finds_that_skill_alone(content: Content, words: str) -> None:
    assert len(_found(content, words)) == 1


@pytest.mark.parametrize("words", ["", "   ", "xyzzy", "?!", "warp drive"])
def test_nothing_is_found_where_nothing_is_meant(content: Content, words: str) -> None:
    assert _found(content, words) == []


def test_a_need_finds_every_skill_that_serves_it(content: Content) -> None:
    assert {skill.id for skill in content.by_tag("worry", LANGUAGE)} <= set(_found(content, "worry"))
    assert {skill.id for skill in content.by_tag("sleep", LANGUAGE)} <= set(_found(content, "sleep"))


def test_the_beginning_of_a_word_is_enough(content: Content) -> None:
    assert "box_breathing" in _found(content, "brea")
    assert "box_breathing" not in _found(content, "br")


def test_a_short_word_is_not_bent(content: Content) -> None:
    assert _found(content, "sleap")
    assert not _found(content, "slxp")


def test_of_a_whole_sentence_the_words_that_tell_are_used(content: Content) -> None:
    found = _found(content, "i am so angry today")

    assert set(found) == {skill.id for skill in content.by_tag("anger", LANGUAGE)}


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("worry", "worry", True),
        ("worry", "wory", True),
        ("worry", "worrry", True),
        ("worry", "wurry", True),
        ("worry", "owrry", True),
        ("worry", "worr", True),
        ("worry", "woyrr", False),
        ("worry", "wo", False),
        ("worry", "sorri", False),
        ("", "", True),
        ("", "a", True),
    ],
)
def test_one_edit(one: str, other: str, near: bool) -> None:
    assert within_one_edit(one, other) is near
    assert within_one_edit(other, one) is near


def _edits(word: str) -> set[str]:
    """Every word one edit from `word` in the letters a and b, counted the slow way."""
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    left_out = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    changed = {a + c + b[1:] for a, b in cuts if b for c in "ab"}
    added = {a + c + b for a, b in cuts for c in "ab"}
    return {word} | left_out | swapped | changed | added


@settings(max_examples=300)
@given(st.text("ab", max_size=6), st.text("ab", max_size=6))
def test_one_edit_is_what_counting_all_edits_says(one: str, other: str) -> None:
    assert within_one_edit(one, other) is (other in _edits(one))


@settings(max_examples=100)
@given(st.text(max_size=40))
def test_any_words_may_be_searched_for(content: Content, words: str) -> None:
    found = content.search(words, LANGUAGE)

    assert len(found) == len(set(found))
    assert fold(fold(words)) == fold(words)


def test_aliases_are_small_letters_and_known_skills(content: Content) -> None:
    aliases = content.aliases(LANGUAGE)

    assert all(name == name.lower().strip() and name for name in aliases)
    assert {content.skill(skill_id, LANGUAGE) for skill_id in aliases.values()} == set(
        content.skills(LANGUAGE)
    )
    assert aliases["box breathing"] == "box_breathing"
    assert aliases["what would you tell a friend"] == "friend_letter"
    assert aliases["progressive muscle relaxation"] == "pmr"


@pytest.mark.parametrize("everyday", ["stop", "after a slip"])
def test_everyday_words_are_no_alias(content: Content, everyday: str) -> None:
    assert everyday not in content.aliases(LANGUAGE)
