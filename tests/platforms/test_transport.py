"""The transport under python-telegram-bot, over real HTTP against the Bot API's emulator."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from telegram import Bot, InputFile
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.delivery.failures import SendingFailed, TryAgain, Unsure
from bot.platforms.telegram.adapter import make_bot
from bot.platforms.telegram.failures import failure_of
from bot.platforms.telegram.transport import MaybeWritten, NotWritten, Transport
from tests.emulators.telegram import TOKEN, Fault, Person, TelegramEmulator


@pytest.fixture
async def emulator() -> AsyncIterator[TelegramEmulator]:
    async with TelegramEmulator() as started:
        yield started


@pytest.fixture
async def ada(emulator: TelegramEmulator) -> Person:
    person = emulator.person(id=1001, first_name="Ada")
    await person.says("/start")
    return person


@asynccontextmanager
async def bot_of(root: str, transport: Transport) -> AsyncIterator[Bot]:
    async with Bot(
        TOKEN,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=transport,
        get_updates_request=transport,
    ) as bot:
        yield bot


async def _failed(bot: Bot) -> TelegramError:
    with pytest.raises(TelegramError) as raised:
        await bot.send_message(1001, "hello")
    return raised.value


def _texts(error: BaseException | None) -> str:
    """All that anything could print of an error."""
    found = ""
    while error is not None:
        found += f"{error!r} {error} {error.args}"
        error = error.__cause__ or error.__context__
    return found


async def test_a_message_goes_out_and_its_id_comes_back(emulator: TelegramEmulator, ada: Person) -> None:
    async with make_bot(TOKEN, emulator.root) as bot:
        sent = await bot.send_message(1001, "grüße & <b>&amp;</b> 1+1=2", parse_mode="HTML")
    assert (await ada.hears("grüße & & 1+1=2")).message_id == sent.message_id


async def test_of_a_sent_message_only_the_id_is_read(emulator: TelegramEmulator, ada: Person) -> None:
    async with make_bot(TOKEN, emulator.root) as bot:
        sent = await bot.send_message(1001, "hello")
    assert sent.text is None


async def test_files_are_uploaded(emulator: TelegramEmulator, ada: Person) -> None:
    content = bytes(range(256)) * 40
    async with make_bot(TOKEN, emulator.root) as bot:
        await bot.send_document(1001, InputFile(content, filename='a "b" ü.bin'), caption="für dich")
    document = (await ada.hears("für dich")).document
    assert document is not None
    assert document.content == content


async def test_what_a_person_wrote_is_read_whole(emulator: TelegramEmulator, ada: Person) -> None:
    async with make_bot(TOKEN, emulator.root) as bot:
        updates = await bot.get_updates(timeout=1)
    assert [update.message.text for update in updates if update.message] == ["/start"]


@pytest.mark.parametrize(
    ("fault", "kind", "meaning"),
    [
        (Fault.flood(7), RetryAfter, TryAgain),
        (Fault.server_error(500), NetworkError, TryAgain),
        (Fault.server_error(502), NetworkError, TryAgain),
        (Fault.reset(accepted=False), NetworkError, Unsure),
        (Fault.reset(accepted=True), NetworkError, Unsure),
        (Fault.hang(accepted=True), TimedOut, Unsure),
    ],
)
async def test_a_failure_means_what_it_is(
    emulator: TelegramEmulator,
    ada: Person,
    fault: Fault,
    kind: type[TelegramError],
    meaning: type[SendingFailed],
) -> None:
    emulator.faults.next(fault)
    async with bot_of(emulator.root, Transport(4, read=0.2)) as bot:
        error = await _failed(bot)
        await bot.send_message(1001, "and on we go")
    assert type(error) is kind
    assert type(failure_of(error)) is meaning
    assert TOKEN not in _texts(error)
    await ada.hears("and on we go")


async def test_after_a_reset_the_cause_says_that_it_may_have_gone_out(
    emulator: TelegramEmulator, ada: Person
) -> None:
    emulator.faults.next(Fault.reset(accepted=True))
    async with make_bot(TOKEN, emulator.root) as bot:
        error = await _failed(bot)
    assert isinstance(error.__cause__, MaybeWritten)


async def test_a_refusal_keeps_its_words(emulator: TelegramEmulator) -> None:
    async with make_bot(TOKEN, emulator.root) as bot:
        with pytest.raises(BadRequest, match="hat not found"):
            await bot.send_message(4, "hello")


async def test_where_nobody_listens_nothing_was_written(emulator: TelegramEmulator) -> None:
    await emulator.stop()
    async with Transport(1) as transport:
        with pytest.raises(NetworkError) as raised:
            await transport.post(f"{emulator.root}/bot{TOKEN}/getMe")
    error = raised.value
    assert isinstance(error.__cause__, NotWritten)
    assert isinstance(failure_of(error), TryAgain)
    assert TOKEN not in _texts(error)


async def test_a_call_that_waited_in_vain_for_a_connection_was_not_written(
    emulator: TelegramEmulator, ada: Person
) -> None:
    emulator.faults.next(Fault.hang())
    async with bot_of(emulator.root, Transport(1, pool=0.1, connect=0.1, read=3)) as bot:
        hanging = asyncio.create_task(bot.send_message(1001, "first"))
        await emulator.receives("sendMessage")
        error = await _failed(bot)
        hanging.cancel()
    assert isinstance(error, TimedOut)
    assert isinstance(error.__cause__, NotWritten)
    assert TOKEN not in _texts(error)


async def test_no_more_connections_than_allowed(emulator: TelegramEmulator, ada: Person) -> None:
    async with bot_of(emulator.root, Transport(3)) as bot:
        emulator.faults.next(Fault.hang(), 3)
        hanging = [asyncio.create_task(bot.send_message(1001, "one")) for _ in range(3)]
        await emulator.receives("sendMessage", 3)
        late = asyncio.create_task(bot.send_message(1001, "late"))
        await asyncio.wait({late}, timeout=0.1)
        assert not late.done()
        for each in hanging:
            each.cancel()
        await late
    await ada.hears("late")


async def test_the_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\n{"ok":true,"result":true}')
        writer.close()

    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    async with await asyncio.start_server(converse, "127.0.0.1", 0) as proxy, Transport(1) as transport:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.sockets[0].getsockname()[1]}")
        assert await transport.post("http://telegram.invalid/bot1:a/close") is True
    assert asked[0].startswith(b"POST http://telegram.invalid/bot1:a/close HTTP/1.1")


async def test_a_host_may_go_without_the_proxy(
    emulator: TelegramEmulator, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{deaf.getsockname()[1]}")
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        async with make_bot(TOKEN, emulator.root) as bot:
            await bot.send_message(1001, "straight")
    await ada.hears("straight")
