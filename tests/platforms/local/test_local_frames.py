"""What a page may send: everything else is refused with the words that say why, and with whose it was."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.local.frames import (
    FRAME_BYTES,
    NOT_UNDERSTOOD,
    TEXT_CHARACTERS,
    TOO_LONG,
    FrameError,
    Hello,
    Placed,
    Said,
    Tapped,
    read_frame,
)

ID = "6f1c2b54-7a0e-4c51-9a5a-0d8f3f1f8a01"


def read(**frame: Any) -> Hello | Said | Tapped | Placed:
    return read_frame(json.dumps(frame))


def test_the_four_frames() -> None:
    hello = read(hello={"zone": "Europe/Berlin", "language": "de-DE"})
    assert isinstance(hello, Hello)
    assert (hello.hello.zone, hello.hello.language) == ("Europe/Berlin", "de-DE")
    said = read(id=ID, text="felt silly at first")
    assert isinstance(said, Said)
    assert (str(said.id), said.text) == (ID, "felt silly at first")
    tapped = read(id=ID, press="n:1:done", message="out:7")
    assert isinstance(tapped, Tapped)
    assert (tapped.press, tapped.message) == ("n:1:done", "out:7")
    placed = read(id=ID, place=[52.52, 13])
    assert isinstance(placed, Placed)
    assert placed.place == (52.52, 13.0)


def test_a_browser_need_not_tell_zone_or_language() -> None:
    hello = read(hello={})
    assert isinstance(hello, Hello)
    assert (hello.hello.zone, hello.hello.language) == (None, None)


@pytest.mark.parametrize(
    "frame",
    [
        {"id": ID},
        {"id": ID, "text": ""},
        {"id": ID, "text": " \n\t"},
        {"id": ID, "text": 7},
        {"id": ID, "text": "a", "press": "b", "message": "c"},
        {"id": ID, "text": "a", "more": 1},
        {"id": ID, "press": "", "message": "c"},
        {"id": ID, "press": "ä" * 33, "message": "c"},
        {"id": ID, "press": "b"},
        {"id": ID, "press": "b", "message": ""},
        {"id": ID, "press": "b", "message": "c" * 201},
        {"id": ID, "place": [52.52]},
        {"id": ID, "place": [90.1, 0]},
        {"id": ID, "place": [0, -180.1]},
        {"id": ID, "place": ["52", "13"]},
        {"id": ID, "place": [float("nan"), 0]},
    ],
)
def test_what_has_another_shape_is_not_understood(frame: dict[str, Any]) -> None:
    with pytest.raises(FrameError) as refusal:
        read(**frame)
    assert (refusal.value.frame_id, refusal.value.word) == (ID, NOT_UNDERSTOOD)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "null",
        "[]",
        "7",
        "{",
        '{"id": 7, "text": "a"}',
        '{"id": "x", "text": "a"}',
        '{"hello": 1}',
        "[" * 9999,
    ],
)
def test_what_tells_no_identity_is_refused_without_one(raw: str) -> None:
    with pytest.raises(FrameError) as refusal:
        read_frame(raw)
    assert (refusal.value.frame_id, refusal.value.word) == (None, NOT_UNDERSTOOD)


def test_text_is_passed_on_up_to_its_limit() -> None:
    longest = read(id=ID, text="x" * TEXT_CHARACTERS)
    assert isinstance(longest, Said)
    assert len(longest.text) == TEXT_CHARACTERS
    with pytest.raises(FrameError) as refusal:
        read(id=ID, text="x" * (TEXT_CHARACTERS + 1))
    assert (refusal.value.frame_id, refusal.value.word) == (ID, TOO_LONG)


def test_a_frame_above_64_kilobytes_is_too_long() -> None:
    raw = json.dumps({"id": ID, "text": "ä" * (FRAME_BYTES // 2)}, ensure_ascii=False)
    with pytest.raises(FrameError) as refusal:
        read_frame(raw)
    assert (refusal.value.frame_id, refusal.value.word) == (ID, TOO_LONG)


@given(st.text(min_size=1))
def test_any_text_is_taken_as_it_stands_or_refused(text: str) -> None:
    try:
        frame = read(id=ID, text=text)
    except FrameError as refusal:
        assert not text.strip()
        assert refusal.frame_id == ID
        return
    assert isinstance(frame, Said)
    assert frame.text == text


@given(st.text(alphabet=st.characters(), max_size=200))
def test_no_bytes_break_the_reader(raw: str) -> None:
    with pytest.raises(FrameError):
        read_frame(raw)


def test_half_a_character_is_refused() -> None:
    with pytest.raises(FrameError) as refusal:
        read_frame(json.dumps({"id": ID, "text": "\ud83d"}))
    assert (refusal.value.frame_id, refusal.value.word) == (ID, NOT_UNDERSTOOD)
