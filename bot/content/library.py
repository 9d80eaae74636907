"""What people practise and read, in every language there is; what a language lacks is shown in English."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from bot.content.message_files import Messages
from bot.content.messages import Barrier, Fit, Nudge, Occasion
from bot.content.models import Phase, Skill
from bot.content.searching import search_skills
from bot.content.skill_files import Skills

ENGLISH = "en"
_EDGES = " .,:;?!'\"()"


@dataclass(frozen=True, slots=True)
class Edition:
    """All content as it is shown in one language, gaps filled with English."""

    language: str
    skills: Skills
    messages: Messages


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
        return self._skills(language).skills.get(skill_id)

    def skills(self, language: str) -> tuple[Skill, ...]:
        """Return all skills, in the library's order."""
        return tuple(self._skills(language).skills.values())

    def starters(self, language: str) -> tuple[Skill, ...]:
        """Return the skills to begin with: low effort, nothing to be careful about."""
        library = self._skills(language)
        return tuple(library.skills[skill_id] for skill_id in library.starters)

    def families(self, language: str) -> Mapping[str, str]:
        """Return the families by id, with their labels."""
        return self._skills(language).families

    def by_family(self, family: str, language: str) -> tuple[Skill, ...]:
        """Return the skills of a family."""
        return tuple(skill for skill in self.skills(language) if skill.family == family)

    def tags(self, language: str) -> Mapping[str, str]:
        """Return the needs that skills serve by id, with their labels."""
        return self._skills(language).tags

    def by_tag(self, tag: str, language: str) -> tuple[Skill, ...]:
        """Return the skills that serve a need, those of least effort and time first."""
        found = [skill for skill in self.skills(language) if tag in skill.tags]
        return tuple(sorted(found, key=lambda skill: (skill.effort, skill.minutes)))

    def search(self, words: str, language: str) -> tuple[Skill, ...]:
        """Return the skills whose name, need or purpose has these words, best first.

        Accents and capitals do not matter, nor does one mistake in a word of five letters or more.
        """
        library = self._skills(language)
        needs = {tag: (tag, label, *library.tag_words.get(tag, ())) for tag, label in library.tags.items()}
        return search_skills(words, self.skills(language), needs)

    def aliases(self, language: str) -> Mapping[str, str]:
        """Return names and short names in small letters, with the id of their skill.

        For recognising a skill in what someone wrote; English names are recognised in every language.
        """
        return self._aliases[self._edition(language).language]

    def phases(self, language: str) -> Mapping[Phase, str]:
        """Return what is said during each kind of beat of a timed step."""
        return self._skills(language).phases

    def stop_rule(self, language: str) -> str:
        """Return when to stop any exercise, for those whom one made feel worse."""
        return self._skills(language).stop_rule

    def nudges(self, language: str, *fits: Fit, discreet: bool = True) -> tuple[Nudge, ...]:
        """Return the nudges that suit any of `fits`; where the language has none, the English ones.

        `discreet` leaves those that are safe on a lock screen; without it all are returned, those among them.
        """
        messages = self._edition(language).messages
        return _suiting(messages, fits, discreet) or _suiting(
            self._editions[ENGLISH].messages, fits, discreet
        )

    def nudge(self, nudge_id: str, language: str) -> Nudge | None:
        """Return the nudge of that id, or None where there is none."""
        both = (self._edition(language), self._editions[ENGLISH])
        nudges = (nudge for edition in both for nudge in edition.messages.nudges)
        return next((nudge for nudge in nudges if nudge.id == nudge_id), None)

    def barriers(self, language: str) -> tuple[Barrier, ...]:
        """Return what can get in the way of a practice, each with its answer."""
        return tuple(self._edition(language).messages.barriers.values())

    def barrier(self, barrier_id: str, language: str) -> Barrier | None:
        """Return the barrier of that id, or None where there is none."""
        return self._edition(language).messages.barriers.get(barrier_id)

    def praise(self, occasion: Occasion, language: str) -> tuple[str, ...]:
        """Return the texts that mark an occasion of progress; there is always one."""
        return self._edition(language).messages.praise[occasion]

    def cues(self, language: str) -> tuple[str, ...]:
        """Return ideas for the if of an if-then plan."""
        return self._edition(language).messages.cues

    def questions(self, language: str) -> tuple[str, ...]:
        """Return questions about any practice, for one line in answer."""
        return self._edition(language).messages.questions

    def _skills(self, language: str) -> Skills:
        return self._edition(language).skills

    def _edition(self, language: str) -> Edition:
        tag = language.replace("_", "-").lower()
        for each in (tag, tag.partition("-")[0]):
            if each in self._editions:
                return self._editions[each]
        return self._editions[ENGLISH]

    def _names(self, language: str) -> dict[str, str]:
        names: dict[str, str] = {}
        for edition in (self._editions[language], self._editions[ENGLISH]):
            for skill in edition.skills.skills.values():
                for name in _recognisable(skill):
                    names.setdefault(name, skill.id)
        return names


def _recognisable(skill: Skill) -> Iterator[str]:
    names = skill.short_names if skill.everyday_name else (skill.name, *skill.short_names)
    return (name.strip(_EDGES).lower() for name in names)


def _suiting(messages: Messages, fits: Sequence[Fit], discreet: bool) -> tuple[Nudge, ...]:
    suiting = (nudge for nudge in messages.nudges if not set(fits).isdisjoint(nudge.fit))
    return tuple(nudge for nudge in suiting if nudge.discreet or not discreet)
