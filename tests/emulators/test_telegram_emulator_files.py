"""The emulator is strict with files, and with what the bot says of itself."""

from io import BytesIO
from typing import Any

import httpx
import pytest
from PIL import Image

from tests.emulators.conftest import Calling, refusal
from tests.emulators.telegram import Person, TelegramEmulator


async def test_files_that_telegram_refuses(
    emulator: TelegramEmulator, client: httpx.AsyncClient, call: Calling, ada: Person
) -> None:
    async def upload(method: str, field: str, content: bytes, **form: str) -> str:
        address = f"{emulator.root}/bot{emulator.token}/{method}"
        data = {"chat_id": str(ada.id)} | form
        return refusal(await client.post(address, data=data, files={field: ("file.bin", content)}))

    narrow = BytesIO()
    Image.new("L", (1, 21)).save(narrow, "PNG")
    assert await upload("sendPhoto", "photo", b"no picture") == "Bad Request: IMAGE_PROCESS_FAILED"
    assert await upload("sendPhoto", "photo", narrow.getvalue()) == "Bad Request: PHOTO_INVALID_DIMENSIONS"
    assert await upload("sendDocument", "document", b"") == "Bad Request: file must be non-empty"
    assert "file elsewhere is attached nowhere" in await upload(
        "sendDocument", "other", b"x", document="attach://elsewhere"
    )
    caption = await upload("sendDocument", "document", b"x", caption="a" * 1025)
    assert caption == "Bad Request: message caption is too long"
    unknown = await call("sendPhoto", chat_id=ada.id, photo="https://example.org/x.png")
    assert refusal(unknown) == "Bad Request: wrong file identifier/HTTP URL specified"
    assert refusal(await call("getFile", file_id="x")) == "Bad Request: invalid file_id"
    assert ada.messages == []


async def test_a_file_can_be_attached_under_another_name(
    emulator: TelegramEmulator, client: httpx.AsyncClient, call: Calling, ada: Person
) -> None:
    address = f"{emulator.root}/bot{emulator.token}/sendDocument"
    form = {"chat_id": str(ada.id), "document": "attach://report"}
    await client.post(address, data=form, files={"report": ("report.pdf", b"\r\n--x\r\n")})
    document = ada.messages[0].document
    assert document is not None
    assert (document.name, document.content) == ("report.pdf", b"\r\n--x\r\n")
    file_id = ada.messages[0].json["document"]["file_id"]
    mismatch = await call("sendPhoto", chat_id=ada.id, photo=file_id)
    assert "type of file mismatch" in refusal(mismatch)


@pytest.mark.parametrize(
    ("method", "parameters", "reason"),
    [
        ("setMyCommands", {"commands": [{"command": "Log", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a" * 33, "description": "x"}]}, "BOT_COMMAND_INVALID"),
        (
            "setMyCommands",
            {"commands": [{"command": "a", "description": ""}]},
            '"description" must be of length 1-256',
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "a", "description": " "}]},
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "a", "description": "x"}] * 101},
            "BOT_COMMANDS_TOO_MUCH",
        ),
        ("setMyCommands", {"commands": [], "language_code": "german"}, "invalid language code"),
        ("setMyCommands", {"commands": [], "scope": {"type": "everyone"}}, "BotCommandScope has no type"),
        ("setMyCommands", {"commands": [], "scope": {"type": "chat", "chat_id": 5}}, "chat not found"),
        ("setMyDescription", {"description": "a" * 513}, "must be of length 0-512"),
        ("setMyShortDescription", {"short_description": "a" * 121}, "must be of length 0-120"),
        ("setChatMenuButton", {"chat_id": 5}, "chat not found"),
        ("sendChatAction", {"chat_id": 1001, "action": "dancing"}, "wrong parameter action in request"),
        ("getUpdates", {"limit": 101}, 'parameter "limit" must be of value 1-100'),
        ("getUpdates", {"limit": True}, "Integer expected, Boolean found"),
        ("setWebhook", {"url": "http://example.org"}, "An HTTPS URL must be provided for webhook"),
        ("setWebhook", {"url": "https://example.org", "secret_token": "ä"}, "unallowed characters"),
    ],
)
async def test_other_methods_are_as_strict(
    call: Calling, ada: Person, method: str, parameters: dict[str, Any], reason: str
) -> None:
    assert reason in refusal(await call(method, **parameters))
