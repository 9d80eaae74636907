import io

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.pictures.png import png_of


@given(st.integers(1, 40), st.integers(1, 40), st.binary(min_size=1, max_size=12))
def test_a_reader_finds_the_same_pixels(width: int, height: int, pattern: bytes) -> None:
    size = 3 * width * height
    image = Image.frombytes("RGB", (width, height), (pattern * size)[:size])
    with Image.open(io.BytesIO(png_of(image))) as opened:
        opened.load()
    assert (opened.format, opened.mode, opened.size) == ("PNG", "RGB", image.size)
    assert opened.tobytes() == image.tobytes()


def test_flat_colours_take_little() -> None:
    assert len(png_of(Image.new("RGB", (1080, 3000), "#f4f0e8"))) < 1080 * 3000 * 3 / 100
