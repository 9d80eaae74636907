import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PIL import Image

from bot.pictures.calendar import Day, DayKind, Names
from bot.pictures.canvas import Canvas
from bot.pictures.charts import Line, Point
from bot.pictures.lettering import font, kept_letters
from bot.pictures.palette import DARK, LIGHT, Colour, Palette, Rgb
from bot.pictures.progress import ProgressPicture, draw_progress

START = date(2026, 1, 1)


def _colours(canvas: Canvas, palette: Palette) -> set[Rgb]:
    with Image.open(io.BytesIO(canvas.png(palette))) as image:
        found = image.convert("RGB").getcolors()
    assert found is not None
    return {(pixel[0], pixel[1], pixel[2]) for _, pixel in found if isinstance(pixel, tuple)}


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_letters_shade_from_their_ground_to_their_colour(palette: Palette) -> None:
    canvas = Canvas(200)
    canvas.draw.rectangle((0, 0, 1079, 199), fill=Colour.CARD)
    canvas.write((20, 20), "Seven of them", font(60), Colour.MARK, on=Colour.CARD)
    ground, colour = palette.rgb(Colour.CARD), palette.rgb(Colour.MARK)
    colours = _colours(canvas, palette)

    assert {ground, colour} < colours
    shares = {
        tuple(
            round((each[part] - ground[part]) / (colour[part] - ground[part]), 1)
            for part in range(3)
            if abs(colour[part] - ground[part]) > 60
        )
        for each in colours
    }
    assert all(max(each) - min(each) < 0.11 and min(each) >= 0 and max(each) <= 1 for each in shares)
    assert len(shares) > 8


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_each_colour_looks_as_its_theme_says(palette: Palette) -> None:
    for colour in Colour:
        canvas = Canvas(10)
        canvas.draw.rectangle((0, 0, 1079, 9), fill=colour)
        assert _colours(canvas, palette) == {palette.rgb(colour)}


def test_no_letters_of_own_words_are_kept_for_other_pictures() -> None:
    days = tuple(Day(START + timedelta(days=number), DayKind.DONE) for number in range(30))
    names = Names(("Mon",) * 7, ("Jan",) * 12, {"done": "did it"})
    points = tuple(Point(day.on, 5) for day in days)
    line = Line("Confidence: breathing", points, 10, START, days[-1].on, ("1 Jan", "30 Jan"), dots=True)
    picture = ProgressPicture("Your month", "You practised.", days, names, 0, (line,))
    draw_progress(picture)
    kept = kept_letters.cache_info().currsize

    own = replace(
        picture, headline="Letter to my father, 7 times.", lines=(replace(line, title="My father"),)
    )
    draw_progress(own)

    assert kept and kept_letters.cache_info().currsize == kept
