"""Pictures that messages ask for: read, drawn beside the event loop, kept until something changes."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from bot.clock import Clock
from bot.conversation.homes import Mask
from bot.conversation.messages import Attachment
from bot.conversation.naming import namer
from bot.conversation.overview import EVERYTHING, NoSuchScope, Overview, overview
from bot.conversation.progress_words import (
    Namer,
    headline,
    told,
    window_told,
)
from bot.conversation.turn import Library
from bot.pictures.calendar import REAL, Day, DayKind, Names
from bot.pictures.charts import Line, Pair, Pairs, Point
from bot.pictures.progress import ProgressPicture, draw_progress
from bot.practice.insight import FEW
from bot.practice.record import Occasion
from bot.practice.summary import Window
from bot.store.database import Database
from bot.store.tables import Person
from bot.store.unit import Store
from bot.texts import Catalogues, Text, locale_of, t

KEPT = 32
"""Drawn pictures that are kept in memory, none on disk."""

_KINDS = {
    Occasion.DONE: DayKind.DONE,
    Occasion.TINY: DayKind.TINY,
    Occasion.PARTLY: DayKind.PARTLY,
    Occasion.PAUSED: DayKind.PAUSED,
}
_LEGEND = (*(kind for kind in DayKind if kind is not DayKind.OUTSIDE), REAL)


class Drawn:
    """Pictures by the digest of what they show: drawn once, until something changes."""

    def __init__(self) -> None:
        self._pictures: OrderedDict[bytes, bytes] = OrderedDict()

    def picture(self, picture: ProgressPicture, *, dark: bool) -> bytes:
        """The picture as PNG, drawn only if it is not kept."""
        key = hashlib.sha256(repr((picture, dark)).encode()).digest()
        content = self._pictures.pop(key, None) or draw_progress(picture, dark=dark)
        self._pictures[key] = content
        while len(self._pictures) > KEPT:
            self._pictures.popitem(last=False)
        return content


class Studio:
    """Draws what a message's `picture` asks for."""

    def __init__(self, database: Database, catalogues: Catalogues, library: Library, clock: Clock) -> None:
        self._database = database
        self._catalogues = catalogues
        self._library = library
        self._clock = clock
        self._drawn = Drawn()

    async def progress(self, person_id: int, asked: Mapping[str, Any], room: asyncio.Semaphore) -> Attachment:
        """The picture of a window and scope, with the same facts in words; `room` bounds how many at once."""
        window = Window(asked["window"])
        content, alternative = await self._database.read(
            lambda store: self._described(store, person_id, window, asked)
        )
        async with room:
            png = await asyncio.to_thread(self._drawn.picture, content, dark=bool(asked.get("dark")))
        return Attachment(png, f"progress-{window}.png", "image/png", alternative)

    def _described(
        self, store: Store, person_id: int, window: Window, asked: Mapping[str, Any]
    ) -> tuple[ProgressPicture, str]:
        person = store.session.get_one(Person, person_id)
        discreet = bool(asked.get("discreet"))
        name = namer(self._library.content, person.language, discreet=discreet)
        found = self._library.handing.take(str(asked.get("facts")))
        if not isinstance(found, Overview):
            found = self._found(store, person, window, str(asked.get("scope", EVERYTHING)))
        said = t(
            "progress.alt",
            window=window_told(found.facts.summary),
            words=told(found, name, own_words=not discreet),
        )
        plain = self._wording(store, person, discreet=discreet)
        return picture_of(found, person, name, plain), plain(said)

    def _wording(self, store: Store, person: Person, *, discreet: bool) -> Callable[[Text], str]:
        """How texts are worded; if `discreet`, without anything that the person wrote."""
        if not (discreet and person.has_written):
            return lambda text: self._plain(text, person.language)
        opened = [value for whose, value in store.words.opened if whose == person.id]
        mask = Mask(opened, self._plain(t("home.your_words"), person.language))
        return lambda text: mask.text(self._plain(text, person.language))

    def _found(self, store: Store, person: Person, window: Window, scope: str) -> Overview:
        """What is to be drawn; all practice where the part is gone meanwhile."""
        try:
            return overview(store, person, window, self._clock.now(), scope)
        except NoSuchScope:
            return overview(store, person, window, self._clock.now())

    def _plain(self, text: Text, language: str) -> str:
        return self._catalogues.plain(text, language)


