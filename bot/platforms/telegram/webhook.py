"""Takes updates that Telegram delivers. Each is answered 200 only after it was handled durably.

Telegram delivers the updates of a chat one after another, each until it was answered with 2xx.
"""

import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

log = logging.getLogger(__name__)

LARGEST_UPDATE = 1_048_576
_HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Webhook:
    """Receives updates at the path of `url` from whoever knows the secret, and hands them to `take`."""

    def __init__(self, url: str, secret: str, take: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        """`take` handles one update and raises where it is to come again."""
        self.path = urlsplit(url).path or "/"
        self._secret = secret.encode()
        self._take = take

    async def receive(self, request: Request) -> Response:
        """403 without the secret, 413 and 400 for what is no update, 503 where it is to come again."""
        shown = request.headers.get(_HEADER, "").encode()
        if not hmac.compare_digest(shown, self._secret):
            return Response(status_code=403)
        body = await _bounded(request)
        if body is None:
            return Response(status_code=413)
        update = _parsed(body)
        if update is None:
            return Response(status_code=400)
        try:
            await self._take(update)
        except Exception as error:
            log.error("an update was not taken", extra={"kind": type(error).__name__}, exc_info=error)
            return Response(status_code=503)
        return Response(status_code=200)


async def _bounded(request: Request) -> bytes | None:
    """The body; None if it is larger than any update, nothing where the other side went away."""
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > LARGEST_UPDATE:
                return None
    except ClientDisconnect:
        return b""
    return bytes(body)


def _parsed(body: bytes) -> dict[str, Any] | None:
    try:
        update = json.loads(body)
    except ValueError:
        return None
    return update if isinstance(update, dict) and isinstance(update.get("update_id"), int) else None
