"""python-telegram-bot's way to the Bot API, on aiohttp: one bounded pool of connections.

The address of a call holds the bot's token, and aiohttp's errors hold the address. So nothing of aiohttp's
leaves this module: an error becomes python-telegram-bot's own, with `NotWritten` or `MaybeWritten` as its
cause, which says all that matters for the message that was on its way.
"""

import re
from typing import Any
from urllib.parse import urlencode
from urllib.request import getproxies, proxy_bypass

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientHttpProxyError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    FormData,
    InvalidURL,
    TCPConnector,
)
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

_HEADERS = {"User-Agent": BaseRequest.USER_AGENT}
_FORM_HEADERS = {**_HEADERS, "Content-Type": "application/x-www-form-urlencoded"}
_UNASKED_HEADERS = ("Accept", "Accept-Encoding")
_SENT = re.compile(rb'\{"ok":true,"result":\{"message_id":(\d+),')
_SHORT = b'{"ok":true,"result":{"message_id":%b,"date":0,"chat":{"id":0,"type":"private"}}}'
_NAMES_KEPT_SECONDS = 300
_IDLE_SECONDS = 60
_NEVER_WRITTEN = (ClientConnectorError, ClientHttpProxyError, ConnectionTimeoutError, InvalidURL)


class NotWritten(Exception):
    """Nothing of the request left this machine; the text is the kind of the error."""


class MaybeWritten(Exception):
    """The request was (partly) written and its answer is not known; the text is the kind of the error."""


class Transport(BaseRequest):
    """Calls methods of the Bot API over at most `connections` connections at a time.

    Times are in seconds, None for no limit: `pool` to wait for a free connection, `connect` to make one,
    `read` for any stretch in which the other side says nothing, `upload` the same while files are sent.
    The proxy is that of the environment (HTTPS_PROXY, HTTP_PROXY, NO_PROXY). Of a message that was sent,
    only its `message_id` is read: the rest of what Telegram answers is not parsed, nor is it kept.
    """

    __slots__ = ("_connect", "_connections", "_pool", "_read", "_routes", "_session", "_upload")

    def __init__(
        self,
        connections: int,
        *,
        pool: float | None = 30.0,
        connect: float | None = 5.0,
        read: float | None = 20.0,
        upload: float | None = 60.0,
    ) -> None:
        self._connections = connections
        self._pool, self._connect, self._read, self._upload = pool, connect, read, upload
        self._routes: dict[str, tuple[URL, str | None]] = {}
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds of silence that end a call, unless the call says otherwise."""
        return self._read

    async def initialize(self) -> None:
        """Makes the pool, empty as yet; does nothing if there is one."""
        if self._session is not None:
            return
        connector = TCPConnector(
            limit=self._connections, ttl_dns_cache=_NAMES_KEPT_SECONDS, keepalive_timeout=_IDLE_SECONDS
        )
        self._session = ClientSession(
            connector=connector, cookie_jar=DummyCookieJar(), skip_auto_headers=_UNASKED_HEADERS
        )
        self._routes.clear()

    async def shutdown(self) -> None:
        """Closes every connection."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and the body of the answer.

        Raises TimedOut or NetworkError, caused by `NotWritten` or `MaybeWritten`.
        """
        silence = _longest(_given(read_timeout, self._read), self._upload_pause(request_data, write_timeout))
        connect = _given(connect_timeout, self._connect)
        limits = ClientTimeout(
            total=None,
            connect=_sum(_given(pool_timeout, self._pool), connect),
            sock_connect=connect,
            sock_read=silence,
        )
        try:
            return await self._call(url, method, request_data, limits)
        except (ClientError, OSError) as error:
            failure, cause = _failure(error)
        raise failure from cause

    def _upload_pause(self, request_data: RequestData | None, given: ODVInput[float]) -> float | None:
        """The silence to bear because something is sent; 0 where a call sends no file."""
        has_files = request_data is not None and request_data.contains_files
        return _given(given, self._upload if has_files else 0.0)

    async def _call(
        self, url: str, method: str, request_data: RequestData | None, limits: ClientTimeout
    ) -> tuple[int, bytes]:
        if self._session is None:
            raise RuntimeError("the transport is not initialized")
        address, proxy = self._route(url)
        data, headers = _body(request_data)
        async with self._session.request(
            method,
            address,
            data=data,
            headers=headers,
            timeout=limits,
            proxy=proxy,
            allow_redirects=False,
        ) as answer:
            body = await answer.read()
            sent = _SENT.match(body) if answer.status == 200 else None
            return answer.status, _SHORT % sent.group(1) if sent else body

    def _route(self, url: str) -> tuple[URL, str | None]:
        """The address of a method and the proxy to it, worked out once: there are few methods."""
        route = self._routes.get(url)
        if route is None:
            address = URL(url)
            route = address, _proxy(address)
            if "/file/" not in url:
                self._routes[url] = route
        return route


def _proxy(address: URL) -> str | None:
    host = address.host or ""
    return None if proxy_bypass(host) else getproxies().get(address.scheme)


def _body(request_data: RequestData | None) -> tuple[Any, dict[str, str]]:
    if request_data is None:
        return None, _HEADERS
    if not request_data.contains_files:
        return urlencode(request_data.json_parameters).encode(), _FORM_HEADERS
    form = FormData(quote_fields=False, default_to_multipart=True)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, media_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=media_type)
    return form, _HEADERS


def _failure(error: Exception) -> tuple[NetworkError, Exception]:
    """python-telegram-bot's error for one of aiohttp's, and its cause; neither holds the other's text."""
    kind = type(error).__name__
    cause = NotWritten(kind) if isinstance(error, _NEVER_WRITTEN) else MaybeWritten(kind)
    return (TimedOut() if isinstance(error, TimeoutError) else NetworkError(kind)), cause


def _given(value: ODVInput[float], default: float | None) -> float | None:
    return default if isinstance(value, DefaultValue) else value


def _longest(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else max(one, other)


def _sum(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one + other
