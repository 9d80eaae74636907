"""People who have lived with Limber for years, or for some days: seeded, the same each time.

    lived(store, person_id, until=clock.now())              # five years of daily life
    begun(store, person_id, until=clock.now(), practices=2)  # the first few days

What is written is what the engine would have stored: nudges come when their rules say, a practice belongs
to the person's day, an answer is marked on its nudge, check-ins come when they are due.
"""

import random
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlmodel import SQLModel

from bot.practice.record import each_day
from bot.practice.recurrence import days_from, read_days
from bot.practice.schedule import Rule, local_day, next_due, to_instant
from bot.practice.second_nature import check_in_due
from bot.store.pages import WellPlanWords
from bot.store.tables import (
    CheckIn,
    Gate,
    Goal,
    LetterToSelf,
    Nudge,
    Obstacle,
    Person,
    Plan,
    Practice,
    Prediction,
    Reflection,
    Reminder,
    Slip,
    TherapySession,
)
from bot.store.unit import Store
from bot.understanding.places import zone_of
from bot.understanding.times import Recurring, Understood, read_when
from tests.life_words import COURSES, GOALS, LEARNED, LETTERS, NOTES, RODE_OUT, SLIPS, STEPS, TYPED, Course

ZONE = "Europe/Berlin"
_BARRIERS = ("no_time", "no_time", "forgot", "no_motivation", "too_hard", "unwell")
_EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
_TABLES = (
    *(Goal, Plan, Reminder, Nudge, Practice, Reflection, Obstacle, Slip),
    *(CheckIn, Prediction, LetterToSelf, Gate, TherapySession),
)
"""What a life is written to, what others refer to first."""
_WEEK, _FORTNIGHT = timedelta(days=7), timedelta(days=14)
_A_WEEK_OFF = timedelta(days=6)


def lived(store: Store, person_id: int, until: datetime, years: float = 5, seed: int = 1) -> None:
    """Fills the record of someone who has just agreed, as if they had begun `years` ago and gone on daily."""
    life = _Life(store, person_id, until - timedelta(days=round(365.25 * years)), until, seed)
    life.settles_in()
    for day in each_day(life.first + timedelta(days=1), life.last - timedelta(days=1)):
        life.passes(day)
    life.looks_ahead()


def begun(store: Store, person_id: int, until: datetime, practices: int, seed: int = 1) -> None:
    """Fills the record of someone who began eight days ago and practised on so many days since, up to 7."""
    life = _Life(store, person_id, until - timedelta(days=8), until, seed)
    life.settles_in()
    commitment = life.begins_with(COURSES[0], life.first)
    for day in list(each_day(life.first, life.last))[1 : practices + 1]:
        life.practises(commitment, day, to_instant(day, time(8, 15), life.zone), None)
    life.looks_ahead()


@dataclass
class _Commitment:
    """A plan that is being lived, with the days its reminder asks for."""

    course: Course
    plan: Plan
    reminder: Reminder
    rule: Rule
    days: set[date]
    practised: int = 0
    since_check_in: int = 0
    checked_in: dict[str, date] = field(default_factory=dict)

    def asks_on(self, day: date) -> bool:
        return self.plan.archived_at is None and day in self.days


