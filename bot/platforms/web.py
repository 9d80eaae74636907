"""What one server serves: whether Limber is well, figures, the webhook, the local page where it is on."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route

Receive = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Insight:
    """What operators may look at.

    `ready` says of each part whether it is; `figures` answers with the metrics and their media type.
    """

    ready: Callable[[], Awaitable[Mapping[str, bool]]]
    figures: Callable[[], Awaitable[tuple[bytes, str]]]

    async def readyz(self, _: Request) -> Response:
        """200 if every part is ready, 503 otherwise; in JSON, which is and which is not."""
        parts = await self.ready()
        is_ready = all(parts.values())
        said = {name: "ready" if part else "not ready" for name, part in parts.items()}
        return JSONResponse({"ready": is_ready, "parts": said}, status_code=200 if is_ready else 503)

    async def metrics(self, _: Request) -> Response:
        """The figures as they are now."""
        content, media_type = await self.figures()
        return Response(content, headers={"Content-Type": media_type})


def build_web(
    insight: Insight, *, page: Starlette | None = None, webhooks: Sequence[tuple[str, Receive]] = ()
) -> Starlette:
    """One application. `webhooks` are paths with what receives a POST there; the page has all other paths."""
    routes: list[BaseRoute] = [
        Route("/healthz", _healthz),
        Route("/readyz", insight.readyz),
        Route("/metrics", insight.metrics),
    ]
    routes += [Route(path, receive, methods=["POST"]) for path, receive in webhooks]
    if page is not None:
        routes.append(Mount("", page))
    return Starlette(routes=routes)


async def _healthz(_: Request) -> Response:
    """The process is there and its loop turns."""
    return PlainTextResponse("ok\n")
