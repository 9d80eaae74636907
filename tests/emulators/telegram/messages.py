"""The methods that send, change and delete messages, and answer button presses."""

from dataclasses import replace
from typing import Any

from tests.emulators.telegram.contents import (
    Content,
    caption_content,
    check_markup,
    document_content,
    photo_content,
    text_content,
)
from tests.emulators.telegram.errors import NOT_MODIFIED, QUERY_TOO_OLD, bad_request
from tests.emulators.telegram.state import Chat, Json, Message, State

_DELETABLE_SECONDS = 48 * 3600


def send_message(state: State, given: Json) -> Json:
    chat = state.writable_chat(given["chat_id"])
    return _send(state, chat, given, text_content(given))


def send_photo(state: State, given: Json) -> Json:
    chat = state.writable_chat(given["chat_id"])
    return _send(state, chat, given, photo_content(state, given))


def send_document(state: State, given: Json) -> Json:
    chat = state.writable_chat(given["chat_id"])
    return _send(state, chat, given, document_content(state, given))


def edit_message_text(state: State, given: Json) -> Json:
    message = _editable(state, given)
    if "text" not in message.json:
        raise bad_request("there is no text in the message to edit")
    if "text" not in given:
        raise bad_request("message text is empty")
    return _edit(state, message, given, text_content(given))


def edit_message_caption(state: State, given: Json) -> Json:
    message = _editable(state, given)
    if message.photo is None and message.document is None:
        raise bad_request("there is no caption in the message to edit")
    return _edit(state, message, given, caption_content(given))


def edit_message_reply_markup(state: State, given: Json) -> Json:
    message = _editable(state, given)
    words = ("text", "entities", "caption", "caption_entities")
    kept = {key: message.json[key] for key in words if key in message.json}
    return _edit(state, message, given, Content(kept, message.html))


def delete_message(state: State, given: Json) -> bool:
    chat = state.chat(given["chat_id"])
    message = chat.messages.get(given["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    if state.timestamp - message.json["date"] > _DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    chat.drop(message.message_id)
    return True


def answer_callback_query(state: State, given: Json) -> bool:
    query = state.queries.get(given["callback_query_id"])
    if query is None or query.answer is not None or query.forgotten:
        raise bad_request(QUERY_TOO_OLD)
    query.answer = given
    if text := given.get("text"):
        state.chats[query.chat_id].notices.append(text)
    return True


def send_chat_action(state: State, given: Json) -> bool:
    state.writable_chat(given["chat_id"]).actions.append(given["action"])
    return True


def _send(state: State, chat: Chat, given: Json, content: Content) -> Json:
    parts = dict(content.json)
    if replied := _replied_message(chat, given.get("reply_parameters")):
        parts["reply_to_message"] = replied.json
    if given.get("protect_content"):
        parts["has_protected_content"] = True
    markup = check_markup(given.get("reply_markup"))
    if markup is not None and "inline_keyboard" in markup:
        parts["reply_markup"] = markup
    message = Message(
        json=state.new_message(chat, state.bot, parts),
        html=content.html,
        keyboard=_keyboard(markup),
        photo=content.photo,
        document=content.document,
        other_markup=markup is not None and "inline_keyboard" not in markup,
    )
    return chat.keep(message).json


def _keyboard(markup: Json | None) -> tuple[tuple[str, ...], ...]:
    rows: list[list[Json]] = (markup or {}).get("keyboard", [])
    return tuple(tuple(button["text"] for button in row) for row in rows)


def _replied_message(chat: Chat, reply: Json | None) -> Message | None:
    if reply is None:
        return None
    message = chat.messages.get(reply["message_id"])
    if message is None and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return message and _without_its_reply(message)


def _without_its_reply(message: Message) -> Message:
    return replace(message, json={k: v for k, v in message.json.items() if k != "reply_to_message"})


def _editable(state: State, given: Json) -> Message:
    for needed, reason in (
        ("chat_id", "chat_id is empty"),
        ("message_id", "message identifier is not specified"),
    ):
        if needed not in given:
            raise bad_request(reason)
    message = state.writable_chat(given["chat_id"]).messages.get(given["message_id"])
    if message is None:
        raise bad_request("message to edit not found")
    if not message.from_bot or message.other_markup:
        raise bad_request("message can't be edited")
    return message


def _edit(state: State, message: Message, given: Json, content: Content) -> Json:
    replaced = {"text", "entities", "caption", "caption_entities", "reply_markup"}
    after: dict[str, Any] = {k: v for k, v in message.json.items() if k not in replaced} | content.json
    markup = check_markup(given.get("reply_markup"))
    if markup is not None and markup["inline_keyboard"]:
        after["reply_markup"] = markup
    if after == message.json:
        raise bad_request(NOT_MODIFIED)
    after["edit_date"] = state.timestamp
    chat = state.chats[message.chat_id]
    return chat.keep(replace(message, json=after, html=content.html)).json
