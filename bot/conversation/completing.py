"""What may follow a command, offered while it is being typed: skills and places, in the person's language.

Nothing of it is kept, and where only taps are taken skills go by their neutral names. What comes back is
the id of a skill, or words that find the place.
"""

import asyncio
from collections.abc import Callable

from bot.content.loader import Content, Skill
from bot.conversation.messages import Completion, Typing
from bot.texts import Catalogues, locale_of
from bot.understanding.completing import all_countries, cities_like
from bot.understanding.scanner import folded

MOST = 10
"""Offered at once: more than anyone reads."""


class Completing:
    """Completes what is being typed."""

    def __init__(self, content: Content, catalogues: Catalogues) -> None:
        self._content = content
        self._catalogues = catalogues
        self._ways: dict[str, Callable[[Typing], list[Completion]]] = {
            "practice": self._skills,
            "plan": self._skills,
            "timezone": self._places,
            "country": self._countries,
        }

    async def complete(self, typing: Typing) -> list[Completion]:
        """The likeliest first; none where a command has nothing to offer. Off the loop: tables are long."""
        way = self._ways.get(typing.command)
        return await asyncio.to_thread(way, typing) if way is not None else []

    def _skills(self, typing: Typing) -> list[Completion]:
        language = self._language(typing)

        def shown(skill: Skill) -> str:
            return skill.discreet_name if typing.taps_only else skill.name

        skills, typed = self._content.skills(language), folded(typing.words).strip()
        begun = [each for each in skills if folded(shown(each)).startswith(typed)]
        found = {
            each.id: each for each in (*begun, *(self._content.search(typed, language) if typed else ()))
        }
        return [Completion(shown(each), each.id) for each in list(found.values())[:MOST]]

    def _places(self, typing: Typing) -> list[Completion]:
        return [Completion(each.shown, each.words) for each in cities_like(typing.words, MOST)]

    def _countries(self, typing: Typing) -> list[Completion]:
        names, typed = locale_of(self._language(typing)).territories, folded(typing.words).strip()
        told = [(names.get(each.code, each.name), each.name) for each in all_countries()]
        found = [each for each in told if any(folded(name).startswith(typed) for name in each)]
        return [Completion(shown, name) for shown, name in sorted(found)[:MOST]]

    def _language(self, typing: Typing) -> str:
        return self._catalogues.nearest(typing.language)
