"""The emulator refuses what Telegram refuses, in its words; each rule through plain HTTP."""

import json
from typing import Any

import httpx
import pytest

from tests.emulators.conftest import Calling, refusal
from tests.emulators.telegram import Message, Person, TelegramEmulator


def keyboard(*labels: str, data: str = "x") -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": label, "callback_data": data}] for label in labels]}


async def sent(call: Calling, person: Person, **parameters: Any) -> Message:
    answer = await call("sendMessage", chat_id=person.id, **({"text": "hello"} | parameters))
    assert answer.status_code == 200, answer.text
    return person.messages[-1]


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({}, "message text is empty"),
        ({"text": ""}, "message text is empty"),
        ({"text": " \n\t\x00 "}, "message text is empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "a" * 4097}, "message is too long"),
        ({"text": "🙂" * 2049}, "message is too long"),
        ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag corresponding"),
        ({"text": "x", "parse_mode": "MarkdownV2"}, "unsupported parse_mode"),
        ({"text": "x", "colour": "red"}, 'unknown or not emulated parameter "colour" of method sendMessage'),
        ({"text": 5}, 'can\'t parse parameter "text": String expected, int found'),
        ({"text": "x", "disable_notification": "yes"}, 'can\'t parse parameter "disable_notification"'),
        ({"text": "x", "disable_notification": 1}, "Boolean expected, int found"),
        (
            {"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]},
            "entity is out of the bounds",
        ),
        (
            {"text": "x", "entities": [{"type": "loud", "offset": 0, "length": 1}]},
            'parameter "type" must be one',
        ),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"text": "x", "reply_parameters": {}}, "ReplyParameters needs message_id"),
        ({"text": "x", "reply_markup": "{"}, 'can\'t parse parameter "reply_markup"'),
        ({"text": "x", "reply_markup": {"buttons": []}}, "InlineKeyboardMarkup needs inline_keyboard"),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [["x"]]}},
            "InlineKeyboardButton expected, text found",
        ),
        ({"text": "x", "reply_markup": keyboard("")}, "inline keyboard button text must be non-empty"),
        ({"text": "x", "reply_markup": keyboard("a", data="")}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": keyboard("a", data="ä" * 33)}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": keyboard(*"a" * 101)}, "reply markup is too long"),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a"}]]}},
            "Text buttons are unallowed in the inline keyboard",
        ),
        (
            {
                "text": "x",
                "reply_markup": {
                    "inline_keyboard": [[{"text": "a", "url": "https://example.org", "callback_data": "x"}]]
                },
            },
            "inline keyboard button must have exactly one action",
        ),
        (
            {"text": "x", "reply_markup": {"keyboard": [[{"text": " "}]]}},
            "keyboard button text must be non-empty",
        ),
    ],
)
async def test_a_message_is_refused(
    call: Calling, ada: Person, parameters: dict[str, Any], reason: str
) -> None:
    answer = await call("sendMessage", chat_id=ada.id, **parameters)
    assert refusal(answer).startswith("Bad Request: ")
    assert reason in refusal(answer)
    assert ada.messages == []


@pytest.mark.parametrize(
    "parameters",
    [
        {"text": "a" * 4096},
        {"text": "🙂" * 2048},
        {"text": "<b>" + "&lt;" * 4096 + "</b>", "parse_mode": "html"},
        {"text": "x", "reply_markup": keyboard(*"a" * 100, data="d" * 64)},
        {"text": "x", "reply_parameters": {"message_id": 99, "allow_sending_without_reply": True}},
        {"text": "x", "reply_markup": {"remove_keyboard": True}},
        {"text": "x", "link_preview_options": {"is_disabled": True}, "protect_content": True},
    ],
)
async def test_a_message_at_the_limit_is_taken(
    call: Calling, ada: Person, parameters: dict[str, Any]
) -> None:
    await sent(call, ada, **parameters)


async def test_texts_are_kept_as_telegram_keeps_them(call: Calling, ada: Person) -> None:
    message = await sent(call, ada, text="\n <i> a\r\nb</i>\x07c \n", parse_mode="HTML")
    assert message.text == "a\nb c"
    assert message.entities == [{"type": "italic", "offset": 0, "length": 3}]


async def test_form_and_query_are_read_like_json(
    emulator: TelegramEmulator, client: httpx.AsyncClient, ada: Person
) -> None:
    address = f"{emulator.root}/bot{emulator.token}/sendMessage"
    form = {"chat_id": str(ada.id), "text": "ä & b", "disable_notification": "true"}
    await client.post(address, data=form | {"reply_markup": json.dumps(keyboard("Go"))})
    await client.get(address, params=form)
    assert [message.text for message in ada.messages] == ["ä & b", "ä & b"]
    assert ada.messages[0].button("Go") is not None
    assert emulator.calls[-1].parameters == {"chat_id": ada.id, "text": "ä & b", "disable_notification": True}


@pytest.mark.parametrize(
    ("body", "kind"), [(b"[1]", "application/json"), (b"{", "application/json"), (b"x", "text/plain")]
)
async def test_unreadable_bodies_are_refused(
    emulator: TelegramEmulator, client: httpx.AsyncClient, body: bytes, kind: str
) -> None:
    address = f"{emulator.root}/bot{emulator.token}/getMe"
    answer = await client.post(address, content=body, headers={"Content-Type": kind})
    assert "Bad Request" in refusal(answer)


