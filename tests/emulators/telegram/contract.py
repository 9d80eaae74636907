"""Holds each call against `contract.toml`: names, types, bounds.

Values come as text from forms and query strings, or typed from a JSON body; what comes out is typed.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.emulators.telegram.errors import ApiError, bad_request

_INTEGER = re.compile(r"-?\d{1,18}")
_BOUNDS = re.compile(r"(length|bytes|value|items) (\d+)\.\.(\d+)( parsed)?")
_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
}
_OUT_OF_BOUNDS = {
    "action": "wrong parameter action in request",
    "callback_data": "BUTTON_DATA_INVALID",
    "command": "BOT_COMMAND_INVALID",
    "secret_token": "secret token contains unallowed characters",
}


@dataclass(frozen=True)
class Upload:
    """A file that came in a multipart body."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Field:
    """One parameter of a method or field of a type, as the contract has it."""

    types: tuple[str, ...]
    required: bool = False
    measure: str | None = None
    low: int = 0
    high: int = 0
    parsed: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contract:
    """Everything the emulator takes: methods, types, and unions of types told apart by `type`."""

    methods: Mapping[str, Mapping[str, Field]]
    types: Mapping[str, Mapping[str, Field]]
    unions: Mapping[str, tuple[str, ...]]


@cache
def contract() -> Contract:
    """The contract, read from its file once."""
    tables = tomllib.loads(Path(__file__).with_name("contract.toml").read_text(encoding="utf-8"))
    return Contract(
        methods={name: _fields(table) for name, table in tables["methods"].items()},
        types={name: _fields(table) for name, table in tables["types"].items()},
        unions={name: tuple(members) for name, members in tables["unions"].items()},
    )


def _fields(table: Mapping[str, str]) -> dict[str, Field]:
    return {name: _field(notes) for name, notes in table.items()}


def _field(notes: str) -> Field:
    types, *rest = notes.split(", ")
    values: dict[str, Any] = {"types": tuple(types.split(" or ")), "required": "required" in rest}
    for note in rest:
        if bounds := _BOUNDS.fullmatch(note):
            measure, low, high, parsed = bounds.groups()
            values |= {"measure": measure, "low": int(low), "high": int(high), "parsed": parsed is not None}
        elif note.startswith("one of "):
            values["choices"] = tuple(note.removeprefix("one of ").split())
        elif note.startswith("is "):
            values["choices"] = (note.removeprefix("is "),)
    return Field(**values)


def check_call(method: str, raw: Mapping[str, object]) -> dict[str, Any]:
    """The parameters of a call, typed. Raises ApiError where they break the contract."""
    return _check_fields(raw, contract().methods[method], f"method {method}")


def _check_fields(raw: Mapping[str, object], fields: Mapping[str, Field], owner: str) -> dict[str, Any]:
    for name in raw:
        if name not in fields:
            raise bad_request(f'unknown or not emulated parameter "{name}" of {owner}')
    for name, field in fields.items():
        if field.required and name not in raw:
            raise bad_request(_MISSING.get(name, f'parameter "{name}" of {owner} is required'))
    return {name: _check_value(name, value, fields[name]) for name, value in raw.items()}


def _check_value(name: str, raw: object, field: Field) -> Any:
    reasons = []
    for kind in field.types:
        try:
            value = _typed(raw, kind)
        except (ValueError, TypeError) as reason:
            reasons.append(str(reason))
        else:
            _check_bounds(name, value, field)
            return value
    raise bad_request(f'can\'t parse parameter "{name}": {"; ".join(reasons)}')


def _typed(raw: object, kind: str) -> object:
    if kind == "InputFile":
        return _instance(raw, Upload, kind)
    if kind == "String":
        return _instance(raw, str, kind)
    if kind == "Integer":
        return _integer(raw)
    value = json.loads(raw) if isinstance(raw, str) else raw
    if kind == "Boolean":
        return _instance(value, bool, kind)
    if kind.startswith("Array of "):
        return [_typed_item(item, kind.removeprefix("Array of ")) for item in _instance(value, list, kind)]
    return _typed_object(_instance(value, dict, kind), kind)


def _typed_item(raw: object, kind: str) -> object:
    if kind != "String" and isinstance(raw, str):
        raise TypeError(f"{kind} expected, text found")
    return _typed(raw, kind)


def _integer(raw: object) -> int:
    if isinstance(raw, str) and _INTEGER.fullmatch(raw):
        return int(raw)
    if isinstance(raw, bool):
        raise TypeError("Integer expected, Boolean found")
    return int(_instance(raw, int, "Integer"))


def _instance(value: object, wanted: type[Any], kind: str) -> Any:
    if not isinstance(value, wanted):
        raise TypeError(f"{kind} expected, {type(value).__name__} found")
    return value


def _typed_object(value: dict[str, object], kind: str) -> dict[str, Any]:
    known = contract()
    if kind in known.unions:
        kind = _member(value, kind)
    fields = known.types[kind]
    required = {name for name, field in fields.items() if field.required}
    if not required <= value.keys():
        raise ValueError(f"{kind} needs {', '.join(sorted(required))}")
    return _check_fields(value, fields, kind)


def _member(value: Mapping[str, object], union: str) -> str:
    known = contract()
    for member in known.unions[union]:
        if value.get("type") in known.types[member]["type"].choices:
            return member
    raise ValueError(f"{union} has no type {value.get('type')!r}")


def _check_bounds(name: str, value: Any, field: Field) -> None:
    if field.choices and value not in field.choices:
        raise _out_of_bounds(name, f"must be one of {', '.join(field.choices)}")
    if field.measure is None or field.parsed:
        return
    if not field.low <= _size(value, field.measure) <= field.high:
        raise _out_of_bounds(name, f"must be of {field.measure} {field.low}-{field.high}")


def _size(value: Any, measure: str) -> int:
    if measure == "value":
        return int(value)
    return len(value.encode()) if measure == "bytes" else len(value)


def _out_of_bounds(name: str, rule: str) -> ApiError:
    return bad_request(_OUT_OF_BOUNDS.get(name, f'parameter "{name}" {rule}'))
