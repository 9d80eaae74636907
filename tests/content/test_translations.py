"""A language added by a translator alone, with English where it has gaps."""

import shutil
from pathlib import Path

import pytest

from bot.content.loader import Content, ContentError, load_content

SKILLS = """
[meta]
language = "de"
stop_rule = "Wenn es schlechter wird, hör auf."

[families]
relaxation = "Atmen und entspannen"

[tags]
sleep = "Schlaf"

[phases]
in = "Einatmen"

[[skill]]
id = "box_breathing"
name = "Kästchenatmung"
name_in_text = "die Kästchenatmung"
short_names = ["Quadratatmung"]
discreet_name = "vier mal vier"
purpose = "Finde Halt in einem gleichmäßigen Rhythmus."
when = "Vor etwas Anstrengendem."
tiny = "Ein Kästchen."
steps = ["Ein.", "Halten.", "Aus.", "Ruhen.", "Viermal."]
reflect = ["Was ist dir aufgefallen?"]
caution = "Lass die Pausen weg, wenn du schwanger bist. Nie am Steuer."
cue_ideas = ["vor der Tür"]
"""
NUDGES = """
cues = ["nach dem Frühstück"]

[meta]
language = "de"

[[nudge]]
id = "klein"
text = "Heute eine kleine?"
fit = ["daily"]
discreet = true

[[barrier]]
id = "forgot"
label = "Vergessen"
answer = "Hilft es, sie an etwas Tägliches zu hängen?"

[[praise]]
occasion = "first"
texts = ["Das war die erste."]
"""


@pytest.fixture
def german(folder: Path) -> Path:
    """English content with a German folder beside it."""
    _write(folder, "skills.toml", SKILLS)
    _write(folder, "nudges.toml", NUDGES)
    return folder


def _write(folder: Path, name: str, text: str) -> None:
    (folder / "de").mkdir(exist_ok=True)
    (folder / "de" / name).write_text(text, encoding="utf-8")


def _mistakes(folder: Path) -> list[str]:
    with pytest.raises(ContentError) as refused:
        load_content(folder)
    return [str(problem) for problem in refused.value.problems]


@pytest.fixture
def both(german: Path) -> Content:
    """English and German."""
    return load_content(german)


def test_languages_are_found_by_their_folders(both: Content) -> None:
    assert both.languages == ("en", "de")


@pytest.mark.parametrize("language", ["de", "de-AT", "de_CH", "DE"])
def test_the_nearest_language_answers(both: Content, language: str) -> None:
    skill = both.skill("box_breathing", language)

    assert skill is not None
    assert skill.name == "Kästchenatmung"


@pytest.mark.parametrize("language", ["en", "fr", "", "en-GB"])
def test_english_answers_where_a_language_is_not_there(both: Content, language: str) -> None:
    skill = both.skill("box_breathing", language)

    assert skill is not None
    assert skill.name == "Box breathing"


def test_a_region_with_a_folder_of_its_own_comes_first(german: Path) -> None:
    shutil.copytree(german / "de", german / "de-ch")
    for name, text in (("skills.toml", SKILLS), ("nudges.toml", NUDGES)):
        swiss = text.replace('"de"', '"de-ch"').replace("Kästchenatmung", "Boxatmen")
        (german / "de-ch" / name).write_text(swiss, encoding="utf-8")

    assert [skill.name for skill in load_content(german).search("Boxatmen", "de-CH")] == ["Boxatmen"]


def test_what_is_not_words_stays_as_in_english(both: Content) -> None:
    german, english = both.skill("box_breathing", "de"), both.skill("box_breathing", "en")

    assert german is not None
    assert english is not None
    assert (german.check, german.pace, german.minutes) == (english.check, english.pace, english.minutes)
    assert german.steps != english.steps


def test_a_skill_that_is_missing_is_shown_in_english(both: Content) -> None:
    assert both.skill("tipp", "de") == both.skill("tipp", "en")
    assert [skill.id for skill in both.skills("de")] == [skill.id for skill in both.skills("en")]
    assert both.starters("de") == both.starters("en")


def test_labels_that_are_missing_are_shown_in_english(both: Content) -> None:
    assert both.families("de")["relaxation"] == "Atmen und entspannen"
    assert both.families("de")["cbt"] == both.families("en")["cbt"]
    assert both.tags("de")["sleep"] == "Schlaf"
    assert (both.phases("de")["in"], both.phases("de")["out"]) == ("Einatmen", "Breathe out")
    assert both.stop_rule("de").startswith("Wenn")


def test_search_and_names_know_both_languages(both: Content) -> None:
    assert both.search("kastchenatmung", "de")[0].id == "box_breathing"
    assert "pmr" in {skill.id for skill in both.search("Schlaf", "de")}
    assert both.aliases("de")["quadratatmung"] == "box_breathing"
    assert both.aliases("de-AT")["box breathing"] == "box_breathing"
    assert "quadratatmung" not in both.aliases("en")


