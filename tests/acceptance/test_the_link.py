"""Starting Limber on one's own computer: the link that is shown lets in who started it, and nobody else."""

import asyncio
import os
import sys
from pathlib import Path

import httpx

from tests.acceptance.process import ROOT
from tests.clock import MovableClock
from tests.running import running


async def _started(folder: Path, stdout: int) -> asyncio.subprocess.Process:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PORT": "0",
        "DATABASE_URL": f"sqlite:///{folder}/limber.db",
    }
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        env=environment,
        cwd=folder,
        stdout=stdout,
        stderr=asyncio.subprocess.PIPE,
    )


async def test_what_a_terminal_shows_opens_the_page(tmp_path: Path) -> None:
    terminal, its_end = os.openpty()
    started = await _started(tmp_path, its_end)
    os.close(its_end)
    with os.fdopen(terminal) as shown:
        async with asyncio.timeout(30):
            link = (await asyncio.to_thread(shown.readline)).removeprefix("Limber: ").strip()
        file = tmp_path / "limber.link"
        assert file.read_text() == f"{link}\n"
        assert file.stat().st_mode & 0o777 == 0o600
        async with httpx.AsyncClient(follow_redirects=True) as client:
            page = await client.get(link)
            assert (page.status_code, page.url.query) == (200, b"")
            assert "/static/main.js" in page.text
        async with httpx.AsyncClient(follow_redirects=True) as stranger:
            refused = await stranger.get(link.partition("?")[0])
            assert refused.status_code == 403
            assert "open the whole link" in refused.text
        started.terminate()
        _, logged = await started.communicate()
    assert link.partition("=")[2].encode() not in logged
    assert not file.exists()


async def test_what_may_be_kept_as_a_log_says_only_where_the_link_lies(tmp_path: Path) -> None:
    started = await _started(tmp_path, asyncio.subprocess.PIPE)
    assert started.stdout is not None
    async with asyncio.timeout(30):
        printed = (await started.stdout.readline()).decode()
    file = tmp_path / "limber.link"
    key = file.read_text().strip().partition("=")[2]
    assert printed == f"Limber: open the link in {file}\n"
    started.terminate()
    rest, logged = await started.communicate()
    assert key
    assert key.encode() not in printed.encode() + rest + logged


async def test_the_browser_is_still_known_after_a_restart(tmp_path: Path, clock: MovableClock) -> None:
    async with httpx.AsyncClient(follow_redirects=True) as client:
        async with running(tmp_path, clock, LOCAL_CHAT="true") as app:
            assert (await client.get(app.link)).status_code == 200
            old, port = app.link, app.port
        async with running(tmp_path, clock, LOCAL_CHAT="true", PORT=str(port)) as app:
            assert app.link != old
            assert (await client.get(app.link.partition("?")[0])).status_code == 200
            client.cookies.clear()
            assert (await client.get(old)).status_code == 403
