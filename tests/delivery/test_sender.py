"""A sender over a real outbox, with a carrier whose failures the test chooses."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any, cast

import pytest
from sqlmodel import select

from bot.conversation.messages import Attachment, Wire
from bot.delivery.failures import Gone, Moved, Refused, SendingFailed, TryAgain, Unsure
from bot.delivery.limits import Limits
from bot.delivery.sender import Sender
from bot.store.database import Database
from bot.store.outbox import NUDGE, REPLY
from bot.store.tables import Account, Outbox
from bot.store.unit import Store
from bot.supervisor import Supervisor
from tests.clock import MovableClock


class Platform:
    """Takes messages, or fails in the ways it was told, one a try."""

    platform = "telegram"

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []
        self.failures: dict[str, list[Exception]] = {}
        self.tried = 0
        self._happened = asyncio.Event()

    async def carry(self, address: str, wire: Wire, attachment: Attachment | None, key: str) -> str:
        self.tried += 1
        self._happened.set()
        failures = self.failures.get(wire.text)
        if failures:
            raise failures.pop(0)
        self.taken.append((address, wire.text))
        return f"ref-{len(self.taken)}"

    async def busy(self, address: str) -> None:
        """Nobody looks."""

    async def until(self, reached: Callable[[], bool]) -> None:
        """Waits for tries until something is so."""
        async with asyncio.timeout(10):
            while not reached():
                self._happened.clear()
                await self._happened.wait()


class Nothing:
    """No message here has an attachment."""

    async def make(self, person_id: int, wire: Wire) -> Attachment | None:
        return None


@pytest.fixture
def platform() -> Platform:
    return Platform()


@pytest.fixture
async def sender(database: Database, clock: MovableClock, platform: Platform) -> AsyncIterator[Sender]:
    supervisor = Supervisor()
    made = Sender(platform, database, Nothing(), supervisor, clock, None)
    supervisor.start(made.run(), "sender")
    yield made
    await supervisor.stop(5)
    await made.close()


async def _say(
    database: Database, clock: MovableClock, *texts: str, address: str = "7", urgency: int = REPLY
) -> None:
    def say(store: Store) -> None:
        party = store.people.meet("telegram", address, clock.now(), "en", "UTC")
        for text in texts:
            store.outbox.add(party.account, Wire(text).packed(), clock.now(), urgency)

    await database.write(say)


async def _settled(database: Database, sender: Sender, platform: Platform, count: int) -> list[Outbox]:
    """Waits until so many messages were tried; answers with the rows that are left."""
    sender.wake()
    await platform.until(lambda: platform.tried >= count)
    await sender.idle()
    return await database.read(lambda store: list(store.session.exec(select(Outbox)).all()))


async def test_messages_of_a_chat_go_out_in_order_and_leave_nothing(
    database: Database, clock: MovableClock, sender: Sender, platform: Platform
) -> None:
    await _say(database, clock, "one", "two", "three")

    assert await _settled(database, sender, platform, 3) == []
    assert [text for _, text in platform.taken] == ["one", "two", "three"]


async def test_what_fails_for_now_is_tried_again_and_holds_its_chat_back(
    database: Database, clock: MovableClock, sender: Sender, platform: Platform
) -> None:
    platform.failures["one"] = [TryAgain("flood control", 30)]
    await _say(database, clock, "one", "two")
    await _say(database, clock, "elsewhere", address="8")
    await _settled(database, sender, platform, 2)
    assert platform.taken == [("8", "elsewhere")]

    clock.move(seconds=29)
    sender.wake()
    clock.move(seconds=1)
    assert await _settled(database, sender, platform, 4) == []
    assert [text for _, text in platform.taken] == ["elsewhere", "one", "two"]


async def test_what_may_have_gone_out_is_repeated_once(
    database: Database, clock: MovableClock, sender: Sender, platform: Platform
) -> None:
    platform.failures["one"] = [Unsure("reset"), Unsure("reset"), Unsure("reset")]
    await _say(database, clock, "one")
    await _settled(database, sender, platform, 1)
    clock.move(seconds=2)
    rows = await _settled(database, sender, platform, 2)

    assert platform.tried == 2
    assert [(row.state, row.reason, row.words) for row in rows] == [("set_aside", "unsure twice", b"")]


async def test_someone_who_blocked_us_rests_until_they_write(
    database: Database, clock: MovableClock, sender: Sender, platform: Platform
) -> None:
    platform.failures["one"] = [Gone("forbidden")]
    await _say(database, clock, "one", "two")
    assert await _settled(database, sender, platform, 1) == []

    account = await database.read(lambda store: store.session.exec(select(Account)).one())
    assert account.unreachable_at == clock.now()
    assert await database.read(lambda store: store.reminders.homes([account.person_id])) == {}


async def test_a_chat_that_moved_is_followed(
    database: Database, clock: MovableClock, sender: Sender, platform: Platform
) -> None:
    platform.failures["one"] = [Moved("-100")]
    await _say(database, clock, "one")

    assert await _settled(database, sender, platform, 2) == []
    assert platform.taken == [("-100", "one")]
    assert await database.write(lambda store: store.people.find("telegram", "-100")) is not None


@pytest.mark.parametrize("failure", [Refused("bad request"), ValueError("with words in it")])
async def test_a_poison_message_is_set_aside_and_stops_nobody(
    database: Database, clock: MovableClock, sender: Sender, platform: Platform, failure: Exception
) -> None:
    platform.failures["one"] = [failure]
    await _say(database, clock, "one", "two")
    (row,) = await _settled(database, sender, platform, 2)

    assert (row.state, row.words) == ("set_aside", b"")
    assert row.reason == ("bad request" if isinstance(failure, SendingFailed) else "ValueError")
    assert [text for _, text in platform.taken] == ["two"]


async def test_a_sender_that_takes_over_sends_what_the_last_one_left(
    database: Database, clock: MovableClock, platform: Platform
) -> None:
    await _say(database, clock, "one", "two")
    await database.write(lambda store: store.outbox.claim("telegram", clock.now(), 10))
    supervisor = Supervisor()
    made = Sender(platform, database, Nothing(), supervisor, clock, None)
    supervisor.start(made.run(), "sender")

    assert await _settled(database, made, platform, 2) == []
    await supervisor.stop(5)
    await made.close()


async def test_replies_overtake_nudges_that_wait(
    database: Database, clock: MovableClock, sender: Sender, platform: Platform
) -> None:
    await _say(database, clock, "nudge", urgency=NUDGE)
    await _say(database, clock, "reply", address="8")
    await _settled(database, sender, platform, 2)

    assert {text for _, text in platform.taken} == {"nudge", "reply"}


async def test_a_nudge_that_went_out_is_known_by_its_message(
    database: Database, clock: MovableClock, sender: Sender, platform: Platform
) -> None:
    def nudge(store: Store) -> int:
        party = store.people.meet("telegram", "7", clock.now(), "en", "UTC")
        made = store.reminders.new_nudge(
            person_id=party.person.id, due_at=clock.now(), written_at=clock.now(), wording="x"
        )
        store.session.flush()
        store.outbox.add(party.account, Wire("hello").packed(), clock.now(), NUDGE, made.id)
        return made.person_id

    person_id = await database.write(nudge)
    await _settled(database, sender, platform, 1)

    found = await database.read(lambda store: store.reminders.nudge_replied_to(person_id, "ref-1"))
    assert found is not None
    assert found.sent_at == clock.now()
    since = clock.now() - timedelta(hours=1)
    assert await database.read(lambda store: store.reminders.open_nudge(person_id, since)) is not None


@asynccontextmanager
async def _sending(
    database: Database, clock: MovableClock, platform: Platform, rate: int
) -> AsyncIterator[Sender]:
    supervisor = Supervisor()
    made = Sender(platform, database, Nothing(), supervisor, clock, Limits(rate, time.monotonic))
    supervisor.start(made.run(), "sender")
    yield made
    await supervisor.stop(5)
    await made.close()


async def _nudges(database: Database, clock: MovableClock, count: int) -> None:
    for number in range(count):
        await _say(database, clock, f"nudge {number}", address=str(100 + number), urgency=NUDGE)


async def test_a_reply_overtakes_nudges_that_were_claimed_before_it(
    database: Database, clock: MovableClock, platform: Platform
) -> None:
    await _nudges(database, clock, 30)
    async with _sending(database, clock, platform, 20) as sender:
        await platform.until(lambda: platform.tried >= 2)
        await _say(database, clock, "reply", address="8")
        before = platform.tried
        sender.wake()
        await platform.until(lambda: ("8", "reply") in platform.taken)

    assert [text for _, text in platform.taken].index("reply") <= before + 10


async def test_a_graceful_stop_leaves_nothing_claimed(
    database: Database, clock: MovableClock, platform: Platform
) -> None:
    await _nudges(database, clock, 30)
    async with _sending(database, clock, platform, 10) as sender:
        await platform.until(lambda: platform.tried >= 2)
        await sender.drain(5)
        rows = await database.read(lambda store: list(store.session.exec(select(Outbox)).all()))

    assert len(rows) + len(platform.taken) == 30
    assert {(row.state, row.attempts) for row in rows} == {("waiting", 0)}


class Late:
    """A database that, once told to, answers the next work only when it may."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.done, self.may_answer = asyncio.Event(), asyncio.Event()
        self.may_answer.set()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database, name)

    async def write(self, work: Callable[[Store], Any]) -> Any:
        result = await self._database.write(work)
        self.done.set()
        await self.may_answer.wait()
        return result


