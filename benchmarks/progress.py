"""`/progress` over five years with its picture, beside somebody else's reply: the real engine and sender."""

import asyncio
import gc
import tempfile
import time
from statistics import median

from benchmarks.rows import Row, table
from bot.app import App, build, settle
from bot.clock import SystemClock
from bot.conversation.messages import Attachment, Incoming, Wire
from bot.conversation.patience import Patience
from bot.reports import pictures
from bot.settings import load_settings
from bot.store.migrate import migrate
from bot.store.unit import Store
from tests.lives import lived

ROUNDS = 40
LIMIT, OTHERS_LIMIT = 0.2, 0.05
_PLATFORM = "bench"
_WINDOWS = ("week", "month", "year")
_EVERY = 0.02
"""Seconds from one message of the other person to the next."""


class Doorstep:
    """Where messages arrive."""

    platform = _PLATFORM

    def __init__(self) -> None:
        self._waiting: dict[str, tuple[asyncio.Future[None], bool]] = {}

    def expect(self, address: str, *, picture: bool) -> asyncio.Future[None]:
        """Waits for what arrives next for someone, or for the next picture."""
        arrives: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[address] = arrives, picture
        return arrives

    async def carry(self, address: str, wire: Wire, attachment: Attachment | None, key: str) -> str:
        """Takes a message in."""
        arrives, picture = self._waiting.get(address, (None, False))
        wanted = not picture or (attachment is not None and attachment.media_type.startswith("image/"))
        if arrives is not None and not arrives.done() and wanted:
            arrives.set_result(None)
        return key

    async def busy(self, address: str) -> None:
        """Takes no notice."""


async def run(rounds: int = ROUNDS) -> list[Row]:
    """Every picture is drawn afresh: something was logged before it, and no drawn one is kept."""
    pictures.KEPT = 0
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/limber.db"
        app = build(load_settings({"DATABASE_URL": url, "LOCAL_CHAT": "false"}, None))
        await migrate(url)
        await app.database.start()
        app.engine.patience = Patience(limit=10**6)
        door = Doorstep()
        app.send_through(door)
        try:
            await app.database.write(lambda store: _people(store))
            settle()
            drawn, others = await _measured(app, door, rounds)
        finally:
            gc.unfreeze()
            await app.supervisor.stop(5)
            await app.exits.aclose()
            await app.database.stop()
    return [
        _row("/progress of five years, picture included", drawn, LIMIT),
        _row("meanwhile, another person's reply", others, OTHERS_LIMIT),
    ]


def _row(what: str, took: list[float], limit: float) -> Row:
    said = f"p95 {_p95(took) * 1e3:.0f} ms, median {median(took) * 1e3:.0f} ms, {len(took)} times"
    return Row(what, f"p95 ≤ {limit * 1e3:.0f} ms", said, _p95(took) <= limit)


def _people(store: Store) -> None:
    now = SystemClock().now()
    for name in ("ada", "eve"):
        person = store.people.meet(_PLATFORM, name, now, "en", "Europe/Berlin").person
        store.people.agree(person.id, "records", 1, now, _PLATFORM)
        if name == "ada":
            lived(store, person.id, now)


async def _measured(app: App, door: Doorstep, rounds: int) -> tuple[list[float], list[float]]:
    pictures: list[float] = []
    others: list[float] = []
    for number in range(rounds * len(_WINDOWS)):
        await _says(app, door, "ada", f"/log {number % 9 + 1} min")
        drawing = asyncio.create_task(
            _says(app, door, "ada", f"/progress {_WINDOWS[number % 3]}", picture=True)
        )
        while not drawing.done():
            others.append(await _says(app, door, "eve", "/about"))
            await asyncio.sleep(_EVERY)
        pictures.append(await drawing)
    return pictures, others


async def _says(app: App, door: Doorstep, who: str, words: str, *, picture: bool = False) -> float:
    """Sends a message; answers with the seconds until the reply is carried out."""
    arrives = door.expect(who, picture=picture)
    key = f"{who}:{time.perf_counter_ns()}"
    began = time.perf_counter()
    await app.engine.handle(Incoming(_PLATFORM, who, key, SystemClock().now(), text=words))
    await asyncio.wait_for(arrives, 10)
    return time.perf_counter() - began


def _p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


if __name__ == "__main__":
    print(table(asyncio.run(run())))
