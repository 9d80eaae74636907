import asyncio
from collections.abc import Callable
from datetime import timedelta

from bot.store.database import Database
from bot.store.outbox import NUDGE, REPLY, Letter
from bot.store.tables import Outbox
from bot.store.unit import Store
from tests.clock import MovableClock


def _say(
    clock: MovableClock, words: str, address: str = "7", urgency: int = REPLY
) -> Callable[[Store], None]:
    def say(store: Store) -> None:
        party = store.people.meet("telegram", address, clock.now(), "en", "UTC")
        store.outbox.add(party.account, {"text": words}, clock.now(), urgency)

    return say


async def _claim(database: Database, clock: MovableClock, limit: int = 10) -> list[Letter]:
    return await database.write(lambda store: store.outbox.claim("telegram", clock.now(), limit))


def _words(letters: list[Letter]) -> list[str]:
    return [letter.wire["text"] for letter in letters]


async def test_replies_go_ahead_of_nudges_each_in_order(database: Database, clock: MovableClock) -> None:
    for words, urgency in (("n1", NUDGE), ("r1", REPLY), ("n2", NUDGE), ("r2", REPLY)):
        await database.write(_say(clock, words, urgency=urgency))

    assert _words(await _claim(database, clock)) == ["r1", "r2", "n1", "n2"]


async def test_what_is_claimed_is_claimed_once(database: Database, clock: MovableClock) -> None:
    for number in range(40):
        await database.write(_say(clock, str(number), address=str(number)))

    claims = await asyncio.gather(*(_claim(database, clock, 7) for _ in range(10)))

    words = [word for letters in claims for word in _words(letters)]
    assert sorted(words, key=int) == [str(number) for number in range(40)]


async def test_a_chat_waits_for_its_message_that_is_tried_again(
    database: Database, clock: MovableClock
) -> None:
    await database.write(_say(clock, "first"))
    await database.write(_say(clock, "second"))
    await database.write(_say(clock, "elsewhere", address="8"))
    first, second, _ = sorted(await _claim(database, clock), key=lambda letter: letter.id)
    later = clock.now() + timedelta(seconds=30)
    await database.write(lambda store: store.outbox.postpone(first.id, later))
    await database.write(lambda store: store.outbox.postpone(second.id, clock.now()))

    assert await _claim(database, clock) == []
    clock.move(seconds=30)
    again = await _claim(database, clock)
    assert _words(again) == ["first", "second"]
    assert again[0].attempts == 2


async def test_what_a_sender_left_behind_is_released(database: Database, clock: MovableClock) -> None:
    await database.write(_say(clock, "hello"))
    await _claim(database, clock)

    assert await _claim(database, clock) == []
    await database.write(lambda store: store.outbox.release("telegram"))
    (again,) = await _claim(database, clock)
    assert (again.wire["text"], again.attempts) == ("hello", 1)


async def test_settled_messages_leave_nothing(database: Database, clock: MovableClock) -> None:
    await database.write(_say(clock, "hello"))
    (letter,) = await _claim(database, clock)
    await database.write(lambda store: store.outbox.settle([letter.id]))

    assert await database.read(lambda store: store.session.get(Outbox, letter.id)) is None


async def test_a_message_set_aside_keeps_a_reason_but_no_words(
    database: Database, clock: MovableClock
) -> None:
    await database.write(_say(clock, "hello"))
    (letter,) = await _claim(database, clock)
    await database.write(lambda store: store.outbox.set_aside(letter.id, "bad request"))

    row = await database.read(lambda store: store.session.get_one(Outbox, letter.id))
    assert (row.state, row.reason, row.words) == ("set_aside", "bad request", b"")


async def test_someone_who_cannot_be_reached_has_nothing_waiting(
    database: Database, clock: MovableClock
) -> None:
    await database.write(_say(clock, "one"))
    await database.write(_say(clock, "two"))
    one, _ = await _claim(database, clock)
    await database.write(lambda store: store.outbox.unreachable(one.account_id, clock.now()))

    assert await database.read(lambda store: store.outbox.next_due_at("telegram")) is None
    party = await database.write(lambda store: store.people.find("telegram", "7"))
    assert party is not None
    assert party.account.unreachable_at == clock.now()


async def _beats(database: Database, clock: MovableClock) -> None:
    def schedule(store: Store) -> None:
        party = store.people.meet("telegram", "7", clock.now(), "en", "UTC")
        for number in range(3):
            due = clock.now() + timedelta(seconds=4 * number)
            store.outbox.add(
                party.account, {"text": f"beat {number}"}, due, expires_at=due + timedelta(seconds=4)
            )

    await database.write(schedule)


async def test_beats_come_when_due_and_hold_no_reply_back(database: Database, clock: MovableClock) -> None:
    await _beats(database, clock)
    await database.write(_say(clock, "a reply"))

    assert _words(await _claim(database, clock)) == ["beat 0", "a reply"]
    clock.move(seconds=4)
    assert _words(await _claim(database, clock)) == ["beat 1"]


async def test_late_beats_are_dropped_unsent(database: Database, clock: MovableClock) -> None:
    await _beats(database, clock)

    clock.move(seconds=9)

    assert _words(await _claim(database, clock)) == ["beat 2"]
    assert await database.read(lambda store: store.outbox.next_due_at("telegram")) is None


async def test_beats_of_an_account_can_be_dropped(database: Database, clock: MovableClock) -> None:
    await _beats(database, clock)
    await database.write(_say(clock, "a reply"))

    def drop(store: Store) -> None:
        store.outbox.drop_beats(store.people.meet("telegram", "7", clock.now(), "en", "UTC").person.id)

    await database.write(drop)

    clock.move(seconds=4)
    assert _words(await _claim(database, clock)) == ["a reply"]
