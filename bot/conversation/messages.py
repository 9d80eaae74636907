"""What crosses the border between the conversation and a platform.

A platform turns its updates into `Incoming` and carries `Wire` messages out. It knows nothing else of
Limber. Words in a `Wire` message are plain text with one kind of markup, `<b>…</b>`; everything else
that HTML would read as markup is escaped (`&lt;`, `&gt;`, `&amp;`).
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update from a platform, in Limber's own terms.

    `update_key` is the platform's own identity of the update: the same update delivered twice has the
    same key. `address` is where answers go (a chat id). `at` is UTC, as the platform told it.
    Exactly one of `text`, `press` and `place` is set.
    """

    platform: str
    address: str
    update_key: str
    at: datetime
    text: str | None = None
    press: str | None = None
    place: tuple[float, float] | None = None
    language: str | None = None
    message_ref: str | None = None
    reply_to: str | None = None
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """A button: what the person reads, and what comes back when it is pressed (1-64 bytes)."""

    label: str
    press: str


@dataclass(frozen=True, slots=True)
class Wire:
    """One message on its way out, worded in the person's language, ready for any platform.

    `edits` is the platform's reference of an earlier message that this one replaces in place.
    `picture` and `document` are requests: the sender draws or writes them just before sending.
    `asks_place` invites the platform to offer its own "share my location" control.
    """

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    picture: dict[str, Any] | None = None
    document: dict[str, Any] | None = None
    edits: str | None = None
    asks_place: bool = False
    private: bool = field(default=False)
