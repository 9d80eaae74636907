"""All content, read and checked once at start; a mistake stops the start with a sentence for each."""

import re
from collections.abc import Mapping
from pathlib import Path

from bot.content.checks import FILE, check_names, check_skills, check_translation
from bot.content.library import ENGLISH, Content, Edition
from bot.content.models import Skill, SkillsFile, SkillWords, TranslatedSkillsFile
from bot.content.problems import ContentError, Problem
from bot.content.reading import Reader

__all__ = ["Content", "ContentError", "Skill", "load_content"]

_PACKAGED = Path(__file__).parent
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{2,4})?")


def load_content(folder: Path = _PACKAGED) -> Content:
    """Return the content of all language folders in `folder`.

    A language is a folder named by its tag, such as `de` or `pt-br`. English is complete; what another
    lacks is shown in English.

    Raises ContentError, which lists every mistake found.
    """
    problems: list[Problem] = []
    editions = _editions(folder, problems)
    if problems or editions is None:
        raise ContentError(problems)
    return Content(editions)


def _editions(folder: Path, problems: list[Problem]) -> dict[str, Edition] | None:
    reader = Reader(folder / ENGLISH, problems)
    english = _english(reader)
    if english is None:
        return None
    ids = frozenset(str(each.get("id")) for each in english[0].skill)
    editions = {ENGLISH: english[1]}
    for language in _translations(folder, problems):
        editions[language] = _translated(Reader(folder / language, problems), english[1], ids)
    return editions


def _translations(folder: Path, problems: list[Problem]) -> list[str]:
    names = [each.name for each in folder.iterdir() if each.is_dir() and each.name[0] not in "._"]
    languages = sorted(name for name in names if name != ENGLISH)
    for name in languages:
        if not _LANGUAGE.fullmatch(name):
            sentence = "is not the tag of a language; name the folder like de or pt-br, in small letters"
            problems.append(Problem(f"{name}/", "", "", sentence))
    return languages


def _english(reader: Reader) -> tuple[SkillsFile, Edition] | None:
    file = reader.file(FILE, SkillsFile)
    if file is None:
        return None
    skills = reader.entries(file.skill, Skill, FILE, "skill")
    _check_language(reader, file.meta.language)
    check_skills(reader, file, skills)
    check_names(reader, skills)
    return file, Edition(
        language=ENGLISH,
        skills={skill.id: skill for skill in skills},
        families=file.families,
        tags=file.tags,
        tag_words=file.tag_words,
        phases=file.phases,
        stop_rule=file.meta.stop_rule,
        starters=file.meta.starters,
    )


def _translated(reader: Reader, english: Edition, ids: frozenset[str]) -> Edition:
    """Return the edition of another language; where its file is missing or wrong, English as it is."""
    file = reader.file(FILE, TranslatedSkillsFile) if reader.has(FILE) else None
    if file is None:
        return english
    words = reader.entries(file.skill, SkillWords, FILE, "skill")
    _check_language(reader, file.meta.language)
    check_translation(reader, words, english.skills, ids)
    check_names(reader, words)
    return Edition(
        language=reader.language,
        skills=_in_words(english.skills, words),
        families={**english.families, **file.families},
        tags={**english.tags, **file.tags},
        tag_words={**english.tag_words, **file.tag_words},
        phases={**english.phases, **file.phases},
        stop_rule=file.meta.stop_rule,
        starters=english.starters,
    )


def _in_words(skills: Mapping[str, Skill], words: list[SkillWords]) -> dict[str, Skill]:
    """Return the English skills in the words of a translation, which touches nothing else of them."""
    theirs = {each.id: {field: getattr(each, field) for field in SkillWords.model_fields} for each in words}
    return {id_: skill.model_copy(update=theirs.get(id_, {})) for id_, skill in skills.items()}


def _check_language(reader: Reader, language: str) -> None:
    if language != reader.language:
        reader.tell(
            FILE, "", "meta, language", f"is {language!r} in the folder {reader.language}; make them the same"
        )
