"""Who may come in: the browser that opened the page on this machine, and no page of anyone else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from playwright.async_api import Page, expect
from starlette.responses import HTMLResponse
from starlette.types import Message, Receive, Scope, Send
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.platforms.local.echo import KEY, WORDS, EchoHome, invited, page_of, serving

pytestmark = pytest.mark.asyncio(loop_scope="session")

FOREIGN_HOSTS = [
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example:8080",
    "10.0.0.7:8080",
    "[::2]",
]
PICTURE = (b"\x89PNG", "image/png", "week.png")


@asynccontextmanager
async def opened(site: str) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that has the page's cookie."""
    async with httpx.AsyncClient(base_url=site) as client:
        (await client.get(invited(site), follow_redirects=True)).raise_for_status()
        yield client


async def cookie_of(site: str) -> str:
    async with opened(site) as client:
        return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


async def knock(site: str, **headers: str) -> int:
    """Tries to open the socket; the status of the answer (101: it is open)."""
    address = site.replace("http", "ws") + "/socket"
    try:
        async with connect(address, additional_headers=headers, proxy=None):
            return 101
    except InvalidStatus as refusal:
        return refusal.response.status_code


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
async def test_another_name_for_this_machine_is_refused(site: str, host: str) -> None:
    async with opened(site) as client:
        for path in ("/", f"/?key={KEY}", "/static/main.js", "/files/1"):
            refused = await client.get(path, headers={"Host": host})
            assert (refused.status_code, refused.text.strip()) == (403, WORDS["stranger"])
            assert "set-cookie" not in refused.headers


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "localhost:8080", "[::1]:8080"])
async def test_loopback_may_be_called_by_its_own_names(site: str, host: str) -> None:
    async with httpx.AsyncClient(base_url=site) as client:
        invitation = await client.get(f"/?key={KEY}", headers={"Host": host})
        assert (invitation.status_code, invitation.headers["location"]) == (303, "/")
        cookie = invitation.headers["set-cookie"].partition(";")[0]
        assert (await client.get("/", headers={"Host": host, "Cookie": cookie})).status_code == 200


@pytest.mark.parametrize("hosts", [[], ["localhost", "evil.example"], ["localhost", "localhost"]])
async def test_a_request_names_one_host(home: EchoHome, hosts: list[str]) -> None:
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "query_string": b"",
        "headers": [(b"host", host.encode()) for host in hosts],
    }
    answers: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        answers.append(message)

    await page_of(home)(scope, receive, send)
    assert answers[0]["status"] == 403


async def test_the_socket_opens_for_our_own_page_only(site: str) -> None:
    cookie = await cookie_of(site)
    assert await knock(site, Origin=site, Cookie=cookie) == 101
    assert await knock(site, Cookie=cookie) == 403
    for origin in ("http://evil.example", "null", "http://localhost:1", site.replace("http", "https")):
        assert await knock(site, Origin=origin, Cookie=cookie) == 403


@pytest.mark.parametrize(
    "path", ["/", "/?key=", f"/?key={KEY[:-1]}", f"/?key={KEY.upper()}", "/?key=ü", "/?k=x"]
)
async def test_without_the_link_nothing_is_shown_but_a_sentence(site: str, home: EchoHome, path: str) -> None:
    home.say("1", text="felt silly")
    for came_from in ("none", "same-origin", "same-site"):
        async with httpx.AsyncClient(base_url=site) as stranger:
            refused = await stranger.get(path, headers={"Sec-Fetch-Site": came_from})
            assert refused.status_code == 403
            assert WORDS["stranger"] in refused.text
            assert "set-cookie" not in refused.headers
            for other in ("/files/1", "/nowhere", "/upload"):
                refused = await stranger.get(other)
                assert (refused.status_code, refused.text.strip()) == (403, WORDS["stranger"])


async def test_the_key_opens_more_than_once_and_ends_with_the_process(home: EchoHome, port: int) -> None:
    async with serving(page_of(home), port) as site, httpx.AsyncClient(base_url=site) as client:
        for _ in range(2):
            assert (await client.get(invited(site))).status_code == 303
            client.cookies.clear()
    async with serving(page_of(home, key="b" * 43), port) as site, httpx.AsyncClient(base_url=site) as client:
        assert (await client.get(invited(site))).status_code == 403


async def test_led_here_from_elsewhere_the_browser_that_is_known_gets_in(page: Page, site: str) -> None:
    """A link on another site, to which the browser does not show its cookie; and our own, out of a file."""
    link = "data:text/html,<a href='{}'>Limber</a>"
    for address, title in (
        (site, WORDS["stranger"]),
        (invited(site), WORDS["begin"]),
        (site, WORDS["begin"]),
    ):
        await page.goto(link.format(address))
        await page.get_by_role("link").click()
        await expect(page.get_by_text(title)).to_be_visible()
        assert page.url == f"{site}/"


async def test_a_page_on_another_port_neither_opens_the_socket_nor_reads_anything(
    page: Page, site: str, home: EchoHome, port: int
) -> None:
    """Cookies do not tell ports apart: the browser shows ours, and is refused all the same."""
    home.files["out:1"] = PICTURE
    await page.goto(invited(site))
    async with serving(_Elsewhere(), port) as elsewhere:
        await page.goto(elsewhere)
        assert await page.evaluate(_TRIES, site) == ["no socket", "nothing read", "nothing read"]
    assert home.received == []


