"""The 45 skills as they are shipped."""

import re

import pytest

from bot.content.loader import Content, Skill

LANGUAGE = "en"


def _named(content: Content, skill_id: str) -> Skill:
    skill = content.skill(skill_id, LANGUAGE)
    assert skill is not None
    return skill


def test_all_forty_five_are_there_in_nine_families(content: Content) -> None:
    by_family = [content.by_family(family, LANGUAGE) for family in content.families(LANGUAGE)]

    assert [len(family) for family in by_family] == [10, 10, 3, 4, 4, 2, 5, 4, 3]
    assert {skill for family in by_family for skill in family} == set(content.skills(LANGUAGE))


def test_every_need_has_a_skill_the_easiest_first(content: Content) -> None:
    for tag in content.tags(LANGUAGE):
        found = content.by_tag(tag, LANGUAGE)

        assert found
        assert [skill.effort for skill in found] == sorted(skill.effort for skill in found)


def test_an_unknown_skill_is_none(content: Content) -> None:
    assert content.skill("levitation", LANGUAGE) is None


def test_starters_are_easy_and_need_no_care(content: Content) -> None:
    starters = content.starters(LANGUAGE)

    assert 8 <= len(starters) <= 12
    assert all(skill.effort == 1 and skill.check == "none" and not skill.needs_plan for skill in starters)
    assert all(skill.minutes <= 6 for skill in starters)


@pytest.mark.parametrize(
    "gated", ["tipp", "box_breathing", "breathing_478", "body_scan", "urge_surfing", "set_boundary"]
)
def test_what_can_harm_waits_for_a_tap(content: Content, gated: str) -> None:
    assert _named(content, gated).check == "confirm"


def test_exposure_needs_a_plan_made_in_therapy(content: Content) -> None:
    assert [skill.id for skill in content.skills(LANGUAGE) if skill.needs_plan] == ["graded_exposure"]


def test_dbt_skills_credit_their_author(content: Content) -> None:
    assert all("Linehan" in skill.source for skill in content.by_family("dbt", LANGUAGE))


def test_no_skill_names_a_command_but_crisis(content: Content) -> None:
    commands = {
        found
        for skill in content.skills(LANGUAGE)
        for text in (skill.purpose, skill.when, skill.tiny, skill.caution, *skill.steps, *skill.reflect)
        for found in re.findall(r"(?<!\w)/\w+", text)
    }

    assert commands == {"/crisis"}


def test_a_box_is_sixteen_seconds_four_times(content: Content) -> None:
    skill = _named(content, "box_breathing")
    pace = skill.pace_of(4)

    assert pace is not None
    assert pace.seconds == 64
    assert [(beat.phase, beat.seconds) for beat in pace.beats] == [
        ("in", 4),
        ("hold", 4),
        ("out", 4),
        ("rest", 4),
    ]
    assert _named(content, "thought_record").pace_of(0) is None


def test_every_timed_breath_out_is_longer_unless_the_breath_is_even(content: Content) -> None:
    for skill in content.skills(LANGUAGE):
        for pace in skill.pace:
            spans = {beat.phase: beat.seconds for beat in pace.beats}
            if {"in", "out"} <= set(spans):
                assert spans["out"] > spans["in"] or skill.id == "box_breathing"


def test_every_phase_has_words(content: Content) -> None:
    used = {beat.phase for skill in content.skills(LANGUAGE) for pace in skill.pace for beat in pace.beats}

    assert used == set(content.phases(LANGUAGE))


def test_every_skill_can_be_shown_from_start_to_end(content: Content) -> None:
    tags = content.tags(LANGUAGE)
    for skill in content.skills(LANGUAGE):
        shown = [
            f"{skill.name}\n{skill.purpose}\n{skill.when}\n{skill.caution}",
            *skill.steps,
            *skill.reflect,
            f"{content.families(LANGUAGE)[skill.family]}: {', '.join(tags[tag] for tag in skill.tags)}",
        ]

        assert all(0 < len(bubble) <= 600 and "\n\n\n" not in bubble for bubble in shown)
        assert Skill.model_validate(skill.model_dump()) == skill


def test_a_skill_cannot_be_changed(content: Content) -> None:
    skill, field = _named(content, "tipp"), "check"

    with pytest.raises(ValueError, match="frozen"):
        setattr(skill, field, "none")


def test_the_stop_rule_says_to_stop(content: Content) -> None:
    assert "stop" in content.stop_rule(LANGUAGE)
