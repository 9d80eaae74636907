"""What one server serves: whether Limber is well, the webhook, and the local page where it is on."""

from collections.abc import Awaitable, Callable, Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route

Receive = Callable[[Request], Awaitable[Response]]


def build_web(*, page: Starlette | None = None, webhooks: Sequence[tuple[str, Receive]] = ()) -> Starlette:
    """One application. `webhooks` are paths with what receives a POST there; the page has all other paths."""
    routes: list[BaseRoute] = [Route("/healthz", _healthz)]
    routes += [Route(path, receive, methods=["POST"]) for path, receive in webhooks]
    if page is not None:
        routes.append(Mount("", page))
    return Starlette(routes=routes)


async def _healthz(_: Request) -> Response:
    """The process is there and its loop turns."""
    return PlainTextResponse("ok\n")
