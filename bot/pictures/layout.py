"""Where each day stands: one row for a week, a calendar for a few weeks, months in blocks for a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

WIDTH = 1080
MARGIN = 60
INNER = WIDTH - 2 * MARGIN
_WEEK = 7
_CALENDAR = 45
_COLUMNS = 3
_BLOCK_GAP = 36
_MONTH_HEAD = 52
_HEAD = 52


class Tile(NamedTuple):
    """A day's square: left, top and side in pixels."""

    on: date
    left: float
    top: float
    side: float

    @property
    def centre(self) -> tuple[float, float]:
        """Its middle."""
        return self.left + self.side / 2, self.top + self.side / 2


@dataclass(frozen=True, slots=True)
class Heading:
    """Words over tiles: a weekday (by number, 0 Monday) or a month (1-12), around a point."""

    x: float
    y: float
    width: float
    weekday: int | None = None
    month: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """All tiles and headings, and how high they are together."""

    tiles: tuple[Tile, ...]
    headings: tuple[Heading, ...]
    height: float
    numbered: bool


def lay_out(days: Sequence[date], first_weekday: int, top: float) -> Plan:
    """Places days, which follow each other, below `top`."""
    if len(days) <= _WEEK:
        return _row(days, top)
    if len(days) <= _CALENDAR:
        return _calendar(days, first_weekday, top)
    return _months(days, first_weekday, top)


def _row(days: Sequence[date], top: float) -> Plan:
    side, gap = _side(_WEEK, 16)
    headings = tuple(
        Heading(MARGIN + index * (side + gap) + side / 2, top + 20, side + gap, weekday=day.weekday())
        for index, day in enumerate(days)
    )
    tiles = tuple(
        Tile(day, MARGIN + index * (side + gap), top + _HEAD, side) for index, day in enumerate(days)
    )
    return Plan(tiles, headings, _HEAD + side, numbered=True)


def _calendar(days: Sequence[date], first_weekday: int, top: float) -> Plan:
    side, gap = _side(_WEEK, 16)
    headings = tuple(
        Heading(
            MARGIN + column * (side + gap) + side / 2,
            top + 20,
            side + gap,
            weekday=(first_weekday + column) % 7,
        )
        for column in range(7)
    )
    tiles, height = _weeks(days, first_weekday, MARGIN, top + _HEAD, side, gap)
    return Plan(tiles, headings, _HEAD + height, numbered=True)


def _months(days: Sequence[date], first_weekday: int, top: float) -> Plan:
    width = (INNER - _BLOCK_GAP * (_COLUMNS - 1)) / _COLUMNS
    gap = 6.0
    side = (width - 6 * gap) / 7
    months = [list(part) for _, part in groupby(days, key=lambda day: (day.year, day.month))]
    tiles: list[Tile] = []
    headings: list[Heading] = []
    y = top
    for first in range(0, len(months), _COLUMNS):
        highest = 0.0
        for column, part in enumerate(months[first : first + _COLUMNS]):
            left = MARGIN + column * (width + _BLOCK_GAP)
            headings.append(Heading(left + width / 2, y + 20, width, month=part[0].month))
            placed, height = _weeks(part, first_weekday, left, y + _MONTH_HEAD, side, gap)
            tiles += placed
            highest = max(highest, height)
        y += _MONTH_HEAD + highest + _BLOCK_GAP
    return Plan(tuple(tiles), tuple(headings), y - _BLOCK_GAP - top, numbered=False)


def _weeks(
    days: Sequence[date], first_weekday: int, left: float, top: float, side: float, gap: float
) -> tuple[tuple[Tile, ...], float]:
    start = days[0] - timedelta(days=(days[0].weekday() - first_weekday) % 7)
    tiles = []
    for day in days:
        row, column = divmod((day - start).days, 7)
        tiles.append(Tile(day, left + column * (side + gap), top + row * (side + gap), side))
    rows = (days[-1] - start).days // 7 + 1
    return tuple(tiles), rows * (side + gap) - gap


def _side(columns: int, gap: float) -> tuple[float, float]:
    return (INNER - (columns - 1) * gap) / columns, gap
