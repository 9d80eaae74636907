"""The naive design, as people build it: a job a reminder in python-telegram-bot's JobQueue.

Its best honest form has `misfire_grace_time=None`, so that late jobs run, and a larger pool of connections.
"""

from datetime import datetime
from typing import Any

from telegram.ext import AIORateLimiter, ApplicationBuilder, ContextTypes
from telegram.request import HTTPXRequest

from benchmarks.far_side import TOKEN

_BEST_POOL = 256


async def application(root: str, rate: int, *, best: bool) -> Any:
    """A bot with a job queue, not started."""
    builder = ApplicationBuilder().token(TOKEN).base_url(f"{root}/bot").updater(None)
    builder = builder.rate_limiter(
        AIORateLimiter(overall_max_rate=rate, overall_time_period=1, max_retries=3)
    )
    if best:
        builder = builder.request(HTTPXRequest(connection_pool_size=_BEST_POOL, pool_timeout=None))
    return builder.build()


def remind(app: Any, people: int, at: datetime, *, best: bool) -> None:
    """A daily job for each, at the time of `at` (UTC)."""
    kwargs = {"misfire_grace_time": None} if best else {}
    for number in range(people):
        app.job_queue.run_daily(_send, at.timetz(), chat_id=number + 1, job_kwargs=kwargs)


async def _send(context: ContextTypes.DEFAULT_TYPE) -> None:
    await context.bot.send_message(context.job.chat_id, "Time for a breath?")  # type: ignore[union-attr,arg-type]
