"""The progress picture of a year beside the limit of 200 ms for the whole of /progress."""

from datetime import date, timedelta

from benchmarks.rounds import spent, told
from benchmarks.rows import Row
from bot.pictures.calendar import Day, DayKind, Names
from bot.pictures.charts import Line, Point
from bot.pictures.progress import ProgressPicture, draw_progress
from bot.practice.record import Practised
from bot.practice.summary import Window, summarise

YEARS = 5
LIMIT = 0.2


async def run() -> list[Row]:
    """Five years of daily practice: summed up, and the last year of it drawn."""
    today = date(2026, 11, 25)
    days = [today - timedelta(days=number) for number in range(YEARS * 365, -1, -1)]
    practised = [Practised(day, minutes=5, before=7, after=4) for day in days]

    async def once() -> int:
        summary = summarise(practised, days, today, Window.YEAR)
        shown = tuple(Day(point.day.day, DayKind.DONE) for point in summary.points)
        values = tuple(Point(point.day.day, point.momentum or 0) for point in summary.points)
        line = Line("Momentum", values, 100, summary.first, summary.last, ("a year ago", "today"))
        names = Names(("Mon",) * 7, ("Jan",) * 12, {})
        draw_progress(ProgressPicture("Your year", "x", shown, names, 0, (line,)))
        return 1

    took = [(await spent(once)).wall for _ in range(10)]
    said = f"{told([each * 1e3 for each in took], '.0f')} ms"
    aim = f"≤ {LIMIT * 1e3:.0f} ms, for all of /progress"
    return [Row(f"{YEARS} years summed up, a year drawn", aim, said, max(took) <= LIMIT)]
