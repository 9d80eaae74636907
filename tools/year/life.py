"""Lives a script through the real engine, nudger, composer and outbox, over a clock that is moved."""

import heapq
import itertools
import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlmodel import col, func, select

from bot.conversation.messages import Attachment, Wire
from bot.practice.schedule import to_instant
from bot.store.ids import Ids
from bot.store.outbox import NUDGE, Letter
from bot.store.tables import Nudge, Outbox, Reminder
from bot.store.unit import Store
from tests.chat import Chat, Message, Someone, talking
from tests.clock import MovableClock
from tools.year.acts import Act, Edits, Says, Script, Taps, Usual, Waits
from tools.year.record import Moment, Record

_SEED = 2026
_EVENING = 15


@dataclass(order=True)
class _Planned:
    """Acts that wait for their time; `nudge` is what they are about."""

    at: datetime
    number: int
    acts: Sequence[Act] = field(compare=False)
    nudge: int | None = field(compare=False, default=None)


@dataclass
class _Witness(Someone):
    """The person, with everything written down."""

    record: Record | None = None
    pushed: Letter | None = None
    wording: str | None = None
    about: int | None = None

    def shows(self, wire: Wire, attachment: Attachment | None) -> str:
        """Takes a message and writes it down, but for one whose buttons turned into the choice made."""
        ref = super().shows(wire, attachment)
        if wire.edits is None or "\n\n✓ " not in wire.text:
            self._write("hears", wire.text, wire, attachment)
        return ref

    async def says(self, text: str, *, reply_to: str | None = None, key: str | None = None) -> str:
        """Types, and writes it down."""
        self._write("says", text)
        return await super().says(text, reply_to=reply_to, key=key)

    async def edits(self, ref: str, text: str) -> None:
        """Edits, and writes it down."""
        self._write("edits", text)
        await super().edits(ref, text)

    async def taps(self, label: str, *, on: Message | None = None) -> None:
        """Taps, and writes it down."""
        self._write("taps", label)
        await super().taps(label, on=on)

    def _write(
        self, kind: str, words: str, wire: Wire | None = None, shown: Attachment | None = None
    ) -> None:
        assert self.record is not None
        nudge = self.pushed.nudge_id if self.pushed is not None else None
        buttons = wire.buttons if wire is not None else ()
        moment = Moment(
            self.chat.clock.now(),
            kind,
            words,
            nudge=self.about if wire is None else nudge,
            pushed=self.pushed is not None and wire is not None,
            replaced=wire is not None and wire.edits is not None,
            wording=self.wording if wire is not None else None,
            buttons=tuple(tuple(button.label for button in row) for row in buttons),
            shown=(shown.alternative or shown.name) if shown is not None else "",
        )
        self.record.moments.append(moment)


@dataclass
class _Observed(Chat):
    """The chat, which tells what is pushed from what is answered."""

    async def _deliver(self, letter: Letter) -> None:
        witness = self.people[letter.address]
        assert isinstance(witness, _Witness)
        if letter.urgency == NUDGE:
            witness.pushed = letter
            witness.wording = await self._wording(letter.nudge_id)
        await super()._deliver(letter)
        witness.pushed, witness.wording = None, None

    async def _wording(self, nudge_id: int | None) -> str | None:
        def read(store: Store) -> str | None:
            nudge = store.session.get(Nudge, nudge_id) if nudge_id is not None else None
            return nudge.wording if nudge is not None and nudge.plan_id is not None else None

        return await self.app.database.read(read)


class _SameIds(Ids):
    """Identities that are the same in each run: they choose the wording of nudges."""

    def __init__(self, clock: MovableClock) -> None:
        super().__init__(clock)
        self._numbers = itertools.count(1)

    def new(self) -> int:
        return next(self._numbers)