async def test_unknown_methods_and_tokens(
    emulator: TelegramEmulator, client: httpx.AsyncClient, call: Calling
) -> None:
    assert refusal(await call("sendMesage", chat_id=1), 404) == "Not Found: method not found"
    assert refusal(await client.get(f"{emulator.root}/bot1:wrong/getMe"), 401) == "Unauthorized"
    assert refusal(await client.get(f"{emulator.root}/file/bot1:wrong/x"), 401) == "Unauthorized"
    assert refusal(await client.get(f"{emulator.root}/file/bot{emulator.token}/x"), 404) == "Not Found"


async def test_a_logged_out_bot_is_refused(call: Calling) -> None:
    assert (await call("close")).json()["result"] is True
    assert (await call("logOut")).json()["result"] is True
    assert refusal(await call("getMe")) == "Logged out"


async def test_only_chats_that_are_open_can_be_written_to(emulator: TelegramEmulator, call: Calling) -> None:
    bo = emulator.person(id=1002, first_name="Bo")
    hello = {"chat_id": bo.id, "text": "hello"}
    assert refusal(await call("sendMessage", text="x")) == "Bad Request: chat_id is empty"
    assert refusal(await call("sendMessage", chat_id=5, text="x")) == "Bad Request: chat not found"
    never = "Forbidden: bot can't initiate conversation with a user"
    assert refusal(await call("sendMessage", **hello), 403) == never
    await bo.says("/start")
    assert (await call("sendMessage", **hello)).status_code == 200
    await bo.blocks()
    assert refusal(await call("sendMessage", **hello), 403) == "Forbidden: bot was blocked by the user"
    with pytest.raises(AssertionError, match="Bo cannot write"):
        await bo.says("hello?")
    await bo.unblocks()
    assert (await call("sendMessage", **hello)).status_code == 200
    bo.deactivates()
    assert refusal(await call("sendMessage", **hello), 403) == "Forbidden: user is deactivated"


async def test_groups_move_and_close(emulator: TelegramEmulator, call: Calling) -> None:
    group = emulator.group(id=-500)
    group.becomes_supergroup(-1001234567890)
    answer = await call("sendMessage", chat_id=-500, text="x")
    assert refusal(answer) == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer.json()["parameters"] == {"migrate_to_chat_id": -1001234567890}
    other = emulator.group(id=-501)
    other.removes_bot()
    kicked = await call("sendMessage", chat_id=-501, text="x")
    assert refusal(kicked, 403) == "Forbidden: bot was kicked from the group chat"


async def test_edits_that_telegram_refuses(call: Calling, ada: Person) -> None:
    buttons = keyboard("Did it")
    message = await sent(call, ada, text="<b>hello</b>", parse_mode="HTML", reply_markup=buttons)
    here = {"chat_id": ada.id, "message_id": message.message_id}
    same = {"text": "<strong>hello</strong>", "parse_mode": "HTML", "reply_markup": buttons}
    unchanged = (
        "Bad Request: message is not modified: specified new message content and reply markup are exactly"
    )
    assert refusal(await call("editMessageText", **here, **same)).startswith(unchanged)
    same_markup = await call("editMessageReplyMarkup", **here, reply_markup=buttons)
    assert refusal(same_markup).startswith(unchanged)
    assert "message text is empty" in refusal(await call("editMessageText", **here, text=" "))
    assert "message text is empty" in refusal(await call("editMessageText", **here))
    assert "no caption" in refusal(await call("editMessageCaption", **here, caption="x"))
    missing = await call("editMessageText", chat_id=ada.id, message_id=999, text="x")
    assert refusal(missing) == "Bad Request: message to edit not found"
    own = await call("editMessageText", chat_id=ada.id, message_id=ada.said[0].message_id, text="x")
    assert refusal(own) == "Bad Request: message can't be edited"
    nowhere = await call("editMessageText", chat_id=ada.id, text="x")
    assert refusal(nowhere) == "Bad Request: message identifier is not specified"
    assert ada.messages == [message]


async def test_taking_the_buttons_off_is_an_edit(call: Calling, ada: Person) -> None:
    message = await sent(call, ada, reply_markup=keyboard("Did it"))
    here = {"chat_id": ada.id, "message_id": message.message_id}
    assert (await call("editMessageReplyMarkup", **here)).status_code == 200
    assert ada.messages[0].buttons == ()
    assert ada.messages[0].text == "hello"


async def test_deleting(call: Calling, ada: Person) -> None:
    message = await sent(call, ada)
    here = {"chat_id": ada.id, "message_id": message.message_id}
    assert (await call("deleteMessage", **here)).status_code == 200
    assert ada.messages == []
    await ada.silence(0.01)
    assert refusal(await call("deleteMessage", **here)) == "Bad Request: message to delete not found"


async def test_a_press_is_answered_once_and_in_time(
    emulator: TelegramEmulator, call: Calling, ada: Person
) -> None:
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    await sent(call, ada, reply_markup=keyboard("Did it"))
    await ada.taps("Did it")
    (query_id,) = ada.unanswered
    long = await call("answerCallbackQuery", callback_query_id=query_id, text="a" * 201)
    assert 'parameter "text" must be of length 0-200' in refusal(long)
    assert (await call("answerCallbackQuery", callback_query_id=query_id, text="ok")).status_code == 200
    assert refusal(await call("answerCallbackQuery", callback_query_id=query_id)) == too_old
    assert refusal(await call("answerCallbackQuery", callback_query_id="1")) == too_old
    await ada.presses("forged", message_id=999)
    emulator.forget_presses()
    late = await call("answerCallbackQuery", callback_query_id=ada.unanswered[0])
    assert refusal(late) == too_old
