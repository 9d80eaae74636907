"""Reads the parameters of a call out of an HTTP request, in any of the encodings Telegram takes."""

import json
from email import message_from_string
from email.message import Message
from urllib.parse import parse_qsl

from starlette.requests import Request

from tests.emulators.telegram.contract import Upload
from tests.emulators.telegram.errors import bad_request

_ATTACHED = "attach://"


async def read_parameters(request: Request) -> dict[str, object]:
    """Query string and body together; files as Upload. Raises ApiError for a body that is not readable."""
    parameters: dict[str, object] = dict(request.query_params)
    body = await request.body()
    content_type = _header("Content-Type", request.headers.get("content-type", ""))
    match content_type.get_content_type() if body else None:
        case None:
            return parameters
        case "application/json":
            return parameters | _from_json(body)
        case "application/x-www-form-urlencoded":
            return parameters | dict(parse_qsl(body.decode(), keep_blank_values=True))
        case "multipart/form-data":
            return parameters | _from_multipart(body, str(content_type.get_param("boundary")))
        case other:
            raise bad_request(f"content type {other} is not supported")


def _from_json(body: bytes) -> dict[str, object]:
    try:
        value = json.loads(body)
    except ValueError as error:
        raise bad_request("can't parse JSON body") from error
    if not isinstance(value, dict):
        raise bad_request("JSON body must be an object")
    return value


def _from_multipart(body: bytes, boundary: str) -> dict[str, object]:
    values: dict[str, object] = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary.encode())[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        disposition = message_from_string(head.decode().lstrip())
        name = str(disposition.get_param("name", header="content-disposition"))
        file_name = disposition.get_filename()
        values[name] = content.decode() if file_name is None else Upload(file_name, content)
    return _attached(values)


def _attached(values: dict[str, object]) -> dict[str, object]:
    links = {
        name: value.removeprefix(_ATTACHED)
        for name, value in values.items()
        if isinstance(value, str) and value.startswith(_ATTACHED)
    }
    for name, file in links.items():
        if file not in values:
            raise bad_request(f"file {file} is attached nowhere")
        values[name] = values[file]
    return {name: value for name, value in values.items() if name not in links.values()}


def _header(name: str, value: str) -> Message:
    message = Message()
    message[name] = value
    return message
