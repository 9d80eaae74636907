from hypothesis import given, settings
from hypothesis import strategies as st

from bot.platforms.splitting import length, split


def test_short_words_stay_whole() -> None:
    assert split("Hello <b>you</b> &amp; me", 4096) == ["Hello <b>you</b> &amp; me"]


def test_length_is_counted_as_the_platform_does() -> None:
    assert length("<b>ab</b>") == 2
    assert length("&amp;&lt;") == 2
    assert length("😀") == 2


def test_a_paragraph_is_the_best_place_to_split_then_a_line_a_sentence_a_word() -> None:
    assert split("one two\n\nthree four", 12) == ["one two", "three four"]
    assert split("one two\nthree four", 12) == ["one two", "three four"]
    assert split("One two. Three four.", 12) == ["One two.", "Three four."]
    assert split("one two three", 9) == ["one two", "three"]
    assert split("x" * 10, 4) == ["xxxx", "xxxx", "xx"]


def test_bold_goes_on_in_the_next_part() -> None:
    assert split("<b>one two three</b>", 9) == ["<b>one two</b>", "<b>three</b>"]


@given(
    st.lists(st.sampled_from(["a", "b", " ", ".", "!", "\n", "&amp;", "😀", "<b>x</b>"]), max_size=300),
    st.integers(8, 60),
)
@settings(max_examples=80, deadline=None)
def test_no_part_is_too_long_and_no_word_is_lost(pieces: list[str], limit: int) -> None:
    words = "".join(pieces)
    parts = split(words, limit)

    assert all(length(part) <= limit for part in parts)
    assert _bare("".join(parts)) == _bare(words)


def _bare(words: str) -> str:
    """The letters, without spaces and markup."""
    return "".join(words.split()).replace("<b>", "").replace("</b>", "")
