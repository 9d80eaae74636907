"""The weight of words: what it hears that no phrase says, what it lets be a figure, and its source."""

from pathlib import Path

import pytest

from bot.safety.detection import Card, Category, Detection, Sound, detect
from bot.safety.normalising import Words, readings, words_of
from bot.safety.weighing import FILE, heaviest, marks, weight
from tools import weigh_danger
from tools.weigh_danger import FOLDER, Message, head, is_held_out, learn, lines, main, messages, ordinary

_FIRST = (FOLDER / "labelled.toml").read_text(encoding="utf-8")
HARMLESS = "we walked to the lake and had a cup of tea with my aunt. "


def _words(text: str) -> Words:
    return next(readings(text))


def test_words_beginnings_and_neighbours_count_and_numbers_are_one() -> None:
    assert marks(("tablets", "12")) == {
        *("<", "tablets", "#", ">", "tabl*"),
        *("< tablets", "tablets #", "# >"),
    }
    assert marks(("tablets", "12")) == marks(("tablets", "3"))


@pytest.mark.parametrize(
    ("danger", "harmless"),
    [
        ("he reads all my messages", "he reads all my books"),
        ("die stimme will dass ich springe", "die stimme der lehrerin ist angenehm"),
        ("me da miedo volver a casa con él", "me da gusto volver a casa con pan"),
        ("il me force même quand je pleure", "je me force à sortir même quand il pleut"),
        ("ninguém ia sentir a minha falta", "ninguém faltou no jantar da minha avó"),
    ],
)
def test_danger_weighs_more_than_what_sounds_alike(danger: str, harmless: str) -> None:
    assert weight(words_of(danger)) > weight(words_of(harmless))


def test_one_heavy_sentence_is_heard_in_a_long_harmless_text() -> None:
    heavy = "the kids deserve a different mum, not me. "
    assert heaviest(_words(HARMLESS * 20 + heavy + HARMLESS * 20)) > heaviest(_words(HARMLESS * 40))


def test_a_sentence_without_end_is_weighed_in_parts() -> None:
    endless = "and then we went on " * 40
    assert heaviest(_words(endless + "and " + "i want to die " * 10 + endless)) > heaviest(_words(endless))


@pytest.mark.parametrize("text", ["", "5", "bad day", "not great today", "5 4 3 2 1"])
def test_few_words_by_themselves_tell_nothing(text: str) -> None:
    assert detect(text) is None


def test_the_words_of_a_figure_of_speech_weigh_nothing() -> None:
    assert detect("cut myself some slack") is None


@pytest.mark.parametrize(
    ("figure", "true"),
    [
        ("j'ai été frappé par la beauté du ciel", "j'ai été frappé par mon beau-père"),
        ("fiquei a ver as ondas na Caparica, dez minutos", "mandam ondas na parede do quarto"),
        ("i passed out on the sofa after the gym", "i passed out and my chest hurts"),
        ("enge in der brust vorm meeting, nach dem atmen weg", "enge in der brust, arm taub, hilfe"),
        ("casi me desmayo de la emoción en el concierto", "me desmayo y estoy sola"),
    ],
)
def test_a_phrase_in_a_text_that_weighs_little_is_rather_a_figure_of_speech(figure: str, true: str) -> None:
    heard, meant = detect(figure), detect(true)
    assert heard is not None
    assert meant is not None
    assert (heard.card, meant.card) == (Card.B, Card.A)


@pytest.mark.parametrize(
    ("text", "sound"),
    [
        ("did it, walked to the lake", None),
        ("i feel so alone at night", Sound.SLIGHT),
        ("done. so tired of all of it", Sound.FAINT),
        ("they would all sleep better if i was out of the way", Sound.CLEAR),
    ],
)
def test_the_more_words_weigh_the_clearer_they_sound(text: str, sound: Sound | None) -> None:
    found = detect(text)
    assert (found.sound if found is not None else None) is sound


def test_a_plain_word_of_suicide_is_never_taken_for_a_figure() -> None:
    found = detect("haha film was great, coffee after, meditation 6 to 4 haha, i want to kill myself haha")
    assert found == Detection(Card.A, Category.SUICIDE)


def test_the_weights_were_learned_from_the_messages_in_this_folder() -> None:
    assert FILE.read_text(encoding="utf-8").splitlines()[0] == head(messages(FOLDER))
    with pytest.raises(SystemExit) as left:
        main(["--check"])
    assert not left.value.code


def test_what_is_only_scored_is_never_learned_from(tmp_path: Path) -> None:
    held, used = (next(f"{n}" for n in range(99) if is_held_out(f"{n}") is held) for held in (True, False))
    (tmp_path / "unseen.toml").write_text('[en]\nA = ["new"]\n', encoding="utf-8")
    (tmp_path / "labelled.toml").write_text(f'[en]\nnone = ["{held}", "{used}"]\n', encoding="utf-8")
    (tmp_path / "once.toml").write_text('danger = ["old"]\nharmless = ["calm"]\n', encoding="utf-8")
    assert messages(tmp_path) == sorted([Message(used, False), Message("old", True), Message("calm", False)])


def test_learning_tells_the_true_from_the_harmless_and_writes_it_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "set.toml").write_text(
        'danger = ["dark night", "dark road"]\nharmless = ["light day"]\n', encoding="utf-8"
    )
    (tmp_path / "times.toml").write_text('[[from]]\nrows = [["at noon", "12:00"]]\n', encoding="utf-8")
    monkeypatch.setattr(weigh_danger, "FILE", tmp_path / "weights.tsv")
    monkeypatch.setattr(weigh_danger, "FOLDER", tmp_path / "nowhere")
    monkeypatch.setattr(weigh_danger, "CORPUS", tmp_path / "nowhere")
    main([])
    assert (tmp_path / "weights.tsv").read_text(encoding="utf-8") == f"{head([])}\n0\t\n"
    (tmp_path / "set.toml").rename(tmp_path / "set.txt")
    assert ordinary(tmp_path) == [Message("at noon", False)]
    learned = learn(
        [Message("dark night", True), Message("dark road", True), Message("light day", False)] * 2
    )
    assert learned.weights["dark"] > 0 > learned.weights["light"]
    written = [line.split("\t") for line in lines(learned)]
    assert any("dark" in alike and int(number) > 0 for number, *alike in written)


def test_an_explicit_phrase_gets_a_card_however_light_the_text_is() -> None:
    text = "i passed out on the sofa after the gym"
    assert heaviest(_words(text)) < 0
    assert detect(text) == Detection(Card.B, Category.MEDICAL)


def test_of_the_first_labelled_set_hardly_anything_true_is_not_clear() -> None:
    heard = [detect(each.text) for each in messages(FOLDER) if each.is_true and each.text in _FIRST]
    assert len(heard) > 100
    unclear = [each for each in heard if each is not None and not each.is_clear]
    assert len(unclear) <= len(heard) / 50
