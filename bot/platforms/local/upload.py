"""A file that the page sends: by POST, under the id of its update, so that sent again it changes nothing."""

from urllib.parse import unquote
from uuid import UUID

from starlette.requests import ClientDisconnect, Request

from bot.clock import Clock
from bot.conversation.messages import LARGEST_DOCUMENT, Document, Incoming
from bot.platforms.local.socket import ADDRESS, PLATFORM, Home

TAKEN, NOT_UNDERSTOOD = 204, 400
_LONGEST_NAME = 200


async def received(request: Request, home: Home, clock: Clock) -> int:
    """Takes the file in; answers with the status. Its id and name are in `X-Id` and `X-Name`."""
    try:
        update_id = UUID(request.headers.get("x-id", ""))
        content = await _bounded(request)
    except (ValueError, ClientDisconnect):
        return NOT_UNDERSTOOD
    name = unquote(request.headers.get("x-name", ""))[:_LONGEST_NAME]
    await home.receive(
        Incoming(
            platform=PLATFORM,
            address=ADDRESS,
            update_key=f"{PLATFORM}:{update_id}",
            at=clock.now(),
            text="",
            document=Document(name, content),
        )
    )
    return TAKEN


async def _bounded(request: Request) -> bytes | None:
    """The body; None as soon as it is more than may be taken."""
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > LARGEST_DOCUMENT:
            return None
    return bytes(content)
