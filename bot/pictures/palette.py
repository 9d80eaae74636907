"""Colours of the two themes: calm, no red, kinds told apart by shape as well."""

from dataclasses import dataclass
from enum import IntEnum, auto

_WASH = 0.18
"""How much of the mark's colour is in its wash; the rest is paper."""

Rgb = tuple[int, int, int]


class Colour(IntEnum):
    """What something is drawn in, by its number in the picture; a theme says how it looks.

    `MARK` is practice, `REAL` practice when it mattered, `SOFT` a pause, `LINE` outlines, `FAINT` what
    lies outside the record, `WASH` the area under a line.
    """

    PAPER = 0
    CARD = auto()
    INK = auto()
    QUIET = auto()
    MARK = auto()
    ON_MARK = auto()
    REAL = auto()
    SOFT = auto()
    LINE = auto()
    FAINT = auto()
    WASH = auto()


@dataclass(frozen=True, slots=True)
class Palette:
    """A theme: colours as #rrggbb.

    Teal and amber differ in hue for every kind of colour vision, and in shape as well.
    """

    paper: str
    card: str
    ink: str
    quiet: str
    mark: str
    on_mark: str
    real: str
    soft: str
    line: str
    faint: str

    def rgb(self, colour: Colour) -> Rgb:
        """Returns how a colour looks."""
        if colour is Colour.WASH:
            return blended(self.rgb(Colour.MARK), self.rgb(Colour.PAPER), _WASH)
        written: str = getattr(self, colour.name.lower())
        return int(written[1:3], 16), int(written[3:5], 16), int(written[5:7], 16)


def blended(colour: Rgb, ground: Rgb, share: float) -> Rgb:
    """Returns a colour of which `share` (0 to 1) covers the ground."""
    red, green, blue = (
        round(above * share + below * (1 - share)) for above, below in zip(colour, ground, strict=True)
    )
    return red, green, blue


LIGHT = Palette(
    paper="#f6f1e8",
    card="#fffdf8",
    ink="#26302c",
    quiet="#5b645f",
    mark="#1f6b57",
    on_mark="#ffffff",
    real="#9a5b00",
    soft="#6f7f95",
    line="#7f8882",
    faint="#d9d5c9",
)
DARK = Palette(
    paper="#191816",
    card="#23221f",
    ink="#ece7dc",
    quiet="#aaa598",
    mark="#74c9ac",
    on_mark="#14231d",
    real="#f0b35a",
    soft="#93a3bb",
    line="#7d7a70",
    faint="#3a3833",
)
