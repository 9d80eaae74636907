"""What holds when nothing else does: a call for help is answered without the database."""

from collections import deque
from dataclasses import dataclass, field

from bot.conversation import cards
from bot.conversation.dialogue import Say
from bot.conversation.messages import Incoming, Wire
from bot.conversation.rendering import Rendering
from bot.conversation.router import command_of
from bot.safety.detection import Detection, calls_for_card, detect
from bot.safety.lines import CrisisLines
from bot.texts import Catalogues, t

SECONDS = 0.5
"""How long a call for help waits for the usual answer before it gets this one."""
_CALLS = frozenset(("crisis", "sos", "help"))
_PRESSES = frozenset(f"c:{name}" for name in _CALLS)
_REMEMBERED = 1000
_NOTICED = 10_000


@dataclass
class Lifeline:
    """Numbers for whoever calls for help.

    Which country they chose is known, without the database, of who was heard lately: in memory alone.
    """

    catalogues: Catalogues
    lines: CrisisLines
    language: str
    _answered: deque[str] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))
    _countries: dict[tuple[str, str], str] = field(default_factory=dict)

    def notice(self, incoming: Incoming, country: str | None) -> None:
        """Notes the country of somebody who was heard, the newest last; None forgets it."""
        self._countries.pop(_chat(incoming), None)
        if country is None:
            return
        self._countries[_chat(incoming)] = country
        if len(self._countries) > _NOTICED:
            del self._countries[next(iter(self._countries))]

    def answer(self, incoming: Incoming) -> list[Wire]:
        """What to say at once; nothing where nobody called for help, or where it was said already."""
        called, heard = _call(incoming)
        if not called or incoming.update_key in self._answered:
            return []
        self._answered.append(incoming.update_key)
        country = self._countries.get(_chat(incoming))
        found = cards.help_for(self.lines, country, heard)
        told = t("crisis.without_memory" if country is None else "crisis.without_memory_here")
        says = [Say(cards.card(found, heard)), Say(told)]
        language = self.catalogues.nearest(incoming.language, self.language)
        rendering = Rendering(self.catalogues)
        return [rendering.wire(say, language, 0, taps_only=incoming.taps_only) for say in says]


def calls_for_help(incoming: Incoming) -> bool:
    """Whether somebody asks for people to talk to, or sounds as if they need them."""
    return _call(incoming)[0]


def sounds_like_danger(incoming: Incoming) -> bool:
    """Whether the words of an update, or the name of a file, call for a card, and so are kept nowhere."""
    named = incoming.document.name if incoming.document is not None else ""
    return calls_for_card(incoming.text or "") or calls_for_card(named)


def _call(incoming: Incoming) -> tuple[bool, Detection | None]:
    command, words = command_of(incoming.text)
    asked = command in _CALLS or words.lower().strip(" .!?/") in _CALLS or incoming.press in _PRESSES
    heard = detect(incoming.text or "")
    return asked or (heard is not None and heard.is_clear), heard


def _chat(incoming: Incoming) -> tuple[str, str]:
    return incoming.platform, incoming.address
