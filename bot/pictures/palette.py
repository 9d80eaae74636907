"""Colours of the two themes: calm, no red, kinds told apart by shape as well."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as #rrggbb. `mark` is practice, `real` practice when it mattered, `soft` a pause, `line`
    outlines, `faint` what lies outside the record.

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
