"""A report on paper: A4 pages as PDF, with embedded fonts, text that is found, a title and bookmarks.

The library writes no structure tags (reportlab 5.1); language, title, bookmarks and an order of text that
is the order of reading are what it gives to those who have the pages read out.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib.colors import HexColor, black
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer

from bot.pictures.qr import Matrix

_FONTS = Path(__file__).parents[1] / "pictures" / "fonts"
_INK, _QUIET, _MARK, _FAINT = (HexColor(each) for each in ("#26302c", "#5b645f", "#1f6b57", "#d9d5c9"))
_MARGIN = 18 * mm
_WIDTH = A4[0] - 2 * _MARGIN
_LEADING, _SMALL = 12.0, 8.5
_BAR_HEIGHT, _BARS = 42, 70
_CODE = 42 * mm


@dataclass(frozen=True, slots=True)
class Bars:
    """A row of bars, each a share from 0 to 1; what the first and the last stand for, and what it says."""

    shares: tuple[float, ...]
    first: str
    last: str
    says: str


@dataclass(frozen=True, slots=True)
class Block:
    """A heading and lines; `rows` are those of a list, `columns` shares of its width, `squares` a QR code."""

    title: str
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    columns: tuple[float, ...] = ()
    bars: Bars | None = None
    squares: Matrix = ()
    small: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """What is to be printed: the overview, and the appendix, which begins on a page of its own."""

    title: str
    subtitle: str
    language: str
    footer: str
    overview: tuple[Block, ...]
    appendix: tuple[Block, ...]


def print_paper(paper: Paper) -> bytes:
    """The PDF; the same paper is the same bytes. Takes up to a second or two: beside the event loop."""
    for name, file in (("DejaVu", "DejaVuSans.ttf"), ("DejaVu-Bold", "DejaVuSans-Bold.ttf")):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(_FONTS / file)))
    made = io.BytesIO()
    document = _Document(
        made,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=paper.title,
        subject=paper.subtitle,
        author="",
        creator="Limber",
        lang=paper.language,
        displayDocTitle=1,
        invariant=1,
    )
    document.footer = paper.footer
    story: list[Flowable] = [
        Paragraph(_shown(paper.title), _TITLE),
        Paragraph(_shown(paper.subtitle), _UNDER),
    ]
    for block in paper.overview:
        story.extend(_block(block))
    for number, block in enumerate(paper.appendix):
        story.extend(_block(block, new_page=not number))
    document.build(story)
    return made.getvalue()


class _Document(SimpleDocTemplate):  # type: ignore[misc]
    """Bookmarks each heading, and numbers the pages."""

    footer = ""
    _parts = 0

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - the library's name
        title = getattr(flowable, "bookmark", None)
        if title is not None:
            self._parts += 1
            key = f"part-{self._parts}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(title, key, 0)

    def afterPage(self) -> None:  # noqa: N802 - the library's name
        self.canv.saveState()
        self.canv.setFont("DejaVu", 7)
        self.canv.setFillColor(_QUIET)
        self.canv.drawString(_MARGIN, 10 * mm, _drawable(self.footer))
        self.canv.drawRightString(A4[0] - _MARGIN, 10 * mm, str(self.page))
        self.canv.restoreState()


class _Row(Flowable):  # type: ignore[misc]
    """One line of a list, each cell wrapped in its column: drawn directly, since years have thousands."""

    def __init__(self, cells: Sequence[str], columns: Sequence[float], *, head: bool = False) -> None:
        super().__init__()
        self._font = "DejaVu-Bold" if head else "DejaVu"
        self._columns = [share * _WIDTH for share in columns]
        self._cells = [
            _wrapped(_drawable(cell), self._font, width - 6)
            for cell, width in zip(cells, self._columns, strict=True)
        ]
        self._first = 0
        self.height = _LEADING * max(map(len, self._cells))

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return _WIDTH, self.height

    def split(self, _width: float, height: float) -> list[Flowable]:
        fits = int(height // _LEADING)
        if fits < 1:
            return []
        return [self._part(0, fits), self._part(fits, None)]

    def draw(self) -> None:
        at = 0.0
        self.canv.setFillColor(_INK)
        self.canv.setFont(self._font, _SMALL)
        for lines, width in zip(self._cells, self._columns, strict=True):
            for number, line in enumerate(lines):
                self.canv.drawString(at, self.height - _LEADING * (number + 0.75), line)
            at += width

    def _part(self, start: int, end: int | None) -> "_Row":
        part = _Row([""] * len(self._columns), [width / _WIDTH for width in self._columns])
        part._font, part._cells = self._font, [lines[start:end] for lines in self._cells]
        part.height = _LEADING * max(map(len, part._cells))
        return part


def _block(block: Block, *, new_page: bool = False) -> list[Flowable]:
    heading: Any = Paragraph(_shown(block.title), _HEADING_NEW if new_page else _HEADING)
    heading.bookmark = block.title
    style = _FINE if block.small else _LINE
    made: list[Flowable] = [heading, *(Paragraph(_shown(line), style) for line in block.lines)]
    if block.bars is not None:
        made += [Spacer(0, 4), _drawn(block.bars), Paragraph(_shown(block.bars.says), _FINE)]
    made += [_code(block.squares)] if block.squares else []
    made += [_Row(row, block.columns, head=not number) for number, row in enumerate(block.rows)]
    return made


def _drawn(bars: Bars) -> Drawing:
    shown = bars.shares[-_BARS:]
    step = _WIDTH / max(len(shown), 8)
    drawing = Drawing(_WIDTH, _BAR_HEIGHT + 14)
    for number, share in enumerate(shown):
        drawing.add(Rect(number * step, 12, step * 0.7, _BAR_HEIGHT, fillColor=None, strokeColor=_FAINT))
        if share:
            drawing.add(
                Rect(number * step, 12, step * 0.7, _BAR_HEIGHT * share, fillColor=_MARK, strokeColor=_MARK)
            )
    look = {"fontName": "DejaVu", "fontSize": 7, "fillColor": _QUIET}
    drawing.add(String(0, 2, bars.first, **look))
    end = (len(shown) - 1) * step + step * 0.7
    drawing.add(String(max(end, 120), 2, bars.last, textAnchor="end", **look))
    return drawing


def _code(squares: Matrix) -> Drawing:
    """Neighbouring dark squares are drawn as one, so that no light line shows between them."""
    size = _CODE / len(squares)
    drawing = Drawing(_CODE, _CODE + 2 * _LEADING)
    for number, row in enumerate(squares, 1):
        at = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                where = (at * size, _LEADING + _CODE - number * size, length * size, size)
                drawing.add(Rect(*where, fillColor=black, strokeColor=None))
            at += length
    return drawing


def _wrapped(words: str, font: str, width: float) -> list[str]:
    """Lines of at most `width` points."""
    lines: list[str] = []
    for paragraph in words.split("\n") or [""]:
        if pdfmetrics.stringWidth(paragraph, font, _SMALL) <= width:
            lines.append(paragraph)
            continue
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and pdfmetrics.stringWidth(longer, font, _SMALL) > width:
                lines.append(line)
                longer = word
            while pdfmetrics.stringWidth(longer, font, _SMALL) > width:
                fits = next(
                    end
                    for end in range(len(longer), 0, -1)
                    if end == 1 or pdfmetrics.stringWidth(longer[:end], font, _SMALL) <= width
                )
                lines.append(longer[:fits])
                longer = longer[fits:]
            line = longer
        lines.append(line)
    return lines


def _drawable(words: str) -> str:
    """The words with what the typeface lacks, such as emoji, as a box."""
    known = pdfmetrics.getFont("DejaVu").face.charToGlyph
    return "".join(each if each == "\n" or ord(each) in known else "□" for each in words)


def _shown(words: str) -> str:
    return escape(_drawable(words), quote=False).replace("\n", "<br/>")


def _style(name: str, font: str, size: float, color: Any = _INK, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=font, fontSize=size, leading=size * 1.4, textColor=color, **more)


_TITLE = _style("title", "DejaVu-Bold", 18)
_UNDER = _style("under", "DejaVu", 10, _QUIET, spaceAfter=4)
_HEADING = _style("heading", "DejaVu-Bold", 12, _MARK, spaceBefore=10, spaceAfter=3, keepWithNext=1)
_HEADING_NEW = _style(
    "heading-new", "DejaVu-Bold", 12, _MARK, spaceAfter=3, keepWithNext=1, pageBreakBefore=1
)
_LINE = _style("line", "DejaVu", 10)
_FINE = _style("fine", "DejaVu", 8, _QUIET)
