"""Five years: what /progress says and draws, for each stretch and part, counted afresh in the export."""

import io
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean, median
from typing import Any

from PIL import Image

from bot.conversation.naming import namer
from bot.conversation.overview import EVERYTHING, overview
from bot.conversation.progress_words import told
from bot.pictures.calendar import Calendar, DayKind
from bot.pictures.layout import MARGIN
from bot.pictures.palette import LIGHT
from bot.pictures.progress import ProgressPicture, draw_progress, sections
from bot.practice.summary import Window
from bot.reports.pictures import picture_of
from bot.store.unit import Store
from bot.texts import Text
from tests.chat import PLATFORM, Chat, Someone
from tests.exports import record_in
from tests.lives import lived

_FEWEST_PAIRS, _SHOWN_PAIRS, _MONTHS = 5, 12, 3
_BEST = ("done", "tiny", "partly")


@dataclass(frozen=True)
class Shown:
    """One picture with its words, and the numbers that its plans have in the export."""

    window: Window
    plans: frozenset[int]
    everything: bool
    confident_in: int | None
    picture: ProgressPicture
    words: str


async def test_of_five_years_every_number_is_that_of_the_export(chat: Chat, ada: Someone) -> None:
    await chat.app.database.write(lambda store: lived(store, _person_id(store, ada), chat.clock.now()))
    await ada.says("/export")
    record = record_in(ada.messages[-1].attachment)
    shown = await chat.app.database.read(lambda store: _everything_shown(chat, store, ada))
    today = chat.clock.now().date()
    assert len(shown) > 3 * 6
    for each in shown:
        first = today - timedelta(days=each.window.days - 1)
        rows = [
            row
            for row in record["practices"]
            if first <= date.fromisoformat(row["day"]) <= today
            and (each.everything or row.get("plan") in each.plans)
        ]
        _says_and_draws(each, rows, first, today)
        _draws_changes(each, rows)
        _draws_confidence(each, record["check_ins"], first, today)
        if each.everything:
            assert _filled(each.picture) == sum(day.kind is DayKind.DONE for day in each.picture.days)


def _says_and_draws(shown: Shown, rows: list[dict[str, Any]], first: date, today: date) -> None:
    best: dict[str, str] = {}
    for row in rows:
        best[row["day"]] = min(best.get(row["day"], row["outcome"]), row["outcome"], key=_BEST.index)
    days = shown.picture.days
    assert (days[0].on, days[-1].on, len(days)) == (first, today, shown.window.days)
    for kind in _BEST:
        drawn = [day.on.isoformat() for day in days if day.kind is DayKind(kind)]
        assert drawn == sorted(day for day, outcome in best.items() if outcome == kind)
    real = [row for row in rows if row["real"]]
    assert [day.on.isoformat() for day in days if day.real] == sorted({row["day"] for row in real})
    used = sum(row.get("times", 1) for row in real)
    for number, words in (
        (len(best), "practised on {} day"),
        (sum(row.get("minutes") or 0 for row in rows), "{} minutes noted"),
        (used, "mattered once" if used == 1 else "mattered {} times"),
    ):
        assert (words.format(number) in shown.words) is bool(number)
    assert shown.words.startswith(shown.picture.headline)


def _draws_changes(shown: Shown, rows: list[dict[str, Any]]) -> None:
    rated = [row for row in rows if "before" in row and "after" in row]
    measures = [row["measure"] for row in rated]
    most = max(dict.fromkeys(measures), key=measures.count, default=None)
    pairs = [(row["day"][:7], row["before"], row["after"]) for row in rated if row["measure"] == most]
    months = [
        tuple(median(pair[side] for pair in of_month) for side in (1, 2))
        for month in sorted({pair[0] for pair in pairs})
        if len(of_month := [pair for pair in pairs if pair[0] == month]) >= _FEWEST_PAIRS
    ]
    by_month = shown.window is Window.YEAR and len(months) >= _MONTHS
    expected = months if by_month else [pair[1:] for pair in pairs[-_SHOWN_PAIRS:]]
    drawn = [(pair.before, pair.after) for pair in shown.picture.pairs.pairs] if shown.picture.pairs else []
    assert drawn == (expected if len(pairs) >= _FEWEST_PAIRS else [])


def _draws_confidence(shown: Shown, check_ins: list[dict[str, Any]], first: date, today: date) -> None:
    readings = [
        (each["day"], each["value"])
        for each in check_ins
        if (each["kind"], each.get("plan")) == ("confidence", shown.confident_in) and "value" in each
        if first <= date.fromisoformat(each["day"]) <= today
    ]
    lines = [line for line in shown.picture.lines if line.dots]
    drawn = [(point.on.isoformat(), point.value) for line in lines for point in line.points]
    assert drawn == (readings if len(readings) > 1 else [])
    if len(readings) > 1:
        values = [value for _, value in readings]
        first_three, latest_three = (f"{round(fmean(each), 1):g}" for each in (values[:3], values[-3:]))
        ends = f"{values[0]:g} at first, {values[-1]:g} now"
        assert ends in shown.words or f"from about {first_three} to about {latest_three}" in shown.words


def _filled(picture: ProgressPicture) -> int:
    """How many tiles are painted as done, counted in the picture itself."""
    image = Image.open(io.BytesIO(draw_progress(picture))).convert("RGB")
    calendar = Calendar(picture.days, picture.names, picture.first_weekday)
    plan = calendar.plan(MARGIN + sections(picture)[0].height + 56)
    mark = tuple(int(LIGHT.mark[at : at + 2], 16) for at in (1, 3, 5))
    spots = [(round(tile.left + tile.side * 0.3), round(tile.top + tile.side * 0.12)) for tile in plan.tiles]
    return sum(image.getpixel(spot) == mark for spot in spots)


def _everything_shown(chat: Chat, store: Store, ada: Someone) -> list[Shown]:
    party = store.people.find(PLATFORM, ada.name)
    assert party is not None
    person = party.person
    name = namer(chat.app.engine._library.content, "en")
    plans = store.plans.everything(person.id)
    numbers = {plan.row.id: number for number, plan in enumerate(plans, 1)}
    goals = [f"o{goal.id}" for goal in store.goals.current(person.id)]

    def plain(text: Text) -> str:
        return chat.app.catalogues.plain(text, "en")

    shown = []
    for window in Window:
        for scope in (EVERYTHING, *(f"p{plan.row.id}" for plan in plans), *goals):
            found = overview(store, person, window, chat.clock.now(), scope)
            shown.append(
                Shown(
                    window,
                    frozenset(numbers[plan.row.id] for plan in found.plans),
                    scope == EVERYTHING,
                    numbers[found.confident_in.row.id] if found.confident_in is not None else None,
                    picture_of(found, person, name, plain),
                    plain(told(found, name)),
                )
            )
    return shown


def _person_id(store: Store, ada: Someone) -> int:
    party = store.people.find(PLATFORM, ada.name)
    assert party is not None
    return party.person.id
