"""All content, read and checked once at start; a mistake stops the start with a sentence for each."""

import re
from pathlib import Path

from bot.content import message_files, skill_files
from bot.content.library import ENGLISH, Content, Edition
from bot.content.messages import Barrier, Nudge
from bot.content.models import Beat, Pace, Skill
from bot.content.problems import ContentError, Problem
from bot.content.reading import Reader

__all__ = ["Barrier", "Beat", "Content", "ContentError", "Nudge", "Pace", "Skill", "load_content"]

_PACKAGED = Path(__file__).parent
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{2,4})?")


def load_content(folder: Path = _PACKAGED) -> Content:
    """Return the content of all language folders in `folder`.

    A language is a folder named by its tag, such as `de` or `pt-br`. English is complete; what another
    lacks is shown in English.

    Raises ContentError, which lists every mistake found.
    """
    problems: list[Problem] = []
    english = _english(Reader(folder / ENGLISH, problems))
    languages = _languages(folder, problems)
    if english is None:
        raise ContentError(problems)
    editions = {ENGLISH: english}
    for language in languages:
        editions[language] = _translated(Reader(folder / language, problems), english)
    if problems:
        raise ContentError(problems)
    return Content(editions)


def _english(reader: Reader) -> Edition | None:
    skills, messages = skill_files.read_english(reader), message_files.read_english(reader)
    return None if skills is None or messages is None else Edition(reader.language, skills, messages)


def _translated(reader: Reader, english: Edition) -> Edition:
    skills = skill_files.read_translation(reader, english.skills)
    return Edition(reader.language, skills, message_files.read_translation(reader, english.messages))


def _languages(folder: Path, problems: list[Problem]) -> list[str]:
    """Return the languages beside English."""
    folders = [each.name for each in folder.iterdir() if each.is_dir() and each.name[0] not in "._"]
    names = sorted(name for name in folders if name != ENGLISH)
    for name in names:
        if not _LANGUAGE.fullmatch(name):
            sentence = "is not the tag of a language; name the folder like de or pt-br, in small letters"
            problems.append(Problem(f"{name}/", "", "", sentence))
    return names
