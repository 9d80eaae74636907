"""The local chat page as a web application: the page itself, its socket, its pictures and files.

Over the socket go JSON objects. From the page: `hello` (zone, language) first, then, each with an `id` that
stays the same when it is sent again, `text`, `press` with `message`, or `place`. To the page: `words`,
`history` and `upcoming` in answer to `hello`; `taken` once an update is durable; `refused` with `words`, and
`later` if the page is to try again; `message`, where a known id is edited in place and the id of the person's
own message is its `update_key`; `typing`; `upcoming`. A file comes by POST (see `upload`).
"""

import json
from html import escape
from pathlib import Path
from string import Template
from typing import Final
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket

from bot.clock import Clock
from bot.platforms.local.frames import FRAME_BYTES
from bot.platforms.local.guard import KEY, Guard, Pass
from bot.platforms.local.hub import Hub
from bot.platforms.local.socket import Home, PageSocket
from bot.platforms.local.upload import received

__all__ = ["FRAME_BYTES", "PAGE_WORDS", "Home", "Hub", "build_page"]

PAGE_WORDS: Final = (
    "title",
    "no_script",
    "stranger",
    "welcome",
    "begin",
    "conversation",
    "message",
    "send",
    "you",
    "limber",
    "coming_up",
    "nothing_coming_up",
    "reconnecting",
    "waiting",
    "typing",
    "newest",
    "edit_again",
    "attach",
    "share_place",
    "my_place",
    "place_failed",
    "too_long",
    "not_understood",
    "not_taken",
)
"""The keys of `Home.words()`, beside `lang`: every string of the page itself."""

_STATIC = Path(__file__).parent / "static"
_SHOWN_IN_PLACE = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif"})


def build_page(home: Home, hub: Hub, clock: Clock, secret: bytes, key: str) -> Starlette:
    """The page as an ASGI application, for loopback only; `secret` seals the cookie across restarts.

    The browser that opens `/?key=<key>` is given the cookie.
    """
    passes = Pass(secret, key)
    index_, stranger, again = (_template(name) for name in ("index", "stranger", "again"))

    async def index(request: Request) -> Response:
        if passes.invites(request):
            welcome = RedirectResponse("/", status_code=303)
            passes.give(welcome, request.headers["host"])
            return welcome
        if passes.holds(request):
            return HTMLResponse(_filled(index_, home.words()))
        if _came_from_elsewhere(request):
            return HTMLResponse(_filled(again, home.words()))
        return HTMLResponse(_filled(stranger, home.words()), status_code=403)

    async def file(request: Request) -> Response:
        return _file_response(await home.file(request.path_params["ref"]))

    async def socket(websocket: WebSocket) -> None:
        await PageSocket(websocket, home, hub, clock).run()

    async def upload(request: Request) -> Response:
        return Response(status_code=await received(request, home, clock))

    return Starlette(
        routes=[
            Route("/", index),
            Route("/upload", upload, methods=["POST"]),
            WebSocketRoute("/socket", socket),
            Route("/files/{ref}", file),
            Mount("/static", StaticFiles(directory=_STATIC)),
        ],
        middleware=[Middleware(Guard, passes=passes, refusal=home.words()["stranger"])],
    )


def _template(name: str) -> Template:
    return Template((_STATIC / f"{name}.html").read_text(encoding="utf-8"))


def _came_from_elsewhere(request: Request) -> bool:
    """Whether a link on another site or in a file led here: the browser then keeps its cookie to itself.

    Our own page, asked once more from our own page, gets it.
    """
    return request.headers.get("sec-fetch-site") == "cross-site" and KEY not in request.query_params


def _filled(template: Template, words: dict[str, str]) -> str:
    return template.substitute(
        lang=escape(words["lang"]),
        title=escape(words["title"]),
        no_script=escape(words["no_script"]),
        stranger=escape(words["stranger"]),
        words=json.dumps(words).replace("<", "\\u003c"),
    )


def _file_response(found: tuple[bytes, str, str] | None) -> Response:
    """A file under its own name; what is not plainly a picture is downloaded, never opened in our origin."""
    if found is None:
        return Response(status_code=404)
    content, media_type, name = found
    shown = "inline" if media_type in _SHOWN_IN_PLACE else "attachment"
    headers = {
        "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(content, media_type=media_type, headers=headers)