def picture_of(found: Overview, person: Person, name: Namer, plain: Callable[[Text], str]) -> ProgressPicture:
    """What the picture shows, from the same facts as the words."""
    facts, summary = found.facts, found.facts.summary
    locale = locale_of(person.language)
    real = frozenset(facts.real)
    return ProgressPicture(
        title=plain(t(f"progress.{summary.window}_title")),
        headline=plain(headline(found, name)),
        days=tuple(
            Day(point.day.day, _kind(point.day.occasion, point.day.day, found), point.day.day in real)
            for point in summary.points
        ),
        names=Names(
            weekdays=tuple(locale.days["stand-alone"]["abbreviated"][day] for day in range(7)),
            months=tuple(locale.months["stand-alone"]["abbreviated"][month] for month in range(1, 13)),
            legend={str(kind): plain(t(f"progress.kind_{kind}")) for kind in _LEGEND},
        ),
        first_weekday=_first_weekday(person.language, person.country),
        lines=_lines(found, name, plain, locale),
        pairs=_pairs(found, plain, locale),
    )


def _lines(found: Overview, name: Namer, plain: Callable[[Text], str], locale: Locale) -> tuple[Line, ...]:
    facts, summary = found.facts, found.facts.summary
    told_as = _month if summary.window is Window.YEAR else _date
    ends = (told_as(summary.first, locale), told_as(summary.last, locale))
    values = [Point(each.day.day, each.momentum) for each in summary.points if each.momentum is not None]
    lines = []
    if facts.ever >= FEW and summary.momentum is not None:
        level = t(f"progress.momentum_{summary.momentum.level}")
        arrow = t(f"progress.{summary.momentum.arrow}")
        title = plain(t("progress.momentum", level=level, arrow=arrow)).rstrip(".")
        lines.append(Line(title, tuple(values), 100, summary.first, summary.last, ends))
    if facts.growth is not None:
        points = tuple(Point(each.day, each.value) for each in facts.confidence)
        skill = name(found.confident_in) if found.confident_in is not None else ""
        title = plain(t("progress.confidence_label", skill=skill))
        lines.append(Line(title, points, 10, summary.first, summary.last, ends, dots=True))
    return tuple(lines)


def _pairs(found: Overview, plain: Callable[[Text], str], locale: Locale) -> Pairs | None:
    changes = found.facts.changes
    if not changes:
        return None
    monthly = any(each.count > 1 for each in changes)
    ends = [_month(each.on, locale) if monthly else _date(each.on, locale) for each in changes]
    return Pairs(
        title=plain(t("progress.changes_monthly" if monthly else "progress.changes_label")),
        pairs=tuple(Pair(each.before, each.after) for each in changes),
        ends=(ends[0], ends[-1]),
        before=plain(t("progress.before")),
        after=plain(t("progress.after")),
    )


def _date(on: date, locale: Locale) -> str:
    return str(format_date(on, "d MMM", locale=locale))


def _month(on: date, locale: Locale) -> str:
    return str(format_date(on, "MMM yyyy", locale=locale))


def _kind(occasion: Occasion | None, on: date, found: Overview) -> DayKind:
    """A missed day, and one with nothing planned, are days of rest; before the first there is no record."""
    if occasion in _KINDS:
        return _KINDS[occasion]
    first = found.facts.first_day
    return DayKind.OUTSIDE if first is None or on < first else DayKind.REST


def _first_weekday(language: str, country: str | None) -> int:
    """The day a week begins with where the person is; Monday where that is not known."""
    if country is None:
        return 0
    try:
        return Locale(language.split("-")[0], country).first_week_day
    except UnknownLocaleError:
        return Locale.parse(f"und_{country}").first_week_day
