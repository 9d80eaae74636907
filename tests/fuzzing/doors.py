"""The doors that are fuzzed: what is sent through each, and what has to hold afterwards."""

import asyncio
import io
import json
import logging
import socket
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

import httpx
import hypothesis
from hypothesis import strategies as st
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from bot.app import App
from bot.conversation.messages import Document, Incoming
from bot.conversation.requests import exported
from bot.conversation.router import command_of
from bot.logs import configure_logging
from bot.platforms.local.frames import FRAME_BYTES, FrameError, read_frame
from bot.portable import arriving
from bot.portable.bundle import RECORD, unpacked
from bot.roles import Role
from bot.safety.detection import detect
from bot.settings import load_settings
from bot.store.people import Party
from bot.store.unit import Store
from bot.understanding.answers import read_answer, read_choice, read_rating
from bot.understanding.durations import read_minutes, read_until
from bot.understanding.places import find_place
from bot.understanding.times import read_when
from tests.clock import MovableClock
from tests.emulators.telegram import TOKEN, TelegramEmulator
from tests.fuzzing import cases
from tests.running import running

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
SECRET = "a-secret_that_is_long_enough_for_anyone"
LANGUAGES = ("en", "de", "es", "fr", "pt")
LONGEST_SECONDS = 1.0
"""How long one text of any length may hold up everybody else."""
_LOADING = "did it, could you remind me at half past seven"
"""What makes readers load all that they know, of other languages too."""
_ANSWER_SECONDS = 20


class Door(Protocol):
    """One way in: cases to try, and the trying of one. Use it as a context manager."""

    cases: st.SearchStrategy[Any]

    def attempt(self, case: Any) -> None:
        """Sends a case through; raises AssertionError where something does not hold."""

    def __enter__(self) -> "Door":
        """Opens."""

    def __exit__(self, *raised: object) -> None:
        """Closes."""


class Parsers:
    """Everything that reads words, in every language, once what it knows is loaded."""

    cases = st.tuples(cases.texts, st.sampled_from(LANGUAGES)).map(list)

    def __enter__(self) -> "Parsers":
        for language in LANGUAGES:
            for read in _readers(_LOADING, language).values():
                read()
        return self

    def __exit__(self, *raised: object) -> None:
        """Nothing is open."""

    def attempt(self, case: Any) -> None:
        """Every reader takes it, none raises, none takes long."""
        text, language = case
        for name, read in _readers(text, language).items():
            started = time.process_time()
            read()
            taken = time.process_time() - started
            _aim_for(taken, name)
            assert taken < LONGEST_SECONDS, f"{name} took {taken:.2f} s"


def _readers(text: str, language: str) -> dict[str, Callable[[], object]]:
    return {
        "when": lambda: read_when(text, now=NOW, language=language),
        "answer": lambda: read_answer(text, now=NOW, language=language, skills={"box breathing": "box"}),
        "until": lambda: read_until(text, now=NOW, language=language),
        "minutes": lambda: read_minutes(text, language),
        "choice": lambda: read_choice(text, language),
        "rating": lambda: read_rating(text),
        "place": lambda: find_place(text),
        "danger": lambda: detect(text),
        "command": lambda: command_of(text),
        "frame": lambda: _frame(text),
    }


def _frame(text: str) -> object:
    try:
        return read_frame(text)
    except FrameError:
        return None


def _aim_for(measure: float, label: str) -> None:
    """Has Hypothesis look for more of it, where it is Hypothesis that tries."""
    if hypothesis.currently_in_test_context():
        hypothesis.target(measure, label=label)


class _Served:
    """The whole of Limber over a real port, its logs at DEBUG kept in memory."""

    settings: dict[str, str]

    def __init__(self) -> None:
        self._runner = asyncio.Runner()
        self._exits = AsyncExitStack()
        self._logs = io.StringIO()
        self.app: App

    def __enter__(self) -> Any:
        self._exits.enter_context(_logged(self._logs))
        folder = self._exits.enter_context(tempfile.TemporaryDirectory())
        self._runner.run(self._open(Path(folder)))
        return self

    def __exit__(self, *raised: object) -> None:
        self._runner.run(self._exits.aclose())
        self._runner.close()

    def attempt(self, case: Any) -> None:
        """Sends it, then looks whether Limber is well and has told nobody."""
        self._runner.run(self._send(case))
        said = self._logs.getvalue()
        self._logs.seek(0)
        self._logs.truncate()
        assert "a step failed" not in said, said
        assert "failure in the event loop" not in said, said
        assert cases.CANARY not in said, "the log quotes a person"

    async def _open(self, folder: Path) -> None:
        raise NotImplementedError

    async def _send(self, case: Any) -> None:
        raise NotImplementedError

    async def _start(self, folder: Path, role: Role, **settings: str) -> None:
        started = running(folder, MovableClock(NOW), role, LOG_LEVEL="DEBUG", **settings)
        self.app = await self._exits.enter_async_context(started)