async def test_what_is_being_claimed_at_a_graceful_stop_is_given_back(
    database: Database, clock: MovableClock, platform: Platform
) -> None:
    late = Late(database)
    async with _sending(cast(Database, late), clock, platform, 10) as sender:
        await late.done.wait()
        late.done.clear()
        late.may_answer.clear()
        await _nudges(database, clock, 5)
        sender.wake()
        await late.done.wait()
        draining = asyncio.create_task(sender.drain(5))
        await asyncio.sleep(0)
        late.may_answer.set()
        await draining
        rows = await database.read(lambda store: list(store.session.exec(select(Outbox)).all()))

    assert len(rows) + len(platform.taken) == 5
    assert {(row.state, row.attempts) for row in rows} <= {("waiting", 0)}


async def test_who_stands_by_goes_on_when_the_right_to_send_is_free(
    database: Database, clock: MovableClock, platform: Platform
) -> None:
    first = database.lead("sender-telegram")
    assert await first.held()
    await _say(database, clock, "one")
    async with _sending(database, clock, platform, 10):
        await asyncio.sleep(0.1)
        assert platform.tried == 0
        await first.release()
        async with asyncio.timeout(5):
            await platform.until(lambda: platform.tried == 1)


class GoneOnce(Platform):
    """Says once that someone is gone; just before, `meanwhile` happens."""

    def __init__(self, meanwhile: Callable[[], Awaitable[None]]) -> None:
        super().__init__()
        self._meanwhile: Callable[[], Awaitable[None]] | None = meanwhile

    async def carry(self, address: str, wire: Wire, attachment: Attachment | None, key: str) -> str:
        if self._meanwhile is not None:
            await self._meanwhile()
            self._meanwhile = None
            self.failures[wire.text] = [Gone("forbidden")]
        return await super().carry(address, wire, attachment, key)


