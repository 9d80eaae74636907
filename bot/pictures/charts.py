"""Charts under the calendar: a calm line over time, and ratings before and after side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.pictures.canvas import LABEL, Canvas
from bot.pictures.layout import INNER, MARGIN, WIDTH
from bot.pictures.lettering import font
from bot.pictures.palette import Colour

FEWEST_POINTS = 3
_HEAD = 64
_BODY = 230
_FOOT = 64
_AXIS = 64
_RADIUS = 12
_DOTTED = 20


@dataclass(frozen=True, slots=True)
class Point:
    """A value at the end of a day."""

    on: date
    value: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line over the days from `first` to `last`, values from 0 to `top`; `ends` words both days.

    With `dots` the scale is written, and each value is marked unless there are many.
    """

    title: str
    points: Sequence[Point]
    top: float
    first: date
    last: date
    ends: tuple[str, str]
    dots: bool = False

    @property
    def height(self) -> float:
        """Pixels it takes."""
        return _HEAD + _BODY + _FOOT

    def draw(self, canvas: Canvas, top: float) -> None:
        """Draws it below `top`."""
        left, base = MARGIN + (_AXIS if self.dots else 0), top + _HEAD + _BODY
        canvas.label((MARGIN, top), self.title, INNER)
        _scale(canvas, top + _HEAD, base, left, self.top, written=self.dots)
        places = [self._place(point, left, base) for point in self.points]
        if not self.dots:
            area = [(places[0][0], base), *places, (places[-1][0], base)]
            canvas.draw.polygon(area, fill=Colour.WASH)
        canvas.draw.line(places, fill=Colour.MARK, width=6, joint="curve")
        for place in places if self.dots and len(places) <= _DOTTED else places[-1:]:
            canvas.dot(place, _RADIUS, Colour.MARK)
        _ends(canvas, self.ends, left, base)

    def _place(self, point: Point, left: float, base: float) -> tuple[float, float]:
        span = max(1, (self.last - self.first).days)
        share = (point.on - self.first).days / span
        width = WIDTH - MARGIN - left - 2 * _RADIUS
        return left + _RADIUS + share * width, base - point.value / self.top * (_BODY - _RADIUS)


@dataclass(frozen=True, slots=True)
class Pair:
    """Ratings before and after, 0 to 10."""

    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Pairs:
    """Ratings before (a ring) and after (a dot), each pair joined; `ends` words the first and last."""

    title: str
    pairs: Sequence[Pair]
    ends: tuple[str, str]
    before: str
    after: str

    @property
    def height(self) -> float:
        """Pixels it takes."""
        return _HEAD + _BODY + _FOOT

    def draw(self, canvas: Canvas, top: float) -> None:
        """Draws it below `top`."""
        left, base = MARGIN + _AXIS, top + _HEAD + _BODY
        canvas.label((MARGIN, top), self.title, INNER - self._key(canvas, top) - 20)
        _scale(canvas, top + _HEAD, base, left, 10, written=True)
        step = (WIDTH - MARGIN - left - 4 * _RADIUS) / max(1, len(self.pairs) - 1)
        for number, pair in enumerate(self.pairs):
            x = left + 2 * _RADIUS + number * step
            before, after = (base - value / 10 * (_BODY - _RADIUS) for value in (pair.before, pair.after))
            canvas.draw.line((x, before, x, after), fill=Colour.SOFT, width=8)
            canvas.dot((x, before), _RADIUS + 2, Colour.PAPER, outline=Colour.SOFT)
            canvas.dot((x, after), _RADIUS + 2, Colour.MARK)
        _ends(canvas, self.ends, left, base)

    def _key(self, canvas: Canvas, top: float) -> float:
        """Draws what ring and dot mean, at the right; answers with its width."""
        middle, right = top + 22, float(WIDTH - MARGIN)
        for words, fill, outline in (
            (self.after, Colour.MARK, None),
            (self.before, Colour.PAPER, Colour.SOFT),
        ):
            canvas.write((right, middle), words, font(LABEL), anchor="rm", kept=True)
            right -= font(LABEL).getlength(words) + 26
            canvas.dot((right, middle), _RADIUS + 2, fill, outline)
            right -= 40
        return WIDTH - MARGIN - right


def _scale(canvas: Canvas, top: float, base: float, left: float, highest: float, *, written: bool) -> None:
    canvas.draw.line((left, base, WIDTH - MARGIN, base), fill=Colour.LINE, width=2)
    if not written:
        return
    for value in (highest / 2, highest):
        y = base - value / highest * (base - top - _RADIUS)
        canvas.draw.line((left, y, WIDTH - MARGIN, y), fill=Colour.FAINT, width=2)
        canvas.label((MARGIN, y), f"{value:g}", _AXIS, "lm", kept=True)
    canvas.label((MARGIN, base), "0", _AXIS, "lm", kept=True)


def _ends(canvas: Canvas, ends: tuple[str, str], left: float, base: float) -> None:
    canvas.label((left, base + 20), ends[0], INNER / 2 - 20, kept=True)
    canvas.label((WIDTH - MARGIN, base + 20), ends[1], INNER / 2 - 20, "ra", kept=True)
