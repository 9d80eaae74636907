"""What the page for a session says: gathered from what was logged since the last one."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.conversation.appointments import last_session
from bot.conversation.overview import practised
from bot.practice.brief import Since, Suggestion, suggestions
from bot.practice.insight import eased
from bot.practice.schedule import local_day
from bot.practice.slips import Recovery, recovery
from bot.practice.summary import Window, summarise
from bot.store.tables import Person, Reflection, TherapySession
from bot.store.unit import Store
from bot.understanding.places import zone_of

BRING, TAKEAWAY = "bring", "takeaway"
"""What a note is for: to be brought up, or taken away from a session."""

_TWO_WEEKS = timedelta(days=14)
_BARRIERS = 3
_QUOTES = 2


@dataclass(frozen=True, slots=True)
class Note:
    """Something of the person's own to bring up."""

    row_id: int
    words: str


@dataclass(frozen=True, slots=True)
class Brief:
    """The page: days and times of practice since `first`, quotes, barriers by count, slips, what to bring."""

    first: date
    practices: int
    days: int
    learned: tuple[str, ...]
    barriers: tuple[tuple[str, int], ...]
    slips: int
    recovery: Recovery
    notes: tuple[Note, ...]
    suggested: tuple[Suggestion, ...]


def brief_of(
    store: Store, person: Person, row: TherapySession | None, at: datetime | None, now: datetime
) -> Brief:
    """Gathers the page for the session `row`, which is `at`, or for the next one, whenever that is."""
    zone = zone_of(person.zone)
    since = last_session(store, person, now) or now - _TWO_WEEKS
    first, today = (local_day(each, zone, person.day_ends_at) for each in (since, now))
    record = store.practices.record(person.id, since=first)
    rows = [each for each in record if each.at is not None and each.at > since]
    times = [each.at for each in rows if each.at is not None]
    done = [each for each in practised(rows, zone) if each.occasion.practised]
    written = [each for each in store.practices.reflections_since(person.id, first) if each.at > since]
    learned = [store.practices.read(each) for each in written if each.asked]
    barriers = Counter(each.barrier for each in store.obstacles.of(person.id) if each.at > since)
    slips = [each for each in store.slips.of(person.id) if each.at > since]
    back = [each.at for each in slips if not each.ridden_out]
    notes = [_note(store, each) for each in written if each.purpose == BRING]
    found = Since(
        practices=sum(each.times for each in done),
        learned=len(learned),
        barrier=next((name for name, _ in barriers.most_common(1)), None),
        barrier_times=max(barriers.values(), default=0),
        worse=store.practices.made_worse(person.id, since),
        slips=len(back),
        eased=eased(summarise(done, (), today, Window.MONTH)),
    )
    dropped = frozenset(dropped_topics(store, row, at))
    return Brief(
        first=first,
        practices=found.practices,
        days=len({each.day for each in done}),
        learned=tuple(learned[-_QUOTES:]),
        barriers=tuple(barriers.most_common(_BARRIERS)),
        slips=len(back),
        recovery=recovery(back, times, sum(each.ridden_out for each in slips)),
        notes=tuple(notes),
        suggested=tuple(suggestions(found, dropped, len(notes))),
    )


def dropped_topics(store: Store, row: TherapySession | None, at: datetime | None) -> list[str]:
    """The suggestions that the person took off the page for this session."""
    words = store.sessions.read(row) if row is not None else {}
    return list(words["dropped"]) if at is not None and words.get("for") == at.isoformat() else []


def drop(store: Store, row: TherapySession, at: datetime, topic: str) -> None:
    """Takes a suggestion off the page for the session at `at`."""
    dropped = [*dropped_topics(store, row, at), topic]
    store.sessions.keep(row, {**store.sessions.read(row), "for": at.isoformat(), "dropped": dropped})


def _note(store: Store, row: Reflection) -> Note:
    return Note(row.id, store.practices.read(row))
