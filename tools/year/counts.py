"""What can be counted in a year: how much was said unasked, and that none of it was said at a wrong time."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.practice.wording import NO_REPEAT
from tools.year.acts import Script
from tools.year.record import NOW_ANSWERS, Moment, Record

NIGHT = (time(22), time(7))
"""The local hours in which nobody wants to hear anything."""


@dataclass(frozen=True, slots=True)
class Answered:
    """How nudges were answered, counted."""

    sent: int = 0
    one_tap: int = 0
    one_message: int = 0
    more_steps: int = 0

    @property
    def left(self) -> int:
        """Those nothing was done about."""
        return self.sent - self.one_tap - self.one_message - self.more_steps


def answered(record: Record, moments: list[Moment]) -> Answered:
    """How the nudges among `moments` were answered, whenever that was."""
    answers = record.answers()
    found = Counter(_how(answers.get(each.nudge or 0, [])) for each in moments if is_nudge(each))
    total = sum(found.values())
    return Answered(total, found["one_tap"], found["one_message"], found["more_steps"])


def is_nudge(moment: Moment) -> bool:
    """Whether it is a nudge of a plan."""
    return moment.pushed and moment.wording is not None


def by_day(record: Record) -> Counter[int]:
    """How many days had how many pushes, but for what she had asked for that day by saying Later."""
    days = Counter(record.day(each) for each in record.pushed() if not _asked_for(record, each.at))
    return Counter(days.values())


def at_night(record: Record) -> list[Moment]:
    """What was pushed at night."""
    since, until = NIGHT
    return [each for each in record.pushed() if not until <= _wall(record, each) < since]


def while_paused(record: Record, script: Script) -> list[Moment]:
    """What was pushed during a pause."""
    return [each for each in record.pushed() if any(since < each.at < end for since, end in script.paused)]


def off_time(record: Record, script: Script) -> list[Moment]:
    """Nudges that came neither at a local time she chose, nor when she asked to be asked again."""
    nudges = [each for each in record.pushed() if is_nudge(each)]
    return [
        each
        for each in nudges
        if _wall(record, each) not in script.wall_times and not _asked_for(record, each.at)
    ]


def asked_again(record: Record) -> int:
    """How many nudges came because she had said Later."""
    return sum(is_nudge(each) and _asked_for(record, each.at) for each in record.pushed())


def early_repeats(record: Record) -> list[str]:
    """Wordings of nudges that came again within ten."""
    wordings = [each.wording for each in record.pushed() if is_nudge(each)]
    return [
        wording
        for number, wording in enumerate(wordings)
        if wording is not None and wording in wordings[max(0, number - NO_REPEAT) : number]
    ]


def wordings(record: Record) -> int:
    """How many different texts the nudges had."""
    return len({each.wording for each in record.pushed() if is_nudge(each)})


def _how(acts: list[Moment]) -> str:
    if not acts:
        return "left"
    if len(acts) > 1:
        return "more_steps"
    return "one_tap" if acts[0].kind == "taps" and acts[0].words in NOW_ANSWERS else "one_message"


def _wall(record: Record, moment: Moment) -> time:
    return moment.at.astimezone(record.zone).time()


def _asked_for(record: Record, at: datetime) -> bool:
    """Whether she had asked within the day before to be asked again at this time."""
    told = [
        each
        for each in record.moments
        if not each.hers
        and each.words.startswith("I'll be back")
        and each.at < at < each.at + timedelta(days=1)
    ]
    clock = f"{at.astimezone(record.zone):%H:%M}"
    return any(clock in each.words for each in told)