async def test_who_wrote_while_they_seemed_to_be_gone_is_answered(
    database: Database, clock: MovableClock
) -> None:
    def write(store: Store) -> None:
        store.people.meet("telegram", "7", clock.now(), "en", "UTC").person.last_seen_at = clock.now()

    async def writes() -> None:
        clock.move(seconds=1)
        await database.write(write)

    platform = GoneOnce(writes)
    await _say(database, clock, "one")
    async with _sending(database, clock, platform, 10) as sender:
        await _settled(database, sender, platform, 1)
        clock.move(seconds=2)
        assert await _settled(database, sender, platform, 2) == []

    assert platform.taken == [("7", "one")]


async def test_a_chat_that_moved_to_where_someone_is_already_rests(
    database: Database, clock: MovableClock, sender: Sender, platform: Platform
) -> None:
    platform.failures["one"] = [Moved("8")]
    await _say(database, clock, "elsewhere", address="8")
    await _say(database, clock, "one")

    assert await _settled(database, sender, platform, 2) == []
    assert platform.taken == [("8", "elsewhere")]


async def test_a_nudge_is_given_up_when_it_is_of_no_use_any_more(
    database: Database, clock: MovableClock, sender: Sender, platform: Platform
) -> None:
    platform.failures["one"] = [TryAgain("network")] * 40
    await _say(database, clock, "one", urgency=NUDGE)
    rows: list[Outbox] = []
    for tries in range(1, 31):
        rows = await _settled(database, sender, platform, tries)
        clock.move(minutes=6)

    assert [(row.state, row.reason) for row in rows] == [("set_aside", "given up: network")]


async def test_the_parts_of_a_long_message_count_each_and_are_not_repeated(
    database: Database, clock: MovableClock, platform: Platform
) -> None:
    def words(wire: Wire, with_file: bool) -> list[Wire]:
        return [Wire(each) for each in wire.text.split()]

    supervisor, limits = Supervisor(), Limits(2, time.monotonic)
    made = Sender(platform, database, Nothing(), supervisor, clock, limits, parts=words)
    supervisor.start(made.run(), "sender")
    platform.failures["two"] = [TryAgain("network")]
    await _say(database, clock, "one two three")
    began = time.monotonic()
    await _settled(database, made, platform, 2)
    clock.move(seconds=30)

    assert await _settled(database, made, platform, 4) == []
    assert [text for _, text in platform.taken] == ["one", "two", "three"]
    assert time.monotonic() - began >= 1
    await supervisor.stop(5)
    await made.close()
