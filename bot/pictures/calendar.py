"""The calendar of practice: a tile a day, kinds told apart by shape, and a legend of those that occur."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import ceil

from PIL.Image import Image

from bot.pictures.canvas import LABEL, Canvas
from bot.pictures.layout import MARGIN, WIDTH, Plan, Tile, lay_out
from bot.pictures.lettering import drawable, fitted, font
from bot.pictures.palette import Colour

_LINE = 56
_SWATCH = 40
_NUMBER = 40


class DayKind(StrEnum):
    """What a day shows. There is no "missed": a day without practice is a day of rest."""

    DONE = "done"
    TINY = "tiny"
    PARTLY = "partly"
    PAUSED = "paused"
    REST = "rest"
    OUTSIDE = "outside"


_NUMBERS = {
    DayKind.DONE: (Colour.ON_MARK, Colour.MARK),
    DayKind.TINY: (Colour.ON_MARK, Colour.MARK),
    DayKind.OUTSIDE: (Colour.FAINT, Colour.PAPER),
}
"""What the number of a day is written in, and on; on others it is quiet, on the card."""

REAL = "real"
"""The name of the mark of practice when it mattered, in the legend."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar; `real` where a skill was used when it mattered."""

    on: date
    kind: DayKind
    real: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """Words of a calendar: weekdays from Monday, months from January, and what each mark means."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    legend: Mapping[str, str]


class Calendar:
    """The section with the tiles and their legend."""

    def __init__(self, days: Sequence[Day], names: Names, first_weekday: int) -> None:
        self._days = days
        self._names = names
        self._first = first_weekday
        self._plan = self.plan(0)
        self._legend = self._placed()

    @property
    def height(self) -> float:
        """Pixels it takes."""
        return self._plan.height + (44 + self._legend[-1][2] + _LINE if self._legend else 0)

    def plan(self, top: float) -> Plan:
        """Where everything stands below `top`."""
        return lay_out([day.on for day in self._days], self._first, top)

    def draw(self, canvas: Canvas, top: float) -> None:
        """Draws it below `top`."""
        plan = self.plan(top)
        for heading in plan.headings:
            words = self._names.weekdays[heading.weekday] if heading.weekday is not None else ""
            words = self._names.months[heading.month - 1] if heading.month is not None else words
            chosen = fitted(drawable(words), heading.width - 8, LABEL)
            canvas.write(
                (heading.x, heading.y), drawable(words), chosen, Colour.QUIET, anchor="mm", kept=True
            )
        drawn: dict[DayKind, Image] = {}
        for tile, day in zip(plan.tiles, self._days, strict=True):
            at = round(tile.left), round(tile.top)
            if day.kind not in drawn:
                drawn[day.kind] = _piece(canvas, Tile(tile.on, *at, tile.side), day.kind)
            canvas.stamp(drawn[day.kind], at)
            if plan.numbered:
                _number(canvas, tile, day)
            if day.real:
                canvas.diamond(*real_mark(tile, over=plan.numbered))
        for name, x, y in self._legend:
            self._entry(canvas, name, x, top + plan.height + 44 + y)

    def _placed(self) -> list[tuple[str, float, float]]:
        """Each mark that occurs, from left to right, on as many lines as the words need."""
        present = {str(day.kind) for day in self._days} | {REAL for day in self._days if day.real}
        places: list[tuple[str, float, float]] = []
        x, y = float(MARGIN), 0.0
        for name in (name for name in self._names.legend if name in present):
            width = _SWATCH + 14 + font(LABEL).getlength(drawable(self._names.legend[name])) + 44
            if x > MARGIN and x + width > WIDTH - MARGIN + 44:
                x, y = float(MARGIN), y + _LINE
            places.append((name, x, y))
            x += width
        return places

    def _entry(self, canvas: Canvas, name: str, x: float, y: float) -> None:
        if name == REAL:
            canvas.diamond((x + _SWATCH / 2, y + _SWATCH / 2), 15)
        else:
            draw_tile(canvas, Tile(self._days[0].on, x, y, _SWATCH), DayKind(name))
        words = drawable(self._names.legend[name])
        chosen = fitted(words, WIDTH - MARGIN - x - _SWATCH - 14, LABEL)
        at = (x + _SWATCH + 14, y + _SWATCH / 2)
        canvas.write(at, words, chosen, anchor="lm", kept=True)


def real_mark(tile: Tile, *, over: bool) -> tuple[tuple[float, float], float]:
    """Where the diamond of a tile is and how large: over its corner, or, where tiles are close, inside it."""
    inset, radius = (0.12, 0.13) if over else (0.3, 0.26)
    return (tile.left + tile.side * (1 - inset), tile.top + tile.side * inset), tile.side * radius


def _piece(canvas: Canvas, tile: Tile, kind: DayKind) -> Image:
    """Draws the square of a day; returns a copy for others of its kind."""
    draw_tile(canvas, tile, kind)
    size = ceil(tile.side) + 1
    return canvas.cut((round(tile.left), round(tile.top), round(tile.left) + size, round(tile.top) + size))


def draw_tile(canvas: Canvas, tile: Tile, kind: DayKind) -> None:
    """Draws the square of one day."""
    box = (tile.left, tile.top, tile.left + tile.side, tile.top + tile.side)
    radius, stroke = tile.side * 0.22, max(2, round(tile.side / 28))
    if kind is DayKind.DONE:
        canvas.draw.rounded_rectangle(box, radius, fill=Colour.MARK)
        return
    outline = Colour.FAINT if kind is DayKind.OUTSIDE else Colour.LINE
    fill = Colour.PAPER if kind is DayKind.OUTSIDE else Colour.CARD
    canvas.draw.rounded_rectangle(box, radius, fill=fill, outline=outline, width=stroke)
    if kind is DayKind.TINY:
        canvas.dot(tile.centre, tile.side * 0.3, Colour.MARK)
    elif kind is DayKind.PARTLY:
        _half(canvas, tile, radius)
    elif kind is DayKind.PAUSED:
        _bars(canvas, tile)


def _half(canvas: Canvas, tile: Tile, radius: float) -> None:
    box = (tile.left, tile.top + tile.side / 2, tile.left + tile.side, tile.top + tile.side)
    corners = (False, False, True, True)
    canvas.draw.rounded_rectangle(box, radius, fill=Colour.MARK, corners=corners)


def _bars(canvas: Canvas, tile: Tile) -> None:
    x, y = tile.centre
    high, wide, apart = tile.side * 0.2, tile.side * 0.07, tile.side * 0.11
    for side in (-1, 1):
        middle = x + side * apart
        box = (middle - wide, y - high, middle + wide, y + high)
        canvas.draw.rounded_rectangle(box, wide, fill=Colour.SOFT)


def _number(canvas: Canvas, tile: Tile, day: Day) -> None:
    if day.kind is DayKind.PAUSED:
        return
    colour, ground = _NUMBERS.get(day.kind, (Colour.QUIET, Colour.CARD))
    x, y = tile.centre
    if day.kind is DayKind.PARTLY:
        y -= tile.side / 4
    chosen = font(_NUMBER, bold=day.kind is DayKind.DONE)
    canvas.write((x, y), str(day.on.day), chosen, colour, on=ground, anchor="mm", kept=True)
