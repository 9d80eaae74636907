"""What was understood, in one short line each: the form that expected results are written in."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.understanding.answers import Answer
from bot.understanding.places import Found, Place, PlaceNotFound, PlaceQuestion
from bot.understanding.times import AfterSession, Moment, Question, Reading, Recurring, Rule, Understood

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 25, 10, 0, tzinfo=ZONE)
"""A Wednesday, at ten in the morning."""


def reading_line(read: Reading) -> str:
    """ "WEEKLY;BYDAY=MO 07:30 21:00", "DAILY 09:00-11:00", "at 2026-11-26 08:00", "ask" or "decline"."""
    if isinstance(read, Question):
        return "ask"
    return " + ".join(map(_rule, read.rules)) if isinstance(read, Understood) else "decline"


def options_line(read: Reading) -> str:
    """The options of a question, as `reading_line` writes rules."""
    options = read.options if isinstance(read, Question) else ()
    return " | ".join(" + ".join(map(_rule, option.means)) for option in options)


def place_line(found: Found) -> str:
    """A zone, "ask", "offer" where another spelling is offered, or "decline"."""
    if isinstance(found, Place):
        return found.zone
    if isinstance(found, PlaceNotFound) and found.nearest:
        return "offer"
    return "ask" if isinstance(found, PlaceQuestion) else "decline"


def answer_line(answer: Answer) -> str:
    """The outcome and whatever else was understood: "done 10min 8>5 x2 day-1 (unwell) later at …"."""
    parts = [str(answer.outcome)]
    parts += [f"{answer.minutes}min"] if answer.minutes is not None else []
    if answer.before is not None or answer.after is not None:
        parts.append(f"{_known(answer.before)}>{_known(answer.after)}")
    parts += [f"x{answer.times}"] if answer.times != 1 else []
    parts += [f"day{answer.day_offset}"] if answer.day_offset else []
    parts += [f"({answer.barrier})"] if answer.barrier is not None else []
    parts += [_rule(answer.snooze)] if answer.snooze is not None else []
    parts += [f"!{answer.problem}"] if answer.problem is not None else []
    return " ".join(parts)


def _known(value: int | None) -> str:
    return "" if value is None else str(value)


def _rule(rule: Rule) -> str:
    if isinstance(rule, AfterSession):
        return f"after session {rule.delay_minutes}"
    if isinstance(rule, Moment):
        return f"{'exactly' if rule.exact else 'at'} {rule.at:%Y-%m-%d %H:%M}{_until(rule)}"
    assert isinstance(rule, Recurring)
    times = " ".join(each.isoformat("minutes") for each in rule.times) + _until(rule)
    start = "" if rule.starts == NOW.date() else f" from {rule.starts}"
    return f"{rule.days.removeprefix('FREQ=')} {times}{start}"


def _until(rule: Moment | Recurring) -> str:
    return f"-{rule.until:%H:%M}" if rule.until is not None else ""
