"""What a page may send over its socket, checked for shape and size before anything else sees it."""

import json
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

FRAME_BYTES = 65_536
TEXT_CHARACTERS = 20_000
PRESS_BYTES = 64

TOO_LONG = "too_long"
NOT_UNDERSTOOD = "not_understood"


class FrameError(Exception):
    """A frame that can not be taken: whose it was, if that much could be read, and which words say why."""

    def __init__(self, frame_id: str | None, word: str) -> None:
        super().__init__(word)
        self.frame_id = frame_id
        self.word = word


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("blank")
    return text


def _pressable(press: str) -> str:
    if not 1 <= len(press.encode()) <= PRESS_BYTES:
        raise ValueError("size")
    return press


class _Frame(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, hide_input_in_errors=True)


class Greeting(_Frame):
    """What the browser knows of the person: an IANA zone name, a language tag, a dark page; only hints."""

    zone: Annotated[str, Field(max_length=64)] | None = None
    language: Annotated[str, Field(max_length=35)] | None = None
    dark: bool = False


class Hello(_Frame):
    """The first frame of a page."""

    hello: Greeting


class Said(_Frame):
    """Words that the person sent."""

    id: UUID
    text: Annotated[str, AfterValidator(_not_blank)]


class Tapped(_Frame):
    """A button that was pressed, of the message with that id."""

    id: UUID
    press: Annotated[str, AfterValidator(_pressable)]
    message: Annotated[str, Field(min_length=1, max_length=200)]


class Placed(_Frame):
    """Where the person is: latitude and longitude in degrees."""

    id: UUID
    place: tuple[
        Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)],
        Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)],
    ]


_FRAMES: TypeAdapter[Hello | Said | Tapped | Placed] = TypeAdapter(Hello | Said | Tapped | Placed)


def read_frame(raw: str) -> Hello | Said | Tapped | Placed:
    """One frame of a page. Raises `FrameError`."""
    if len(raw.encode(errors="replace")) > FRAME_BYTES:
        raise FrameError(_id_of(raw), TOO_LONG)
    try:
        frame = _FRAMES.validate_json(raw)
    except (ValidationError, UnicodeEncodeError):
        raise FrameError(_id_of(raw), NOT_UNDERSTOOD) from None
    if isinstance(frame, Said) and len(frame.text) > TEXT_CHARACTERS:
        raise FrameError(str(frame.id), TOO_LONG)
    return frame


def _id_of(raw: str) -> str | None:
    try:
        frame = json.loads(raw)
        return str(UUID(frame["id"]))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