class _Life:
    """One person, the clock, and what is planned."""

    def __init__(self, chat: Chat, who: _Witness, script: Script) -> None:
        self._chat, self._who, self._script = chat, who, script
        self._zone = ZoneInfo(script.zone)
        self._planned: list[_Planned] = []
        self._numbers = itertools.count()
        self._chance = random.Random(_SEED)  # noqa: S311 - how long she takes, the same in each run
        self._lines = {name: itertools.cycle(lines) for name, lines in script.lines.items()}
        self._replies = {name: itertools.cycle(lines) for name, lines in script.replies.items()}
        self._nudged = {each.day: each for each in script.nudged}
        self._last_said = ""

    async def live(self) -> None:
        """From the first event to the end of the script."""
        for event in self._script.events:
            self._plan(to_instant(event.day, event.at, self._zone), event.acts)
        for usual in self._script.usual:
            self._plan_begun(usual)
        while True:
            due = await self._next_due()
            at = min(filter(None, (due, self._next_planned())))
            if at > self._script.ends:
                return
            self._chat.clock.set(at)
            if due <= at:
                await self._tick()
            while self._planned and self._planned[0].at <= at:
                await self._act(heapq.heappop(self._planned))

    def _plan(self, at: datetime, acts: Sequence[Act], nudge: int | None = None) -> None:
        if acts:
            heapq.heappush(self._planned, _Planned(at, next(self._numbers), acts, nudge))

    def _plan_begun(self, usual: Usual) -> None:
        """What she begins before any nudge."""
        day, last = usual.since, self._script.ends.date()
        while day < last:
            if self._usual(day, evening=usual.evening) == "own" and usual is self._counts(day, usual.evening):
                early = timedelta(minutes=self._chance.randint(5, 30))
                line = next(self._lines["evening" if usual.evening else "morning"])
                self._plan(to_instant(day, usual.at, self._zone) - early, (Says(line),))
            day += timedelta(days=1)

    def _next_planned(self) -> datetime | None:
        return self._planned[0].at if self._planned else None

    async def _next_due(self) -> datetime:
        """When a reminder or a timed message is due; the end of the year where there is none."""

        def read(store: Store) -> datetime | None:
            rows = (
                store.session.exec(select(func.min(col(Reminder.next_due_at)))).one(),
                store.session.exec(select(func.min(col(Outbox.due_at)))).one(),
            )
            return min(filter(None, rows), default=None)

        found = await self._chat.app.database.read(read)
        never = self._script.ends + timedelta(days=1)
        return max(found.replace(tzinfo=UTC), self._chat.clock.now()) if found is not None else never

    async def _tick(self) -> None:
        before = len(self._moments)
        await self._chat.app.nudger.tick()
        await self._chat.deliver()
        for moment in self._moments[before:]:
            if moment.pushed:
                self._take(moment)

    @property
    def _moments(self) -> list[Moment]:
        assert self._who.record is not None
        return self._who.record.moments

    def _take(self, pushed: Moment) -> None:
        """What she does about something pushed: what the day has in store, else what is usual."""
        local = pushed.at.astimezone(self._zone)
        special = self._nudged.pop(local.date(), None)
        if special is not None:
            self._plan(pushed.at + timedelta(minutes=special.minutes), special.acts, pushed.nudge)
            return
        if "Did it" not in [label for row in pushed.buttons for label in row]:
            self._plan(pushed.at + timedelta(hours=1), self._reply([pushed]), pushed.nudge)
            return
        word = self._usual(local.date(), evening=local.hour >= _EVENING)
        span, acts = self._answer(word, evening=local.hour >= _EVENING)
        if "Did the tiny one" in itertools.chain(*pushed.buttons):
            acts = tuple(Taps("Did the tiny one") if act == Taps("Tiny version") else act for act in acts)
        self._plan(pushed.at + span, acts, pushed.nudge)

    def _usual(self, day: date, *, evening: bool) -> str:
        usual = self._counts(day, evening)
        return usual.on(day) if usual is not None else "-"

    def _counts(self, day: date, evening: bool) -> Usual | None:
        known = [each for each in self._script.usual if each.evening == evening and each.since <= day]
        return known[-1] if known else None

    def _answer(self, word: str, *, evening: bool) -> tuple[timedelta, tuple[Act, ...]]:
        soon = timedelta(minutes=self._chance.randint(1, 25), seconds=self._chance.randint(0, 59))
        late = timedelta(hours=self._chance.randint(4, 9), minutes=self._chance.randint(0, 59))
        part = "evening" if evening else "morning"
        if word in ("-", "own"):
            return soon, ()
        if word == "later":
            return soon, (Taps("Later"), Taps("In 30 minutes"))
        if word in ("words", "late"):
            return (late if word == "late" else soon), (Says(next(self._lines[part])),)
        label = {"tap": "Did it", "tiny": "Tiny version", "no": "Not today"}[word.rstrip("+")]
        line = (Says(next(self._lines[f"{part}_noticed"])),) if word.endswith("+") else ()
        return soon, (Taps(label), *line)

    async def _act(self, planned: _Planned) -> None:
        act, *rest = planned.acts
        if isinstance(act, Waits):
            self._plan(planned.at + act.span, rest, planned.nudge)
            return
        self._who.about = planned.nudge
        before = len(self._moments)
        await self._do(act)
        after = timedelta(seconds=self._chance.randint(8, 50))
        follow = rest or self._reply(self._moments[before:])
        self._plan(planned.at + after, follow, planned.nudge if rest else None)

    async def _do(self, act: Act) -> None:
        if isinstance(act, Taps):
            await self._who.taps(act.label)
        elif isinstance(act, Edits):
            await self._who.edits(self._last_said, act.words)
        elif isinstance(act, Says):
            self._last_said = await self._who.says(act.words)

    def _reply(self, heard: list[Moment]) -> list[Act]:
        """What she answers to a question that Limber asks now and then."""
        last = next((each for each in reversed(heard) if not each.hers), None)
        if last is None:
            return []
        today = self._chat.clock.now().astimezone(self._zone).date()
        for words, ramp in self._script.ratings.items():
            if all(part in last.words for part in words.split(" … ")):
                return [Taps(str(ramp.on(today)))]
        for words, replies in self._replies.items():
            if words in last.words:
                reply = next(replies)
                offered = any(reply in row for row in last.buttons)
                return [Taps(reply) if offered else Says(reply)] if reply else []
        return []


async def live(script: Script) -> Record:
    """The year, written down."""
    clock = MovableClock(to_instant(script.events[0].day, script.events[0].at, ZoneInfo(script.zone)))
    record = Record(ZoneInfo(script.zone))
    with tempfile.TemporaryDirectory() as folder:
        async for chat in talking(Path(folder), clock, ids=_SameIds(clock), kind=_Observed):
            who = _Witness(chat, script.name, None, "en", record=record)
            chat.people[script.name] = who
            await _Life(chat, who, script).live()
    return record
