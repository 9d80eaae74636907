"""What people practise and read, in every language there is; what a language lacks is shown in English."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.content.models import Phase, Skill
from bot.content.searching import search_skills

ENGLISH = "en"
_EDGES = " .,:;?!'\"()"


@dataclass(frozen=True, slots=True)
class Edition:
    """All content as it is shown in one language, gaps filled with English."""

    language: str
    skills: Mapping[str, Skill]
    families: Mapping[str, str]
    tags: Mapping[str, str]
    tag_words: Mapping[str, tuple[str, ...]]
    phases: Mapping[Phase, str]
    stop_rule: str
    starters: tuple[str, ...]


class Content:
    """The content of all languages. A language is a tag such as "de-AT"; its nearest edition answers."""

    def __init__(self, editions: Mapping[str, Edition]) -> None:
        self._editions = MappingProxyType(dict(editions))
        self._aliases = {language: MappingProxyType(self._names(language)) for language in editions}

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there are, English first."""
        return tuple(self._editions)

    def skill(self, skill_id: str, language: str) -> Skill | None:
        """Return the skill of that id, or None where there is none."""
        return self._edition(language).skills.get(skill_id)

    def skills(self, language: str) -> tuple[Skill, ...]:
        """Return all skills, in the library's order."""
        return tuple(self._edition(language).skills.values())

    def starters(self, language: str) -> tuple[Skill, ...]:
        """Return the skills to begin with: low effort, nothing to be careful about."""
        edition = self._edition(language)
        return tuple(edition.skills[skill_id] for skill_id in edition.starters)

    def families(self, language: str) -> Mapping[str, str]:
        """Return the families by id, with their labels."""
        return self._edition(language).families

    def by_family(self, family: str, language: str) -> tuple[Skill, ...]:
        """Return the skills of a family."""
        return tuple(skill for skill in self.skills(language) if skill.family == family)

    def tags(self, language: str) -> Mapping[str, str]:
        """Return the needs that skills serve by id, with their labels."""
        return self._edition(language).tags

    def by_tag(self, tag: str, language: str) -> tuple[Skill, ...]:
        """Return the skills that serve a need, those of least effort and time first."""
        found = [skill for skill in self.skills(language) if tag in skill.tags]
        return tuple(sorted(found, key=lambda skill: (skill.effort, skill.minutes)))

    def search(self, words: str, language: str) -> tuple[Skill, ...]:
        """Return the skills whose name, need or purpose has these words, best first.

        Accents and capitals do not matter, nor does one mistake in a word of five letters or more.
        """
        edition = self._edition(language)
        needs = {tag: (tag, label, *edition.tag_words.get(tag, ())) for tag, label in edition.tags.items()}
        return search_skills(words, self.skills(language), needs)

    def aliases(self, language: str) -> Mapping[str, str]:
        """Return names and short names in small letters, with the id of their skill.

        For recognising a skill in what someone wrote; English names are recognised in every language.
        """
        return self._aliases[self._edition(language).language]

    def phases(self, language: str) -> Mapping[Phase, str]:
        """Return what is said during each kind of beat of a timed step."""
        return self._edition(language).phases

    def stop_rule(self, language: str) -> str:
        """Return when to stop any exercise, for those whom one made feel worse."""
        return self._edition(language).stop_rule

    def _edition(self, language: str) -> Edition:
        tag = language.replace("_", "-").lower()
        for each in (tag, tag.partition("-")[0]):
            if each in self._editions:
                return self._editions[each]
        return self._editions[ENGLISH]

    def _names(self, language: str) -> dict[str, str]:
        names: dict[str, str] = {}
        for edition in (self._editions[language], self._editions[ENGLISH]):
            for skill in edition.skills.values():
                for name in _recognisable(skill):
                    names.setdefault(name, skill.id)
        return names


def _recognisable(skill: Skill) -> Iterator[str]:
    names = skill.short_names if skill.everyday_name else (skill.name, *skill.short_names)
    return (name.strip(_EDGES).lower() for name in names)