def test_nudges_are_the_languages_own_where_it_has_any(both: Content) -> None:
    assert [nudge.id for nudge in both.nudges("de", "daily")] == ["klein"]
    assert both.nudges("de", "late") == both.nudges("en", "late")
    assert both.nudge("klein", "de") is not None
    assert both.nudge("klein", "en") is None
    assert both.nudge("small_one", "de") == both.nudge("small_one", "en")


def test_answers_praise_and_cues_fall_back_one_by_one(both: Content) -> None:
    forgot, unwell = both.barrier("forgot", "de"), both.barrier("unwell", "de")

    assert forgot is not None
    assert (forgot.label, forgot.offer) == ("Vergessen", "other_time")
    assert unwell == both.barrier("unwell", "en")
    assert both.praise("first", "de") == ("Das war die erste.",)
    assert both.praise("tiny", "de") == both.praise("tiny", "en")
    assert both.cues("de") == ("nach dem Frühstück",)


def test_a_language_may_bring_one_file_alone(german: Path) -> None:
    (german / "de" / "skills.toml").unlink()
    assert load_content(german).cues("de") == ("nach dem Frühstück",)

    _write(german, "skills.toml", SKILLS)
    (german / "de" / "nudges.toml").unlink()
    content = load_content(german)
    assert content.cues("de") == content.cues("en")


def test_no_cues_of_its_own_means_the_english_ones(german: Path) -> None:
    _write(german, "nudges.toml", '[meta]\nlanguage = "de"\n')

    content = load_content(german)
    assert content.cues("de") == content.cues("en")


def test_hidden_folders_are_no_languages(german: Path) -> None:
    (german / "__pycache__").mkdir()
    (german / ".git").mkdir()
    (german / "notes.txt").write_text("to do", encoding="utf-8")

    assert load_content(german).languages == ("en", "de")


@pytest.mark.parametrize(
    ("name", "right", "wrong", "told"),
    [
        (
            "skills.toml",
            'language = "de"',
            'language = "fr"',
            "de/skills.toml, meta, language: is 'fr' in the folder de; make them the same.",
        ),
        (
            "nudges.toml",
            'language = "de"',
            'language = "fr"',
            "de/nudges.toml, meta, language: is 'fr' in the folder de; make them the same.",
        ),
        (
            "skills.toml",
            'id = "box_breathing"',
            'id = "boxing"',
            "de/skills.toml, skill boxing, id: is not in en/skills.toml; correct or remove it.",
        ),
        (
            "skills.toml",
            '"Ruhen.", ',
            "",
            "de/skills.toml, skill box_breathing, steps: must be as many as in English: 5, not 4.",
        ),
        (
            "skills.toml",
            '["Was ist dir aufgefallen?"]',
            '["Was?", "Wie?"]',
            "de/skills.toml, skill box_breathing, reflect: must be as many as in English: 1, not 2.",
        ),
        (
            "skills.toml",
            'caution = "Lass die Pausen weg, wenn du schwanger bist. Nie am Steuer."',
            'caution = ""',
            "de/skills.toml, skill box_breathing, caution: must be there where English has one, "
            "and empty where it has none.",
        ),
        (
            "skills.toml",
            'tiny = "Ein Kästchen."',
            'tiny = "Ein Kästchen."\ncheck = "none"',
            "de/skills.toml, skill box_breathing, check: is not a known field; "
            "remove it or correct its spelling.",
        ),
        (
            "nudges.toml",
            'id = "forgot"',
            'id = "verschlafen"',
            "de/nudges.toml, barrier verschlafen, id: is not in en/nudges.toml; correct or remove it.",
        ),
    ],
)
def test_a_translators_mistake_is_told(german: Path, name: str, right: str, wrong: str, told: str) -> None:
    text = (german / "de" / name).read_text(encoding="utf-8")
    assert right in text
    _write(german, name, text.replace(right, wrong))

    assert _mistakes(german) == [told]


def test_a_broken_translation_does_not_hide_a_second_one(german: Path) -> None:
    _write(german, "skills.toml", "not toml at all")
    (german / "deutsch").mkdir()

    told = _mistakes(german)
    assert told[0].startswith("deutsch/: is not the tag of a language")
    assert told[1].startswith("de/skills.toml: cannot be read")
    assert len(told) == 2


def test_a_translation_is_not_blamed_for_a_mistake_in_english(german: Path) -> None:
    english = german / "en" / "skills.toml"
    broken = english.read_text(encoding="utf-8").replace('tiny = "One box."', 'tiny = ""')
    english.write_text(broken, encoding="utf-8")

    assert _mistakes(german) == [
        "en/skills.toml, skill box_breathing, tiny: is empty; write something in the quotes."
    ]
