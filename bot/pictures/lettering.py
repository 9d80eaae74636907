"""Text in a picture: wrapped where it is long, shrunk where it can't be, never cut."""

from functools import cache, lru_cache
from math import ceil
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

_FONTS = Path(__file__).parent / "fonts"
_SMALLEST = 24
_KEPT = 512
"""Words whose letters are remembered: numbers and the names of days, months and marks, of some languages."""


@cache
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """The typeface at a size in pixels."""
    return ImageFont.truetype(str(_FONTS / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")), size)


def drawable(words: str) -> str:
    """The words without what the typeface cannot draw, such as emoji."""
    missing = _ink("\U0010ffff")
    kept = (
        letter
        for letter in " ".join(words.split())
        if letter == " " or (letter.isprintable() and _ink(letter) != missing)
    )
    return " ".join("".join(kept).split())


def fitted(words: str, width: float, size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """The largest typeface, up to `size`, in which the words take at most `width` pixels."""
    while size > _SMALLEST and font(size, bold=bold).getlength(words) > width:
        size -= 2
    return font(size, bold=bold)


def wrapped(words: str, width: float, chosen: ImageFont.FreeTypeFont) -> list[str]:
    """Lines of at most `width` pixels; a single word that is wider is split."""
    lines: list[str] = []
    for word in words.split(" "):
        candidate = f"{lines[-1]} {word}" if lines else word
        if lines and chosen.getlength(candidate) <= width:
            lines[-1] = candidate
        else:
            lines.extend(_split(word, width, chosen))
    return lines


def letters_of(words: str, chosen: ImageFont.FreeTypeFont, anchor: str) -> tuple[Image.Image, float, float]:
    """How much of each pixel the letters cover (0-255), and where their corner lies from the anchor."""
    left, top, right, bottom = chosen.getbbox(words, anchor=anchor)
    letters = Image.new("L", (ceil(right - left), ceil(bottom - top)))
    ImageDraw.Draw(letters).text((-left, -top), words, font=chosen, fill=255, anchor=anchor)
    return letters, left, top


kept_letters = lru_cache(maxsize=_KEPT)(letters_of)
"""The same, remembered: for words that many pictures share."""


def _split(word: str, width: float, chosen: ImageFont.FreeTypeFont) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and chosen.getlength(parts[-1] + letter) > width:
            parts.append("")
        parts[-1] += letter
    return parts


@cache
def _ink(letter: str) -> bytes:
    return bytes(font(20).getmask(letter))
