"""Someone who tries everything: each command, each button, each kind of words at each question.

What to try next is what was tried least so far, so that dialogues written later are walked through as well.
"""

import itertools
import random
import re
import string
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from bot.content.loader import load_content
from bot.conversation.dialogue import Move, Step
from bot.conversation.dialogues import ANSWERED_BY, DIALOGUES, OPEN_TO_ALL, WORDED
from bot.conversation.messages import Button
from bot.conversation.router import Route, Router, Situation
from bot.conversation.turn import Turn
from bot.store.tables import Conversation
from bot.store.unit import Store
from tests.chat import Chat, Message, Someone

TEXTS = (
    "{word}",
    "did it, 5 min, anxiety 7 to 4, {word}",
    "every weekday at 7:30 and 21:00 {word}",
    "19:00",
    "in 10 minutes",
    "Berlin",
    "Berlin {word}",
    "tomorrow {word}",
    "yes",
    "7",
    "{skill}",
    "skip",
)
DANGER = "I want to kill myself {word}"
STRAY_PRESSES = (
    *("s:0:skip", "c:nowhere", "n:1:done", "nonsense", "l:xx", "e:1:change", "h:not_me"),
    *(f"{prefix}:1:x" for dialogue in DIALOGUES for prefix in dialogue.presses),
)
FAILS_EVERY = 9
STRAYS = 0.25
FRESH = 0.6
FIRST_COMMANDS = 6


class Watched(Router):
    """Notes what was run; every so often the step fails after its work, quoting the person."""

    def __init__(self) -> None:
        super().__init__(DIALOGUES, open_to_all=OPEN_TO_ALL, answered_by=ANSWERED_BY, worded=WORDED)
        self.seen: Counter[str] = Counter()
        self.failing = False
        self.texts: list[str] = []

    def route(self, situation: Situation) -> Route:
        route = super().route(situation)
        self.texts += [situation.text] if situation.text else []
        self.seen[route.step.name] += 1
        return Route(Step(route.step.name, _failing(route.step)), route.argument) if self.failing else route

    @property
    def everything(self) -> set[str]:
        """The name of every step there is, however it is reached."""
        found = {step.name for dialogue in DIALOGUES for step in dialogue.steps.values()}
        for dialogue in DIALOGUES:
            found |= {step.name for step in (*dialogue.commands.values(), *dialogue.presses.values())}
        return found


def _failing(step: Step) -> Callable[[Turn], Move]:
    def run(turn: Turn) -> Move:
        step(turn)
        raise ValueError(f"{turn.incoming.text} of {turn.incoming.address}")

    return run


