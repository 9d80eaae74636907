"""The kinds of values a record may hold, with their bounds."""

from datetime import UTC, date, datetime, time
from typing import Annotated
from zoneinfo import ZoneInfoNotFoundError

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints

from bot.practice.recurrence import RuleError, read_days
from bot.understanding.places import zone_of

_FIRST, _LAST = 1970, 2199


def _told_in_utc(at: datetime) -> datetime:
    if not _FIRST < at.year < _LAST:
        raise ValueError("year")
    return at.astimezone(UTC)


def _near(day: date) -> date:
    if not _FIRST < day.year < _LAST:
        raise ValueError("year")
    return day


def _known_zone(name: str) -> str:
    try:
        zone_of(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("zone") from error
    return name


def _readable_days(days: str) -> str:
    try:
        read_days(days, date(2024, 1, 1))
    except RuleError as error:
        raise ValueError("days") from error
    return days


def _wall_times(times: str) -> str:
    for each in times.split(","):
        if time.fromisoformat(each).isoformat("minutes") != each:
            raise ValueError("times")
    return times


Rating = Annotated[int, Field(ge=0, le=10)]
Reading = Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)]
Degree = Annotated[int, Field(ge=1, le=3)]
Minute = Annotated[int, Field(ge=0, lt=1440)]
Number = Annotated[int, Field(ge=1, le=1_000_000)]
Name = Annotated[str, StringConstraints(max_length=80, pattern=r"^[a-z0-9_.]+$")]
Names = Annotated[str, StringConstraints(max_length=400, pattern=r"^[a-z0-9_.,:-]*$")]
Label = Annotated[str, StringConstraints(max_length=300)]
Words = Annotated[str, StringConstraints(max_length=20_000)]
Instant = Annotated[AwareDatetime, AfterValidator(_told_in_utc)]
Day = Annotated[date, AfterValidator(_near)]
Zone = Annotated[str, StringConstraints(max_length=64), AfterValidator(_known_zone)]
DayRule = Annotated[str, StringConstraints(max_length=200), AfterValidator(_readable_days)]
WallTimes = Annotated[str, StringConstraints(max_length=200), AfterValidator(_wall_times)]
