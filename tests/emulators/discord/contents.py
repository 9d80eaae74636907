"""What messages and commands may hold; checked as Discord checks them."""

import re
from typing import Any

from tests.emulators.discord.errors import ApiError, invalid_form
from tests.emulators.discord.state import Json

LONGEST_CONTENT = 2000
_ROWS = 5
_BUTTONS_A_ROW = 5
_LONGEST_LABEL = 80
_LONGEST_ID = 100
_LONGEST_NONCE = 25
_LONGEST_ALTERNATIVE = 1024
_LONGEST_DESCRIPTION = 100
_COMMANDS = 100
_CHOICES, _LONGEST_CHOICE = 25, 100
_NAME = re.compile(r"[-_'\w]{1,32}")


def check_message(body: Json, *, files: int, old: bool = False) -> None:
    """Raise ApiError unless a message may look like this; an edit (`old`) may leave its words out."""
    content = body.get("content")
    if content is not None and not isinstance(content, str):
        raise invalid_form("content: must be a string")
    if not old and not content and not files and not body.get("embeds"):
        raise ApiError(400, 50006, "Cannot send an empty message")
    if _units(content or "") > LONGEST_CONTENT:
        raise invalid_form(f"content: Must be {LONGEST_CONTENT} or fewer in length.")
    if len(str(body.get("nonce") or "")) > _LONGEST_NONCE:
        raise invalid_form("nonce: too long")
    for each in body.get("attachments") or []:
        _check_length("description", each.get("description") or "", _LONGEST_ALTERNATIVE)
    _check_components(body.get("components") or [])


def check_commands(commands: Any) -> None:
    """Raise ApiError unless these may be an application's commands."""
    if not isinstance(commands, list) or len(commands) > _COMMANDS:
        raise invalid_form("commands: must be a list of at most 100")
    names = [each.get("name") for each in commands]
    if len(set(names)) < len(names):
        raise invalid_form("commands: names must be unique")
    for each in commands:
        _check_described(each)
        for option in each.get("options") or []:
            _check_described(option)


def checked_choices(choices: list[Json]) -> list[tuple[str, str]]:
    """What words may become, as (name, value). Raise ApiError where Discord would not show it."""
    if len(choices) > _CHOICES:
        raise invalid_form(f"choices: Must be {_CHOICES} or fewer in length.")
    for each in choices:
        for part in ("name", "value"):
            if not each[part]:
                raise invalid_form(f"choices: {part} is required")
            _check_length(f"choices: {part}", each[part], _LONGEST_CHOICE)
    return [(each["name"], each["value"]) for each in choices]


def _check_described(part: Json) -> None:
    name = part.get("name") or ""
    for each in (name, *(part.get("name_localizations") or {}).values()):
        if not _NAME.fullmatch(each) or each != each.lower():
            raise invalid_form(f"name: {each!r} is no name of a command or option")
    descriptions = [part.get("description"), *(part.get("description_localizations") or {}).values()]
    for description in descriptions:
        if not description:
            raise invalid_form(f"{name}: description is required")
        _check_length(f"{name}: description", description, _LONGEST_DESCRIPTION)


def _check_components(rows: list[Json]) -> None:
    if len(rows) > _ROWS:
        raise invalid_form(f"components: Must be {_ROWS} or fewer in length.")
    seen: set[str] = set()
    for row in rows:
        if row.get("type") != 1 or not 1 <= len(row.get("components") or []) <= _BUTTONS_A_ROW:
            raise invalid_form("components: a row holds 1 to 5 buttons")
        for button in row["components"]:
            _check_button(button, seen)


def _check_button(button: Json, seen: set[str]) -> None:
    custom_id, label = button.get("custom_id") or "", button.get("label") or ""
    if button.get("type") != 2 or not label:
        raise invalid_form("components: a button needs a label")
    _check_length("label", label, _LONGEST_LABEL)
    if not 1 <= len(custom_id) <= _LONGEST_ID:
        raise invalid_form("custom_id: Must be between 1 and 100 in length.")
    if custom_id in seen:
        raise invalid_form("components: Component custom id cannot be duplicated")
    seen.add(custom_id)


def _check_length(what: str, words: str, most: int) -> None:
    if _units(words) > most:
        raise invalid_form(f"{what}: Must be {most} or fewer in length.")


def _units(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2
