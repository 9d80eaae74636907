"""Strategies for what comes in: texts, presses, Telegram's updates, frames of the page.

Most of it nearly makes sense, because what makes none is turned away at the door. `CANARY` stands in the
texts, so that a log that quotes them is found out. Every case is made of JSON values and can be kept.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from bot.conversation.dialogues import DIALOGUES
from tests.understanding.corpus_rows import rows

CANARY = "zqcanary"
SOMEONE = 424242
"""Stands for the person who sends a case; each case is sent by somebody new."""
COMMANDS = sorted({name for dialogue in DIALOGUES for name in dialogue.commands})
PREFIXES = sorted({prefix for dialogue in DIALOGUES for prefix in dialogue.presses})
_TYPED = sorted({row.phrase for row in rows()})
_VOCABULARY = sorted({word for phrase in _TYPED for word in phrase.split()})
_ODD = (
    *("", " ", "\x00", "\ud800", "\u202e", "\u200b", "<b>", "</b>", "&lt;", "{words}", "{0}", "%s", "\n/"),
    *("=1+1", "@", "٣", "²", "1e999", "9" * 30, "-1", "👍🏽", "ﷺ", "İ", "ß", "'; --", "/", "/@", ":" * 9),
)

_sentences = st.lists(st.sampled_from(_VOCABULARY) | st.sampled_from(_ODD), max_size=14).map(" ".join)
_long = st.builds(lambda part, times: part * times, st.text(min_size=1, max_size=9), st.integers(1, 900))
_plain = st.one_of(_sentences, st.sampled_from(_TYPED), st.text(max_size=300), _long)
_commands = st.builds(lambda name, rest: f"/{name} {rest}", st.sampled_from(COMMANDS), _plain)
texts = st.builds(lambda text, mark: text + mark, _plain | _commands, st.sampled_from(("", f" {CANARY}")))

_small = st.integers(-2, 12).map(str) | st.sampled_from(_ODD)
_ends = st.sampled_from(("skip", "stop", "yes", "done", "delete", "agree", "keep", "change", "undo", "x"))
presses = st.one_of(
    st.tuples(st.just("s"), _small, _ends | _small).map(":".join),
    st.tuples(st.sampled_from(PREFIXES), _small, _ends | _small).map(":".join),
    st.tuples(st.sampled_from(PREFIXES), _ends | _small).map(":".join),
    st.sampled_from(COMMANDS).map("c:{}".format),
    st.text(max_size=80),
)

_scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
anything: st.SearchStrategy[Any] = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


def _odd(whole: dict[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any]:
    """The same with the field at `path` replaced, or left out where the value is None."""
    first, *rest = path
    if rest:
        inner = whole.get(first)
        return {**whole, first: _odd(inner, tuple(rest), value)} if isinstance(inner, dict) else whole
    return {
        name: each for name, each in {**whole, first: value}.items() if name != first or value is not None
    }


def _sometimes_odd(
    whole: st.SearchStrategy[dict[str, Any]], *paths: tuple[str, ...]
) -> st.SearchStrategy[dict[str, Any]]:
    return whole | st.builds(_odd, whole, st.sampled_from(paths), anything)


_USER = {"id": SOMEONE, "is_bot": False, "first_name": f"{CANARY}name", "language_code": "en"}
_MESSAGE = {"message_id": 7, "date": 1795597200, "chat": {"id": SOMEONE, "type": "private"}, "from": _USER}
_contents = st.one_of(
    st.fixed_dictionaries({"text": texts}),
    st.fixed_dictionaries({"caption": texts}),
    st.fixed_dictionaries({"location": st.fixed_dictionaries({"latitude": _scalars, "longitude": _scalars})}),
    st.fixed_dictionaries({"text": texts, "reply_to_message": st.just(_MESSAGE)}),
    st.fixed_dictionaries({"text": texts, "entities": anything}),
    st.dictionaries(st.sampled_from(("photo", "voice", "sticker", "document", "contact", "poll")), anything),
)
_messages = _contents.map(lambda contents: {**_MESSAGE, **contents})
_queries = st.builds(
    lambda press, message: {
        "id": "1",
        "from": _USER,
        "chat_instance": "1",
        "data": press,
        "message": message,
    },
    presses,
    _messages,
)
updates = _sometimes_odd(
    st.one_of(
        st.builds(lambda message: {"update_id": 0, "message": message}, _messages),
        st.builds(lambda message: {"update_id": 0, "edited_message": message}, _messages),
        st.builds(lambda query: {"update_id": 0, "callback_query": query}, _queries),
    ),
    *(("update_id",), ("message",), ("message", "chat"), ("message", "chat", "type"), ("message", "from")),
    *(("message", "date"), ("message", "message_id"), ("callback_query", "message"), ("message", "text")),
    *(("callback_query", "data"), ("callback_query", "from"), ("edited_message", "edit_date")),
)
_no_text = anything.filter(lambda each: not isinstance(each, str))
deliveries = st.lists(updates | _no_text | st.binary(max_size=60).map(bytes.hex), min_size=1, max_size=6)

_frames = _sometimes_odd(
    st.one_of(
        st.builds(lambda text: {"id": "", "text": text}, texts),
        st.builds(lambda press: {"id": "", "press": press, "message": "farewell:1"}, presses),
        st.builds(lambda *place: {"id": "", "place": list(place)}, st.floats(-99, 99), st.floats(-199, 199)),
        st.builds(lambda zone: {"hello": {"zone": zone, "language": "en"}}, st.text(max_size=20)),
    ),
    *(("id",), ("text",), ("press",), ("message",), ("place",), ("hello",), ("hello", "language")),
)
frames = st.lists(_frames | anything | texts, min_size=1, max_size=8)

RECORD: dict[str, Any] = json.loads(Path(__file__).with_name("record.json").read_text(encoding="utf-8"))
"""A record with something in each list, as `/export` gave it."""
_WRONG = (
    *("0001-01-01", "9999-12-31", "2026-02-30", "2026-11-25T09:00:00+14:00", "9999-12-31T23:59:59+00:00"),
    *("0001-01-01T00:00:00+00:00", "24:00", "07:30", "00:00,23:59", "Europe/Berlin", "Etc/GMT+14", "en"),
    *("FREQ=SECONDLY", "FREQ=WEEKLY;BYDAY=MO;COUNT=0", "FREQ=DAILY;INTERVAL=99999999", "tired", "done"),
    *("=1+1", "zqcanary", "x" * 5000, "{words}", "<b>", "I want to die", "\x00", "\u202e", "\ud800"),
)
_values = st.sampled_from(_WRONG) | st.integers(-2, 2**70) | st.floats() | anything
_edits = st.lists(
    st.tuples(st.sampled_from(("set", "drop", "repeat")), st.integers(0, 999), _values), max_size=4
)
records = st.one_of(
    st.fixed_dictionaries(
        {
            "edits": _edits,
            "wrap": st.sampled_from(("json", "zip", "zip of another name", "zip in a zip")),
            "cut": st.none() | st.integers(0, 999),
            "flip": st.lists(st.integers(0, 20_000), max_size=3),
        }
    ),
    st.binary(max_size=80).map(bytes.hex),
    st.builds(lambda rest: (b"PK" + rest).hex(), st.binary(max_size=80)),
)
"""A file to bring along: bytes in hexadecimals, or what is done to `RECORD` and to the file it is put in."""


def altered(edits: Any) -> dict[str, Any]:
    """The record with these edits: each sets, drops or repeats one value, the n-th of all there are."""
    record = json.loads(json.dumps(RECORD))
    for what, number, value in edits:
        places = list(_places(record))
        if not places:
            break
        holder, key = places[number % len(places)]
        if what == "set":
            holder[key] = value
        elif what == "drop":
            del holder[key]
        elif isinstance(holder, list):
            holder.append(json.loads(json.dumps(holder[key])))
        else:
            holder[f"{key}x"] = holder[key]
    return dict(record)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every key of every object and list, with what holds it."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key])
