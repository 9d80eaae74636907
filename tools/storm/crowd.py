"""The people of a storm: they log, are reminded, block the bot and come back, and chats move."""

import asyncio
import random
from dataclasses import dataclass, field
from datetime import timedelta

from bot.clock import SystemClock
from bot.store.database import Database
from bot.store.plans import PlanWords
from bot.store.unit import Store
from tests.emulators.telegram import SENDING, Fault, Person, TelegramEmulator

PATIENCE = 60.0
_FIRST = 2000
_MOVED = 9000
_REFUSALS = (Fault.blocked(), Fault.deactivated(), Fault.unsendable())


@dataclass
class Crowd:
    """So many people. A quarter of them waver: they refuse a message now and then; the first blocks the bot.

    `reminded` counts the reminders of the others, whose never rest. Chats of theirs move.
    """

    emulator: TelegramEmulator
    database: Database
    chance: random.Random
    people: list[Person]
    logged: int = 0
    reminded: int = 0
    refusals: int = 0
    moves: int = 0
    blocked: bool = False
    updates: list[int] = field(default_factory=list)
    references: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, emulator: TelegramEmulator, database: Database, chance: random.Random, count: int) -> "Crowd":
        """A crowd that has not said anything yet."""
        people = [emulator.person(id=_FIRST + number, first_name="Bo") for number in range(count)]
        return cls(emulator, database, chance, people)

    @property
    def wavering(self) -> list[Person]:
        """Those who may be out of reach."""
        return self.people[: max(1, len(self.people) // 4)]

    async def everyone_is_back(self) -> None:
        """Whoever was out of reach writes again, and is reminded."""
        if self.blocked:
            await self.block_or_come_back()
        for person in self.wavering:
            await person.says("/help")
            await person.hears("/crisis", timeout=PATIENCE)
            await self.remind(person, 1)

    async def agree(self) -> None:
        """Everyone starts."""
        for person in self.people:
            await person.says("/start")
            await person.hears("this is Limber", timeout=PATIENCE)
            await person.taps("I agree")
            await person.hears("Which skill", timeout=PATIENCE)
            await person.says("/cancel")
            await person.hears("All right", timeout=PATIENCE)

    async def go_on(self) -> None:
        """Some of them log, and some are to be reminded soon."""
        for person in self.chance.sample(self.people, max(2, len(self.people) // 3)):
            if person is not self.people[0] or not self.blocked:
                await self._logs(person)
            await self.remind(person, self.chance.uniform(0, 2))

    async def block_or_come_back(self) -> None:
        """The first one blocks the bot, or is back and says so."""
        person = self.people[0]
        if self.blocked:
            await person.unblocks()
            await self._logs(person)
        else:
            self.refusals += 1
            await person.blocks()
        self.blocked = not self.blocked

    def refuse(self) -> None:
        """The next message to one who wavers is refused: blocked, deactivated, or never to be sent."""
        self.refusals += 1
        chat = self.chance.choice(self.wavering).id
        self.emulator.faults.next(self.chance.choice(_REFUSALS), methods=SENDING, chat_id=chat)

    async def move(self) -> None:
        """The chat of someone who does not waver gets another id.

        Nothing waits that was said in it: what comes from a chat after it has moved comes from a stranger.
        """
        await self._until_all_was_read()
        place = self.chance.randrange(len(self.wavering), len(self.people))
        old, new = self.people[place], self.emulator.person(id=_MOVED + self.moves, first_name="Bo")
        await self.remind(old, 1)
        old.moves_to(new)
        await new.hears(lambda message: message.button("Later") is not None, timeout=PATIENCE)
        self.people[place] = new
        self.moves += 1

    async def _until_all_was_read(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while self.emulator.pending:  # noqa: ASYNC110 - it comes from other processes
                await asyncio.sleep(0.05)

    async def remind(self, person: Person, seconds: float) -> None:
        """A nudge of a plan of its own is due for them so many seconds from now."""
        address = str(person.id)

        def remind(store: Store) -> None:
            party = store.people.find("telegram", address)
            if party is None:
                raise LookupError(address)
            now = SystemClock().now()
            due = now + timedelta(seconds=seconds)
            plan = store.plans.add(party.person.id, "worry_sort", PlanWords(), now)
            store.reminders.add(party.person.id, "snooze", None, due, now, plan.row.id)

        await self.database.write(remind)
        if person not in self.wavering:
            self.reminded += 1

    async def _logs(self, person: Person) -> None:
        self.logged += 1
        self.updates.append(await person.says(f"/log did it, {1 + self.logged % 50} min"))
        self.references.append(str(person.said[-1].message_id))
