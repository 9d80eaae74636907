"""Logs: what they may carry is carried, and no token, id or word of a person ever is."""

import asyncio
import io
import json
import logging
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.errors import InvalidInputError
from bot.logs import (
    FIELDS,
    LIBRARIES,
    OURS,
    JsonFormatter,
    TextFormatter,
    catch_uncaught,
    configure_logging,
    describe,
    log_loop_failure,
)
from bot.settings import load_settings

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
SHORT_TOKEN = "42:TEST"
WORDS = "my panic attacks came back"
log = logging.getLogger("bot.tests")
library = logging.getLogger("telegram.ext.Application")


@dataclass
class Output:
    """What was logged, and a way to set the logs up differently."""

    stream: io.StringIO = field(default_factory=io.StringIO)

    def configure(self, **env: str) -> None:
        configure_logging(load_settings(env, env_file=None), self.stream)

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    @property
    def last(self) -> dict[str, object]:
        found = json.loads(self.text.splitlines()[-1])
        assert isinstance(found, dict)
        return found


@pytest.fixture
def output() -> Iterator[Output]:
    root = logging.getLogger()
    handlers, levels = root.handlers[:], {name: logging.getLogger(name).level for name in (*LIBRARIES, OURS)}
    root_level, raising = root.level, logging.raiseExceptions
    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook
    found = Output()
    found.configure(LOG_LEVEL="DEBUG", LOG_FORMAT="json")
    yield found
    sys.excepthook, sys.unraisablehook, threading.excepthook = hooks
    root.handlers[:], logging.raiseExceptions = handlers, raising
    root.setLevel(root_level)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def fail(words: str = WORDS) -> None:
    raise ValueError(words)


def failure(words: str = WORDS) -> ValueError:
    try:
        fail(words)
    except ValueError as error:
        return error
    raise AssertionError("it fails always")


def test_json_has_time_level_logger_message_and_facts(output: Output) -> None:
    log.info("turn handled", extra={"dialogue": "log", "ms": 12.5, "count": 3, "status": None})
    told = output.last
    assert datetime.fromisoformat(str(told.pop("time"))).utcoffset() is not None
    assert told == {
        "level": "INFO",
        "logger": "bot.tests",
        "message": "turn handled",
        "count": 3,
        "ms": 12.5,
        "dialogue": "log",
        "status": None,
    }


def test_text_is_one_readable_line(output: Output) -> None:
    output.configure(LOG_FORMAT="text")
    log.info("nudges written", extra={"count": 3, "platform": "telegram"})
    _, _, rest = output.text.partition(" ")
    assert rest == "INFO bot.tests nudges written count=3 platform=telegram\n"


def test_the_level_is_as_set(output: Output) -> None:
    output.configure(LOG_LEVEL="ERROR")
    log.warning("quiet")
    library.warning("quiet")
    log.error("loud")
    assert "quiet" not in output.text
    assert "loud" in output.text


@pytest.mark.parametrize("name", [*LIBRARIES, "some.other.library"])
def test_libraries_speak_from_warning_on_even_when_they_lower_their_level(output: Output, name: str) -> None:
    logger = logging.getLogger(name)
    assert not logger.isEnabledFor(logging.INFO)
    before = logger.level
    logger.setLevel(logging.DEBUG)
    logger.info("chatter")
    logger.warning("trouble")
    logger.setLevel(before)
    assert "chatter" not in output.text
    assert "trouble" in output.text


def test_configuring_again_does_not_double_the_lines(output: Output) -> None:
    output.configure()
    log.info("once")
    assert output.text.count("once") == 1


def test_only_known_fields_pass_and_only_with_names_numbers_or_failures(output: Output) -> None:
    log.info("x", extra={"words": "secretly", "kind": WORDS, "reason": [WORDS], "person": 7, "count": 1})
    assert output.last.keys() == {"time", "level", "logger", "message", "kind", "reason", "count"}
    assert (output.last["kind"], output.last["reason"]) == ("<str>", "<list>")


def test_no_field_has_the_name_of_something_every_record_has() -> None:
    record = logging.LogRecord("bot", logging.INFO, "", 0, "", (), None)
    assert not set(FIELDS) & (record.__dict__.keys() | {"message", "asctime", "taskName"})


@pytest.mark.parametrize(
    ("message", "args", "told"),
    [
        ("heard %s", (WORDS,), "heard <str>"),
        ("heard %r of %d", (WORDS, 3), "heard '<str>' of 3"),
        ("took %.1f s", (0.25,), "took 0.2 s"),
        ("chat %s", (987654321,), "chat <int>"),
        ("heard %(what)s", ({"what": WORDS},), "heard <str>"),
        ("bad %d", (WORDS,), "bad %d <arguments that do not fit>"),
        ("100% sure", (), "100% sure"),
        ("first\n" + WORDS, (), "first"),
        ("failed: %s", (OSError(98, WORDS),), "failed: <OSError[98]>"),
        (ValueError(WORDS), (), "<ValueError>"),
    ],
)
def test_of_a_message_only_constants_and_small_numbers_pass(
    output: Output, message: object, args: tuple[object, ...], told: str
) -> None:
    library.warning(message, *args)
    assert output.last["message"] == told


def test_a_failure_is_told_by_type_and_place_only(output: Output) -> None:
    try:
        fail()
    except ValueError:
        log.exception("turn failed")
    told = str(output.last["failure"])
    assert told.startswith("ValueError < test_logs.py:")
    assert "fail < test_logs.py:" in told
    assert "panic" not in output.text


