"""A sheet that sections are drawn on, one under the other."""

from collections.abc import Sequence
from functools import cache
from typing import Protocol

from PIL import Image, ImageDraw, ImageFont

from bot.pictures.layout import MARGIN, WIDTH
from bot.pictures.lettering import fitted, kept_letters, letters_of
from bot.pictures.palette import Colour, Palette, blended
from bot.pictures.png import png_of

LABEL = 36
"""Pixels of a label, for a picture that a phone shows at about a third of its width."""

_BETWEEN = 56
_SHADES = 16
"""Steps from the ground to the colour of letters, whose edges are smooth."""


class Canvas:
    """The image, and the strokes that several sections use.

    A pixel is the number of its colour: a third of what red, green and blue take, and of the time to pack
    them. After the numbers of `Colour` come the shades of words, for each colour and ground written in.
    """

    def __init__(self, height: float) -> None:
        self._image = Image.new("L", (WIDTH, round(height)), Colour.PAPER)
        self._written: list[tuple[Colour, Colour]] = []
        self.draw = ImageDraw.Draw(self._image)

    def cut(self, box: tuple[int, int, int, int]) -> Image.Image:
        """Returns a copy of what was drawn in a box."""
        return self._image.crop(box)

    def stamp(self, piece: Image.Image, at: tuple[int, int]) -> None:
        """Puts a copy here: quick for what comes often."""
        self._image.paste(piece, at)

    def write(
        self,
        at: tuple[float, float],
        words: str,
        chosen: ImageFont.FreeTypeFont,
        colour: Colour = Colour.INK,
        *,
        on: Colour = Colour.PAPER,
        anchor: str = "la",
        kept: bool = False,
    ) -> None:
        """Writes words over a ground of one colour.

        With `kept` their letters stay in memory, for other people's pictures too: never a person's own words.
        """
        letters, left, top = (kept_letters if kept else letters_of)(words, chosen, anchor)
        corner = round(at[0] + left), round(at[1] + top)
        self._image.paste(letters.point(_numbers(self._first_shade(colour, on))), corner)

    def label(
        self, at: tuple[float, float], words: str, width: float, anchor: str = "la", *, kept: bool = False
    ) -> None:
        """Writes quiet words that take at most `width` pixels; see `write`."""
        self.write(at, words, fitted(words, width, LABEL), Colour.QUIET, anchor=anchor, kept=kept)

    def dot(
        self, at: tuple[float, float], radius: float, fill: Colour, outline: Colour | None = None
    ) -> None:
        """Draws a filled circle, or with `outline` a ring."""
        (x, y), width = at, max(3, round(radius / 2.5))
        box = (x - radius, y - radius, x + radius, y + radius)
        self.draw.ellipse(box, fill=fill, outline=outline, width=0 if outline is None else width)

    def diamond(self, at: tuple[float, float], radius: float) -> None:
        """Draws the mark of practice when it mattered, set off from what it lies on."""
        x, y = at
        for size, fill in ((radius * 1.25, Colour.CARD), (radius, Colour.REAL)):
            self.draw.polygon([(x, y - size), (x + size, y), (x, y + size), (x - size, y)], fill=fill)

    def png(self, palette: Palette) -> bytes:
        """Returns the image as PNG, in the colours of a theme."""
        colours = [palette.rgb(colour) for colour in Colour]
        for colour, ground in self._written:
            above, below = palette.rgb(colour), palette.rgb(ground)
            colours += (blended(above, below, shade / (_SHADES - 1)) for shade in range(_SHADES))
        return png_of(self._image, colours)

    def _first_shade(self, colour: Colour, ground: Colour) -> int:
        """Returns the number of the first shade between two colours."""
        pair = colour, ground
        if pair not in self._written:
            self._written.append(pair)
        return len(Colour) + _SHADES * self._written.index(pair)


class Section(Protocol):
    """A part of a picture that knows how high it is before it is drawn."""

    @property
    def height(self) -> float:
        """Pixels it takes."""

    def draw(self, canvas: Canvas, top: float) -> None:
        """Draws it below `top`."""


def stacked(sections: Sequence[Section], palette: Palette) -> bytes:
    """Draws the sections one under the other, as PNG, 1080 pixels wide and as high as they need."""
    height = sum(section.height for section in sections) + _BETWEEN * (len(sections) - 1)
    canvas, top = Canvas(height + 2 * MARGIN), float(MARGIN)
    for section in sections:
        section.draw(canvas, top)
        top += section.height + _BETWEEN
    return canvas.png(palette)


@cache
def _numbers(first: int) -> list[int]:
    """Returns the number of the shade for each coverage of a pixel, 0 to 255."""
    return [first + round(covered / 255 * (_SHADES - 1)) for covered in range(256)]
