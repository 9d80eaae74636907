"""Language that sounds like danger. A miss is worse than a needless card."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.safety.detection import Card, Category, detect

FULL = [
    "i dont want to be alive anymore",
    "thinking about ending it",
    "kms lol",
    "su1cide",
    "I just took all my tablets",
    "my boyfriend hit me again",
    "I'm being forced to have sex and I'm only 12",
    "k i l l myself",
    "I want to kіll myself",
    "I WANT TO DIE",
    "I want to di\u200be",
    "killlll myself",
    "I'm not suicidal but I can't go on",
    "I'm going to kill him tonight",
    "the voices tell me to do it",
    "ich will nicht mehr leben",
    "ich bringe mich um",
    "er hat mich geschlagen",
    "quiero morir",
    "me pega cuando bebe",
    "je veux mourir",
    "je n'ai plus envie de vivre",
    "quero morrer",
    "não quero mais viver",
    "tomei todos os comprimidos",
]
GENTLE = [
    "everyone would be better off",
    "I can't do this any more",
    "what's the point",
    "I want to sleep and not wake up",
    "I gave my cat away and wrote letters",
    "I'm not going to kill myself but",
    "I used to cut",
    "years ago I used to cut myself",
    "I'm not suicidal",
    "I wanted to cut myself but rode out the urge",
    "I walk on eggshells, he controls my money",
    "ich kann nicht mehr",
    "no puedo más",
    "je n'en peux plus",
    "não aguento mais",
]
NOTHING = [
    "this deadline is killing me",
    "I'd die for that cake",
    "dead battery",
    "cut the meeting short",
    "cut myself some slack",
    "my phone died",
    "shoot me an e-mail about the killing time game",
    "bored to death in the queue",
    "did it, 5 min, calmer",
    "10 min box breathing, anxiety 7 to 4, felt silly at first",
    "nah, migraine",
    "ich bin todmüde",
    "me muero de risa",
    "morte de rire, c'était bien",
    "morrendo de rir",
    "",
    "😀",
]


@pytest.mark.parametrize("words", FULL)
def test_the_full_card(words: str) -> None:
    found = detect(words)
    assert found is not None
    assert found.card is Card.A


@pytest.mark.parametrize("words", GENTLE)
def test_the_gentle_card(words: str) -> None:
    found = detect(words)
    assert found is not None
    assert found.card is Card.B


@pytest.mark.parametrize("words", NOTHING)
def test_figures_of_speech_and_everyday_words(words: str) -> None:
    assert detect(words) is None


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("I want to kill myself", Category.SUICIDE),
        ("I keep hurting myself", Category.SELF_HARM),
        ("I took too many", Category.MEDICAL),
        ("he hits me", Category.HARMED),
        ("I want to stab someone", Category.HARMING),
        ("voices tell me things", Category.LOSING_TOUCH),
    ],
)
def test_the_category_chooses_the_words(words: str, category: Category) -> None:
    found = detect(words)
    assert found is not None
    assert found.category is category


@given(st.text(max_size=400))
@settings(max_examples=60, deadline=None)
def test_no_text_raises(text: str) -> None:
    detect(text)


@given(
    st.sampled_from(FULL + GENTLE),
    st.integers(0, 40),
    st.sampled_from(["\u200b", "\u2060", "\ufeff", "\u00ad"]),
)
@settings(max_examples=60, deadline=None)
def test_invisible_letters_hide_nothing(words: str, place: int, invisible: str) -> None:
    assert detect(words[:place] + invisible + words[place:]) is not None


@given(st.sampled_from(FULL + GENTLE))
@settings(max_examples=30, deadline=None)
def test_capitals_hide_nothing(words: str) -> None:
    assert detect(words.upper()) is not None


def test_a_long_text_is_looked_through_to_its_end() -> None:
    assert detect("word " * 2_000 + "I want to die") is not None