class WebhookDoor(_Served):
    """Updates as Telegram delivers them, each case from somebody new who has agreed."""

    cases = cases.deliveries

    def __init__(self) -> None:
        super().__init__()
        self._people = 10_000_000
        self._updates = 0

    async def _open(self, folder: Path) -> None:
        emulator = await self._exits.enter_async_context(TelegramEmulator())
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self._url = f"http://127.0.0.1:{port}/telegram"
        await self._start(
            folder,
            Role.WEB,
            TELEGRAM_TOKEN=TOKEN,
            TELEGRAM_API_URL=emulator.root,
            TELEGRAM_WEBHOOK_URL=self._url,
            TELEGRAM_WEBHOOK_SECRET=SECRET,
            PORT=str(port),
        )
        self._client = await self._exits.enter_async_context(httpx.AsyncClient(timeout=_ANSWER_SECONDS))

    async def _send(self, case: Any) -> None:
        self._people += 1
        await self._agree()
        for each in case:
            status = await self._post(_body(each, self._people, self._next_update()))
            assert status in (200, 400, 413), f"answered {status}"

    async def _agree(self) -> None:
        address, key = str(self._people), f"agree:{self._people}"
        for number, said in enumerate(({"text": "/start"}, {"press": "s:1:agree"}, {"text": "/cancel"})):
            await self.app.engine.handle(
                Incoming("telegram", address, f"{key}:{number}", NOW, language="en", **said)  # type: ignore[arg-type]
            )

    async def _post(self, body: bytes) -> int:
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        return (await self._client.post(self._url, content=body, headers=headers)).status_code

    def _next_update(self) -> int:
        self._updates += 1
        return self._updates


def _body(sent: Any, person: int, update: int) -> bytes:
    """What is posted: words in hexadecimals as the bytes they stand for, all else as JSON, readdressed."""
    if isinstance(sent, str):
        return bytes.fromhex(sent)
    if isinstance(sent, dict) and sent.get("update_id") == 0:
        sent = {**sent, "update_id": update}
    return json.dumps(sent).replace(str(cases.SOMEONE), str(person)).encode()


class SocketDoor(_Served):
    """Frames of the local page, each case over a socket of its own from somebody who has just agreed."""

    cases = cases.frames

    def __init__(self) -> None:
        super().__init__()
        self._frames = 0

    async def _open(self, folder: Path) -> None:
        await self._start(folder, Role.RUN, LOCAL_CHAT="true")
        self._root = f"127.0.0.1:{self.app.port}"
        async with httpx.AsyncClient() as client:
            answer = await client.get(self.app.link)
        self._cookie = answer.headers["set-cookie"].partition(";")[0]

    async def _send(self, case: Any) -> None:
        await self.app.database.write(_forget_me)
        self._frames += 1_000
        start = [self._frame({"id": "", "text": "/start"}, 900)]
        start.append(self._frame({"id": "", "press": "s:1:agree", "message": "x"}, 901))
        start.append(self._frame({"id": "", "text": "/cancel"}, 902))
        async with connect(
            f"ws://{self._root}/socket",
            additional_headers={"Cookie": self._cookie},
            origin=f"http://{self._root}",  # type: ignore[arg-type]
        ) as page:
            for frame in (*start, *(self._frame(each, number) for number, each in enumerate(case))):
                await _answered(page, frame)
        self.app.engine.patience._taken.clear()

    def _frame(self, sent: Any, number: int) -> str:
        if isinstance(sent, str):
            return sent
        if isinstance(sent, dict) and sent.get("id") == "":
            sent = {**sent, "id": f"00000000-0000-4000-8000-{self._frames + number:012d}"}
        return json.dumps(sent)


