"""The REST API, version 10: what one bot in direct messages needs of it."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.emulators.discord.errors import ApiError, unauthorized
from tests.emulators.discord.faults import Fault, Faults, Limit
from tests.emulators.discord.gateway import Gateway
from tests.emulators.discord.interactions import Interactions
from tests.emulators.discord.messages import Messages, Upload
from tests.emulators.discord.state import Json, State, user_json

Handler = Callable[[web.Request, Json, list[Upload]], Awaitable[Any]]


@dataclass
class Call:
    """One call of the bot: its name, its body, the status it got (None: no answer)."""

    name: str
    path: str
    body: Json = field(default_factory=dict)
    status: int | None = None
    accepted: bool = False


class RestApi:
    """Routes, the token, faults and limits around what `Messages` and `Interactions` do."""

    def __init__(self, state: State, gateway: Gateway) -> None:
        self._state = state
        self._gateway = gateway
        self.messages = Messages(state)
        self.interactions = Interactions(state, self.messages)
        self.faults = Faults()
        self.limit: Limit | None = None
        self.calls: list[Call] = []
        self.answered = asyncio.Event()
        self.failures: list[Exception] = []
        self.shards = 1
        self.app = web.Application(client_max_size=30 * 1024 * 1024)
        self._add_routes()

    def _add_routes(self) -> None:
        own, at = "/webhooks/{application}/{token}/messages/@original", "/channels/{channel}/messages"
        add = self._add
        add("GET", "/users/@me", "own_user", self._own_user)
        add("GET", "/oauth2/applications/@me", "own_application", self._own_application)
        add("GET", "/gateway/bot", "gateway", self._gateway_bot)
        add("PUT", "/applications/{application}/commands", "commands", self._put_commands)
        add("POST", "/users/@me/channels", "create_dm", self.messages.open_channel)
        add("GET", at, "history", self.messages.history)
        add("POST", at, "create_message", self.messages.create)
        add("PATCH", at + "/{message}", "edit_message", self.messages.edit)
        add("DELETE", at + "/{message}", "delete_message", self.messages.delete)
        add("POST", "/channels/{channel}/typing", "typing", self.messages.show_typing)
        add("POST", "/interactions/{id}/{token}/callback", "callback", self.interactions.respond)
        add("POST", "/webhooks/{application}/{token}", "followup", self.interactions.follow_up)
        add("GET", own, "original", self.interactions.original)
        add("PATCH", own, "edit_original", self.interactions.edit_original)
        add("DELETE", own, "delete_original", self.interactions.delete_original)
        self.app.router.add_get("/gateway/", self._gateway.serve)
        self.app.router.add_get("/attachments/{number}", self._uploaded)
        self.app.router.add_route("*", "/{anything:.*}", self._unknown)

    def _add(self, method: str, path: str, name: str, handler: Handler) -> None:
        async def answer(request: web.Request) -> web.StreamResponse:
            return await self._answer(request, name, handler)

        self.app.router.add_route(method, "/api/v10" + path, answer)

    async def _answer(self, request: web.Request, name: str, handler: Handler) -> web.StreamResponse:
        call = Call(name, request.path)
        self.calls.append(call)
        try:
            return await self._answer_call(request, call, handler)
        finally:
            self.answered.set()

    async def _answer_call(self, request: web.Request, call: Call, handler: Handler) -> web.StreamResponse:
        name = call.name
        fault = self.faults.pick(name)
        headers: dict[str, str] = {}
        try:
            self._check_token(request, name)
            call.body, uploads = await _body(request)
            if fault is None and name == "create_message" and self.limit is not None:
                headers = self.limit.take(int(request.match_info["channel"]))
            if fault is None or fault.accepted:
                answer = await handler(request, call.body, uploads)
                call.accepted = True
        except ApiError as error:
            return _refusal(call, error)
        except Exception as error:
            self.failures.append(error)
            raise
        if fault is not None:
            return _failed(request, call, fault)
        call.status = 204 if answer is None else 200
        return web.Response(status=204) if answer is None else _json(answer, headers=headers)

    def _check_token(self, request: web.Request, name: str) -> None:
        by_interaction = name in ("callback", "followup", "original", "edit_original", "delete_original")
        if not by_interaction and request.headers.get("Authorization") != f"Bot {self._state.token}":
            raise unauthorized()

    async def _unknown(self, request: web.Request) -> web.Response:
        self.failures.append(LookupError(f"no route for {request.method} {request.path}"))
        return _json({"code": 0, "message": "404: Not Found"}, 404)

    async def _uploaded(self, request: web.Request) -> web.Response:
        """A file that somebody sent, as it is fetched without a token."""
        call = Call("attachment", request.path)
        self.calls.append(call)
        fault = self.faults.pick("attachment")
        file = self._state.uploaded[request.match_info["number"]]
        call.status = 200 if fault is None or fault.error is None else fault.error.status
        return web.Response(body=file.content, status=call.status)

    async def _own_user(self, request: web.Request, body: Json, uploads: list[Upload]) -> Json:
        return self._state.bot

    async def _own_application(self, request: web.Request, body: Json, uploads: list[Upload]) -> Json:
        return {
            "id": self._state.application_id,
            "name": "Limber",
            "icon": None,
            "description": "",
            "bot_public": True,
            "bot_require_code_grant": False,
            "verify_key": "0" * 64,
            "team": None,
            "owner": user_json(1, "Operator"),
            "flags": 0,
            "summary": "",
        }

    async def _gateway_bot(self, request: web.Request, body: Json, uploads: list[Upload]) -> Json:
        limit = {"total": 1000, "remaining": 999, "reset_after": 14400000, "max_concurrency": 1}
        return {"url": self._gateway.url, "shards": self.shards, "session_start_limit": limit}

    async def _put_commands(self, request: web.Request, body: Json, uploads: list[Upload]) -> list[Json]:
        return self.interactions.set_commands(body["list"])


async def _body(request: web.Request) -> tuple[Json, list[Upload]]:
    if request.content_type == "multipart/form-data":
        return await _multipart(request)
    if not request.can_read_body:
        return {}, []
    given = await request.json()
    return (given if isinstance(given, dict) else {"list": given}), []


async def _multipart(request: web.Request) -> tuple[Json, list[Upload]]:
    body: Json = {}
    uploads: list[Upload] = []
    form = await request.post()
    for name, value in form.items():
        if name == "payload_json":
            body = json.loads(value if isinstance(value, str) else "{}")
        elif isinstance(value, web.FileField):
            number = int(name.removeprefix("files[").removesuffix("]"))
            uploads.append(Upload(number, value.filename, value.content_type, value.file.read()))
    return body, uploads


def _json(answer: object, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Without a character set in its type, as Discord answers."""
    given = {"Content-Type": "application/json", **(headers or {})}
    return web.Response(body=json.dumps(answer).encode(), status=status, headers=given)


def _refusal(call: Call, error: ApiError) -> web.Response:
    call.status = error.status
    body = {"code": error.code, "message": error.message, **error.extra}
    return _json(body, error.status, error.headers)


def _failed(request: web.Request, call: Call, fault: Fault) -> web.StreamResponse:
    if fault.error is not None:
        return _refusal(call, fault.error)
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
