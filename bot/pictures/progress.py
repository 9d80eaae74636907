"""The picture of /progress: a title, the one sentence, the calendar of practice, and up to three charts."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.pictures.calendar import Calendar, Day, Names
from bot.pictures.canvas import Canvas, Section, stacked
from bot.pictures.charts import FEWEST_POINTS, Line, Pairs
from bot.pictures.layout import INNER, MARGIN
from bot.pictures.lettering import drawable, fitted, font, wrapped
from bot.pictures.palette import DARK, LIGHT

_TITLE = 60
_HEADLINE = 46
_LINE = 60
_BELOW_TITLE = 92


@dataclass(frozen=True, slots=True)
class ProgressPicture:
    """What to draw, with all words in the person's language: days that follow each other, and charts."""

    title: str
    headline: str
    days: tuple[Day, ...]
    names: Names
    first_weekday: int = 0
    lines: tuple[Line, ...] = ()
    pairs: Pairs | None = None


def draw_progress(picture: ProgressPicture, *, dark: bool = False) -> bytes:
    """Draws the picture as PNG, 1080 pixels wide and as high as it needs."""
    return stacked(sections(picture), DARK if dark else LIGHT)


def sections(picture: ProgressPicture) -> list[Section]:
    """What the picture consists of, from top to bottom; a line of under three points is none."""
    lines = [line for line in picture.lines if len(line.points) >= FEWEST_POINTS]
    pairs: Sequence[Section] = () if picture.pairs is None else (picture.pairs,)
    calendar = Calendar(picture.days, picture.names, picture.first_weekday)
    return [Heading(picture.title, picture.headline), calendar, *lines, *pairs]


class Heading:
    """The section with the title and the sentence."""

    def __init__(self, title: str, sentence: str) -> None:
        self._title = drawable(title)
        self._lines = wrapped(drawable(sentence), INNER, font(_HEADLINE))

    @property
    def height(self) -> float:
        """Pixels it takes."""
        return _BELOW_TITLE + _LINE * len(self._lines)

    def draw(self, canvas: Canvas, top: float) -> None:
        """Draws it below `top`."""
        canvas.write((MARGIN, top), self._title, fitted(self._title, INNER, _TITLE, bold=True))
        for number, line in enumerate(self._lines):
            at = (MARGIN, top + _BELOW_TITLE + number * _LINE)
            canvas.write(at, line, font(_HEADLINE))
