import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.pictures.calendar import Calendar, Day, DayKind, Names
from bot.pictures.charts import Line, Pair, Pairs, Point
from bot.pictures.layout import MARGIN, WIDTH, lay_out
from bot.pictures.lettering import drawable, fitted, font, wrapped
from bot.pictures.palette import DARK, LIGHT, Palette
from bot.pictures.progress import ProgressPicture, draw_progress, sections

START = date(2026, 1, 1)
NAMES = Names(
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    legend={**{str(kind): kind.value for kind in DayKind}, "real": "used when it mattered"},
)
TITLE, SENTENCE = "Your month", "You practised on 5 of your last 7 planned days."
PAIRS = Pairs(
    "Before and after", (Pair(7, 4), Pair(3, 3), Pair(10, 0)), ("1 Jan", "3 Jan"), "before", "after"
)


def _picture(kinds: list[DayKind], *, points: int = 0, names: Names = NAMES) -> ProgressPicture:
    days = tuple(
        Day(START + timedelta(days=number), kind, real=number % 5 == 0) for number, kind in enumerate(kinds)
    )
    last = START + timedelta(days=max(1, len(kinds) - 1))
    line = tuple(Point(START + timedelta(days=number), number % 101) for number in range(points))
    readings = tuple(Point(point.on, point.value % 11) for point in line)
    lines = (
        Line("Momentum: rolling", line, 100, START, last, ("1 Jan", "30 Jan")),
        Line("Confidence", readings, 10, START, last, ("1 Jan", "30 Jan"), dots=True),
    )
    return ProgressPicture(TITLE, SENTENCE, days, names, 0, lines, PAIRS if points else None)


def _opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


@pytest.mark.parametrize("length", [1, 7, 8, 30, 45, 46, 365])
@pytest.mark.parametrize("dark", [False, True])
def test_every_length_is_drawn_the_same_each_time(length: int, dark: bool) -> None:
    kinds = [list(DayKind)[number % len(DayKind)] for number in range(length)]
    png = draw_progress(_picture(kinds, points=length), dark=dark)

    assert _opened(png).width == WIDTH
    assert png == draw_progress(_picture(kinds, points=length), dark=dark)


@pytest.mark.parametrize(("length", "first_weekday"), [(7, 0), (30, 0), (30, 6), (365, 0)])
@pytest.mark.parametrize("dark", [False, True])
def test_as_many_tiles_are_filled_as_days_were_done(length: int, first_weekday: int, dark: bool) -> None:
    days = [START + timedelta(days=number) for number in range(length)]
    kinds = [DayKind.DONE if number % 3 == 0 else DayKind.REST for number in range(length)]
    real = [number % 4 == 0 for number in range(length)]
    drawn = tuple(map(Day, days, kinds, real))
    picture = ProgressPicture(TITLE, SENTENCE, drawn, NAMES, first_weekday)
    image = _opened(draw_progress(picture, dark=dark)).convert("RGB")
    heading = sections(picture)[0]
    plan = Calendar(drawn, NAMES, first_weekday).plan(MARGIN + heading.height + 56)
    palette = DARK if dark else LIGHT

    def painted(across: float, down: float, colour: str) -> list[date]:
        wanted = tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
        return [
            tile.on
            for tile in plan.tiles
            if image.getpixel((round(tile.left + tile.side * across), round(tile.top + tile.side * down)))
            == wanted
        ]

    assert painted(0.5, 0.12, palette.mark) == [day.on for day in drawn if day.kind is DayKind.DONE]
    right, down = (0.88, 0.12) if plan.numbered else (0.7, 0.3)
    assert painted(right, down, palette.real) == [day.on for day in drawn if day.real]


def test_few_points_are_no_chart() -> None:
    kinds = [DayKind.REST] * 30

    assert len(sections(_picture(kinds, points=2))) == 3
    assert len(sections(_picture(kinds, points=3))) == 5


def test_words_that_are_long_take_room_and_are_never_cut() -> None:
    names = Names(
        weekdays=("Montag",) * 7,
        months=("Dezember",) * 12,
        legend={name: f"{name} mit einem sehr langen Namen" for name in NAMES.legend},
    )
    picture = replace(
        _picture(list(DayKind) * 5, points=30, names=names),
        title="Deine Übungsmonatszusammenfassung für den vergangenen Zeitraum 🎉",
        headline="Geübt an fünf von sieben Tagen, " * 6 + "Donaudampfschifffahrtsgesellschaftskapitän" * 3,
    )
    image = _opened(draw_progress(picture)).convert("RGB")
    paper = (0xF6, 0xF1, 0xE8)

    edge = [image.getpixel((WIDTH - 8, y)) for y in range(image.height)]
    assert set(edge) == {paper}


@given(
    kinds=st.lists(st.sampled_from(list(DayKind)), min_size=1, max_size=60),
    first=st.integers(0, 6),
    title=st.text(max_size=40),
)
@settings(max_examples=15, deadline=None)
def test_any_range_and_any_words_are_drawn(kinds: list[DayKind], first: int, title: str) -> None:
    picture = replace(_picture(kinds), title=title, headline=title, first_weekday=first)

    assert draw_progress(picture).startswith(b"\x89PNG")


@given(st.lists(st.integers(0, 500), min_size=1, max_size=1), st.integers(0, 6))
@settings(max_examples=30, deadline=None)
def test_tiles_lie_side_by_side_inside_the_picture(lengths: list[int], first: int) -> None:
    days = [START + timedelta(days=number) for number in range(lengths[0] + 1)]
    plan = lay_out(days, first, 100)

    assert [tile.on for tile in plan.tiles] == days
    assert len({(tile.left, tile.top) for tile in plan.tiles}) == len(days)
    assert all(
        tile.left >= MARGIN - 0.01 and tile.left + tile.side <= WIDTH - MARGIN + 0.01 for tile in plan.tiles
    )
    assert max(tile.top + tile.side for tile in plan.tiles) <= 100 + plan.height + 1


def test_what_the_typeface_lacks_is_left_out_cleanly() -> None:
    assert drawable("Well 🎉 done\n✓ ä ł И →") == "Well done ✓ ä ł И →"


def test_words_shrink_before_they_run_over_and_split_before_they_are_cut() -> None:
    assert fitted("short", 500, 40).size == 40
    assert fitted("a rather long line of words", 300, 40).size < 40
    lines = wrapped("one two " + "x" * 80, 300, font(30))
    assert "".join(lines).replace(" ", "") == "onetwo" + "x" * 80
    assert all(font(30).getlength(line) <= 300 for line in lines)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast_is_enough_for_words_and_marks(palette: Palette) -> None:
    assert _contrast(palette.ink, palette.paper) >= 4.5
    assert _contrast(palette.quiet, palette.paper) >= 4.5
    assert _contrast(palette.quiet, palette.card) >= 4.5
    assert _contrast(palette.on_mark, palette.mark) >= 4.5
    for mark in (palette.mark, palette.real, palette.soft, palette.line):
        assert _contrast(mark, palette.card) >= 3
        assert _contrast(mark, palette.paper) >= 3


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
