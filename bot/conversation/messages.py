"""What crosses the border between the conversation and a platform.

A platform turns its updates into `Incoming` and carries `Wire` messages out. It knows nothing else of
Limber. Words in a `Wire` are text with one kind of markup, `<b>…</b>`; everything else that HTML would
read as markup is escaped (`&lt;`, `&gt;`, `&amp;`).
"""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

UNKEPT = "unkept:"
"""How the keys of outgoing messages begin that are kept nowhere."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """The message whose button was pressed, as it stood: its words (as in `Wire`) and the button's label."""

    message_ref: str
    text: str
    label: str
    captioned: bool = False


LARGEST_DOCUMENT = 12_000_000
"""Bytes of a document that a platform fetches."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was sent: its name, and its bytes, None where it is too large to be fetched."""

    name: str
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update from a platform, in Limber's own terms.

    `update_key` is the platform's own identity of the update: the same update delivered twice has the
    same key. `address` is where answers go (a chat id). `at` is UTC, as the platform told it.
    Exactly one of `text`, `press` and `place` (latitude, longitude in degrees) is set; with a `document`,
    `text` is what is written under it. `language` and
    `zone` are hints of the platform, never taken without asking; `dark` is how it looks just now. With
    `taps_only`, people answer by tapping there: words typed are looked at for danger, and then dropped.
    """

    platform: str
    address: str
    update_key: str
    at: datetime
    text: str | None = None
    press: str | None = None
    place: tuple[float, float] | None = None
    document: Document | None = None
    language: str | None = None
    zone: str | None = None
    message_ref: str | None = None
    reply_to: str | None = None
    edited: bool = False
    pressed: Pressed | None = None
    dark: bool = False
    taps_only: bool = False


@dataclass(frozen=True, slots=True)
class Typing:
    """Words being typed behind a command; `language` and `taps_only` as in `Incoming`."""

    command: str
    words: str
    language: str | None = None
    taps_only: bool = False


@dataclass(frozen=True, slots=True)
class Completion:
    """What the words may become: as it is shown, and as it is sent."""

    shown: str
    words: str


@dataclass(frozen=True, slots=True)
class Button:
    """A button: what the person reads, and what comes back when it is pressed (1-64 bytes)."""

    label: str
    press: str


@dataclass(frozen=True, slots=True)
class Wire:
    """One message on its way out, worded in the person's language, ready for any platform.

    `edits` is the platform's reference of an earlier message that this one replaces in place (its
    caption, if `captioned`). `picture` and `document` are requests: they are drawn or written just
    before sending. `asks_place` invites the platform to offer its own "share my location" control.
    """

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    picture: dict[str, Any] | None = None
    document: dict[str, Any] | None = None
    edits: str | None = None
    captioned: bool = False
    asks_place: bool = False

    def packed(self) -> dict[str, Any]:
        """As JSON values. By hand, since each message is packed, and `asdict` copies in depth."""
        buttons = [[{"label": each.label, "press": each.press} for each in row] for row in self.buttons]
        return {"buttons": buttons, **{name: getattr(self, name) for name in _WIRE}}

    @classmethod
    def unpacked(cls, packed: dict[str, Any]) -> "Wire":
        """From JSON values."""
        buttons = tuple(tuple(Button(**each) for each in row) for row in packed["buttons"])
        return cls(**{**packed, "buttons": buttons})


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or document made for a message: its bytes, its file name, and what it says, in words.

    A `protected` one can't be saved or passed on, where the platform can see to that.
    """

    content: bytes
    name: str
    media_type: str
    alternative: str = ""
    protected: bool = False


_WIRE = tuple(each.name for each in fields(Wire) if each.name != "buttons")
