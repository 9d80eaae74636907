"""Text in a picture: wrapped where it is long, shrunk where it can't be, never cut."""

from functools import cache
from pathlib import Path

from PIL import ImageDraw, ImageFont

_FONTS = Path(__file__).parent / "fonts"
_SMALLEST = 24


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


def centred(
    draw: ImageDraw.ImageDraw, at: tuple[float, float], words: str, chosen: ImageFont.FreeTypeFont, fill: str
) -> None:
    """Draws one line around a point."""
    draw.text(at, words, font=chosen, fill=fill, anchor="mm")


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
