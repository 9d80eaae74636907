import io

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.pictures.png import png_of

COLOURS = [(number, 255 - number, number * 7 % 256) for number in range(256)]


@given(st.integers(1, 40), st.integers(1, 40), st.binary(min_size=1, max_size=12))
def test_a_reader_finds_the_same_pixels(width: int, height: int, pattern: bytes) -> None:
    size = width * height
    image = Image.frombytes("L", (width, height), (pattern * size)[:size])
    with Image.open(io.BytesIO(png_of(image, COLOURS))) as opened:
        opened.load()
    assert (opened.format, opened.mode, opened.size) == ("PNG", "P", image.size)
    assert opened.convert("RGB").tobytes() == b"".join(bytes(COLOURS[number]) for number in image.tobytes())


def test_flat_colours_take_little() -> None:
    assert len(png_of(Image.new("L", (1080, 3000), 3), COLOURS)) < 1080 * 3000 / 100
