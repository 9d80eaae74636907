"""The parts a dialogue is made of: steps, moves, choices.

A dialogue is a flow of the conversation; a step is what answers one update in it. Steps are stored by
name, so a name, once released, is kept.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.texts import Text

if TYPE_CHECKING:
    from bot.conversation.turn import Turn


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. `value` answers the question it stands under; with `addressed`, it is complete by itself.

    An addressed press (`n:<nudge>:done`, `c:progress`) works at any time; the others only as long as
    their question is open.
    """

    value: str
    label: Text
    addressed: bool = False


Rows = tuple[tuple[Choice, ...], ...]


@dataclass(frozen=True, slots=True)
class Say:
    """One message to the person, not yet worded. `edits` replaces an earlier message in place.

    A `beat` comes later: seconds from now until it is due, and seconds after which it is of no use.
    """

    text: Text
    buttons: Rows = ()
    picture: dict[str, Any] | None = None
    document: dict[str, Any] | None = None
    edits: str | None = None
    asks_place: bool = False
    beat: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """What a step answers: the step that takes the next answer, or none when the dialogue is over.

    With `stay`, the conversation stays where it is, whatever was said on the side; the open question is
    put again after it, unless `quiet`.
    """

    says: tuple[Say, ...] = ()
    step: str | None = None
    stay: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A named step of a dialogue. Where it `fades`, words much later are not taken for its answer.

    What it reads `ahead`, if anything, is in the turn as `ahead`: it takes long to read, and so is read
    beside others' turns, just before.
    """

    name: str
    run: "Callable[[Turn], Move]"
    fades: bool = False
    ahead: "Callable[[Turn], Any] | None" = None

    def __call__(self, turn: "Turn") -> Move:
        return self.run(turn)


@dataclass
class Dialogue:
    """A flow of the conversation, one module each."""

    name: str
    steps: dict[str, Step] = field(default_factory=dict)
    commands: dict[str, Step] = field(default_factory=dict)
    presses: dict[str, Step] = field(default_factory=dict)

    def step(self, run: "Callable[[Turn], Move]") -> Step:
        """Makes a function a step; its name is stored with the conversation."""
        step = Step(f"{self.name}.{run.__name__}", run)
        self.steps[step.name] = step
        return step

    def fading_step(self, run: "Callable[[Turn], Move]") -> Step:
        """Makes a function the step of a question by the way, which nobody need answer."""
        step = Step(f"{self.name}.{run.__name__}", run, fades=True)
        self.steps[step.name] = step
        return step

    def command(
        self, *names: str, ahead: "Callable[[Turn], Any] | None" = None
    ) -> "Callable[[Callable[[Turn], Move]], Step]":
        """Makes a function answer `/name`."""
        return self._registering(self.commands, names, ahead)

    def press(
        self, prefix: str, *, ahead: "Callable[[Turn], Any] | None" = None
    ) -> "Callable[[Callable[[Turn], Move]], Step]":
        """Makes a function answer the addressed presses `prefix:…`."""
        return self._registering(self.presses, (prefix,), ahead)

    def _registering(
        self, table: dict[str, Step], names: tuple[str, ...], ahead: "Callable[[Turn], Any] | None"
    ) -> "Callable[[Callable[[Turn], Move]], Step]":
        def register(run: "Callable[[Turn], Move]") -> Step:
            step = Step(f"{self.name}.{run.__name__}", run, ahead=ahead)
            table.update(dict.fromkeys(names, step))
            return step

        return register


def ask(step: Step, text: Text, *rows: tuple[Choice, ...], asks_place: bool = False) -> Move:
    """Puts a question; the step named takes the answer."""
    return Move((Say(text, rows, asks_place=asks_place),), step=step.name)


def done(*texts: Text, buttons: Rows = ()) -> Move:
    """Ends the dialogue with something said; the buttons stand under the last text."""
    says = [Say(text) for text in texts[:-1]]
    return Move((*says, *(Say(text, buttons) for text in texts[-1:])))


def stay(text: Text, *rows: tuple[Choice, ...]) -> Move:
    """Says something on the side: the open question, if there is one, is put again after it."""
    return Move((Say(text, rows),), stay=True)


def answer(value: str, label: Text) -> Choice:
    """A button that answers the question it stands under."""
    return Choice(value, label)


def link(press: str, label: Text) -> Choice:
    """A button that works at any time."""
    return Choice(press, label, addressed=True)
