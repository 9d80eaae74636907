"""The methods about the bot itself: who it is, its commands and descriptions, files, chats."""

import re
from typing import Any

from tests.emulators.telegram.errors import bad_request
from tests.emulators.telegram.state import Chat, Json, State

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"([a-z]{2})?")
_COMMANDS = 100


def get_me(state: State, _: Json) -> Json:
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return state.bot | abilities


def log_out(state: State, _: Json) -> bool:
    state.logged_out = True
    return True


def close(_: State, __: Json) -> bool:
    return True


def set_my_commands(state: State, given: Json) -> bool:
    for command in given["commands"]:
        if not _COMMAND.fullmatch(command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not command["description"].strip():
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    if len(given["commands"]) > _COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    state.commands[_commands_key(state, given)] = given["commands"]
    return True


def get_my_commands(state: State, given: Json) -> list[Json]:
    return state.commands.get(_commands_key(state, given), [])


def delete_my_commands(state: State, given: Json) -> bool:
    state.commands.pop(_commands_key(state, given), None)
    return True


def set_my_description(state: State, given: Json) -> bool:
    state.descriptions["description", _language(given)] = given.get("description", "")
    return True


def set_my_short_description(state: State, given: Json) -> bool:
    state.descriptions["short_description", _language(given)] = given.get("short_description", "")
    return True


def set_chat_menu_button(state: State, given: Json) -> bool:
    chat_id = given.get("chat_id")
    if chat_id is not None:
        state.chat(chat_id)
    state.menu_buttons[chat_id] = given.get("menu_button", {"type": "default"})
    return True


def get_file(state: State, given: Json) -> Json:
    if given["file_id"] not in state.files:
        raise bad_request("invalid file_id")
    return state.file_json(given["file_id"]) | {"file_path": state.files[given["file_id"]].path}


def get_chat(state: State, given: Json) -> Json:
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"),
        True,
    )
    full = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
    return state.chat(given["chat_id"]).json | full


def commands_shown(state: State, chat: Chat, language: str) -> list[Json]:
    """The commands a person sees in a chat: the narrowest scope wins, in it their language."""
    wide = "all_group_chats" if chat.is_group else "all_private_chats"
    for scope in (f"chat {chat.id}", wide, "default"):
        for key in ((scope, language), (scope, "")):
            if key in state.commands:
                return state.commands[key]
    return []


def _commands_key(state: State, given: Json) -> tuple[str, str]:
    scope: dict[str, Any] = given.get("scope", {"type": "default"})
    name = str(scope["type"])
    if "chat_id" in scope:
        name += f" {state.chat(scope['chat_id']).id}"
    if "user_id" in scope:
        name += f" {scope['user_id']}"
    return name, _language(given)


def _language(given: Json) -> str:
    language = str(given.get("language_code", ""))
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language
