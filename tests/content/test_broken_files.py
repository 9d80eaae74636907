"""Each kind of mistake in a content file, told in a sentence with its place."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from bot.content.loader import ContentError, load_content
from bot.content.problems import problems_of

BOX = "en/skills.toml, skill box_breathing"


def _break(folder: Path, name: str, right: str, wrong: str) -> None:
    file = folder / "en" / name
    text = file.read_text(encoding="utf-8")
    assert text.count(right) == 1, f"{right!r} is there {text.count(right)} times"
    file.write_text(text.replace(right, wrong), encoding="utf-8")


def _mistakes(folder: Path) -> list[str]:
    with pytest.raises(ContentError) as refused:
        load_content(folder)
    assert str(refused.value).splitlines() == [str(problem) for problem in refused.value.problems]
    return [str(problem) for problem in refused.value.problems]


PURPOSE = 'purpose = "Steady yourself with an even, four-sided rhythm."'
TINY = 'tiny = "One box."'
CUES = 'cue_ideas = ["outside the door before I go in", "before an exam"]'
HOLDING = '{ step = 2, beats = [{ phase = "hold", seconds = 4 }] }'
BOX_TAGS = 'tags = ["anxiety", "focus", "quick"]'

SKILL_MISTAKES = [
    (PURPOSE, "", f"{BOX}, purpose: is missing; add it."),
    (TINY, 'tiny = ""', f"{BOX}, tiny: is empty; write something in the quotes."),
    (TINY, "tiny = 5", f"{BOX}, tiny: must be text in quotes, not 5."),
    (TINY, 'tiny = " One box."', f"{BOX}, tiny: has a space at its beginning or end; remove it."),
    (
        TINY,
        'tiny = "One\\nbox."',
        f"{BOX}, tiny: has a line break, a tab or another invisible character; write it as one line.",
    ),
    (
        TINY,
        f'tiny = "{"box " * 30}box"',
        f"{BOX}, tiny: is 123 characters long and may have 100 at most; shorten it.",
    ),
    (
        f"{TINY}\n",
        f'{TINY}\npurpos = "x"\n',
        f"{BOX}, purpos: is not a known field; write purpose if that is what you mean, else remove it.",
    ),
    (
        f"{TINY}\n",
        f'{TINY}\ncolour = "x"\n',
        f"{BOX}, colour: is not a known field; remove it or correct its spelling.",
    ),
    (
        CUES,
        'cue_ideas = "before an exam"',
        f'{BOX}, cue_ideas: must be a list in square brackets, such as ["one", "two"], '
        "not 'before an exam'.",
    ),
    (CUES, "cue_ideas = []", f"{BOX}, cue_ideas: has fewer than the 1 entries it needs; add some."),
    (
        CUES,
        'cue_ideas = ["a", "b", "c", "d", "e"]',
        f"{BOX}, cue_ideas: has more than the 4 entries it may have; remove some.",
    ),
    (
        '"Breathe in for a slow 4."',
        f'"{"in " * 60}now"',
        f"{BOX}, steps, entry 1: is 183 characters long and may have 160 at most; shorten it.",
    ),
    (
        HOLDING,
        HOLDING.replace("4", "0"),
        f"{BOX}, pace, entry 2, beats, entry 1, seconds: is 0; 1 is the least.",
    ),
    (
        HOLDING,
        HOLDING.replace("4", "601"),
        f"{BOX}, pace, entry 2, beats, entry 1, seconds: is 601; 600 is the most.",
    ),
    (
        HOLDING,
        HOLDING.replace("4", '"4"'),
        f"{BOX}, pace, entry 2, beats, entry 1, seconds: "
        "must be a whole number without quotes, such as 5, not '4'.",
    ),
    (
        HOLDING,
        HOLDING.replace("hold", "squeeze"),
        f"{BOX}, pace, entry 2, beats, entry 1, phase: is 'squeeze'; "
        "write one of 'in', 'hold', 'out', 'rest', 'tense', 'release' or 'stay'.",
    ),
    (HOLDING, '"hold"', f"{BOX}, pace, entry 2: must be a [table] with names and values, not 'hold'."),
    (HOLDING, HOLDING.replace("2", "1"), f"{BOX}, pace: times a step twice; keep one."),
    (HOLDING, HOLDING.replace("2", "6"), f"{BOX}, pace: times step 6, but there are 5 steps."),
    (
        HOLDING,
        HOLDING.replace("4", "400"),
        f"{BOX}, pace: takes longer than the 4 minutes of the skill; shorten it or raise minutes.",
    ),
    (
        BOX_TAGS,
        'tags = ["anxiety", "Focus"]',
        f"{BOX}, tags, entry 2: is 'Focus'; use small letters, digits "
        "and underscores, such as box_breathing.",
    ),
    (
        BOX_TAGS,
        'tags = ["dancing"]',
        f"{BOX}, tags: has dancing, which [tags] lacks; add it there or correct it.",
    ),
    (
        'id = "box_breathing"',
        'id = "tipp"',
        "en/skills.toml, skill tipp, id: is there 2 times; keep one or rename the others.",
    ),
    (
        'discreet_name = "four by four"',
        'discreet_name = "A quick reset"',
        f"{BOX}, discreet_name: 'a quick reset' belongs to skill tipp; choose another.",
    ),
    (
        'short_names = ["box breath", "square breathing", "tactical breathing"]',
        'short_names = ["box breath", "Box breathing", "TIPP"]',
        f"{BOX}, name: 'tipp' belongs to skill tipp; choose another.",
    ),
    (
        'language = "en"',
        'language = "es"',
        "en/skills.toml, meta, language: is 'es' in the folder en; make them the same.",
    ),
    (
        '"grounding_54321", "everyday',
        '"levitation", "everyday',
        "en/skills.toml, meta, starters: has levitation, which is not a skill that can be used; "
        "correct or remove it.",
    ),
    (
        '"grounding_54321", "everyday',
        '"box_breathing", "everyday',
        "en/skills.toml, meta, starters: has box_breathing, but a starter has effort 1 and check none; "
        "choose another.",
    ),
    (
        '"grounding_54321", "everyday',
        '"problem_solving", "everyday',
        "en/skills.toml, meta, starters: has problem_solving, but a starter has effort 1 and check none; "
        "choose another.",
    ),
    (
        "[tag_words]\n",
        '[tag_words]\ndancing = ["tango"]\n',
        "en/skills.toml, tag_words, dancing: is not one of [tags]; correct or remove it.",
    ),
    (
        'hold = "Rest with the breath in"\n',
        "",
        "en/skills.toml, phases: has fewer than the 7 entries it needs; add some.",
    ),
    (
        'hold = "Rest with the breath in"\n',
        'squeeze = "Squeeze"\n',
        "en/skills.toml, phases, squeeze: is 'squeeze'; "
        "write one of 'in', 'hold', 'out', 'rest', 'tense', 'release' or 'stay'.",
    ),
]


@pytest.mark.parametrize(("right", "wrong", "told"), SKILL_MISTAKES)
def test_a_mistake_in_the_skills_is_told(folder: Path, right: str, wrong: str, told: str) -> None:
    _break(folder, "skills.toml", right, wrong)

    assert _mistakes(folder) == [told]


def test_a_need_that_is_taken_away_is_missed_by_each_skill_that_serves_it(folder: Path) -> None:
    _break(folder, "skills.toml", 'anger = "Anger"\n', "")

    told = _mistakes(folder)
    assert (
        "en/skills.toml, skill stop_skill, tags: has anger, which [tags] lacks; add it there or correct it."
        in told
    )
    assert "en/skills.toml, tag_words, anger: is not one of [tags]; correct or remove it." in told
    assert len(told) == 7


def _box(folder: Path, *changes: tuple[str, str]) -> None:
    """Change lines of box breathing alone."""
    file = folder / "en" / "skills.toml"
    text = file.read_text(encoding="utf-8")
    start = text.index('id = "box_breathing"')
    end = text.index("[[skill]]", start)
    box = text[start:end]
    for right, wrong in changes:
        assert box.count(right) == 1, right
        box = box.replace(right, wrong)
    file.write_text(text[:start] + box + text[end:], encoding="utf-8")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            [('check = "confirm"', 'check = "note"')],
            [f"{BOX}, check: has to be confirm where the breath is held."],
        ),
        (
            [('check = "confirm"', 'check = "none"')],
            [
                f"{BOX}, check: is none although there is a caution; write note or confirm.",
                f"{BOX}, check: has to be confirm where the breath is held.",
            ],
        ),
        (
            [('check = "confirm"', 'check = "maybe"')],
            [f"{BOX}, check: is 'maybe'; write one of 'none', 'note' or 'confirm'."],
        ),
        (
            [('check = "confirm"', 'check = "note"'), ("needs_plan = false", "needs_plan = true")],
            [
                f"{BOX}, check: has to be confirm where needs_plan is true.",
                f"{BOX}, check: has to be confirm where the breath is held.",
            ],
        ),
        (
            [("needs_plan = false", 'needs_plan = "no"')],
            [f"{BOX}, needs_plan: must be true or false without quotes, not 'no'."],
        ),
        ([("effort = 1", "effort = 4")], [f"{BOX}, effort: is 4; 3 is the most."]),
        (
            [("minutes = 4", "minutes = 4.5")],
            [f"{BOX}, minutes: must be a whole number without quotes, such as 5, not 4.5."],
        ),
        (
            [('"seizure"', '"seizures"')],
            [
                f"{BOX}, caution_tags: has seizures, which caution_vocabulary in [meta] lacks; "
                "add it there or correct it."
            ],
        ),
        (
            [('family = "relaxation"', 'family = "breathing"')],
            [
                f"{BOX}, family: is breathing, which [families] lacks; write one of cbt, dbt, act, "
                "mindfulness, relaxation, compassion, communication, wellbeing, maintenance."
            ],
        ),
        (
            [('id = "box_breathing"\n', "")],
            ["en/skills.toml, skill number 29, id: is missing; add it."],
        ),
        (
            [('id = "box_breathing"\n', ""), (TINY, ""), ("effort = 1", "effort = 0")],
            [
                "en/skills.toml, skill number 29, id: is missing; add it.",
                "en/skills.toml, skill number 29, tiny: is missing; add it.",
                "en/skills.toml, skill number 29, effort: is 0; 1 is the least.",
            ],
        ),
    ],
)
def test_a_mistake_in_a_gate_or_a_number_is_told(
    folder: Path, changes: list[tuple[str, str]], told: list[str]
) -> None:
    _box(folder, *changes)

    assert _mistakes(folder) == told


def test_a_gate_without_a_caution_is_told(folder: Path) -> None:
    file = folder / "en" / "skills.toml"
    lines = file.read_text(encoding="utf-8").splitlines()
    caution = next(line for line in lines if line.startswith('caution = "Leave out the pauses'))
    file.write_text(
        "\n".join('caution = ""' if line == caution else line for line in lines), encoding="utf-8"
    )

    assert _mistakes(folder) == [
        f"{BOX}, caution: is empty although check is confirm; write what to be careful about."
    ]


NUDGE = "en/nudges.toml, nudge small_one"
SMALL_ONE = 'id = "small_one"\ntext = "A small one today?"\nfit = ["daily"]'

MESSAGE_MISTAKES = [
    (
        SMALL_ONE,
        SMALL_ONE.replace("today?", "{today}?"),
        f"{NUDGE}, text: has {{today}}, which is not known here; use {{action}}, {{cue}}, {{discreet_name}}, "
        "{last_learning}, {minutes}, {n}, {place}, {reason}, {skill}, {time}, {tiny}.",
    ),
    (
        SMALL_ONE,
        SMALL_ONE.replace("today?", "{time?"),
        f"{NUDGE}, text: has a brace that belongs to no placeholder; write placeholders like {{time}}.",
    ),
    (
        SMALL_ONE,
        SMALL_ONE.replace("today?", "{skill}?"),
        f"{NUDGE}, discreet: is true, but {{skill}} could be read on a lock screen; "
        "write false or leave it out.",
    ),
    (
        SMALL_ONE,
        SMALL_ONE.replace("today?", "and " * 50 + "on."),
        f"{NUDGE}, text: is 215 characters long and may have 200 at most; shorten it.",
    ),
    (
        SMALL_ONE,
        SMALL_ONE.replace('["daily"]', "[]"),
        f"{NUDGE}, fit: has fewer than the 1 entries it needs; add some.",
    ),
    (
        'id = "two_minutes"',
        'id = "small_one"',
        "en/nudges.toml, nudge small_one, id: is there 2 times; keep one or rename the others.",
    ),
    (
        'id = "return_discreet"\ntext = "Good to see this open again. Start small, if you like."',
        'id = "return_discreet"\ntext = "Good to see this at {time}."',
        "en/nudges.toml, nudge: has none that is discreet, fits return and needs no placeholder; add one.",
    ),
    (
        'id = "forgot"',
        'id = "asleep"',
        "en/nudges.toml, barrier: has no forgot; add it.",
    ),
    (
        'id = "boring"',
        'id = "forgot"',
        "en/nudges.toml, barrier forgot, id: is there 2 times; keep one or rename the others.",
    ),
    (
        'answer = "Life is bigger than a list of reasons. Want to add a line about it?"',
        'answer = "Life is bigger than {skill}. Want to add a line about it?"',
        "en/nudges.toml, barrier other, answer: has {skill}, which is not known here; use plain words alone.",
    ),
    (
        "You felt it and chose.",
        "You felt {before} and chose {skill}.",
        "en/nudges.toml, praise rode_out, texts: has {skill}, which is not known here; "
        "use {after}, {before}, {weeks}.",
    ),
    (
        'language = "en"',
        'language = "es"',
        "en/nudges.toml, meta, language: is 'es' in the folder en; make them the same.",
    ),
]


@pytest.mark.parametrize(("right", "wrong", "told"), MESSAGE_MISTAKES)
def test_a_mistake_in_the_messages_is_told(folder: Path, right: str, wrong: str, told: str) -> None:
    _break(folder, "nudges.toml", right, wrong)

    assert _mistakes(folder) == [told]


def test_an_occasion_marked_twice_leaves_another_unmarked(folder: Path) -> None:
    _break(folder, "nudges.toml", 'occasion = "rode_out"', 'occasion = "tiny"')

    assert _mistakes(folder) == [
        "en/nudges.toml, praise tiny, occasion: is there 2 times; keep one or rename the others.",
        "en/nudges.toml, praise: has no rode_out; add it.",
    ]


def test_an_answer_that_cannot_be_used_is_also_missed(folder: Path) -> None:
    _break(folder, "nudges.toml", 'offer = "note"', 'offer = "cake"')

    assert _mistakes(folder) == [
        "en/nudges.toml, barrier other, offer: is 'cake'; write one of 'smaller', 'other_time', 'why', "
        "'another_skill', 'rest', 'fewer' or 'note'.",
        "en/nudges.toml, barrier: has no other; add it.",
    ]


def test_too_few_cue_ideas_are_told(folder: Path) -> None:
    file = folder / "en" / "nudges.toml"
    text = file.read_text(encoding="utf-8")
    start, end = text.index("cues = ["), text.index("# What is asked")
    file.write_text(text[:start] + 'cues = ["after lunch"]\n' + text[end:], encoding="utf-8")

    assert _mistakes(folder) == ["en/nudges.toml, cues: has fewer than the 8 entries it needs; add some."]


def test_too_few_questions_are_told(folder: Path) -> None:
    file = folder / "en" / "nudges.toml"
    text = file.read_text(encoding="utf-8")
    start, end = text.index("questions = ["), text.index("[meta]")
    file.write_text(text[:start] + 'questions = ["What was it like?"]\n' + text[end:], encoding="utf-8")

    assert _mistakes(folder) == [
        "en/nudges.toml, questions: has fewer than the 12 entries it needs; add some."
    ]


def test_all_mistakes_of_both_files_are_told_at_once(folder: Path) -> None:
    _break(folder, "skills.toml", TINY, "")
    _break(folder, "skills.toml", 'discreet_name = "a quick reset"', "discreet_name = 7")
    _break(folder, "nudges.toml", SMALL_ONE, SMALL_ONE.replace("text", "txet"))

    assert _mistakes(folder) == [
        "en/skills.toml, skill tipp, discreet_name: must be text in quotes, not 7.",
        f"{BOX}, tiny: is missing; add it.",
        f"{NUDGE}, text: is missing; add it.",
        f"{NUDGE}, txet: is not a known field; write text if that is what you mean, else remove it.",
    ]


def test_files_that_cannot_be_read_are_told_together(folder: Path) -> None:
    (folder / "en" / "skills.toml").unlink()
    (folder / "en" / "nudges.toml").write_bytes('cues = ["después"]'.encode("latin-1"))

    assert _mistakes(folder) == [
        "en/skills.toml: is missing; put the file back.",
        "en/nudges.toml: is not saved as UTF-8; save it again in that encoding.",
    ]


def test_what_is_no_toml_is_told_with_its_line(folder: Path) -> None:
    _break(folder, "skills.toml", TINY, 'tiny = "One box.')

    (told,) = _mistakes(folder)
    assert told.startswith("en/skills.toml: cannot be read (")
    assert "at line " in told
    assert told.endswith("look there for a missing quote, bracket or equals sign.")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("skill = 5", "skill: must be written as [[tables]], one for each entry, not 5."),
        ("skill = [5]", "skill, entry 1: must be a [table] with names and values, not 5."),
        ("skill = []", "skill: has fewer than the 1 entries it needs; add some."),
    ],
)
def test_skills_that_are_no_tables_are_told(folder: Path, wrong: str, told: str) -> None:
    file = folder / "en" / "skills.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{wrong}\n{text[: text.index('[[skill]]')]}", encoding="utf-8")

    assert _mistakes(folder) == [f"en/skills.toml, {told}"]


def test_a_kind_of_mistake_nobody_thought_of_keeps_its_own_words() -> None:
    class Dated(BaseModel):
        day: date

    with pytest.raises(ValidationError) as failed:
        Dated.model_validate({"day": "someday"})

    (problem,) = problems_of(failed.value, "en/new.toml", "", ["day"])
    assert str(problem).startswith("en/new.toml, day: cannot be used; Input should be a valid date")


def test_a_long_value_is_shown_in_part() -> None:
    class Numbered(BaseModel):
        number: int

    with pytest.raises(ValidationError) as failed:
        Numbered.model_validate({"number": list(range(100))})

    (problem,) = problems_of(failed.value, "en/new.toml", "", ["number"])
    assert problem.sentence.endswith("not [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11...")
