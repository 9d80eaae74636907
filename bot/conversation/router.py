"""Which step answers an update: a pure function with a written order.

Crisis language → words where only taps are taken → a document → an edited message → commands → addressed
presses → the current step, or the last unanswered nudge if that was asked later → a note. A question by the
way, such as whether anything was noticed, is not answered by words some hours later. Before consent, only
what needs none is open. A command with words may answer the open question, where both ask the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.conversation.dialogue import Dialogue, Step
from bot.conversation.turn import FADED
from bot.safety.detection import calls_for_card

_WAYS_OUT = frozenset(("help", "cancel", "undo", "crisis", "sos"))
_ALSO = {"stop": "cancel", "quit": "cancel", "menu": "help"}
STILL_TALKING = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Situation:
    """What the router looks at, and nothing more; `nudge_step` takes words in answer to the nudge."""

    text: str | None
    press: str | None
    edited: bool
    agreed: bool
    step: str | None
    version: int
    asked_at: datetime | None
    nudged_at: datetime | None
    replies_to_nudge: bool
    now: datetime
    taps_only: bool = False
    document: bool = False
    nudge_step: str = "nudge.replied"


@dataclass(frozen=True, slots=True)
class Route:
    """The step to run; `argument` is what followed a command, None where there was no command."""

    step: Step
    argument: str | None = None


class Router:
    """The steps of all dialogues, by how they are reached."""

    def __init__(
        self,
        dialogues: Iterable[Dialogue],
        *,
        open_to_all: frozenset[str],
        answered_by: Mapping[str, str] | None = None,
        worded: frozenset[str] = frozenset(),
        neutral: frozenset[str] = frozenset(),
    ) -> None:
        """`worded` are commands about words of the person's own, which some platforms don't take; there,
        only what follows a `neutral` command is taken.
        """
        self.steps: dict[str, Step] = {}
        self.commands: dict[str, Step] = {}
        self._presses: dict[str, Step] = {}
        self._open_to_all = open_to_all
        self._answered_by = answered_by or {}
        self._worded = worded
        self._neutral = neutral
        for dialogue in dialogues:
            self.steps.update(dialogue.steps)
            self.commands.update(dialogue.commands)
            self._presses.update(dialogue.presses)

    def route(self, situation: Situation) -> Route:
        """The step that answers."""
        command, argument = command_of(situation.text)
        spoken = None if command else self._spoken(situation)
        if spoken is not None:
            command, argument = spoken, ""
        heard = argument if command in self.commands else (situation.text or "").strip()
        if calls_for_card(heard):
            return Route(self.steps["crisis.heard"], heard)
        if not situation.agreed and not self._open(command, situation):
            return Route(self.commands["start"])
        if situation.taps_only and self._is_worded(situation, command, argument):
            return Route(self.steps["help.taps_only"])
        if situation.document:
            return Route(self.steps["moving.arrived"])
        if situation.edited:
            return Route(self.steps["log.edited"], argument)
        if command and argument and self._answered_by.get(situation.step or "") == command:
            return Route(self._current(situation.step or ""), argument)
        if command:
            return Route(self._commanded(command, situation, "help.unknown_command"), argument)
        if situation.press is not None:
            return Route(self._pressed(situation))
        return Route(self._typed(situation))

    def named(self, text: str | None, press: str | None) -> Route | None:
        """The step that an update names by itself, by a command or an addressed press, if there is one."""
        command, argument = command_of(text)
        if command:
            step = self.commands.get(command)
            return Route(step, argument) if step is not None else None
        prefix, _, rest = (press or "").partition(":")
        step = self.commands.get(rest.split(":")[0]) if prefix == "c" else self._presses.get(prefix)
        return Route(step) if step is not None else None

    def _is_worded(self, situation: Situation, command: str | None, argument: str) -> bool:
        """Whether there are words in it that nobody may keep where only taps are taken."""
        if command is None:
            return situation.text is not None
        return situation.edited or bool(
            argument and command not in self._neutral and command in self.commands
        )

    def _spoken(self, situation: Situation) -> str | None:
        """A command typed without its slash: alone, and, but for the ways out, with nothing else open."""
        word = (situation.text or "").strip(" .!?/").lower()
        word = _ALSO.get(word, word)
        if word not in self.commands or situation.edited:
            return None
        free = situation.step is None and situation.nudged_at is None
        return word if free or word in _WAYS_OUT else None

    def _open(self, command: str | None, situation: Situation) -> bool:
        if command:
            return command in self._open_to_all
        prefix, _, rest = (situation.press or "").partition(":")
        if prefix == "c":
            return rest in self._open_to_all
        if prefix in self._open_to_all:
            return True
        return situation.step in self._open_to_all

    def _commanded(self, name: str, situation: Situation, otherwise: str) -> Step:
        """The step of a command, or `otherwise` where there is none of that name."""
        if situation.taps_only and name in self._worded:
            return self.steps["help.needs_words"]
        return self.commands.get(name, self.steps[otherwise])

    def _pressed(self, situation: Situation) -> Step:
        prefix, _, rest = (situation.press or "").partition(":")
        if prefix == "c":
            return self._commanded(rest.split(":")[0], situation, "help.lost_place")
        if prefix in self._presses:
            return self._presses[prefix]
        version = rest.partition(":")[0]
        if prefix == "s" and version == str(situation.version) and situation.step is not None:
            return self._current(situation.step)
        return self.steps["help.old_button"]

    def _typed(self, situation: Situation) -> Step:
        if situation.nudged_at is not None and _nudge_comes_first(situation):
            return self.steps[situation.nudge_step]
        if situation.step is not None and not self.faded(situation):
            return self._current(situation.step)
        if situation.nudged_at is not None:
            return self.steps[situation.nudge_step]
        return self.steps["note.unasked"]

    def faded(self, situation: Situation) -> bool:
        """Whether the open question was one by the way, and is hours old."""
        waited = situation.now - (situation.asked_at or situation.now)
        return waited >= FADED and self._current(situation.step or "").fades

    def _current(self, name: str) -> Step:
        return self.steps.get(name, self.steps["help.lost_place"])


def command_of(text: str | None) -> tuple[str | None, str]:
    """The command a text begins with (lower case, without a bot's name), and the rest of the text."""
    words = (text or "").strip()
    if not words.startswith("/") or len(words) < 2 or not words[1].isalpha():
        return None, words
    command, _, argument = words[1:].partition(" ")
    if "\n" in command:
        command, _, more = command.partition("\n")
        argument = f"{more} {argument}"
    return command.split("@", 1)[0].lower(), argument.strip()


def _nudge_comes_first(situation: Situation) -> bool:
    """A reply to the nudge itself does; else the question asked last, unless the talk is still going on."""
    if situation.replies_to_nudge or situation.step is None or situation.asked_at is None:
        return True
    asked_before = situation.nudged_at is not None and situation.asked_at < situation.nudged_at
    return asked_before and situation.now - situation.asked_at > STILL_TALKING