@dataclass
class Wanderer:
    """Tries everything as one person. `markers` are the words that only this person could have written.

    `unspeakable` are those among what sounded like danger, but for what was kept by choice.
    """

    chat: Chat
    person: Someone
    router: Watched
    chance: random.Random = field(default_factory=lambda: random.Random(11))
    skills: Iterator[str] = field(default_factory=lambda: _skills())
    tried: Counter[tuple[str, str]] = field(default_factory=Counter)
    markers: list[str] = field(default_factory=list)
    unspeakable: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    offered: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)
    endangered: set[str] = field(default_factory=set)

    @property
    def left_to_do(self) -> set[str]:
        """Steps that never ran, and questions never answered in words or with what sounds like danger."""
        unrun = self.router.everything - set(self.router.seen)
        return unrun | (self.asked - self.answered) | (self.asked - self.endangered)

    def marker(self) -> str:
        """A new word that nobody else writes."""
        self.markers.append("zq" + "".join(self.chance.choices(string.ascii_lowercase, k=12)))
        return self.markers[-1]

    async def wanders(self, actions: int) -> None:
        """Tries so many things, from the very beginning."""
        await self.person.says("/start")
        if self.chance.random() < FRESH:
            await self.agrees()
            for _ in range(FIRST_COMMANDS):
                await self._tries("fresh", [f"text /{name}" for name in self.router.commands])
                await self.tries_something()
        for number in range(actions):
            self.router.failing = number % FAILS_EVERY == FAILS_EVERY - 1
            await self.tries_something()
            self.router.failing = False

    async def stands(self) -> str:
        """The question that is open; one met for the first time hears what sounds like danger first."""
        step = await self.chat.app.database.read(self._step) or ""
        if step and step not in self.endangered:
            self.asked.add(step)
            self.endangered.add(step)
            await self._sounds_in_danger()
            assert await self.chat.app.database.read(self._step) == step, f"{step} was taken from them"
        return step

    async def _sounds_in_danger(self) -> None:
        await self.person.says(DANGER.format(word=self._unspeakable()))

    async def tries_something(self) -> None:
        """Does what was done least often at the question that is open."""
        step = await self.stands()
        if step and step not in self.answered:
            await self._goes(step, "text {word}")
            return
        if self.chance.random() < STRAYS:
            step = ""
        await self._tries(step, self._ways(step))

    async def _tries(self, step: str, ways: list[str]) -> None:
        least = min(self.tried[step, way] for way in ways)
        way = self.chance.choice([way for way in ways if self.tried[step, way] == least])
        self.tried[step, way] += 1
        await self._goes(step, way)

    def _ways(self, step: str) -> list[str]:
        if not step:
            commands = [*self.router.commands, "nothing"]
            texts = [f"text /{name}{rest}" for name in commands for rest in ("", " {word}", " {skill}")]
            strays = [f"stray {press}" for press in STRAY_PRESSES]
            return [
                *texts,
                *strays,
                "text {word}",
                "time",
                "edit",
                "danger",
                "place",
                "reply",
                *self._buttons(),
            ]
        return [*self._buttons(), *(f"text {text}" for text in TEXTS)]

    def _buttons(self) -> list[str]:
        self.offered |= {button.press for message in self.person.messages for button in buttons_of(message)}
        seen = [button.press for message in self.person.messages[-3:] for button in buttons_of(message)]
        return [
            f"press {press}" for press in dict.fromkeys(map(_without_numbers, seen)) if not _erases(press)
        ]

    async def _goes(self, step: str, way: str) -> None:
        kind, _, rest = way.partition(" ")
        if kind == "press":
            await self._presses(rest)
        elif kind == "text":
            self.answered.add(step)
            skill = next(self.skills)
            await self.person.says(rest.format(word=self.marker(), skill=skill))
        elif kind == "stray":
            await self.person.presses(rest)
        elif kind == "danger":
            await self._sounds_in_danger()
        else:
            await self._roams(kind)

    async def _roams(self, kind: str) -> None:
        if kind == "time":
            await self.is_nudged()
        elif kind == "place":
            await self.person.shares(52.52, 13.405)
        elif kind == "edit":
            said = await self.person.says(f"/log 5 min {self.marker()}")
            await self.person.edits(said, f"/log 6 min {self.marker()}")
        else:
            last = self.person.messages[-1].ref
            await self.person.says(f"replying {self.marker()}", reply_to=last)

    async def is_nudged(self) -> None:
        """Sets a reminder, and answers the nudge by replying to it."""
        await self.person.presses("h:resume")
        await self.person.says("/remind in 10 minutes")
        await self.chat.passes(minutes=11)
        nudge = next((each for each in reversed(self.person.messages) if "Later" in each.labels), None)
        await self.person.says(f"did it, {self.marker()}", reply_to=nudge.ref if nudge else None)
        await self.chat.passes(hours=7)

    async def _presses(self, like: str) -> None:
        for message in reversed(self.person.messages[-3:]):
            for button in buttons_of(message):
                if _without_numbers(button.press) == like:
                    heard = len(self.person.messages)
                    await self.person.presses(button.press, message, button.label)
                    if button.press == "h:keep":
                        self._chose_to_keep(self.person.messages[heard:])
                    return

    def _chose_to_keep(self, answers: list[Message]) -> None:
        """What sounded like danger last is a note like any other, if they were told that it was kept."""
        if any("I kept that as a note." in each.wire.text for each in answers):
            self.markers.append(self.unspeakable.pop())

    async def agrees(self) -> None:
        """Agrees, where that is asked."""
        message = self.person.messages[-1]
        for button in buttons_of(message):
            if button.press.endswith(":agree"):
                await self.person.presses(button.press, message, button.label)
                await self.person.says("/cancel")
                return

    async def erases(self) -> None:
        """Deletes everything, by the button."""
        await self.person.says("/delete")
        message = self.person.messages[-1]
        button = next(each for each in buttons_of(message) if _erases(each.press))
        await self.person.presses(button.press, message, button.label)

    def _unspeakable(self) -> str:
        self.unspeakable.append(self.marker())
        self.markers.pop()
        return self.unspeakable[-1]

    def _step(self, store: Store) -> str | None:
        party = store.people.find("local", self.person.name)
        return store.session.get_one(Conversation, party.person.id).step if party else None


def _skills() -> Iterator[str]:
    """The names of all skills over and over, every other one a skill to be careful with."""
    skills = load_content().skills("en")
    careful = itertools.cycle(each.name for each in skills if each.check == "confirm" or each.needs_plan)
    for each in itertools.cycle(skills):
        yield next(careful)
        yield each.name


def buttons_of(message: Message) -> list[Button]:
    return [button for row in message.wire.buttons for button in row]


def _erases(press: str) -> bool:
    return press.startswith("s:") and press.endswith(":delete")


def _without_numbers(press: str) -> str:
    return re.sub(r"\d{3,}|(?<=^s:)\d+", "#", press)
