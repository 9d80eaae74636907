"""Skills found by words: accents, capitals and small typing mistakes do not matter."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.content.models import Skill

_TYPO_FROM = 5
"""Letters a word needs before one mistake in it is forgiven."""

_PREFIX_FROM = 3
"""Letters a word needs to stand for the beginning of a longer one, and to count beside longer words."""

_NAME, _NEED, _PURPOSE = 5, 4, 1
_EXACT, _BEGINNING, _TYPO = 3, 2, 1


def fold(text: str) -> str:
    """Return `text` without accents and capitals, for comparing."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def words_of(text: str) -> list[str]:
    """Return the words of `text`, folded."""
    return re.findall(r"\w+", fold(text))


def search_skills(
    words: str, skills: Sequence[Skill], needs: Mapping[str, Sequence[str]]
) -> tuple[Skill, ...]:
    """Return the skills that `words` are about, best first; `needs` are the words of each tag.

    A whole name or short name finds that skill alone. Else those that have every word; where none has,
    those that have one of them in their name or need.
    """
    asked = words_of(words)
    named = tuple(skill for skill in skills if asked in [words_of(name) for name in _names(skill)])
    if named:
        return named
    scored = [(skill, _scores(_telling(asked), skill, needs)) for skill in skills]
    found = [each for each in scored if each[1] and all(each[1])]
    found = found or [each for each in scored if max(each[1], default=0) > _PURPOSE * _EXACT]
    return tuple(skill for skill, _ in sorted(found, key=lambda each: sum(each[1]), reverse=True))


def _names(skill: Skill) -> tuple[str, ...]:
    return (skill.name, *skill.short_names)


def _telling(words: list[str]) -> list[str]:
    longer = [word for word in words if len(word) >= _PREFIX_FROM]
    return longer or words


def _scores(asked: Sequence[str], skill: Skill, needs: Mapping[str, Sequence[str]]) -> list[int]:
    """How well each of the words matches, 0 where it does not."""
    known = list(_known(skill, needs))
    return [max((weight * _match(word, other) for other, weight in known), default=0) for word in asked]


def _known(skill: Skill, needs: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, int]]:
    yield from _weighed(_names(skill), _NAME)
    for tag in skill.tags:
        yield from _weighed(needs[tag], _NEED)
    yield from _weighed((skill.purpose,), _PURPOSE)


def _weighed(texts: Iterable[str], weight: int) -> Iterator[tuple[str, int]]:
    return ((word, weight) for text in texts for word in words_of(text.replace("_", " ")))


def _match(asked: str, known: str) -> int:
    if asked == known:
        return _EXACT
    if len(asked) >= _PREFIX_FROM and known.startswith(asked):
        return _BEGINNING
    return _TYPO if len(asked) >= _TYPO_FROM and within_one_edit(asked, known) else 0


def within_one_edit(one: str, other: str) -> bool:
    """Tell whether one letter added, left out or changed, or two neighbours swapped, makes them the same."""
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) > 1:
        return False
    at = next((i for i, letter in enumerate(shorter) if letter != longer[i]), len(shorter))
    if len(shorter) < len(longer):
        return shorter[at:] == longer[at + 1 :]
    swapped = shorter[at : at + 2] == longer[at : at + 2][::-1]
    return shorter[at + 1 :] == longer[at + 1 :] or (swapped and shorter[at + 2 :] == longer[at + 2 :])
