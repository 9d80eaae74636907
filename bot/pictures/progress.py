"""The picture of /progress: a calendar of practice, and momentum as a calm line."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from PIL import Image, ImageDraw

from bot.pictures.layout import INNER, MARGIN, WIDTH, Plan, Tile, lay_out
from bot.pictures.lettering import centred, drawable, fitted, font, wrapped
from bot.pictures.palette import DARK, LIGHT, Palette

FEWEST_POINTS = 3
_LINE_HEIGHT = 46
_CHART = 220
_LEGEND = 40


class DayKind(StrEnum):
    """What a day shows. There is no "missed": a day without practice is simply open."""

    DONE = "done"
    TINY = "tiny"
    PARTLY = "partly"
    PAUSED = "paused"
    OPEN = "open"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar."""

    on: date
    kind: DayKind


@dataclass(frozen=True, slots=True)
class Point:
    """Momentum (0-100) at the end of a day."""

    on: date
    value: float


@dataclass(frozen=True, slots=True)
class Labels:
    """All words of the picture, in the person's language. Weekdays from Monday, months from January."""

    title: str
    headline: str
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    legend: Mapping[DayKind, str]
    momentum: str


@dataclass(frozen=True, slots=True)
class ProgressPicture:
    """What to draw: days that follow each other, momentum where it is known."""

    days: tuple[Day, ...]
    momentum: tuple[Point, ...]
    labels: Labels
    first_weekday: int = 0


def draw_progress(picture: ProgressPicture, *, dark: bool = False) -> bytes:
    """Draws the picture as PNG, 1080 pixels wide and as high as it needs."""
    return _Drawing(picture, DARK if dark else LIGHT).png()


