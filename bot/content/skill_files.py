"""The skills of one language, read and checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.content.checks import FILE, check_names, check_skills, check_translation
from bot.content.models import Phase, Skill, SkillsFile, SkillWords, TranslatedSkillsFile
from bot.content.reading import Reader


@dataclass(frozen=True, slots=True)
class Skills:
    """The skill library in one language. `ids` are all ids of the English file, right or not."""

    skills: Mapping[str, Skill]
    families: Mapping[str, str]
    tags: Mapping[str, str]
    tag_words: Mapping[str, tuple[str, ...]]
    phases: Mapping[Phase, str]
    stop_rule: str
    starters: tuple[str, ...]
    ids: frozenset[str]


def read_english(reader: Reader) -> Skills | None:
    """Return the English skills, which have to be complete, or None where the file cannot be used."""
    file = reader.file(FILE, SkillsFile)
    if file is None:
        return None
    skills = reader.entries(file.skill, Skill, FILE, "skill")
    reader.check_language(FILE, file.meta.language)
    check_skills(reader, file, skills)
    check_names(reader, skills)
    return Skills(
        skills={skill.id: skill for skill in skills},
        families=file.families,
        tags=file.tags,
        tag_words=file.tag_words,
        phases=file.phases,
        stop_rule=file.meta.stop_rule,
        starters=file.meta.starters,
        ids=frozenset(str(each.get("id")) for each in file.skill),
    )


def read_translation(reader: Reader, english: Skills) -> Skills:
    """Return the skills of another language, with English where it has none."""
    file = reader.file(FILE, TranslatedSkillsFile) if reader.has(FILE) else None
    if file is None:
        return english
    words = reader.entries(file.skill, SkillWords, FILE, "skill")
    reader.check_language(FILE, file.meta.language)
    check_translation(reader, words, english.skills, english.ids)
    check_names(reader, words)
    return Skills(
        skills=_in_words(english.skills, words),
        families={**english.families, **file.families},
        tags={**english.tags, **file.tags},
        tag_words={**english.tag_words, **file.tag_words},
        phases={**english.phases, **file.phases},
        stop_rule=file.meta.stop_rule,
        starters=english.starters,
        ids=english.ids,
    )


def _in_words(skills: Mapping[str, Skill], words: Sequence[SkillWords]) -> dict[str, Skill]:
    """Return the English skills in the words of a translation, which touches nothing else of them."""
    theirs = {each.id: {field: getattr(each, field) for field in SkillWords.model_fields} for each in words}
    return {id_: skill.model_copy(update=theirs.get(id_, {})) for id_, skill in skills.items()}
