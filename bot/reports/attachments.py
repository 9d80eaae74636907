"""Makes the pictures and documents that messages ask for, beside the event loop."""

import asyncio

from babel import Locale, UnknownLocaleError

from bot.clock import Clock
from bot.conversation.export import export
from bot.conversation.messages import Attachment, Wire
from bot.conversation.overview import Overview, overview
from bot.conversation.progress_words import headline, told, window_told
from bot.conversation.turn import Library
from bot.pictures.progress import Day, DayKind, Labels, Point, ProgressPicture, draw_progress
from bot.practice.record import Occasion
from bot.practice.summary import Point as SummedDay
from bot.practice.summary import Window
from bot.store.database import Database
from bot.store.tables import Person
from bot.store.unit import Store
from bot.texts import Catalogues, Text, locale_of, t

_AT_ONCE = 2
_KINDS = {
    Occasion.DONE: DayKind.DONE,
    Occasion.TINY: DayKind.TINY,
    Occasion.PARTLY: DayKind.PARTLY,
    Occasion.PAUSED: DayKind.PAUSED,
}


class Workshop:
    """Draws and writes; at most two at once, so that drawing never takes all of a small machine."""

    def __init__(self, database: Database, catalogues: Catalogues, library: Library, clock: Clock) -> None:
        self._database = database
        self._catalogues = catalogues
        self._library = library
        self._clock = clock
        self._room = asyncio.Semaphore(_AT_ONCE)

    async def make(self, person_id: int, wire: Wire) -> Attachment | None:
        """What the message asks for; None where it asks for nothing."""
        if wire.picture is not None:
            return await self._progress(person_id, Window(wire.picture["window"]))
        if wire.document is not None:
            content = await self._database.read(lambda store: export(store, person_id))
            return Attachment(content, "limber-export.json", "application/json")
        return None

    async def _progress(self, person_id: int, window: Window) -> Attachment:
        def read(store: Store) -> tuple[Overview, Person]:
            person = store.session.get_one(Person, person_id)
            return overview(store, person, window, self._clock.now()), person

        found, person = await self._database.read(read)
        async with self._room:
            content = await asyncio.to_thread(draw_progress, self._picture(found, person))
        return Attachment(content, f"progress-{window}.png", "image/png", self._alternative(found, person))

    def _picture(self, found: Overview, person: Person) -> ProgressPicture:
        summary, language = found.summary, person.language
        locale = locale_of(language)
        points = summary.points
        return ProgressPicture(
            days=tuple(Day(point.day.day, _kind(point)) for point in points),
            momentum=tuple(
                Point(each.day.day, each.momentum) for each in points if each.momentum is not None
            ),
            labels=Labels(
                title=self._plain(t(f"progress.{summary.window}_title"), language),
                headline=self._plain(headline(summary), language),
                weekdays=tuple(locale.days["stand-alone"]["abbreviated"][day] for day in range(7)),
                months=tuple(locale.months["stand-alone"]["abbreviated"][month] for month in range(1, 13)),
                legend={kind: self._plain(t(f"progress.kind_{kind}"), language) for kind in DayKind},
                momentum=self._plain(t("progress.momentum_label"), language),
            ),
            first_weekday=_first_weekday(language, person.country),
        )

    def _alternative(self, found: Overview, person: Person) -> str:
        summary = found.summary
        window = window_told(summary)
        said = t("progress.alt", n=summary.days_practised, window=window, words=told(found))
        return self._plain(said, person.language)

    def _plain(self, text: Text, language: str) -> str:
        return self._catalogues.plain(text, language)


def _kind(point: SummedDay) -> DayKind:
    """A missed day, and one with nothing planned, are simply open."""
    occasion = point.day.occasion
    return _KINDS.get(occasion, DayKind.OPEN) if occasion is not None else DayKind.OPEN


def _first_weekday(language: str, country: str | None) -> int:
    """The day a week begins with where the person is; Monday where that is not known."""
    if country is None:
        return 0
    try:
        return Locale(language.split("-")[0], country).first_week_day
    except UnknownLocaleError:
        return Locale.parse(f"und_{country}").first_week_day
