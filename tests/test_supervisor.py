"""The supervisor: work is held, its failures are told without words, and it ends when told to."""

import asyncio
import logging

import pytest

from bot.supervisor import Supervisor

WORDS = "my panic attacks came back"


async def fail() -> None:
    raise ValueError(WORDS)


class Pauses:
    """Takes the place of waiting: notes how long, and lets the wait end when `count` are noted."""

    def __init__(self, count: int) -> None:
        self.seconds: list[float] = []
        self.enough = asyncio.Event()
        self._count = count

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        if len(self.seconds) >= self._count:
            self.enough.set()
            await asyncio.Event().wait()


def told(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    return [record.__dict__ for record in caplog.records if record.name == "bot.supervisor"]


async def test_work_runs_and_is_forgotten_when_done() -> None:
    supervisor = Supervisor()
    ran = asyncio.Event()

    async def work() -> None:
        ran.set()

    task = supervisor.start(work(), "once")
    assert supervisor.running == {"once"}
    await task
    assert ran.is_set()
    assert supervisor.running == frozenset()


async def test_a_failure_is_logged_with_type_and_place_and_no_words(caplog: pytest.LogCaptureFixture) -> None:
    task = Supervisor().start(fail(), "sender")
    with pytest.raises(ValueError, match=WORDS):
        await task
    (record,) = told(caplog)
    assert record["task"] == "sender"
    assert str(record["failure"]).startswith("ValueError < test_supervisor.py:")
    assert "panic" not in caplog.text
    assert "panic" not in str(record)


async def test_kept_work_is_started_afresh_with_growing_pauses(caplog: pytest.LogCaptureFixture) -> None:
    pauses = Pauses(9)
    supervisor = Supervisor(pauses)
    supervisor.keep(fail, "nudger")
    await pauses.enough.wait()
    assert pauses.seconds == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert [record["retry_s"] for record in told(caplog)] == pauses.seconds
    assert "panic" not in str(told(caplog))
    assert supervisor.running == {"nudger"}
    await supervisor.stop(1)
    assert supervisor.running == frozenset()


async def test_the_pause_is_short_again_after_a_minute_without_failure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pauses = Pauses(4)
    supervisor = Supervisor(pauses)
    now = 0.0
    lasts = iter([0.0, 0.0, 61.0, 0.0])

    async def work() -> None:
        nonlocal now
        now += next(lasts)
        raise ValueError

    monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: now)
    supervisor.keep(work, "nudger")
    await pauses.enough.wait()
    monkeypatch.undo()
    assert pauses.seconds == [1, 2, 1, 2]
    await supervisor.stop(1)


async def test_kept_work_that_returns_is_done() -> None:
    supervisor = Supervisor()
    outcomes = iter([ValueError, None])

    async def work() -> None:
        outcome = next(outcomes)
        if outcome:
            raise outcome

    pauses = Pauses(99)
    supervisor = Supervisor(pauses)
    await supervisor.keep(work, "poller")
    assert pauses.seconds == [1]
    assert supervisor.running == frozenset()


async def test_stop_cancels_all_and_lets_it_tidy_up(caplog: pytest.LogCaptureFixture) -> None:
    supervisor = Supervisor()
    tidied: list[str] = []

    async def work(name: str) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            tidied.append(name)

    for name in ("one", "two"):
        supervisor.start(work(name), name)
    await asyncio.sleep(0)
    assert await supervisor.stop(1) == frozenset()
    assert sorted(tidied) == ["one", "two"]
    assert told(caplog) == []


async def test_what_does_not_end_in_time_is_named(caplog: pytest.LogCaptureFixture) -> None:
    supervisor = Supervisor()
    go = asyncio.Event()

    async def stubborn() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            await go.wait()

    task = supervisor.start(stubborn(), "stubborn")
    await asyncio.sleep(0)
    assert await supervisor.stop(0.01) == {"stubborn"}
    assert [record["task"] for record in told(caplog)] == ["stubborn"]
    assert caplog.records[0].levelno == logging.ERROR
    go.set()
    await task


async def test_nothing_starts_while_stopping() -> None:
    supervisor = Supervisor()
    assert await supervisor.stop(1) == frozenset()
    with pytest.raises(RuntimeError, match="late was started while stopping"):
        supervisor.start(fail(), "late")
