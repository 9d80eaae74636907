"""What the emulator can make go wrong, and how it counts what arrives."""

from collections import Counter
from datetime import datetime

import httpx
import pytest
import telegram

from tests.emulators.conftest import Calling
from tests.emulators.echobot import application, polling
from tests.emulators.telegram import Call, Fault, FloodLimits, Person, Rate, TelegramEmulator
from tests.emulators.telegram.calls import max_in_window
from tests.emulators.telegram.errors import ApiError


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        (Fault.flood(7), telegram.error.RetryAfter, "Retry in 0:00:07"),
        (Fault.server_error(500), telegram.error.NetworkError, "Internal Server Error"),
        (Fault.server_error(502), telegram.error.NetworkError, "Bad Gateway"),
        (Fault.blocked(), telegram.error.Forbidden, "blocked by the user"),
        (Fault.migrated(-1009), telegram.error.ChatMigrated, "New chat id: -1009"),
        (Fault.reset(accepted=False), telegram.error.NetworkError, "ReadError"),
    ],
)
async def test_a_fault_fails_the_next_call_and_no_other(
    emulator: TelegramEmulator,
    ada: Person,
    fault: Fault,
    error: type[telegram.error.TelegramError],
    words: str,
) -> None:
    emulator.faults.next(fault)
    async with application(emulator).bot as bot:
        with pytest.raises(error, match=words):
            await bot.send_message(ada.id, "first")
        await bot.send_message(ada.id, "second")
    assert [message.text for message in ada.messages] == ["second"]
    assert [call.accepted for call in emulator.calls_of("sendMessage")] == [False, True]


@pytest.mark.parametrize("fault", [Fault.reset(accepted=True), Fault.hang(accepted=True)])
async def test_a_message_may_arrive_though_the_bot_is_not_told(
    emulator: TelegramEmulator, ada: Person, fault: Fault
) -> None:
    emulator.faults.next(fault)
    async with application(emulator).bot as bot:
        with pytest.raises(telegram.error.NetworkError):
            await bot.send_message(ada.id, "once", read_timeout=0.1)
    await ada.hears("once")
    (call,) = emulator.calls_of("sendMessage")
    assert (call.accepted, call.status) == (True, None)


async def test_a_hanging_call_ends_when_the_bot_gives_up(emulator: TelegramEmulator, ada: Person) -> None:
    emulator.faults.next(Fault.hang())
    async with application(emulator).bot as bot:
        with pytest.raises(telegram.error.TimedOut):
            await bot.send_message(ada.id, "never", read_timeout=0.05)
    assert ada.messages == []


async def test_a_hanging_call_does_not_hold_up_the_end(client: httpx.AsyncClient) -> None:
    async with TelegramEmulator() as emulator:
        emulator.faults.next(Fault.hang(), methods={"getMe"})
        address = f"{emulator.root}/bot{emulator.token}/getMe"
        with pytest.raises(httpx.ReadTimeout):
            await client.get(address, timeout=httpx.Timeout(5, read=0.05))


async def test_faults_can_be_aimed(emulator: TelegramEmulator, call: Calling, ada: Person) -> None:
    bo = emulator.person(id=1002)
    await bo.says("/start")
    emulator.faults.next(Fault.server_error(), 2, chat_id=bo.id)
    emulator.faults.next(Fault.server_error(502), methods={"getMe"})
    answers = [
        await call("sendMessage", chat_id=chat_id, text="x")
        for chat_id in (ada.id, bo.id, bo.id, ada.id, bo.id)
    ]
    assert [answer.status_code for answer in answers] == [200, 500, 500, 200, 200]
    assert [(await call("getMe")).status_code for _ in range(2)] == [502, 200]


async def test_faults_by_chance_are_the_same_for_a_seed(
    emulator: TelegramEmulator, call: Calling, ada: Person
) -> None:
    async def statuses() -> list[int]:
        emulator.faults.randomly(0.3, [Fault.flood(1), Fault.server_error()], seed=7)
        return [(await call("sendMessage", chat_id=ada.id, text="x")).status_code for _ in range(40)]

    first = await statuses()
    assert first == await statuses()
    counts = Counter(first)
    assert counts[429] and counts[500] and 20 < counts[200] < 36
    emulator.faults.clear()
    assert (await call("sendMessage", chat_id=ada.id, text="x")).status_code == 200