class _Drawing:
    def __init__(self, picture: ProgressPicture, palette: Palette) -> None:
        self._picture = picture
        self._colours = palette
        labels = picture.labels
        self._title = drawable(labels.title)
        self._headline = wrapped(drawable(labels.headline), INNER, font(36))
        top = MARGIN + 64 + _LINE_HEIGHT * len(self._headline) + 36
        self._plan = lay_out([day.on for day in picture.days], picture.first_weekday, top)
        self._legend = self._legend_places(top + self._plan.height + 40)
        self._chart_top = self._legend[-1][1] + _LEGEND + 40 if self._legend else top + self._plan.height + 40
        self._has_chart = len(picture.momentum) >= FEWEST_POINTS
        height = self._chart_top + (_CHART + 60 if self._has_chart else 0) + MARGIN - 20
        self._image = Image.new("RGB", (WIDTH, round(height)), palette.paper)
        self._draw = ImageDraw.Draw(self._image)

    def png(self) -> bytes:
        self._words()
        self._calendar(self._plan)
        for kind, y, x in self._legend:
            self._legend_entry(kind, x, y)
        if self._has_chart:
            self._momentum()
        out = io.BytesIO()
        self._image.save(out, "PNG", optimize=False, compress_level=6)
        return out.getvalue()

    def _words(self) -> None:
        chosen = fitted(self._title, INNER, 48, bold=True)
        self._draw.text((MARGIN, MARGIN), self._title, font=chosen, fill=self._colours.ink)
        for number, line in enumerate(self._headline):
            at = (MARGIN, MARGIN + 68 + number * _LINE_HEIGHT)
            self._draw.text(at, line, font=font(36), fill=self._colours.quiet)

    def _calendar(self, plan: Plan) -> None:
        labels = self._picture.labels
        for heading in plan.headings:
            words = labels.weekdays[heading.weekday] if heading.weekday is not None else ""
            words = (
                drawable(labels.months[heading.month - 1]) if heading.month is not None else drawable(words)
            )
            chosen = fitted(words, heading.width - 8, 28)
            centred(self._draw, (heading.x, heading.y), words, chosen, self._colours.quiet)
        for tile, day in zip(plan.tiles, self._picture.days, strict=True):
            self._tile(tile, day.kind)
            if plan.numbered:
                self._number(tile, day)

    def _tile(self, tile: Tile, kind: DayKind) -> None:
        box = (tile.left, tile.top, tile.left + tile.side, tile.top + tile.side)
        radius, stroke = tile.side * 0.22, max(2, round(tile.side / 28))
        colours, draw = self._colours, self._draw
        if kind is DayKind.DONE:
            draw.rounded_rectangle(box, radius, fill=colours.mark)
            return
        outline = colours.faint if kind is DayKind.AHEAD else colours.line
        draw.rounded_rectangle(box, radius, fill=colours.card, outline=outline, width=stroke)
        if kind is DayKind.TINY:
            self._dot(tile)
        elif kind is DayKind.PARTLY:
            self._half(tile, radius)
        elif kind is DayKind.PAUSED:
            self._bars(tile)

    def _dot(self, tile: Tile) -> None:
        x, y = tile.centre
        size = tile.side * 0.30
        self._draw.ellipse((x - size, y - size, x + size, y + size), fill=self._colours.mark)

    def _half(self, tile: Tile, radius: float) -> None:
        middle = tile.top + tile.side / 2
        box = (tile.left, middle, tile.left + tile.side, tile.top + tile.side)
        corners = (False, False, True, True)
        self._draw.rounded_rectangle(box, radius, fill=self._colours.mark, corners=corners)

    def _bars(self, tile: Tile) -> None:
        x, y = tile.centre
        high, wide, apart = tile.side * 0.2, tile.side * 0.07, tile.side * 0.11
        for side in (-1, 1):
            middle = x + side * apart
            box = (middle - wide, y - high, middle + wide, y + high)
            self._draw.rounded_rectangle(box, wide, fill=self._colours.soft)

    def _number(self, tile: Tile, day: Day) -> None:
        on_mark = day.kind in (DayKind.DONE, DayKind.TINY)
        fill = self._colours.on_mark if on_mark else self._colours.quiet
        x, y = tile.centre
        if day.kind is DayKind.PAUSED:
            return
        if day.kind is DayKind.PARTLY:
            y -= tile.side / 4
        centred(self._draw, (x, y), str(day.on.day), font(32, bold=day.kind is DayKind.DONE), fill)

    def _legend_places(self, top: float) -> list[tuple[DayKind, float, float]]:
        """Each kind that occurs, with its words, from left to right, on as many lines as they need."""
        present = {day.kind for day in self._picture.days} - {DayKind.AHEAD}
        places, x, y = [], float(MARGIN), top
        for kind in (kind for kind in DayKind if kind in present and kind in self._picture.labels.legend):
            width = 46 + font(28).getlength(drawable(self._picture.labels.legend[kind])) + 40
            if x > MARGIN and x + width > WIDTH - MARGIN:
                x, y = MARGIN, y + _LEGEND + 12
            places.append((kind, y, x))
            x += width
        return places

    def _legend_entry(self, kind: DayKind, x: float, y: float) -> None:
        self._tile(Tile(self._picture.days[0].on, x, y, 32), kind)
        words = drawable(self._picture.labels.legend[kind])
        chosen = fitted(words, WIDTH - MARGIN - x - 46, 28)
        self._draw.text((x + 46, y + 16), words, font=chosen, fill=self._colours.ink, anchor="lm")

    def _momentum(self) -> None:
        draw, colours, top = self._draw, self._colours, self._chart_top
        words = drawable(self._picture.labels.momentum)
        draw.text((MARGIN, top), words, font=fitted(words, INNER, 30), fill=colours.quiet)
        base = top + 56 + _CHART - 16
        draw.line((MARGIN, base, WIDTH - MARGIN, base), fill=colours.faint, width=2)
        points = self._chart_points(top + 56, base)
        draw.polygon([(points[0][0], base), *points, (points[-1][0], base)], fill=self._wash())
        draw.line(points, fill=colours.mark, width=6, joint="curve")
        x, y = points[-1]
        draw.ellipse((x - 10, y - 10, x + 10, y + 10), fill=colours.mark)

    def _chart_points(self, top: float, base: float) -> list[tuple[float, float]]:
        first, last = self._picture.days[0].on, self._picture.days[-1].on
        span = max(1, (last - first).days)
        return [
            (
                MARGIN + 10 + (point.on - first).days / span * (INNER - 20),
                base - point.value / 100 * (base - top),
            )
            for point in self._picture.momentum
        ]

    def _wash(self) -> tuple[int, int, int]:
        """The mark's colour, thinned on the paper."""
        mark, paper = (_rgb(colour) for colour in (self._colours.mark, self._colours.paper))
        red, green, blue = (round(a * 0.18 + b * 0.82) for a, b in zip(mark, paper, strict=True))
        return red, green, blue


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