class _Life:
    def __init__(self, store: Store, person_id: int, begins: datetime, until: datetime, seed: int) -> None:
        self.store = store
        self.person = store.session.get_one(Person, person_id)
        self.chance = random.Random(seed)
        self.zone = zone_of(ZONE)
        self.begins = begins.replace(minute=0, second=0, microsecond=0)
        self.until = until
        self.first, self.last = self._day_of(self.begins), self._day_of(until)
        self.commitments: list[_Commitment] = []
        self.goals: list[Goal] = []
        self.paused: set[date] = set()
        self.rows: dict[type[SQLModel], list[SQLModel]] = {table: [] for table in _TABLES}
        before = int((until - _EPOCH).total_seconds() * 1000) - 60_000
        self._next_id = (before << 21) + (seed % 64 << 15)

    def settles_in(self) -> None:
        """The first minutes: consent, place, what is wanted."""
        self.person.created_at, self.person.zone, self.person.zone_known = self.begins, ZONE, True
        self.person.country = "DE"
        for consent in self.store.people.consents(self.person.id).values():
            consent.given_at = self.begins
        self.goals = [self._sealed(Goal, words, created_at=self.begins) for words in GOALS]

    def begins_with(self, course: Course, day: date) -> _Commitment:
        """Takes on a skill, with the reminder for it."""
        at = to_instant(day, time(6, 0), self.zone)
        plan = self._sealed(
            Plan,
            asdict(course.words),
            skill=course.skill,
            target_days=course.target_days,
            goal_id=self.goals[course.goal].id,
            created_at=at,
        )
        rule = self._rule(course, at)
        reminder = self._add(
            Reminder,
            plan_id=plan.id,
            kind="practice",
            days=rule.days,
            times=",".join(each.isoformat("minutes") for each in rule.times),
            starts=rule.starts,
            next_due_at=None,
            created_at=at,
        )
        days = set()
        for each in days_from(read_days(rule.days, rule.starts), day):
            if each > self.last:
                break
            days.add(each)
        self.commitments.append(_Commitment(course, plan, reminder, rule, days))
        return self.commitments[-1]

    def passes(self, day: date) -> None:
        """One day, in the order in which its things happen."""
        self._takes_on_and_puts_away(day)
        self._sees_the_therapist(day)
        if self._away(day):
            return
        occasions = [self._occasion(mine, day) for mine in self.commitments]
        for at, mine, nudge in sorted(filter(None, occasions), key=lambda each: each[0]):
            self._answers(mine, day, at, nudge)
        self._slips(day)
        self._dares(day)
        if self.chance.random() < 0.03:
            self._notes(self.chance.choice(NOTES), day)

    def practises(self, mine: _Commitment, day: date, at: datetime, nudge: Nudge | None) -> None:
        """Logs one occasion, as taps and words do, with the check-in that may follow it."""
        outcome = self.chance.choices(("done", "tiny", "partly"), (75, 17, 8))[0]
        before, after = self._ratings(mine.course, day)
        told = self.chance.random() < 0.3
        practice = self._add(
            Practice,
            plan_id=mine.plan.id,
            nudge_id=nudge.id if nudge else None,
            skill=mine.plan.skill,
            day=self._day_of(at),
            at=at,
            logged_at=at,
            outcome=outcome,
            times=2 if self.chance.random() < 0.03 else 1,
            minutes=self.chance.choice((5, 5, 8, 10, 12, 20)) if outcome != "tiny" else None,
            before=before,
            after=after,
            barrier="no_time" if outcome == "partly" and self.chance.random() < 0.3 else None,
            measure=mine.course.measure if before is not None else None,
            real=self.chance.random() < 0.15 + 0.2 * self._share(day),
            start="prompted" if nudge else "remembered",
            well=self.chance.choice((2, 2, 3)) if told else None,
            hard=self.chance.choice((1, 2, 2, 3)) if told else None,
        )
        if nudge is not None:
            nudge.outcome, nudge.answered_at = outcome, at
        mine.practised += 1
        mine.since_check_in += 1
        self._tells(practice, at)
        self._checks_in(mine, practice.day, at + timedelta(minutes=1))

    def looks_ahead(self) -> None:
        """What stands at the end: reminders that wait, the next session, letters, the page for bad days."""
        for mine in self.commitments:
            waits = mine.plan.archived_at is None
            mine.reminder.next_due_at = next_due(mine.rule, self.zone, self.until) if waits else None
        coming = to_instant(
            self.last + timedelta(days=(1 - self.last.weekday()) % 7 or 7), time(16), self.zone
        )
        self._add(TherapySession, at=coming, days="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
        for rows in self.rows.values():
            self.store.session.add_all(rows)
            self.store.session.flush()

    def _takes_on_and_puts_away(self, day: date) -> None:
        begun = [mine.course for mine in self.commitments]
        for course in COURSES:
            if course not in begun and self._share(day) >= course.begins:
                self.begins_with(course, day)
        for mine in self.commitments:
            if mine.plan.archived_at is None and self._share(day) >= mine.course.ends:
                mine.plan.archived_at = to_instant(day, time(12), self.zone)

    def _occasion(self, mine: _Commitment, day: date) -> tuple[datetime, _Commitment, Nudge | None] | None:
        """When this plan is turned to on a day, if it is; the nudge in question is written."""
        if mine.plan.archived_at is not None:
            return None
        if not mine.asks_on(day):
            remembers = self.chance.random() < 0.06
            return (to_instant(day, time(17, 5), self.zone), mine, None) if remembers else None
        due = to_instant(day, mine.rule.times[0], self.zone)
        nudge = self._nudged(mine, due)
        answers = self.chance.random() < 0.68 + 0.25 * self._share(day)
        return (due + timedelta(minutes=self.chance.randrange(2, 150)), mine, nudge) if answers else None

    def _answers(self, mine: _Commitment, day: date, at: datetime, nudge: Nudge | None) -> None:
        if nudge is None or self.chance.random() < 0.9:
            return self.practises(mine, day, at, nudge)
        nudge.outcome, nudge.answered_at = "not_today", at
        return self._is_hindered(mine, nudge, at)

    def _nudged(self, mine: _Commitment, due: datetime) -> Nudge:
        nudge: Nudge = self._add(
            Nudge,
            plan_id=mine.plan.id,
            reminder_id=mine.reminder.id,
            due_at=due,
            written_at=due,
            sent_at=due + timedelta(milliseconds=300),
            wording=self.chance.choice(("small_one", "two_minutes", "time_you_picked")),
        )
        return nudge

    def _is_hindered(self, mine: _Commitment, nudge: Nudge, at: datetime) -> None:
        if self.chance.random() < 0.6:
            self._add(
                Obstacle,
                plan_id=mine.plan.id,
                nudge_id=nudge.id,
                day=self._day_of(at),
                at=at + timedelta(seconds=20),
                barrier=self.chance.choice(_BARRIERS),
                nudged_at=f"{nudge.due_at.astimezone(self.zone):%H:%M}",
            )

    def _ratings(self, course: Course, day: date) -> tuple[int | None, int | None]:
        """How it was before and after: distress eases with the years, mood and confidence rise."""
        if self.chance.random() < 0.45:
            return None, None
        if course.measure != "distress":
            before = self.chance.randint(3, 6)
            return before, min(10, before + self.chance.randint(0, 3))
        before = max(1, min(10, round(self.chance.gauss(7 - 2.5 * self._share(day), 1.4))))
        return before, max(0, before - self.chance.choice((0, 1, 1, 2, 2, 3)))

    def _tells(self, practice: Practice, at: datetime) -> None:
        luck = self.chance.random()
        if luck < 0.22:
            self._writes(self.chance.choice(LEARNED), practice.day, at, practice, asked=True)
        elif luck < 0.34:
            self._writes(self.chance.choice(TYPED), practice.day, at, practice)

    def _notes(self, words: str, day: date) -> None:
        """A note; every other one to be brought up in the next session."""
        purpose = "bring" if day.toordinal() % 2 else None
        at = to_instant(day, time(18, 20), self.zone)
        self._sealed(Reflection, words, asked=False, purpose=purpose, day=day, at=at)

    def _writes(
        self, words: str, day: date, at: datetime, about: Practice | None = None, *, asked: bool = False
    ) -> None:
        about_id = about.id if about is not None else None
        self._sealed(Reflection, words, practice_id=about_id, asked=asked, day=day, at=at)

    def _checks_in(self, mine: _Commitment, day: date, at: datetime) -> None:
        """At most one question a day, automaticity before confidence; a few are passed over."""
        if any(last == day for each in self.commitments for last in each.checked_in.values()):
            return
        begun = self._day_of(mine.plan.created_at)
        if check_in_due(mine.checked_in.get("automaticity"), begun, mine.since_check_in, day):
            grown = 2 + 6.5 * self._share(day, mine)
            self._asks(
                mine, "automaticity", day, at, round(max(0, min(10, self.chance.gauss(grown, 0.5))), 2)
            )
            mine.since_check_in = 0
        elif mine.practised >= 2 and day - mine.checked_in.get("confidence", date.min) >= _WEEK:
            grown = 3.5 + 5 * self._share(day, mine)
            self._asks(mine, "confidence", day, at, max(0, min(10, round(self.chance.gauss(grown, 0.9)))))

    def _asks(self, mine: _Commitment, kind: str, day: date, at: datetime, value: float) -> None:
        mine.checked_in[kind] = day
        given = value if self.chance.random() < 0.9 else None
        self._add(CheckIn, plan_id=mine.plan.id, kind=kind, day=day, at=at, value=given)

    def _sees_the_therapist(self, day: date) -> None:
        """Tuesdays at four: each week, then every second, then every fourth."""
        every = 1 if self._share(day) < 0.25 else 2 if self._share(day) < 0.6 else 4
        if day.weekday() != 1 or (day - self.first).days // 7 % every:
            return
        at = to_instant(day, time(16, 0), self.zone)
        self._add(
            TherapySession, at=at, briefed_at=at - timedelta(hours=21), asked_at=at + timedelta(hours=1)
        )

    def _away(self, day: date) -> bool:
        """A week of pause each August."""
        if day.month == 8 and day.day == 10 and day - self.first > _FORTNIGHT:
            self.store.people.end_pause(self.person, day, day + _A_WEEK_OFF)
            self.paused.update(each_day(day, day + _A_WEEK_OFF))
        return day in self.paused

    def _slips(self, day: date) -> None:
        """An old habit comes back, less often with the years; some urges pass."""
        at = to_instant(day, time(22, 40), self.zone)
        luck = self.chance.random()
        if luck < 0.035 - 0.025 * self._share(day):
            sure = self.chance.choice((None, 5, 6, 7, 8))
            words = asdict(self.chance.choice(SLIPS))
            self._sealed(Slip, words, day=day, at=at, confidence=sure)
        elif luck > 0.985:
            self._sealed(Slip, asdict(RODE_OUT), day=day, at=at, ridden_out=True)

    def _dares(self, day: date) -> None:
        """Now and then a feared step, with what was expected and what came; letters and a gate, once."""
        at = to_instant(day, time(9, 30), self.zone)
        if self.chance.random() < 0.02:
            expected = self.chance.randint(5, 10)
            self._sealed(
                Prediction,
                asdict(self.chance.choice(STEPS)),
                at=at,
                expected=expected,
                happened_at=at + timedelta(hours=7),
                experienced=max(0, expected - self.chance.randint(-1, 5)),
            )
        if (day - self.first).days == 200:
            self._add(Gate, skill="graded_exposure", passed_at=at)
            self._sealed(LetterToSelf, LETTERS[0], written_at=at)
            delivered = at + timedelta(days=90)
            self._sealed(
                LetterToSelf, LETTERS[1], written_at=at, deliver_on=delivered.date(), delivered_at=delivered
            )
            self.store.well_plans.keep(
                self.person.id,
                WellPlanWords(
                    signs="I stop answering Jo", helps="A walk, then a bath", people="Jo, Dr. Lind"
                ),
                at,
            )

    def _rule(self, course: Course, at: datetime) -> Rule:
        read = read_when(course.remind, now=at.astimezone(self.zone), language="en")
        assert isinstance(read, Understood) and isinstance(read.rules[0], Recurring), course.remind
        return Rule(read.rules[0].days, read.rules[0].times, read.rules[0].starts)

    def _share(self, day: date, mine: _Commitment | None = None) -> float:
        """How much of the life, or of the time a plan will have, has passed by a day: 0 to 1."""
        began = self._day_of(mine.plan.created_at) if mine is not None else self.first
        return min(1.0, (day - began).days / max(1, (self.last - began).days))

    def _day_of(self, at: datetime) -> date:
        return local_day(at, self.zone, self.person.day_ends_at)

    def _sealed(self, table: Any, words: Any, **columns: Any) -> Any:
        row = self._add(table, words=b"", **columns)
        row.words = self.store.words.seal(table.__tablename__, self.person.id, row.id, words)
        return row

    def _add(self, table: Any, **columns: Any) -> Any:
        self._next_id += 1
        row = table(id=self._next_id, person_id=self.person.id, **columns)
        self.rows[table].append(row)
        return row
