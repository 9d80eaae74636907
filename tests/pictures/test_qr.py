"""A QR code as it is drawn is the code of the link, square by square, with its quiet edge."""

from io import BytesIO

import pytest
import segno
from PIL import Image

from bot.pictures.qr import draw_qr, matrix_of

LINK = "https://t.me/limber_bot?start=K7QXM2PADW9TGBRFH6ZE"
_DARK = 128


def squares_in(picture: Image.Image) -> list[list[bool]]:
    """The squares of the one code in a picture, read from the middle of each; the code is its lowest part.

    A code begins with a finder of seven squares, by which the size of a square is told.
    """
    grey = picture.convert("L").point(lambda value: 255 if value < _DARK else 0)
    left, top, right, _ = _code_in(grey)
    run = 0
    while grey.getpixel((left + run, top + 1)):
        run += 1
    count = round((right - left) / (run / 7))
    step = (right - left) / count
    return [
        [
            bool(grey.getpixel((int(left + (x + 0.5) * step), int(top + (y + 0.5) * step))))
            for x in range(count)
        ]
        for y in range(count)
    ]


def _code_in(grey: Image.Image) -> tuple[int, int, int, int]:
    """Where the code is: the tallest run of rows with ink in it, above which words may stand."""
    inked = [grey.crop((0, y, grey.width, y + 1)).getbbox() is not None for y in range(grey.height)]
    runs, start = [], 0
    for y, ink in enumerate([*inked, False]):
        if ink and (not y or not inked[y - 1]):
            start = y
        if not ink and y and inked[y - 1]:
            runs.append((y - start, start, y))
    _, top, bottom = max(runs)
    box = grey.crop((0, top, grey.width, bottom)).getbbox()
    assert box is not None
    return box[0], top, box[2], bottom


@pytest.mark.parametrize("link", [LINK, f"{LINK}&more={'x' * 200}"])
def test_it_is_the_code_that_the_library_makes_of_the_link(link: str) -> None:
    expected = [[bool(each) for each in row] for row in segno.make(link, error="m", micro=False).matrix]
    picture = Image.open(BytesIO(draw_qr(link)))
    assert squares_in(picture) == expected == [list(row) for row in matrix_of(link)]


def test_it_is_dark_on_light_with_four_light_squares_around_it() -> None:
    picture = Image.open(BytesIO(draw_qr(LINK))).convert("L")
    left, top, right, bottom = _code_in(picture.point(lambda value: 255 if value < _DARK else 0))
    count = len(matrix_of(LINK))
    quiet = 4 * (right - left) // count
    assert (left, top, picture.width - right, picture.height - bottom) == (quiet,) * 4
    assert picture.getpixel((0, 0)) == 255 and picture.width >= 360
