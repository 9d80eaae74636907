"""Canaries on Discord where only taps are taken: no word a person types is found anywhere afterwards.

Typed at every question that a command or its first button opens: plain words, a command with words, an edit,
a reply, a file with words in it, words in every option that takes some, and words of danger. There are no
other doors: Limber shows no form to write into, and Discord runs only what is offered.
"""

import io
import itertools
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import bot.platforms.discord.adapter  # noqa: F401 - its library's loggers are there from now on
from bot.app import App
from bot.conversation.requests import exported
from bot.logs import configure_logging
from bot.roles import Role
from bot.settings import load_settings
from bot.store.unit import Store
from tests.clock import MovableClock
from tests.emulators.discord import TOKEN, DiscordEmulator, Message, Person, StoredFile
from tests.exports import all_of
from tests.running import running
from tests.traces import in_files

MARK = "zqx"
DANGER = "i want to kill myself {}"
SHOWN = ("start", "cancel", "delete")
"""Commands that begin or end the walk."""


@pytest.fixture
def logs() -> Iterator[io.StringIO]:
    """All that is logged, set up as `run` does, and then every library's loggers at DEBUG."""
    root = logging.getLogger()
    handlers, loud = list(root.handlers), [root, *map(logging.getLogger, logging.root.manager.loggerDict)]
    levels = [each.level for each in loud]
    stream = io.StringIO()
    configure_logging(load_settings({"DISCORD_TOKEN": TOKEN, "LOG_LEVEL": "DEBUG"}, None), stream)
    for each in loud:
        each.setLevel(logging.DEBUG)
    yield stream
    root.handlers[:] = handlers
    for each, level in zip(loud, levels, strict=True):
        each.setLevel(level)


@dataclass
class Typist:
    """Someone who types wherever they can; every word of theirs is known by its mark."""

    emulator: DiscordEmulator
    person: Person
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    typed: int = 0

    def word(self) -> str:
        """A new word that only they could have written."""
        self.typed += 1
        return MARK + "".join(chr(ord("a") + int(digit)) for digit in str(next(self.numbers)))

    async def begins(self) -> None:
        await self.person.runs("start")
        await self.person.hears("this is Limber")
        await self.types()
        await self.person.taps("I agree")
        await self.person.hears("Which skill")

    async def types(self) -> None:
        """Types in every way there is."""
        said = await self.person.says(f"felt {self.word()} today")
        await self._is_heard()
        await self.person.edits(said, f"felt {self.word()} {self.word()} today")
        await self._is_heard()
        await self.person.says(f"/log did it, 5 min, {self.word()}", said)
        await self._is_heard()

    async def sends_a_file(self) -> None:
        name, content = f"{self.word()}.txt", self.word().encode()
        await self.person.says(self.word(), None, StoredFile(name, "text/plain", content))
        await self._is_heard()

    async def calls_for_help(self) -> None:
        await self.person.says(DANGER.format(self.word()))
        await self.person.hears("sounds really hard")

    async def runs_everything(self) -> None:
        """Every command, with words where it takes some; types at what it asks, and then its button asks."""
        for command in self.emulator.commands:
            name = command["name"]
            if name in SHOWN:
                continue
            if command["options"]:
                await self.person.runs(name, self.word())
                await self._anything()
            await self.person.runs(name)
            await self._anything()
            await self.types()
            await self._taps_one()
            await self.person.runs("cancel")
            await self._anything()

    async def _taps_one(self) -> None:
        labels = [each for each in self.person.messages[-3:] if each.buttons]
        if labels:
            newest = labels[-1]
            await self.person.presses(newest.buttons[0][0].custom_id, newest.id)
            await self._anything()
            await self.types()

    async def _is_heard(self) -> Message:
        return await self.person.hears(lambda each: "kept" in each.text or bool(each.buttons))

    async def _anything(self) -> None:
        await self.person.hears(lambda _: True)


async def test_no_word_that_is_typed_is_found_anywhere(
    tmp_path: Path, clock: MovableClock, logs: io.StringIO, caplog: pytest.LogCaptureFixture
) -> None:
    async with DiscordEmulator() as emulator:
        settings = {"DISCORD_TOKEN": TOKEN, "DISCORD_API_URL": emulator.root, "LOG_LEVEL": "DEBUG"}
        minutes = map(float, itertools.count(step=60))
        async with running(tmp_path, clock, Role.RUN, lambda: next(minutes), **settings) as app:
            await emulator.identified()
            typist = Typist(emulator, emulator.person(1001, "Ada"))
            await typist.begins()
            await typist.runs_everything()
            await typist.sends_a_file()
            await typist.calls_for_help()
            assert in_files(tmp_path, [MARK.encode()]) == []
            assert MARK not in await _opened(app, clock)
            assert emulator.calls_of("attachment") == []
        assert in_files(tmp_path, [MARK.encode()]) == []
    assert not [each.text for each in typist.person.messages if MARK in each.text]
    assert MARK in caplog.text, "the library says at DEBUG what it is told; ours must not pass it on"
    assert MARK not in logs.getvalue()
    assert typist.typed > 200


async def _opened(app: App, clock: MovableClock) -> str:
    """Everything that is kept of Ada, opened: the export, and where she is in the conversation."""

    def talk(store: Store) -> str:
        party = store.people.find("discord", "1001")
        assert party is not None
        return repr(party.talk)

    export = all_of(await exported(app.database, "discord", "1001", clock.now()))
    return export.decode(errors="replace") + await app.database.read(talk)