class _Elsewhere:
    """Somebody else's page on this machine."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await HTMLResponse("<!doctype html><title>Elsewhere</title>")(scope, receive, send)


_TRIES = """async (site) => {
  const credentials = "include";
  const opened = new Promise((told) => {
    const socket = new WebSocket(site.replace("http", "ws") + "/socket");
    socket.onopen = () => told("open");
    socket.onerror = () => told("no socket");
  });
  const read = (path) =>
    fetch(site + path, { credentials }).then((got) => got.text(), () => "nothing read");
  await fetch(site + "/upload", { method: "POST", credentials, mode: "no-cors", body: "{}" });
  return [await opened, await read("/"), await read("/files/out:1")];
}"""


async def test_the_socket_needs_our_cookie(site: str) -> None:
    cookie = await cookie_of(site)
    name, _, value = cookie.partition("=")
    token, _, seal = value.partition(".")
    for wrong in ("", f"{name}=", f"{name}={token}", f"{name}=x{token}.{seal}", f"{name}={token}.ü"):
        assert await knock(site, Origin=site, Cookie=wrong) == 403


async def test_the_cookie_is_kept_from_scripts_and_from_other_sites(site: str) -> None:
    async with httpx.AsyncClient(base_url=site) as client:
        given = (await client.get(invited(site))).headers["set-cookie"]
    assert given.startswith(f"limber_{httpx.URL(site).port}=")
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= {part.strip() for part in given.split(";")}


async def test_the_cookie_is_still_good_after_a_restart(home: EchoHome, port: int) -> None:
    async with serving(page_of(home), port) as site:
        cookie = await cookie_of(site)
    async with serving(page_of(home), port) as site:
        assert await knock(site, Origin=site, Cookie=cookie) == 101


async def test_files_need_the_cookie(site: str, home: EchoHome) -> None:
    home.files["out:1"] = PICTURE
    async with httpx.AsyncClient(base_url=site) as stranger:
        assert (await stranger.get("/files/out:1")).status_code == 403
    async with opened(site) as client:
        picture = await client.get("/files/out:1")
        assert (picture.content, picture.headers["content-type"]) == (PICTURE[0], "image/png")
        assert picture.headers["content-disposition"].startswith("inline")
        assert (await client.get("/files/out:2")).status_code == 404


async def test_what_is_not_plainly_a_picture_is_downloaded_under_its_name(site: str, home: EchoHome) -> None:
    home.files["1"] = (b"<script>", "text/html", 'my "words".html')
    async with opened(site) as client:
        answer = await client.get("/files/1")
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''my%20%22words%22.html"
    assert "sandbox" in answer.headers["content-security-policy"]


async def test_every_answer_carries_the_security_headers(site: str) -> None:
    async with opened(site) as client:
        for path in ("/", "/static/page.css", "/files/none", "/nowhere"):
            headers = (await client.get(path)).headers
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] == "no-referrer"
            assert headers["cross-origin-resource-policy"] == "same-origin"
            assert headers["cache-control"] == "no-store"
            policy = headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy


async def test_a_server_may_tell_the_page_that_it_starts_and_stops(home: EchoHome) -> None:
    told = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])
    answers: list[str] = []

    async def receive() -> Message:
        return next(told)

    async def send(message: Message) -> None:
        answers.append(message["type"])

    await page_of(home)({"type": "lifespan", "asgi": {"version": "3.0"}}, receive, send)
    assert answers == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


async def test_no_way_leads_out_of_the_static_folder(site: str) -> None:
    async with opened(site) as client:
        for path in ("/static/../page.py", "/static/%2e%2e/page.py", "/static/..%2fpage.py"):
            assert (await client.get(path)).status_code == 404


async def test_a_file_comes_from_the_page_alone_and_once(site: str, home: EchoHome) -> None:
    headers = {"X-Id": "00000000-0000-4000-8000-000000000001", "X-Name": "my%20file.json"}
    async with opened(site) as client:
        own = {**headers, "Origin": site}
        assert (await client.post("/upload", content=b"{}", headers=headers)).status_code == 403
        assert (await client.post("/upload", content=b"{}", headers={**own, "X-Id": "7"})).status_code == 400
        assert (await client.post("/upload", content=b"{}", headers=own)).status_code == 204
        foreign = {**headers, "Origin": "http://evil.example"}
        assert (await client.post("/upload", content=b"{}", headers=foreign)).status_code == 403
        large = {**own, "X-Id": "00000000-0000-4000-8000-000000000002"}
        assert (await client.post("/upload", content=bytes(12_000_001), headers=large)).status_code == 204
    async with httpx.AsyncClient(base_url=site) as stranger:
        assert (await stranger.post("/upload", content=b"{}", headers=own)).status_code == 403
    documents = [each.document for each in home.received if each.document is not None]
    assert [each.name for each in documents] == ["my file.json", "my file.json"]
    assert [each.content for each in documents] == [b"{}", None]
