"""Language that sounds like danger: what must be heard, what softens it, and what may stay quiet."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.safety import detection
from bot.safety.detection import (
    LANGUAGES,
    Card,
    Category,
    Detection,
    Sound,
    calls_for_card,
    detect,
    load_phrases,
    phrase_states,
)
from bot.safety.normalising import words_of
from bot.safety.phrases import Vocabulary, finder, phrases, read

INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
LOOK_ALIKE = dict(zip("aeiopcxs", "аеіорсхѕ", strict=True))
DANGEROUS = (
    "i want to kill myself",
    "ich bringe mich um",
    "quiero quitarme la vida",
    "j'ai envie de mourir",
    "não quero mais viver",
    "he hits me",
    "i can't go on",
    "i'm not suicidal",
    "m'a violée",
)


def _card(text: str) -> str:
    """The card for a text; "none" too where it only sounds slightly like danger, which its words decide."""
    found = detect(text)
    return found.card.name if found and found.sound is not Sound.SLIGHT else "none"


@pytest.mark.parametrize(
    "text",
    [
        "i dont want to be alive anymore",
        "thinking about ending it",
        "kms lol",
        "su1cide",
        "I just took all my tablets",
        "my boyfriend hit me again",
        "I'm being forced to have sex and I'm only 12",
    ],
)
def test_the_full_card_answers_what_must_not_be_missed(text: str) -> None:
    assert _card(text) == "A"


@pytest.mark.parametrize(
    "text",
    [
        "everyone would be better off",
        "I can't do this any more",
        "what's the point",
        "I want to sleep and not wake up",
        "I gave my cat away and wrote letters",
        "I'm not going to kill myself but",
        "I used to cut",
    ],
)
def test_the_gentle_card_answers_what_is_said_indirectly(text: str) -> None:
    assert _card(text) == "B"


@pytest.mark.parametrize(
    "text",
    [
        *("this deadline is killing me", "I'd die for that cake", "dead battery", "cut the meeting short"),
        *("killing time", "killing it", "dying to see you", "shoot me an e-mail", "bored to death"),
        *("kill the lights", "dead tired", "my phone died", "cut myself some slack", "cutting board"),
        *("that was odd", "an odd day, but fine"),
        *("felt odd at first", "la ligne de base si de loin", "wir spielen gegen den SV"),
        *("cut down on sugar", "cut carbs", "ran 10 kms", "", "   ", "12", "😀", "日本語"),
        *("so proud of myself", "walked to the middle of the bridge today, 8 to 4"),
    ],
)
def test_figures_of_speech_stay_quiet(text: str) -> None:
    assert _card(text) == "none"


@pytest.mark.parametrize(
    "text",
    [
        "dying to kill myself",
        "this deadline makes me want to kill myself",
        "I cut myself some slack, then I cut myself",
        "bored to death and I want to die",
        "I'd die for that cake. I want to die.",
    ],
)
def test_a_figure_of_speech_hides_nothing_else(text: str) -> None:
    assert _card(text) == "A"


FRAMES = {
    "en": (
        *("overdosed on mince pies", "I beat my brother at badminton", "cut my finger chopping tomatoes"),
        *("died laughing at her joke", "couldn't catch my breath laughing", "no chest pain today"),
        *("mum will kill me when she sees the car", "Dad had a heart attack in 2019"),
        *("passed out on the sofa", "if looks could kill", "that song hit me right in the chest"),
    ),
    "de": (
        *("Überdosis Plätzchen bei Oma", "hab meinen Bruder im Tischtennis geschlagen"),
        *("beim Gurken schneiden in den Finger geschnitten", "keine Schmerzen in der Brust"),
        *("Mama bringt mich um wenn sie den Kratzer im Auto sieht", "wenn Blicke töten könnten"),
        *("konnte vor Lachen nicht mehr atmen", "Opa hatte 2016 einen Schlaganfall"),
    ),
    "es": (
        *("sobredosis de turrón en casa de la suegra", "me corté el dedo cortando pan"),
        *("mi mamá me va a matar cuando vea el celular roto", "se me quemó el arroz"),
        *("no podía respirar de la risa", "mi abuelo tuvo un infarto en 2015"),
    ),
    "fr": (
        *("overdose de bûche chez ma belle-mère", "j'ai battu mon frère au tennis"),
        *("je me suis coupé le doigt en coupant du pain", "j'étais morte de rire"),
        *("ma mère va me tuer quand elle va voir la rayure sur la voiture", "papi a fait un AVC en 2015"),
    ),
    "pt": (
        *("overdose de brigadeiro na festa", "cortei o dedo fatiando pão", "morri de rir com o vídeo"),
        *("minha mãe vai me matar quando vir o celular trincado", "meu avô teve um infarto em 2015"),
        *("não conseguia respirar de tanto rir", "queimei a mão no forno"),
    ),
}
TRUE = {
    "en": ("I want to die", "he hit me again", "I cut my arms", "I took too many pills"),
    "de": ("ich will sterben", "er schlägt mich", "ich hab mich geritzt", "zu viele Tabletten genommen"),
    "es": ("quiero morirme", "mi marido me pega", "me corté los brazos", "me tomé todas las pastillas"),
    "fr": ("je veux mourir", "mon mari me frappe", "je me scarifie", "j'ai avalé tous mes cachets"),
    "pt": ("quero morrer", "meu marido me bate", "me cortei nos braços", "tomei todos os comprimidos"),
}
FRAMED = [(language, frame) for language, frames in FRAMES.items() for frame in frames]


@pytest.mark.parametrize(("language", "frame"), FRAMED)
def test_a_harmless_frame_stays_below_the_full_card(language: str, frame: str) -> None:
    assert language in LANGUAGES
    assert _card(frame) != "A"


@pytest.mark.parametrize(("language", "frame"), FRAMED)
def test_a_harmless_frame_silences_nothing_else(language: str, frame: str) -> None:
    for true in TRUE[language]:
        assert _card(f"{frame}. {true}") == "A"
        assert _card(f"{true}. {frame}") == "A"
        assert detect(f"{frame}, {true}") is not None
        assert detect(f"{frame} {true}") is not None
        assert detect(f"{true} {frame}") is not None


@pytest.mark.parametrize(
    ("language", "start", "end"),
    [
        ("en", "mum will kill me when", "and she sees the car"),
        ("en", "I overdosed on", "and mince pies"),
        ("de", "Mama bringt mich um wenn", "und sie den Kratzer im Auto sieht"),
        ("es", "mi mamá me va a matar cuando", "y vea el celular roto"),
        ("fr", "ma mère va me tuer quand", "et elle va voir la rayure"),
        ("pt", "minha mãe vai me matar quando", "e vir o celular trincado"),
    ],
)
def test_what_stands_within_a_figure_of_speech_is_heard(language: str, start: str, end: str) -> None:
    for true in TRUE[language]:
        assert _card(f"{start} {true} {end}") == "A"


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("mum will kill me when she sees the car", "B"),
        ("mum will kill me when she sees the car, I want to die", "A"),
        ("my ex will kill me when he finds me", "A"),
        ("Dad had a heart attack in 2019", "B"),
        ("Dad had a heart attack just now", "A"),
    ],
)
def test_a_jest_or_an_old_story_gets_the_gentle_card_at_most(text: str, card: str) -> None:
    assert _card(text) == card


def test_a_danger_is_not_put_together_over_the_end_of_a_sentence() -> None:
    assert _card("I want a walk to the sea. Die Hard is on") == "none"
    assert _card("I want to. Die.") == "A"


def test_phrases_are_kept_by_the_same_themes_in_every_language() -> None:
    files = [read(Path(detection.__file__).parent / f"data/phrases_{each}.toml") for each in LANGUAGES]
    parts = [
        *((card.name, category.value) for card in Card for category in Category),
        *(("softening", "idioms"), ("softening", "jests")),
    ]
    for card, category in parts:
        themes = [set(file[card][category]) for file in files]
        assert themes[0]
        assert all(each == themes[0] for each in themes), (card, category)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("I want to die", Category.SUICIDE),
        ("I keep hurting myself", Category.SELF_HARM),
        ("I swallowed a lot of pills", Category.MEDICAL),
        ("my husband beats me", Category.HARMED),
        ("I am going to kill her", Category.HARMING),
        ("the voices tell me to do it", Category.LOSING_TOUCH),
        ("I want to die and I took all my pills", Category.MEDICAL),
    ],
)
def test_the_category_chooses_the_words_and_the_most_urgent_counts(text: str, category: Category) -> None:
    assert detect(text) == Detection(Card.A, category)


@pytest.mark.parametrize(
    "text",
    [
        *("I'm not suicidal", "I don't want to die", "no thoughts of suicide today"),
        *(
            "ich bin nicht suizidal",
            "ich will nicht sterben",
            "ich bringe mich nicht um",
            "ich ritze mich nicht",
        ),
        *("no soy suicida", "no quiero morir", "je ne suis pas suicidaire", "je ne veux pas mourir"),
        *("je ne me coupe pas", "não sou suicida", "não quero morrer", "he doesn't hit me"),
    ],
)
def test_a_denial_gets_the_gentle_card_in_every_language(text: str) -> None:
    assert _card(text) == "B"


@pytest.mark.parametrize(
    "text",
    [
        "years ago I used to cut",
        "when I was 15 I cut myself",
        "früher habe ich mich geritzt",
        "hace años me cortaba",
        "il y a des années je me coupais",
        "anos atrás eu me cortava",
        "I wanted to cut myself but I rode it out",
        "I had an urge to cut, held ice and didn't hurt myself",
    ],
)
def test_history_and_an_urge_held_off_get_the_gentle_card(text: str) -> None:
    assert _card(text) == "B"


@pytest.mark.parametrize(
    "text",
    [
        "I'm not suicidal but I can't go on",
        "I'm not suicidal but I want to hurt myself",
        "ich bin nicht suizidal aber ich kann nicht mehr",
        "no soy suicida pero no puedo más",
        "je ne suis pas suicidaire mais j'en peux plus",
        "não sou suicida mas não aguento mais",
        "I used to cut, i want to do it again",
        "years ago mum died and i want to kill myself",
        "I don't know, I want to die",
        "I dont know i want to die",
        "no, I want to die",
        "it did not help. I want to die",
        "why not kill myself",
        "not only do I want to die",
        "I don't want to live",
        "years ago I was raped",
    ],
)
def test_the_rest_of_a_message_undoes_a_denial(text: str) -> None:
    assert _card(text) == "A"


@pytest.mark.parametrize(
    "text",
    [
        *("k i l l  m y s e l f", "K.I.L.L myself", "k-i-l-l myself", "i w a n t t o d i e", "k m s"),
        *("iwanttodie", "#wanttodie", "killmyself", "want todie", "kiiiilll myselffff", "KILL MYSELF"),
        *("k1ll mys3lf!", "ki11 myself", "su!cide", "$uicide", "unal1ve", "suic1d3", "k!ll myself"),
        *(
            "i wаnt tо diе",
            "ｋｉｌｌ ｍｙｓｅｌｆ",
            "𝐤𝐢𝐥𝐥 𝐦𝐲𝐬𝐞𝐥𝐟",
            "🅺🅸🅻🅻 myself",
            "kíll mýsélf",
            "kill\u200bmyself",
        ),
        *("k*ll myself", "su*cide", "I was r*ped", "k_ll myself", "s**cide"),
        *("don’t want to live", "don`t want to live", "selbstm\u00adord", "kill my self", "kill. myself"),
    ],
)
def test_spelling_tricks_do_not_hide_anything(text: str) -> None:
    assert _card(text) == "A"


@pytest.mark.parametrize(
    "text",
    [
        *("i dnt wnat to die", "ich will nich mer leben", "ich moechte sterben", "kiero morir"),
        *("jveu mourrir", "n qro mais viver", "ich wünschte ich waere tot"),
    ],
)
def test_words_are_known_in_the_ways_they_are_typed(text: str) -> None:
    assert detect(text) is not None


@pytest.mark.parametrize(
    ("text", "is_minor"),
    [
        ("I want to die. I'm only 15", True),
        ("ich will sterben, ich bin erst 14", True),
        ("quiero morir, tengo 13 años", True),
        ("je veux mourir, j'ai 15 ans", True),
        ("quero morrer, tenho 16 anos", True),
        ("I want to die, I'm 45", False),
    ],
)
def test_it_is_heard_who_sounds_young(text: str, is_minor: bool) -> None:
    found = detect(text)
    assert found is not None
    assert found.minor is is_minor


def test_a_denial_is_heard_in_letters_that_are_spaced_out() -> None:
    assert _card("I am not s u i c i d a l") == "B"


def test_up_to_three_words_may_stand_inside_a_phrase() -> None:
    assert _card("I relapsed on the old thing cutting") == "A"
    assert _card("swallowed one two three pills") == "A"
    assert not calls_for_card("swallowed one two three four pills")


def test_a_wide_gap_and_a_year_are_what_they_say() -> None:
    (phrase,) = phrases(["had ~ ####"], Vocabulary({}), None)
    assert phrase.at(words_of("had " + "a " * 12 + "2019"), 0) is not None
    assert phrase.at(words_of("had " + "a " * 13 + "2019"), 0) is None
    assert phrase.at(words_of("had 20"), 0) is None


@pytest.mark.parametrize(
    "text", ["hachete su cidra", "skill myself up", "overkill", "Essex", "a cute myselfie"]
)
def test_words_are_whole(text: str) -> None:
    assert not calls_for_card(text)


def test_every_language_has_phrases_with_a_version_and_a_review_state() -> None:
    states = phrase_states()
    assert tuple(state.language for state in states) == LANGUAGES
    assert all(state.version >= 1 and state.review_state for state in states)


def test_all_phrases_can_be_read_at_the_start() -> None:
    load_phrases()
    assert detect("I want to die") is not None


def test_a_choice_of_several_words_is_refused() -> None:
    with pytest.raises(ValueError, match=r"qu.il. is not one word"):
        finder(["veux qu'il|elle"], Vocabulary({}))


def test_a_group_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError, match="nobody"):
        finder(["<nobody> hits me"], Vocabulary({}))


@given(st.text(max_size=300))
def test_nothing_that_is_written_raises(text: str) -> None:
    found = detect(text)
    assert found is None or (found.card in Card and found.category in Category)


@given(
    st.lists(
        st.sampled_from(["k", "i want to", "die", "not", "1", "!", "kill", ".", "myself", "'", "@"]),
        max_size=40,
    )
)
def test_no_mixture_of_parts_raises(parts: list[str]) -> None:
    detect("".join(parts))
    detect(" ".join(parts))


@settings(max_examples=200)
@given(st.data())
def test_invisible_signs_and_case_never_turn_a_hit_into_a_miss(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(DANGEROUS))
    letters = [
        data.draw(st.sampled_from([each, each.upper()])) + data.draw(st.text(INVISIBLE, max_size=2))
        for each in text
    ]
    assert detect("".join(letters)) == detect(text)


@settings(max_examples=200)
@given(st.data())
def test_letters_that_look_alike_never_turn_a_hit_into_a_miss(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(DANGEROUS))
    alike = "".join(data.draw(st.sampled_from((each, LOOK_ALIKE.get(each, each)))) for each in text)
    assert detect(alike) == detect(text)


@given(
    st.sampled_from(["i want to die", "kill myself", "ich will sterben", "quiero morir", "quero morrer"]),
    st.sampled_from([" ", ".", "-", "_", "  ", " . "]),
)
def test_letters_that_stand_apart_never_turn_a_hit_into_a_miss(text: str, between: str) -> None:
    assert detect(between.join(text.replace(" ", ""))) == detect(text)


@given(st.sampled_from(DANGEROUS), st.text(max_size=60), st.text(max_size=60))
def test_words_around_never_turn_a_hit_into_a_miss(text: str, before: str, after: str) -> None:
    assert detect(f"{before}\n{text}\n{after}") is not None


@pytest.mark.parametrize(
    "part",
    ["a ", "kill ", "1! ", "k i l l ", "kilmyself", "i want to ", " not going to kill myself but", "!", "'"],
)
def test_time_grows_with_the_length_of_the_text_alone(part: str) -> None:
    _seconds((part * 100)[:500])
    short, long = ((part * 10_000)[:size] for size in (2_500, 10_000))
    assert _seconds(long) < 8 * max(_seconds(short), 0.01)
    assert detect(long + "\ni want to die") is not None


def test_a_usual_message_takes_less_than_a_millisecond() -> None:
    text = "Today I practised box breathing before the meeting with my boss, and said what I needed."
    detect(text)
    assert min(_seconds(text) for _ in range(50)) < 0.001


def _seconds(text: str) -> float:
    started = time.process_time()
    detect(text)
    return time.process_time() - started
