"""Talking to Limber in a test, in users' words.

    await ada.says("/log 5 min")
    await ada.taps("Undo")
    ada.hears("Undone")

The engine, the store and the outbox are the real ones; this stands where a platform would.
"""

import itertools
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path

from bot.app import App, build
from bot.conversation.messages import Attachment, Document, Incoming, Pressed, Wire
from bot.conversation.patience import Patience
from bot.settings import load_settings
from bot.store.ids import Ids
from bot.store.migrate import migrate
from bot.store.outbox import Letter
from bot.store.unit import Store
from tests.clock import MovableClock

PLATFORM = "local"
_AT_ONCE = 100


@dataclass
class Message:
    """A message as a person sees it now."""

    ref: str
    wire: Wire
    attachment: Attachment | None = None

    @property
    def labels(self) -> list[str]:
        """What its buttons say."""
        return [button.label for row in self.wire.buttons for button in row]


@dataclass
class Chat:
    """Everyone who talks to one Limber."""

    app: App
    clock: MovableClock
    people: dict[str, "Someone"] = field(default_factory=dict)
    farewells: list[Wire] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def person(
        self,
        name: str,
        *,
        zone: str | None = None,
        language: str | None = "en",
        platform: str = PLATFORM,
        taps_only: bool = False,
    ) -> "Someone":
        """Someone who has not said anything yet; a name is an address on one platform."""
        someone = Someone(self, name, zone, language, platform, taps_only)
        return self.people.setdefault(name, someone)

    async def deliver(self) -> None:
        """Delivers everything that is in the outbox."""
        claimed = _AT_ONCE
        while claimed >= _AT_ONCE:
            letters = await self.app.database.write(self._claim)
            for letter in letters:
                await self._deliver(letter)
            claimed = len(letters)

    def _claim(self, store: Store) -> list[Letter]:
        platforms, now = {each.platform for each in self.people.values()}, self.clock.now()
        return [letter for each in sorted(platforms) for letter in store.outbox.claim(each, now, _AT_ONCE)]

    async def passes(self, **by: float) -> None:
        """Time passes; what comes due meanwhile is delivered minute by minute of nothing else."""
        self.clock.move(**by)
        await self.app.nudger.tick()
        await self.deliver()

    async def _deliver(self, letter: Letter) -> None:
        wire = Wire.unpacked(letter.wire)
        attachment = await self.app.workshop.make(letter.person_id, wire)
        ref = self.people[letter.address].shows(wire, attachment)

        def settle(store: Store) -> None:
            store.outbox.settle([letter.id])
            if letter.nudge_id is not None:
                store.reminders.mark_sent([(letter.nudge_id, ref, self.clock.now())])

        await self.app.database.write(settle)

    def wake(self, platform: str) -> None:
        """Nothing to wake: tests deliver by hand."""

    async def say_at_once(self, platform: str, address: str, wires: list[Wire]) -> None:
        """Last words."""
        for wire in wires:
            self.people[address].shows(wire, None)


@dataclass
class Someone:
    """A person in a test."""

    chat: Chat
    name: str
    zone: str | None
    language: str | None
    platform: str = PLATFORM
    taps_only: bool = False
    messages: list[Message] = field(default_factory=list)
    heard: int = 0

    async def says(self, text: str, *, reply_to: str | None = None, key: str | None = None) -> str:
        """Sends a text; answers with the reference of the message."""
        ref = f"in-{next(self.chat.numbers)}"
        await self._sends(text=text, message_ref=ref, reply_to=reply_to, key=key)
        return ref

    async def edits(self, ref: str, text: str) -> None:
        """Edits an earlier message of theirs."""
        await self._sends(text=text, message_ref=ref, edited=True)

    async def shares(self, latitude: float, longitude: float) -> None:
        """Shares a place."""
        await self._sends(place=(latitude, longitude))

    async def sends(self, name: str, content: bytes | None, text: str = "") -> None:
        """Sends a file, with words under it; None is one too large to be fetched."""
        await self._sends(document=Document(name, content), text=text)

    async def taps(self, label: str, *, on: Message | None = None) -> None:
        """Presses the button with this label on the newest message that has it."""
        message = on or next((each for each in reversed(self.messages) if label in each.labels), None)
        assert message is not None, f"no message has a button {label!r}; the last: {self.messages[-1]}"
        button = next(each for row in message.wire.buttons for each in row if each.label == label)
        await self.presses(button.press, message, label)

    async def presses(self, press: str, message: Message | None = None, label: str = "") -> None:
        """Presses a button by its payload, as a forger could."""
        pressed = None
        if message is not None:
            pressed = Pressed(message.ref, message.wire.text, label, message.attachment is not None)
        await self._sends(press=press, pressed=pressed)

    def hears(self, *words: str) -> Message:
        """Asserts that what was said since the last look holds all these words; answers with the newest."""
        new, self.heard = self.messages[self.heard :], len(self.messages)
        said = "\n".join(each.wire.text for each in new)
        for each in words:
            assert each in said, f"{each!r} is not in what {self.name} heard:\n{said}"
        assert new, f"{self.name} heard nothing"
        return new[-1]

    def sees(self, *words: str) -> Message:
        """Asserts that the newest message, as it stands now, holds all these words."""
        message = self.messages[-1]
        for each in words:
            assert each in message.wire.text, f"{each!r} is not in {message.wire.text!r}"
        return message

    def hears_nothing(self) -> None:
        """Asserts that nothing was said since the last look."""
        new, self.heard = self.messages[self.heard :], len(self.messages)
        assert not new, [each.wire.text for each in new]

    def shows(self, wire: Wire, attachment: Attachment | None) -> str:
        """Takes a message, or an edit of one."""
        if wire.edits is not None:
            message = next((each for each in self.messages if each.ref == wire.edits), None)
            if message is not None:
                message.wire = wire
                return message.ref
        message = Message(f"out-{next(self.chat.numbers)}", wire, attachment)
        self.messages.append(message)
        return message.ref

    async def _sends(self, *, key: str | None = None, **what: object) -> None:
        incoming = Incoming(
            platform=self.platform,
            address=self.name,
            update_key=key or f"{self.platform}:{next(self.chat.numbers)}",
            at=self.chat.clock.now().astimezone(UTC),
            language=self.language,
            zone=self.zone,
            taps_only=self.taps_only,
            **what,  # type: ignore[arg-type]
        )
        await self.chat.app.engine.handle(incoming)
        await self.chat.deliver()


async def talking(
    folder: Path,
    clock: MovableClock,
    url: str | None = None,
    *,
    ids: Ids | None = None,
    kind: type[Chat] = Chat,
) -> AsyncIterator[Chat]:
    """A Limber to talk to, on a database of its own."""
    given = {"DATABASE_URL": url or f"sqlite:///{folder}/limber.db", "LOCAL_CHAT": "false"}
    if url is not None:
        given["ENCRYPTION_KEYS"] = "A" * 43 + "="
    settings = load_settings(given, None)
    await migrate(settings.database_url)
    app = build(settings, clock, ids=ids)
    chat = kind(app, clock)
    app.engine.outbound = chat
    app.engine.patience = Patience(limit=10_000)
    await app.database.start()
    yield chat
    await app.database.stop()


async def agreed(chat: Chat, name: str = "ada", zone: str = "Europe/Berlin") -> Someone:
    """Someone who has agreed and set a zone, and skipped the rest."""
    person = chat.person(name)
    await person.says("/start")
    await person.taps("I agree")
    await person.taps("Skip")
    await person.says(zone)
    await person.taps("Skip")
    person.heard = len(person.messages)
    return person