def test_causes_groups_and_codes_are_told() -> None:
    grouped = ExceptionGroup("several", [failure(), KeyError(WORDS)])
    grouped.__cause__ = OSError(28, WORDS)
    told = describe(grouped)
    assert told.startswith("ExceptionGroup of (ValueError < ")
    assert told.endswith(", KeyError) from OSError[28]")
    assert describe(InvalidInputError("error.rating")) == "bot.errors.InvalidInputError"
    assert describe(None) == "none"


def test_of_many_causes_the_first_few_are_told() -> None:
    errors = [ValueError() for _ in range(10)]
    for error, cause in pairwise(errors):
        error.__cause__ = cause
    assert describe(errors[0]) == " from ".join(["ValueError"] * 5)


def test_a_suppressed_context_is_not_told() -> None:
    try:
        try:
            fail()
        except ValueError:
            raise KeyError(WORDS) from None
    except KeyError as error:
        assert "ValueError" not in describe(error)


def test_endless_recursion_is_told_shortly() -> None:
    def again() -> None:
        again()

    with pytest.raises(RecursionError) as caught:
        again()
    assert len(describe(caught.value)) < 1000


def test_places_in_packages_begin_with_the_package() -> None:
    with pytest.raises(InvalidToken) as caught:
        Bot("")
    assert "telegram/" in describe(caught.value)
    assert "site-packages" not in describe(caught.value)


@pytest.mark.parametrize("formatting", ["text", "json"])
def test_tokens_and_known_secrets_are_struck_out(output: Output, formatting: str) -> None:
    database = 'postgresql://limber:open"sesame@db/limber'
    output.configure(TELEGRAM_TOKEN=SHORT_TOKEN, DATABASE_URL=database, LOG_FORMAT=formatting)
    library.warning(f"calling /bot{SHORT_TOKEN}/getMe with {TOKEN}")
    log.error(f"cannot reach {database}")
    log.error("x", extra={"reason": f"bot{SHORT_TOKEN}"})
    for secret in (SHORT_TOKEN, TOKEN, 'open"sesame', "sesame"):
        assert secret not in output.text
    assert output.text.count("***") == 4


@given(words=st.text(min_size=1), formatter=st.sampled_from([TextFormatter, JsonFormatter]))
def test_no_words_pass_whatever_way_they_are_given(words: str, formatter: type[TextFormatter]) -> None:
    words = f"zq {words}"
    error = failure(words)
    error.__cause__ = ExceptionGroup(words, [failure(words)])
    record = logging.LogRecord("telegram", logging.ERROR, "", 0, "%s", (words,), (ValueError, error, None))
    for name in FIELDS:
        setattr(record, name, words)
    line = formatter(frozenset()).format(record)
    assert "zq" not in line
    assert "\n" not in line


def test_uncaught_failures_are_logged_without_words(output: Output) -> None:
    catch_uncaught()
    error = failure()
    sys.excepthook(ValueError, error, error.__traceback__)
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert output.text.count("uncaught failure") == 2
    assert output.text.count("ValueError < test_logs.py") == 2
    assert "panic" not in output.text


def test_a_failure_in_a_destructor_is_logged_without_words(output: Output) -> None:
    class Fragile:
        def __del__(self) -> None:
            fail()

    fragile = Fragile()
    catch_uncaught()
    del fragile
    assert "uncaught failure aside" in output.text


def test_an_interrupt_by_hand_is_no_failure(output: Output) -> None:
    catch_uncaught()
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert output.text == ""


async def test_a_failure_of_the_event_loop_is_logged_without_words(output: Output) -> None:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(log_loop_failure)
    loop.call_soon(fail)
    await asyncio.sleep(0)
    assert output.last["message"] == "failure in the event loop"
    assert "panic" not in output.text


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Take one request, as a Bot API server does that quotes the message back in its error."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode().lower().splitlines()
    length = next((int(line.split(":")[1]) for line in lines if line.startswith("content-length")), 0)
    await reader.readexactly(length)
    body = json.dumps({"ok": False, "error_code": 400, "description": f"can't parse: {WORDS}"}).encode()
    writer.write(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: application/json\r\n")
    writer.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    await writer.drain()
    writer.close()
    await writer.wait_closed()


@pytest.fixture(params=["a server that quotes", "a closed port"])
async def port(request: pytest.FixtureRequest) -> AsyncIterator[int]:
    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        found: int = server.sockets[0].getsockname()[1]
        if request.param == "a server that quotes":
            yield found
    if request.param == "a closed port":
        yield found


async def talk(port: int) -> None:
    """Send the words through python-telegram-bot and log the failure as carelessly as one can."""
    bot = Bot(TOKEN, base_url=f"http://127.0.0.1:{port}/bot")
    try:
        await bot.send_message(chat_id=987654321, text=WORDS)
    except TelegramError as error:
        library.exception("cannot send %s to %r: %s", WORDS, bot, error)
        log.exception("cannot send: %s", error)
    finally:
        await bot.shutdown()


@pytest.mark.parametrize("formatting", ["text", "json"])
async def test_the_telegram_library_tells_neither_token_nor_words_nor_chat(
    output: Output, port: int, formatting: str
) -> None:
    output.configure(LOG_LEVEL="DEBUG", LOG_FORMAT=formatting)
    await talk(port)
    assert output.text.count("telegram.error.") >= 2
    for secret in (TOKEN, TOKEN.partition(":")[2], "panic", "987654321"):
        assert secret not in output.text


async def test_with_ordinary_logging_it_would_have_told_all(output: Output, port: int) -> None:
    ordinary = io.StringIO()
    root = logging.getLogger()
    root.handlers[:] = [logging.StreamHandler(ordinary)]
    root.setLevel(logging.DEBUG)
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(logging.NOTSET)
    await talk(port)
    assert TOKEN in ordinary.getvalue()
    assert "panic" in ordinary.getvalue()
