"""QR codes of links: dark on light whatever the theme, since that is what cameras read."""

import io

import segno

Matrix = tuple[tuple[bool, ...], ...]
_PIXELS = 12
_QUIET = 4
"""Light squares around the code, as its standard asks."""


def draw_qr(link: str) -> bytes:
    """The link as a PNG; up to 15% of it may be covered or smeared."""
    made = io.BytesIO()
    segno.make(link, error="m", micro=False).save(made, kind="png", scale=_PIXELS, border=_QUIET)
    return made.getvalue()


def matrix_of(link: str) -> Matrix:
    """The same code in rows of squares, True for a dark one, without the light ones around it."""
    code = segno.make(link, error="m", micro=False)
    return tuple(tuple(bool(square) for square in row) for row in code.matrix)
