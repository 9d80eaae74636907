"""What is asked of a long record, on both databases."""

from datetime import date, datetime, timedelta

from bot.store.database import Database
from bot.store.plans import PlanWords
from bot.store.tables import Practice
from bot.store.unit import Store
from tests.clock import MovableClock

DAYS = 12


def _lived(store: Store, first: datetime) -> tuple[int, list[int]]:
    """Two plans, practised by turns at noon for some days; each third practice was rated."""
    person = store.people.meet("local", "ada", first, "en", "UTC").person
    plans = [
        store.plans.add(person.id, skill, PlanWords(), first).row.id for skill in ("box_breathing", None)
    ]
    for number in range(DAYS):
        at = first + timedelta(days=number)
        rated = {"before": 7, "after": 4, "measure": "distress"} if number % 3 == 0 else {}
        store.practices.add(
            person.id,
            plan_id=plans[number % 2],
            skill="box_breathing" if number % 2 == 0 else None,
            day=at.date(),
            at=at,
            logged_at=at,
            outcome="done",
            times=2,
            **rated,
        )
    return person.id, plans


async def test_a_record_is_read_by_day_and_by_plan_oldest_first(
    database: Database, clock: MovableClock
) -> None:
    first = clock.now()

    def asked(store: Store) -> None:
        person_id, plans = _lived(store, first)
        days = [first.date() + timedelta(days=number) for number in range(DAYS)]
        since = days[5]

        assert [row.day for row in store.practices.record(person_id)] == days
        assert [row.day for row in store.practices.record(person_id, since=since)] == days[5:]
        assert [row.day for row in store.practices.record(person_id, plan_id=plans[1])] == days[1::2]
        both = store.practices.record(person_id, since, since=since, plan_id=plans[0])
        assert [(row.day, row.at) for row in both] == [
            (day, first + timedelta(days=number)) for number, day in enumerate(days) if day in days[6::2]
        ]
        timed = store.practices.record(person_id, timed_from=since)
        assert [row.at is None for row in timed] == [day < since for day in days]
        assert store.practices.count(person_id) == 2 * DAYS
        assert [run.before for run in store.practices.runs(person_id)] == [7, None, None] * (DAYS // 3)

    await database.write(asked)


async def test_the_practice_before_is_the_last_that_began_earlier(
    database: Database, clock: MovableClock
) -> None:
    first = clock.now()

    def asked(store: Store) -> None:
        person_id, _ = _lived(store, first)
        rows = store.practices.since(person_id, date.min)
        backdated = store.practices.add(
            person_id,
            day=(first + timedelta(days=4)).date(),
            at=first + timedelta(days=4, hours=1),
            logged_at=first + timedelta(days=DAYS),
            outcome="done",
        )

        def before(row: Practice) -> int | None:
            found = store.practices.newest_before(person_id, row)
            return found.id if found is not None else None

        assert before(rows[0]) is None
        assert before(rows[-1]) == rows[-2].id
        assert before(backdated) == rows[4].id
        assert before(rows[5]) == backdated.id

    await database.write(asked)


async def test_nudges_weigh_what_was_practised_lately_and_nothing_older(
    database: Database, clock: MovableClock
) -> None:
    first = clock.now()

    def asked(store: Store) -> None:
        person_id, plans = _lived(store, first)
        last = first + timedelta(days=DAYS - 1)
        lately = store.reminders.practised([person_id], last - timedelta(hours=36))
        assert sorted(row.at for row in lately) == [last - timedelta(days=1), last]
        since = (last - timedelta(days=4)).date()
        assert store.practices.counted([person_id], since) == {plans[0]: (4, 2), plans[1]: (6, 3)}

    await database.write(asked)


async def test_a_check_in_is_found_by_its_day_its_plan_and_its_kind(
    database: Database, clock: MovableClock
) -> None:
    now = clock.now()

    def asked(store: Store) -> None:
        person_id, plans = _lived(store, now)
        for number, (plan, kind) in enumerate(
            ((plans[0], "confidence"), (plans[1], "confidence"), (plans[0], "automaticity"))
        ):
            at = now + timedelta(days=number)
            store.check_ins.add(person_id, plan, kind, at.date(), at, number)

        assert store.check_ins.any_on(person_id, now.date())
        assert not store.check_ins.any_on(person_id, now.date() + timedelta(days=3))
        assert [row.value for row in store.check_ins.about(person_id, plans[0], "confidence")] == [0]
        since = now.date() + timedelta(days=1)
        assert [row.plan_id for row in store.check_ins.values(person_id, "confidence", since)] == [plans[1]]

    await database.write(asked)
