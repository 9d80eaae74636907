"""Keeps everyone out of the local page but whoever started Limber on this machine.

They are known by the link that they were given: it holds a key of 256 bits, made afresh with each start, and
opening it gives the browser a cookie. Any user of the machine can reach the port; the key they can't read.

Other web pages in the same browser are strangers: they may not reach us under a name of their own (DNS
rebinding), open our socket from theirs, or show our pictures. See the security headers below, and for the
attacks OWASP's cheat sheets on cross-site WebSocket hijacking and on DNS rebinding.
"""

import hmac
import re
import secrets
from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

_OURS = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::(?P<port>[0-9]{1,5}))?")
_OPEN = ("/static/",)
KEY = "key"
"""The parameter of the link that holds its key."""
_YEAR_SECONDS = 31_536_000
_POLICY_VIOLATION = 1008
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
}


class Pass:
    """The cookie by which we know a browser again, a random token that is sealed; and who gets one."""

    def __init__(self, secret: bytes, key: str) -> None:
        """`key` is that of the link: whoever shows it is given the cookie."""
        self._secret = secret
        self._key = key

    def invites(self, connection: HTTPConnection) -> bool:
        """Whether this is our link."""
        shown = connection.query_params.get(KEY, "")
        return hmac.compare_digest(shown.encode(), self._key.encode())

    def give(self, response: Response, host: str) -> None:
        """Sets the cookie. It is valid for as long as the secret is, across restarts."""
        token = secrets.token_urlsafe(32)
        value = f"{token}.{self._seal(token)}"
        response.set_cookie(
            _cookie_name(host), value, max_age=_YEAR_SECONDS, httponly=True, samesite="strict", path="/"
        )

    def holds(self, connection: HTTPConnection) -> bool:
        """Whether the connection shows a cookie of ours."""
        value = connection.cookies.get(_cookie_name(connection.headers.get("host", "")), "")
        token, _, seal = value.partition(".")
        return hmac.compare_digest(seal.encode(), self._seal(token).encode())

    def _seal(self, token: str) -> str:
        return hmac.new(self._secret, b"local page by link\0" + token.encode(), sha256).hexdigest()


class Guard:
    """Refuses strangers with 403 and a sentence, and puts the security headers on every answer.

    The page itself, "/", looks after its guests: only there can somebody be told what to do.
    """

    def __init__(self, app: ASGIApp, passes: Pass, refusal: str) -> None:
        self._app = app
        self._passes = passes
        self._refusal = refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection (ASGI)."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        host = _own_host(Headers(scope=scope))
        if host is None or not self._welcome(HTTPConnection(scope), host):
            await self._refuse(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(MutableHeaders(scope=message), host)
            await send(message)

        await self._app(scope, receive, send_safely)

    def _welcome(self, connection: HTTPConnection, host: str) -> bool:
        writes = connection.scope["type"] == "websocket" or connection.scope["method"] == "POST"
        if writes and connection.headers.getlist("origin") != [f"http://{host}"]:
            return False
        path = connection.scope["path"]
        return path == "/" or path.startswith(_OPEN) or self._passes.holds(connection)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await WebSocketClose(code=_POLICY_VIOLATION)(scope, receive, send)
            return
        await PlainTextResponse(self._refusal + "\n", status_code=403)(scope, receive, send)


def _own_host(headers: Headers) -> str | None:
    """The host that was asked for, if it is this machine and nothing else."""
    hosts = headers.getlist("host")
    return hosts[0] if len(hosts) == 1 and _OURS.fullmatch(hosts[0]) else None


def _cookie_name(host: str) -> str:
    """Cookies do not tell ports apart, so the name does."""
    match = _OURS.fullmatch(host)
    return f"limber_{(match and match['port']) or '80'}"


def _add_headers(headers: MutableHeaders, host: str) -> None:
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("Cache-Control", "no-store")
    headers.setdefault("Content-Security-Policy", _content_policy(host))


def _content_policy(host: str) -> str:
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        f"connect-src 'self' ws://{host}; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
