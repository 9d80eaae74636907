"""What a report for the therapist says: gathered once, for the words before it is made and for its pages."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.conversation.appointments import last_session
from bot.conversation.briefing import BRING
from bot.conversation.overview import paused_days, planned_days, practised
from bot.practice.progress import Consistency, consistency
from bot.practice.ratings import Growth, Reading, growth, usual_change
from bot.practice.record import Practised, lay_out
from bot.practice.schedule import local_day
from bot.practice.slips import Recovery, recovery
from bot.practice.summary import rated_most
from bot.store.plans import OpenPlan
from bot.store.predictions import PredictionWords
from bot.store.slips import SlipWords
from bot.store.tables import Person, Practice, Prediction, Slip
from bot.store.unit import Store
from bot.understanding.places import zone_of

_SHORTEST_BARS, _WEEK, _NOTES = 16, 7, 8


class Period(StrEnum):
    """What a report looks at, up to today."""

    FOUR_WEEKS = "4w"
    THREE_MONTHS = "3m"
    SESSION = "se"
    ALL = "all"


class Tick(StrEnum):
    """What may be in a report; the name is how a button says it."""

    SLIPS = "s"
    BRING = "b"
    GOALS = "g"
    PRACTICES = "p"
    REFLECTIONS = "r"
    SLIP_WORDS = "w"
    PREDICTIONS = "e"
    PASSED_ON = "f"


FIRST_TICKS = (Tick.SLIPS, Tick.BRING)
"""What is ticked before the person chose: numbers, and what they noted to be brought up."""


@dataclass(frozen=True, slots=True)
class SkillLine:
    """One plan in the period: practices, days, the latest, used for real, and how two scales moved."""

    plan: OpenPlan
    practices: int
    days: int
    latest: date
    real: int
    confidence: Growth | None
    automaticity: Growth | None


@dataclass(frozen=True, slots=True)
class Bar:
    """Days of practice out of the days of a week, or of a month, that begins on `first`."""

    first: date
    days: int
    out_of: int


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a report holds, of the days from `first` to `last`; what is not ticked is empty.

    `bring` are the newest notes to be brought up, each once, few enough for an overview; None if not ticked.

    `change` is points on the 0-10 scale after minus before, of `measure`, None under five ratings inside;
    `rated` counts those. `since_session` says that the period begins with the last session.
    """

    first: date
    last: date
    since_session: bool
    practices: int
    days: int
    minutes: int
    real: int
    kept: Consistency
    measure: str | None
    change: float | None
    rated: int
    skills: tuple[SkillLine, ...]
    bars: tuple[Bar, ...]
    barriers: tuple[tuple[str, int], ...]
    slips: int | None
    recovery: Recovery | None
    bring: tuple[str, ...] | None
    goals: tuple[str, ...]
    occasions: tuple[Practice, ...]
    reflections: tuple[tuple[date, str, str], ...]
    slip_words: tuple[tuple[Slip, SlipWords], ...]
    predictions: tuple[tuple[Prediction, PredictionWords], ...]
    names: dict[int, OpenPlan]


def report_of(store: Store, person: Person, period: Period, ticks: Iterable[Tick], now: datetime) -> Report:
    """Gathers a report. Days are the person's."""
    return _Gathering(store, person, period, frozenset(ticks), now).report()


