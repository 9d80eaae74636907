"""What the fields of a skill, and skills among each other, have to agree on."""

from collections.abc import Iterator, Mapping, Sequence

from bot.content.models import Skill, SkillsFile, SkillWords
from bot.content.reading import Reader

FILE = "skills.toml"
_GATED_PHASE = "hold"
_STARTER_EFFORT = 1
_SECONDS = 60

Complaint = tuple[str, str]
"""A field, and a sentence that says what would be right."""


def check_skills(reader: Reader, file: SkillsFile, skills: Sequence[Skill]) -> None:
    """Note what does not fit together in the English skills."""
    for skill in skills:
        for field, sentence in (*_caution(skill, file), *_belongs(skill, file), *_pace(skill)):
            reader.tell(FILE, f"skill {skill.id}", field, sentence)
    for tag in file.tag_words:
        if tag not in file.tags:
            reader.tell(FILE, "", f"tag_words, {tag}", "is not one of [tags]; correct or remove it")
    known = {skill.id: skill for skill in skills}
    for starter in file.meta.starters:
        wrong = _starter(starter, known.get(starter))
        if wrong:
            reader.tell(FILE, "", "meta, starters", wrong)


def check_names(reader: Reader, skills: Sequence[SkillWords]) -> None:
    """Note ids, names and discreet names that two skills of a language share."""
    ids = [skill.id for skill in skills]
    reader.check_once(FILE, "skill", "id", ids)
    for field, names in (
        ("discreet_name", [(skill.discreet_name,) for skill in skills]),
        ("name", [(skill.name, *skill.short_names) for skill in skills]),
    ):
        _check_shared(reader, field, list(zip(ids, names, strict=True)))


def check_translation(
    reader: Reader, words: Sequence[SkillWords], skills: Mapping[str, Skill], ids: frozenset[str]
) -> None:
    """Note what a translation has other than English; `ids` are all English skills, right or not."""
    for each in words:
        if each.id not in ids:
            reader.tell(FILE, f"skill {each.id}", "id", "is not in en/skills.toml; correct or remove it")
        elif each.id in skills:
            for field, sentence in _same_shape(each, skills[each.id]):
                reader.tell(FILE, f"skill {each.id}", field, sentence)


def _check_shared(reader: Reader, field: str, named: Sequence[tuple[str, tuple[str, ...]]]) -> None:
    owners: dict[str, int] = {}
    for place, (id_, names) in enumerate(named):
        for name in dict.fromkeys(name.casefold() for name in names):
            owner = owners.setdefault(name, place)
            if owner != place:
                reader.tell(
                    FILE,
                    f"skill {id_}",
                    field,
                    f"{name!r} belongs to skill {named[owner][0]}; choose another",
                )


def _caution(skill: Skill, file: SkillsFile) -> Iterator[Complaint]:
    if skill.check == "none" and (skill.caution or skill.caution_tags):
        yield "check", "is none although there is a caution; write note or confirm"
    if skill.check != "none" and not skill.caution:
        yield "caution", f"is empty although check is {skill.check}; write what to be careful about"
    if skill.needs_plan and skill.check != "confirm":
        yield "check", "has to be confirm where needs_plan is true"
    for tag in skill.caution_tags:
        if tag not in file.meta.caution_vocabulary:
            yield (
                "caution_tags",
                f"has {tag}, which caution_vocabulary in [meta] lacks; add it there or correct it",
            )


def _belongs(skill: Skill, file: SkillsFile) -> Iterator[Complaint]:
    if skill.family not in file.families:
        yield "family", f"is {skill.family}, which [families] lacks; write one of {', '.join(file.families)}"
    for tag in skill.tags:
        if tag not in file.tags:
            yield "tags", f"has {tag}, which [tags] lacks; add it there or correct it"


def _pace(skill: Skill) -> Iterator[Complaint]:
    timed = [pace.step for pace in skill.pace]
    if len(set(timed)) < len(timed):
        yield "pace", "times a step twice; keep one"
    if timed and max(timed) > len(skill.steps):
        yield "pace", f"times step {max(timed)}, but there are {len(skill.steps)} steps"
    if sum(pace.seconds for pace in skill.pace) > skill.minutes * _SECONDS:
        yield (
            "pace",
            f"takes longer than the {skill.minutes} minutes of the skill; shorten it or raise minutes",
        )
    held = any(beat.phase == _GATED_PHASE for pace in skill.pace for beat in pace.beats)
    if held and skill.check != "confirm":
        yield "check", "has to be confirm where the breath is held"


def _starter(id_: str, skill: Skill | None) -> str | None:
    if skill is None:
        return f"has {id_}, which is not a skill that can be used; correct or remove it"
    if skill.effort > _STARTER_EFFORT or skill.check != "none":
        return f"has {id_}, but a starter has effort 1 and check none; choose another"
    return None


def _same_shape(words: SkillWords, skill: Skill) -> Iterator[Complaint]:
    if len(words.steps) != len(skill.steps):
        yield (
            "steps",
            f"must be as many as in English: {len(skill.steps)}, not {len(words.steps)}",
        )
    if len(words.reflect) != len(skill.reflect):
        yield (
            "reflect",
            f"must be as many as in English: {len(skill.reflect)}, not {len(words.reflect)}",
        )
    if bool(words.caution) != bool(skill.caution):
        yield "caution", "must be there where English has one, and empty where it has none"
