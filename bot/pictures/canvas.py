"""A sheet that sections are drawn on, one under the other."""

from collections.abc import Sequence
from typing import Protocol

from PIL import Image, ImageDraw

from bot.pictures.layout import MARGIN, WIDTH
from bot.pictures.lettering import fitted
from bot.pictures.palette import Palette
from bot.pictures.png import png_of

LABEL = 36
"""Pixels of a label, for a picture that a phone shows at about a third of its width."""

_BETWEEN = 56


class Canvas:
    """The image, its colours, and the strokes that several sections use."""

    def __init__(self, height: float, colours: Palette, width: int = WIDTH) -> None:
        self.colours = colours
        self._image = Image.new("RGB", (width, round(height)), colours.paper)
        self.draw = ImageDraw.Draw(self._image)

    def stamp(self, other: "Canvas", at: tuple[float, float]) -> None:
        """Puts what another canvas shows here: quick for what comes often."""
        self._image.paste(other._image, (round(at[0]), round(at[1])))

    def label(self, at: tuple[float, float], words: str, width: float, anchor: str = "la") -> None:
        """Writes quiet words that take at most `width` pixels."""
        chosen = fitted(words, width, LABEL)
        self.draw.text(at, words, font=chosen, fill=self.colours.quiet, anchor=anchor)

    def dot(self, at: tuple[float, float], radius: float, fill: str, outline: str | None = None) -> None:
        """Draws a filled circle, or with `outline` a ring."""
        (x, y), width = at, max(3, round(radius / 2.5))
        box = (x - radius, y - radius, x + radius, y + radius)
        self.draw.ellipse(box, fill=fill, outline=outline, width=width if outline else 0)

    def diamond(self, at: tuple[float, float], radius: float) -> None:
        """Draws the mark of practice when it mattered, set off from what it lies on."""
        x, y = at
        for size, fill in ((radius * 1.25, self.colours.card), (radius, self.colours.real)):
            self.draw.polygon([(x, y - size), (x + size, y), (x, y + size), (x - size, y)], fill=fill)

    def thinned(self, colour: str, share: float) -> tuple[int, int, int]:
        """Returns a colour thinned on the paper."""
        pairs = zip(_rgb(colour), _rgb(self.colours.paper), strict=True)
        red, green, blue = (round(mark * share + paper * (1 - share)) for mark, paper in pairs)
        return red, green, blue

    def png(self) -> bytes:
        """Returns the image as PNG."""
        return png_of(self._image)


class Section(Protocol):
    """A part of a picture that knows how high it is before it is drawn."""

    @property
    def height(self) -> float:
        """Pixels it takes."""

    def draw(self, canvas: Canvas, top: float) -> None:
        """Draws it below `top`."""


def stacked(sections: Sequence[Section], colours: Palette) -> bytes:
    """Draws the sections one under the other, as PNG, 1080 pixels wide and as high as they need."""
    height = sum(section.height for section in sections) + _BETWEEN * (len(sections) - 1)
    canvas, top = Canvas(height + 2 * MARGIN, colours), float(MARGIN)
    for section in sections:
        section.draw(canvas, top)
        top += section.height + _BETWEEN
    return canvas.png()


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
