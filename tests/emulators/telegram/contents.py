"""What a message carries: words, pictures, documents, keyboards; checked as Telegram checks them."""

import mimetypes
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, UnidentifiedImageError

from tests.emulators.telegram.contract import Upload, contract
from tests.emulators.telegram.errors import bad_request
from tests.emulators.telegram.markup import Entity, clean, parse_html, trim, utf16_length
from tests.emulators.telegram.state import Json, State, StoredFile

_MEGABYTE = 1024 * 1024
_PHOTO_BYTES = 10 * _MEGABYTE
_DOCUMENT_BYTES = 50 * _MEGABYTE
_PHOTO_SIDES = 10_000
_PHOTO_RATIO = 20
_BUTTONS = 100


@dataclass(frozen=True)
class Content:
    """The part of a message's JSON that was given, the markup it came in, and its files."""

    json: Json
    html: str = ""
    photo: StoredFile | None = None
    document: StoredFile | None = None


def text_content(given: Json) -> Content:
    """The words of a text message. Raises ApiError where they are empty, too long or unparsable."""
    text, entities = _formatted(given, "text", "entities")
    if not text:
        raise bad_request("message text is empty")
    if utf16_length(text) > contract().methods["sendMessage"]["text"].high:
        raise bad_request("message is too long")
    return Content(_words("text", text, "entities", entities), given["text"])


def caption_content(given: Json) -> Content:
    """The words under a picture or document; there may be none."""
    text, entities = _formatted(given, "caption", "caption_entities")
    if utf16_length(text) > contract().methods["sendPhoto"]["caption"].high:
        raise bad_request("message caption is too long")
    return Content(_words("caption", text, "caption_entities", entities), given.get("caption", ""))


def photo_content(state: State, given: Json) -> Content:
    """A picture, uploaded or named by the file_id of one sent before, and its caption."""
    words = caption_content(given)
    file_id, size = _stored(state, given["photo"], "photo", _PHOTO_BYTES)
    stored = state.files[file_id]
    width, height = _dimensions(stored.content)
    photo = [size | {"width": width, "height": height}]
    return Content({"photo": photo} | words.json, words.html, photo=stored)


def document_content(state: State, given: Json) -> Content:
    """A document, uploaded or named by the file_id of one sent before, and its caption."""
    words = caption_content(given)
    file_id, size = _stored(state, given["document"], "document", _DOCUMENT_BYTES)
    stored = state.files[file_id]
    return Content({"document": document_json(stored, size)} | words.json, words.html, document=stored)


def document_json(stored: StoredFile, size: Json) -> Json:
    """The Bot API's Document of a stored file."""
    kind = mimetypes.guess_type(stored.name)[0] or "application/octet-stream"
    return size | {"file_name": stored.name, "mime_type": kind}


def check_markup(markup: Json | None) -> Json | None:
    """The keyboard of a message. Raises ApiError for buttons that Telegram would refuse."""
    rows: list[list[Json]] = (markup or {}).get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    if len(buttons) > _BUTTONS:
        raise bad_request("reply markup is too long")
    for button in buttons:
        _check_button(button)
    for row in (markup or {}).get("keyboard", []):
        if not all(key["text"].strip() for key in row):
            raise bad_request("keyboard button text must be non-empty")
    return markup


def _check_button(button: Json) -> None:
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    actions = button.keys() & {"callback_data", "url", "copy_text"}
    if not actions:
        raise bad_request("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request("inline keyboard button must have exactly one action")


def _words(text_key: str, text: str, entities_key: str, entities: list[Entity]) -> Json:
    words: dict[str, Any] = {text_key: text} if text else {}
    return words | ({entities_key: entities} if entities else {})


def _formatted(given: Json, text_key: str, entities_key: str) -> tuple[str, list[Entity]]:
    source = clean(given.get(text_key, ""))
    mode = given.get("parse_mode", "")
    if not mode:
        return trim(source, _checked_entities(source, given.get(entities_key, [])))
    if mode.upper() != "HTML":
        raise bad_request("unsupported parse_mode")
    return trim(*parse_html(source))


def _checked_entities(text: str, entities: list[Entity]) -> list[Entity]:
    end = utf16_length(text)
    for entity in entities:
        if entity["offset"] < 0 or entity["length"] <= 0 or entity["offset"] + entity["length"] > end:
            raise bad_request("entity is out of the bounds of the text")
    return entities


def _stored(state: State, source: Upload | str, kind: str, most_bytes: int) -> tuple[str, Json]:
    if isinstance(source, str):
        return _known_file(state, source, kind)
    if not source.content:
        raise bad_request("file must be non-empty")
    if len(source.content) > most_bytes:
        raise bad_request("file is too big")
    if kind == "photo":
        _dimensions(source.content)
    size = state.store_file(kind, source.name, source.content)
    return size["file_id"], size


def _known_file(state: State, file_id: str, kind: str) -> tuple[str, Json]:
    stored = state.files.get(file_id)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if stored.kind != kind:
        raise bad_request(f"type of file mismatch: can't use file of type {stored.kind} as {kind}")
    return file_id, state.file_json(file_id)


def _dimensions(content: bytes) -> tuple[int, int]:
    try:
        with Image.open(BytesIO(content)) as image:
            width, height = image.size
    except UnidentifiedImageError as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error
    if width + height > _PHOTO_SIDES or max(width, height) > _PHOTO_RATIO * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height
