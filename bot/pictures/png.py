"""Images as PNG files (ISO/IEC 15948), packed beside Python: others go on meanwhile.

Pillow packs what it writes to memory while it holds the interpreter, for 10 ms where a year is drawn;
zlib by itself lets go of it. Flat colours need none of PNG's filters.
"""

import struct
import zlib
from collections.abc import Iterable

from PIL import Image

from bot.pictures.palette import Rgb

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_EIGHT_BITS, _INDEXED, _DEFLATE, _NO_INTERLACING = 8, 3, 0, 0
_UNFILTERED = b"\x00"
"""Stands before each row of pixels."""
_LEVEL = 3
"""How hard zlib tries, 1 to 9; from 4 on it takes several times as long."""


def png_of(image: Image.Image, colours: Iterable[Rgb]) -> bytes:
    """Returns an image of mode L as a PNG file; its pixels are numbers of up to 256 colours."""
    width, height = image.size
    header = struct.pack(">2I5B", width, height, _EIGHT_BITS, _INDEXED, _DEFLATE, 0, _NO_INTERLACING)
    chunks = (
        (b"IHDR", header),
        (b"PLTE", b"".join(map(bytes, colours))),
        (b"IDAT", _rows(image)),
        (b"IEND", b""),
    )
    return _SIGNATURE + b"".join(_chunk(kind, content) for kind, content in chunks)


def _rows(image: Image.Image) -> bytes:
    """Returns the rows of pixels, compressed; the byte after those of a row is the filter of the next."""
    rows = image.tobytes("raw", "L", image.width + 1)
    packer = zlib.compressobj(_LEVEL)
    return packer.compress(_UNFILTERED) + packer.compress(memoryview(rows)[:-1]) + packer.flush()


def _chunk(kind: bytes, content: bytes) -> bytes:
    """Returns a part of the file: its length, kind, content and checksum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
