"""The progress picture of a year beside the limit of 200 ms for the whole of /progress."""

from datetime import date, timedelta

from benchmarks.rounds import spent
from bot.pictures.progress import Day, DayKind, Labels, Point, ProgressPicture, draw_progress
from bot.practice.record import Practised
from bot.practice.summary import Window, summarise

YEARS = 5
LIMIT = 0.2


async def run() -> str:
    """Five years of daily practice: summed up, and the last year of it drawn."""
    today = date(2026, 11, 25)
    days = [today - timedelta(days=number) for number in range(YEARS * 365, -1, -1)]
    practised = [Practised(day, minutes=5, before=7, after=4) for day in days]

    async def once() -> int:
        summary = summarise(practised, days, today, Window.YEAR)
        shown = tuple(Day(point.day.day, DayKind.DONE) for point in summary.points)
        line = tuple(Point(point.day.day, point.momentum or 0) for point in summary.points)
        labels = Labels("Your year", "x", ("Mon",) * 7, ("Jan",) * 12, {}, "Momentum")
        draw_progress(ProgressPicture(shown, line, labels))
        return 1

    worst = max([(await spent(once)).wall for _ in range(10)])
    share = worst / LIMIT
    return f"five years summed up, a year drawn: {share:.2f} of the limit of {LIMIT * 1e3:.0f} ms at worst"