async def test_the_bot_goes_on_after_telegram_was_away(emulator: TelegramEmulator) -> None:
    ada = emulator.person(id=1001)
    async with polling(emulator):
        await ada.says("one")
        await ada.hears("heard one")
        await emulator.stop()
        await ada.says("two")
        await emulator.start()
        await ada.hears("heard two")


async def test_limits_are_enforced_when_set(emulator: TelegramEmulator, call: Calling, ada: Person) -> None:
    emulator.limits = FloodLimits(overall=Rate(3, 60), per_chat=Rate(2, 30))
    bo = emulator.person(id=1002)
    await bo.says("/start")
    first = [await call("sendMessage", chat_id=ada.id, text="x") for _ in range(3)]
    assert [answer.status_code for answer in first] == [200, 200, 429]
    assert first[-1].json()["parameters"] == {"retry_after": 30}
    assert first[-1].json()["description"] == "Too Many Requests: retry after 30"
    second = [await call("sendMessage", chat_id=bo.id, text="x") for _ in range(2)]
    assert [answer.status_code for answer in second] == [200, 429]
    paid = await call("sendMessage", chat_id=bo.id, text="x", allow_paid_broadcast=True)
    assert paid.status_code == 200
    assert len(ada.messages) == 2


def test_limits_slide() -> None:
    limits = FloodLimits(overall=Rate(2, 1.0), per_chat=None)

    def refused(at: float) -> int:
        try:
            limits.check(at, 1, is_group=False, is_paid=False)
        except ApiError as error:
            return error.parameters["retry_after"]
        return 0

    assert [refused(at) for at in (0.0, 0.9, 0.95, 1.0, 1.5, 1.9)] == [0, 0, 1, 0, 1, 0]


def test_groups_have_their_own_limit() -> None:
    limits = FloodLimits(per_chat=Rate(1, 1.0), per_group=Rate(2, 60.0))
    for at in (0.0, 0.1):
        limits.check(at, -500, is_group=True, is_paid=False)
    with pytest.raises(ApiError, match="retry after 50"):
        limits.check(10.0, -500, is_group=True, is_paid=False)


def test_the_fullest_window_is_counted() -> None:
    calls = [
        Call(at, "sendMessage", {"chat_id": chat_id})
        for at, chat_id in ((0.0, 1), (0.9, 2), (1.0, 1), (1.8, 1))
    ]
    calls.append(Call(0.95, "getUpdates"))
    assert max_in_window(calls) == 3
    assert max_in_window(calls, chat_id=1) == 2
    assert max_in_window(calls, 0.05) == 1
    assert max_in_window(calls, methods={"getUpdates"}) == 1
    assert max_in_window([]) == 0


async def test_calls_are_recorded_as_they_arrive(
    emulator: TelegramEmulator, call: Calling, ada: Person
) -> None:
    await call("sendMessage", chat_id=ada.id, text="x")
    await call("sendMessage", chat_id=ada.id, text="")
    good, bad = emulator.calls
    assert (good.method, good.status, good.accepted, good.parameters["text"]) == (
        "sendMessage",
        200,
        True,
        "x",
    )
    assert (bad.status, bad.accepted, bad.description) == (400, False, "Bad Request: message text is empty")
    assert good.at < bad.at
    assert emulator.max_in_window() == 2


async def test_mistakes_of_the_emulator_itself_come_out(client: httpx.AsyncClient) -> None:
    def broken_clock() -> datetime:
        raise ZeroDivisionError

    with pytest.raises(ExceptionGroup, match="the emulator failed"):
        async with TelegramEmulator(now=broken_clock) as emulator:
            group = emulator.group(id=-500)
            await client.get(f"{emulator.root}/bot{emulator.token}/sendMessage?chat_id={group.id}&text=x")