class ImportDoor(_Served):
    """Files of records, each brought along by somebody new who agrees to it and then lives with it."""

    cases = cases.records

    def __init__(self) -> None:
        super().__init__()
        self._people = self._said = 0

    async def _open(self, folder: Path) -> None:
        await self._start(folder, Role.RUN, LOCAL_CHAT="true")

    async def _send(self, case: Any) -> None:
        self._people += 1
        await self._says(text="/start")
        await self._says(press="s:1:agree")
        await self._says(text="/cancel")
        await self._says(document=Document("record.zip", _file(case)), text="")
        if await self.app.database.read(self._stands) == "moving.confirm":
            await self._says(text="take it")
            await self._says(press=f"s:{await self.app.database.read(self._version)}:take")
            await self._lives_with_it()

    async def _lives_with_it(self) -> None:
        """Asks for all that is made of a record; what comes due is sent; and it can leave again."""
        for command in _SHOWING:
            await self._says(text=f"/{command}")
        await self.app.nudger.tick()
        given = await exported(self.app.database, "local", self._address, NOW)
        arriving.read(unpacked(given), NOW)
        await self.app.database.write(self._goes)

    async def _says(self, **said: Any) -> None:
        self._said += 1
        incoming = Incoming("local", self._address, f"local:{self._said}", NOW, language="en", **said)
        await self.app.engine.handle(incoming)
        self.app.engine.patience._taken.clear()

    @property
    def _address(self) -> str:
        return f"somebody {self._people}"

    def _stands(self, store: Store) -> str | None:
        return self._party(store).talk.row.step

    def _version(self, store: Store) -> int:
        return self._party(store).talk.row.version

    def _goes(self, store: Store) -> None:
        store.people.erase(self._party(store).person, NOW)

    def _party(self, store: Store) -> Party:
        party = store.people.find("local", self._address)
        assert party is not None
        return party


_SHOWING = (
    *("progress", "history", "history zqfelt", "review", "year", "today", "brief", "session", "reminders"),
    *(
        "plan",
        "own",
        "goals",
        "predict",
        "letter",
        "wellplan",
        "slip zqslip",
        "log did it",
        "practice",
        "now",
    ),
    *("settings", "privacy", "report", "export", "undo", "undo", "pause 2 days", "resume", "crisis"),
)


def _file(sent: Any) -> bytes:
    """The bytes that a case stands for."""
    if isinstance(sent, str):
        return bytes.fromhex(sent)
    content = json.dumps(cases.altered(sent["edits"])).encode()
    for name in _WRAPS[sent["wrap"]]:
        content = _zipped(name, content)
    if sent["cut"] is not None:
        content = content[: len(content) * sent["cut"] // 1_000]
    flipped = bytearray(content)
    for place in sent["flip"]:
        if flipped:
            flipped[place % len(flipped)] ^= 1 << place % 8
    return bytes(flipped)


_WRAPS = {
    "json": (),
    "zip": (RECORD,),
    "zip of another name": ("other.json",),
    "zip in a zip": (RECORD, RECORD),
}


def _zipped(name: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return made.getvalue()


async def _answered(page: ClientConnection, frame: str) -> None:
    """Each frame is answered: taken, refused or welcomed; one that is too large ends the connection."""
    encoded = frame.encode(errors="replace").decode()
    try:
        await page.send(encoded)
        async with asyncio.timeout(_ANSWER_SECONDS):
            while not {"taken", "refused", "history"} & set(answer := json.loads(await page.recv())):
                pass
    except ConnectionClosed as closed:
        assert len(encoded.encode()) > FRAME_BYTES, closed
        raise
    assert not answer.get("later"), "a turn of the page failed"


def _forget_me(store: Store) -> None:
    party = store.people.find("local", "me")
    if party is not None:
        store.people.erase(party.person, NOW)


@contextmanager
def _logged(stream: io.StringIO) -> Iterator[None]:
    """All that is logged, as `run` sets it up at DEBUG."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    configure_logging(load_settings({"TELEGRAM_TOKEN": TOKEN, "LOG_LEVEL": "DEBUG"}, None), stream)
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)


DOORS: dict[str, Callable[[], Any]] = {
    "import": ImportDoor,
    "parsers": Parsers,
    "socket": SocketDoor,
    "webhook": WebhookDoor,
}
"""By the name that `python -m tools.fuzz` knows."""