class _Gathering:
    def __init__(
        self, store: Store, person: Person, period: Period, ticks: frozenset[Tick], now: datetime
    ) -> None:
        self._store, self._person, self._ticks, self._now = store, person, ticks, now
        self._zone = zone_of(person.zone)
        self._today = self._day(now)
        self._rows = store.practices.record(person.id)
        self._session = last_session(store, person, now) if period is Period.SESSION else None
        self._first = max(self._begins(period), self._day(person.created_at))

    def report(self) -> Report:
        store, person = self._store, self._person
        everything = practised(self._rows, self._zone)
        done = [
            each for each in everything if each.occasion.practised and self._first <= each.day <= self._today
        ]
        measure, rated = rated_most(done)
        plans = {plan.row.id: plan for plan in store.plans.everything(person.id)}
        slips = [row for row in store.slips.of(person.id) if self._within(row.day)]
        return Report(
            first=self._first,
            last=self._today,
            since_session=self._session is not None,
            practices=sum(each.times for each in done),
            days=len({each.day for each in done}),
            minutes=sum(each.minutes or 0 for each in done),
            real=sum(each.times for each in done if each.real),
            kept=self._kept(everything),
            measure=measure,
            change=usual_change([each.pair for each in rated if each.pair is not None]),
            rated=len(rated),
            skills=tuple(self._skills(plans)),
            bars=tuple(self._bars({each.day for each in done})),
            barriers=tuple(self._barriers().most_common()),
            slips=sum(not row.ridden_out for row in slips) if Tick.SLIPS in self._ticks else None,
            recovery=self._recovery(slips) if Tick.SLIPS in self._ticks else None,
            bring=self._bring() if Tick.BRING in self._ticks else None,
            goals=tuple(self._goals()),
            occasions=tuple(self._occasions()),
            reflections=tuple(self._reflections()),
            slip_words=tuple((row, store.slips.read(row)) for row in slips)
            if Tick.SLIP_WORDS in self._ticks
            else (),
            predictions=tuple(self._predictions()),
            names=plans,
        )

    def _begins(self, period: Period) -> date:
        if self._session is not None:
            return self._day(self._session)
        if period is Period.ALL:
            return min((row.day for row in self._rows), default=self._today)
        weeks = 13 if period is Period.THREE_MONTHS else 4
        return self._today - timedelta(weeks=weeks) + timedelta(days=1)

    def _kept(self, everything: list[Practised]) -> Consistency:
        planned = planned_days(self._store, self._person, self._today)
        paused = paused_days(self._store, self._person, self._today)
        days = [day for day in lay_out(everything, planned, paused, self._today) if self._within(day.day)]
        return consistency(days, last=max(1, len(days)))

    def _skills(self, plans: dict[int, OpenPlan]) -> Iterable[SkillLine]:
        """The plans with practice in the period, the most practised first."""
        done = [row for row in self._rows if row.outcome != "missed" and self._within(row.day)]
        for plan_id, _ in Counter(row.plan_id for row in done).most_common():
            if plan_id is None or plan_id not in plans:
                continue
            own = [row for row in done if row.plan_id == plan_id]
            yield SkillLine(
                plan=plans[plan_id],
                practices=sum(row.times for row in own),
                days=len({row.day for row in own}),
                latest=max(row.day for row in own),
                real=sum(row.times for row in own if row.real),
                confidence=growth(self._readings(plan_id, "confidence")),
                automaticity=growth(self._readings(plan_id, "automaticity")),
            )

    def _readings(self, plan_id: int, kind: str) -> list[Reading]:
        rows = self._store.check_ins.values(self._person.id, kind, self._first)
        return [
            Reading(row.day, row.value)
            for row in rows
            if row.plan_id == plan_id and row.value is not None and self._within(row.day)
        ]

    def _bars(self, days: set[date]) -> Iterable[Bar]:
        """By week, or, where that would be many, by month; nothing under two weeks."""
        length = (self._today - self._first).days + 1
        if length < 2 * _WEEK or not days:
            return
        begins = self._first
        while begins <= self._today:
            by_week = length <= _SHORTEST_BARS * _WEEK
            following = begins + timedelta(days=_WEEK) if by_week else _next_month(begins)
            last = min(self._today, following - timedelta(days=1))
            yield Bar(begins, sum(begins <= day <= last for day in days), (last - begins).days + 1)
            begins = following

    def _barriers(self) -> Counter[str]:
        rows = self._store.obstacles.of(self._person.id)
        return Counter(row.barrier for row in rows if self._within(row.day))

    def _recovery(self, slips: list[Slip]) -> Recovery:
        back = [row.at for row in self._rows if row.at is not None and row.outcome != "missed"]
        came = [row.at for row in slips if not row.ridden_out]
        return recovery(came, back, sum(row.ridden_out for row in slips))

    def _bring(self) -> tuple[str, ...]:
        rows = self._store.practices.reflections_since(self._person.id, self._first)
        newest = [self._store.practices.read(row) for row in reversed(rows) if row.purpose == BRING]
        return tuple(reversed(list(dict.fromkeys(newest))[:_NOTES]))

    def _goals(self) -> Iterable[str]:
        rows = self._store.goals.current(self._person.id) if Tick.GOALS in self._ticks else []
        return [self._store.goals.read(row) for row in rows]

    def _occasions(self) -> Iterable[Practice]:
        if Tick.PRACTICES not in self._ticks:
            return []
        rows = self._store.practices.since(self._person.id, self._first)
        return [row for row in rows if self._within(row.day)]

    def _reflections(self) -> Iterable[tuple[date, str, str]]:
        if Tick.REFLECTIONS not in self._ticks:
            return
        for row in self._store.practices.reflections_since(self._person.id, self._first):
            if row.purpose != BRING:
                kind = row.purpose or ("asked" if row.asked else "note")
                yield row.day, kind, self._store.practices.read(row)

    def _predictions(self) -> Iterable[tuple[Prediction, PredictionWords]]:
        if Tick.PREDICTIONS not in self._ticks:
            return
        for row in self._store.predictions.of(self._person.id):
            if self._within(self._day(row.at)):
                yield row, self._store.predictions.read(row)

    def _within(self, day: date) -> bool:
        return self._first <= day <= self._today

    def _day(self, at: datetime) -> date:
        return local_day(at, self._zone, self._person.day_ends_at)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
