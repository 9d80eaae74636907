"""Letters to oneself: written on a good day, for a date or for a hard day."""

from datetime import date, datetime, time, timedelta, tzinfo

from bot.conversation.buttons import CANCEL, UNDO, addressed
from bot.conversation.dialogue import Choice, Dialogue, Move, Rows, Say, answer, ask, done, link, stay
from bot.conversation.turn import Turn
from bot.practice.schedule import to_instant
from bot.store.tables import LetterToSelf, Person
from bot.store.unit import Store
from bot.texts import Day, Text, t
from bot.understanding.durations import read_until
from bot.understanding.places import zone_of

letter_ = Dialogue("letter")

DELIVERED_AT = time(10)
"""The local time at which a dated letter comes."""
_LONGEST = 3000
_IN_DAYS = {"month": 30, "quarter": 91, "half_year": 182}


@letter_.command("letter")
def start(turn: Turn) -> Move:
    """`/letter`: write one, read those there are."""
    rows = turn.store.letters.of(turn.person.id)
    if not rows:
        return _ask_words(t("letter.none"))
    for row in rows:
        turn.say(Say(_line(turn, row), (_buttons(row),)))
    return done(t("letter.end"), buttons=_menu(turn))


@letter_.step
def written(turn: Turn) -> Move:
    """The letter."""
    if turn.press is not None or not turn.text:
        return done(t("cancel.done"))
    turn.slots["letter"] = turn.text[:_LONGEST]
    return ask(when, t("letter.when"), *_dates())


@letter_.step
def when(turn: Turn) -> Move:
    """A hard day, or a date."""
    if turn.press == "stop":
        return done(t("letter.dropped"))
    if turn.press == "hard":
        return _keep(turn, None)
    if turn.press in _IN_DAYS:
        return _keep(turn, turn.today + timedelta(days=_IN_DAYS[turn.press]))
    meant = read_until(turn.text, now=turn.local_now, language=turn.person.language)
    on = meant.at.astimezone(turn.zone).date() if meant is not None else turn.today
    if on <= turn.today:
        return ask(when, t("letter.when_again"), *_dates())
    return _keep(turn, on)


@letter_.press("letter")
def pressed(turn: Turn) -> Move:
    """`letter:<letter>:read|delete`, or `letter:0:new|now`."""
    row_id, what = addressed(turn)
    if what == "new":
        return _ask_words(t("letter.ask"))
    row = turn.store.letters.get(turn.person.id, row_id)
    if what == "now":
        row = turn.store.letters.for_a_hard_day(turn.person.id)
    if row is None:
        return stay(t("letter.gone"))
    if what == "delete":
        return _deleted(turn, row)
    return Move((_delivered(turn.store, row, turn.now),), stay=True)


def delivery(store: Store, person: Person, letter_id: int, now: datetime) -> Say | None:
    """What is pushed when a letter comes due, noted as delivered; None where the letter is gone.

    The letter itself is shown to those who asked for full texts; others are told that there is one, since
    it may be read on a lock screen.
    """
    row = store.letters.get(person.id, letter_id)
    if row is None:
        return None
    if person.full_text:
        return _delivered(store, row, now)
    row.delivered_at = row.delivered_at or now
    return Say(t("letter.arrived"), ((link(f"letter:{row.id}:read", t("letter.read")),),))


def hard_day_row(turn: Turn) -> Rows:
    """A row of buttons with the letter for a hard day; none without a letter, or on the day of a card."""
    if turn.person.quiet_until is not None and turn.now < turn.person.quiet_until:
        return ()
    row = turn.store.letters.for_a_hard_day(turn.person.id)
    return ((link(f"letter:{row.id}:read", t("letter.need_it")),),) if row is not None else ()


def delivered_at(on: date, zone: tzinfo) -> datetime:
    """When a letter for the local day `on` comes, in UTC."""
    return to_instant(on, DELIVERED_AT, zone)


def _keep(turn: Turn, on: date | None) -> Move:
    row = turn.store.letters.add(turn.person.id, turn.slots.get("letter", ""), on, turn.now)
    due = None
    if on is not None:
        due = turn.store.reminders.add(
            turn.person.id, "letter", None, delivered_at(on, turn.zone), turn.now, None
        )
    turn.undoable("letter_added", row.id, due.id if due else None)
    said = t("letter.kept_hard") if on is None else t("letter.kept_date", day=Day(on))
    return done(said, buttons=((UNDO,),))


def _deleted(turn: Turn, row: LetterToSelf) -> Move:
    words, on = turn.store.letters.read(row), row.deliver_on
    turn.undoable("letter_deleted", words, on.isoformat() if on else None)
    _drop_reminder(turn, row)
    turn.store.letters.remove(row)
    return done(t("letter.deleted"), buttons=((UNDO,),))


def _drop_reminder(turn: Turn, row: LetterToSelf) -> None:
    """Removes the reminder of a letter: the nearest one, since the zone may have changed in between."""
    if row.deliver_on is None or row.delivered_at is not None:
        return
    due = delivered_at(row.deliver_on, turn.zone)
    rows = [each for each in turn.store.reminders.of(turn.person.id, "letter") if each.next_due_at]
    nearest = min(rows, key=lambda each: abs((each.next_due_at or due) - due), default=None)
    if nearest is not None:
        turn.store.reminders.remove(nearest)


def _delivered(store: Store, row: LetterToSelf, now: datetime) -> Say:
    row.delivered_at = row.delivered_at or now
    zone = zone_of(store.session.get_one(Person, row.person_id).zone)
    said = t("letter.delivered", day=_written(row, zone), words=store.letters.read(row))
    return Say(said, ((link("c:practice", t("button.practice")), link("c:crisis", t("button.crisis"))),))


def _ask_words(said: Text) -> Move:
    return ask(written, said, (CANCEL,))


def _dates() -> tuple[tuple[Choice, ...], ...]:
    return (
        (answer("hard", t("letter.on_a_hard_day")),),
        tuple(answer(each, t(f"letter.in_{each}")) for each in _IN_DAYS),
        (answer("stop", t("letter.drop")),),
    )


def _menu(turn: Turn) -> Rows:
    needed = turn.store.letters.for_a_hard_day(turn.person.id)
    now = (link("letter:0:now", t("letter.need_it_now")),) if needed is not None else ()
    return now, (link("letter:0:new", t("letter.write")),)


def _written(row: LetterToSelf, zone: tzinfo) -> Day:
    return Day(row.written_at.astimezone(zone).date())


def _line(turn: Turn, row: LetterToSelf) -> Text:
    written_on = _written(row, turn.zone)
    if row.deliver_on is None:
        return t("letter.line_hard", written=written_on)
    key = "letter.line_date" if row.delivered_at is None else "letter.line_delivered"
    return t(key, written=written_on, day=Day(row.deliver_on))


def _buttons(row: LetterToSelf) -> tuple[Choice, ...]:
    return (
        link(f"letter:{row.id}:read", t("letter.read")),
        link(f"letter:{row.id}:delete", t("button.delete")),
    )
