"""The Bot API over HTTP: from a request to a method and back to an answer."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.emulators.telegram import account, messages
from tests.emulators.telegram.bodies import read_parameters
from tests.emulators.telegram.calls import Call
from tests.emulators.telegram.contract import check_call
from tests.emulators.telegram.delivery import Delivery
from tests.emulators.telegram.errors import ApiError
from tests.emulators.telegram.faults import SENDING, Ending, Fault, Faults, FloodLimits
from tests.emulators.telegram.server import NoAnswer
from tests.emulators.telegram.state import Json, State

Method = Callable[[State, Json], Any | Awaitable[Any]]


class BotApi:
    """Answers the calls of one bot and records them.

    `failures` holds mistakes of the emulator itself, which must not pass for answers of Telegram.
    """

    def __init__(self, state: State, delivery: Delivery) -> None:
        self.state = state
        self.faults = Faults()
        self.limits: FloodLimits | None = None
        self.calls: list[Call] = []
        self.arrived = asyncio.Event()
        self.failures: list[Exception] = []
        self._methods = _methods(delivery)
        verbs = ["GET", "POST"]
        self.app = Starlette(
            routes=[
                Route("/bot{token}/{method}", self._answer, methods=verbs),
                Route("/file/bot{token}/{path:path}", self._download, methods=["GET"]),
            ]
        )

    async def _answer(self, request: Request) -> Response:
        call = Call(time.monotonic(), request.path_params["method"])
        self.calls.append(call)
        self.arrived.set()
        try:
            response = await self._respond(request, call)
        except ApiError as error:
            response = _refused(call, error)
        except Exception as error:
            self.failures.append(error)
            raise
        if request.scope["state"]["connection"].is_lost:
            call.status = None
        return response

    async def _respond(self, request: Request, call: Call) -> Response:
        self._check_token(request)
        if call.method not in self._methods:
            raise ApiError(404, "Not Found: method not found")
        call.parameters = check_call(call.method, await read_parameters(request))
        fault = self.faults.pick(call.method, call.parameters.get("chat_id"))
        if fault is not None and not fault.accepted:
            return _failed(call, fault)
        result = await self._carry_out(call)
        if fault is not None:
            return _failed(call, fault)
        call.status = 200
        return JSONResponse({"ok": True, "result": result})

    def _check_token(self, request: Request) -> None:
        if request.path_params["token"] != self.state.token:
            raise ApiError(401, "Unauthorized")
        if self.state.logged_out:
            raise ApiError(400, "Logged out")

    async def _carry_out(self, call: Call) -> Any:
        if self.limits is not None and call.method in SENDING:
            self._check_limits(self.limits, call)
        result = self._methods[call.method](self.state, call.parameters)
        if isawaitable(result):
            result = await result
        call.accepted = True
        return result

    def _check_limits(self, limits: FloodLimits, call: Call) -> None:
        chat = self.state.chat(call.parameters["chat_id"])
        is_paid = call.parameters.get("allow_paid_broadcast", False)
        limits.check(call.at, chat.id, is_group=chat.is_group, is_paid=is_paid)

    async def _download(self, request: Request) -> Response:
        if request.path_params["token"] != self.state.token:
            return _error(ApiError(401, "Unauthorized"))
        for stored in self.state.files.values():
            if stored.path == request.path_params["path"]:
                return Response(stored.content, media_type="application/octet-stream")
        return _error(ApiError(404, "Not Found"))


def _methods(delivery: Delivery) -> dict[str, Method]:
    return {
        "getMe": account.get_me,
        "logOut": account.log_out,
        "close": account.close,
        "getUpdates": delivery.get_updates,
        "setWebhook": delivery.set_webhook,
        "deleteWebhook": delivery.delete_webhook,
        "getWebhookInfo": delivery.get_webhook_info,
        "sendMessage": messages.send_message,
        "sendPhoto": messages.send_photo,
        "sendDocument": messages.send_document,
        "sendChatAction": messages.send_chat_action,
        "editMessageText": messages.edit_message_text,
        "editMessageCaption": messages.edit_message_caption,
        "editMessageReplyMarkup": messages.edit_message_reply_markup,
        "deleteMessage": messages.delete_message,
        "answerCallbackQuery": messages.answer_callback_query,
        "setMyCommands": account.set_my_commands,
        "getMyCommands": account.get_my_commands,
        "deleteMyCommands": account.delete_my_commands,
        "setMyDescription": account.set_my_description,
        "setMyShortDescription": account.set_my_short_description,
        "setChatMenuButton": account.set_chat_menu_button,
        "getFile": account.get_file,
        "getChat": account.get_chat,
    }


def _failed(call: Call, fault: Fault) -> Response:
    if fault.error is not None:
        return _refused(call, fault.error)
    return NoAnswer(reset=fault.ending is Ending.RESET)


def _refused(call: Call, error: ApiError) -> Response:
    call.status, call.description = error.status, error.description
    return _error(error)


def _error(error: ApiError) -> Response:
    body: Json = {"ok": False, "error_code": error.status, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return JSONResponse(body, status_code=error.status)
