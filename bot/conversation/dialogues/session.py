"""Appointments with the therapist: when the next one is, and that there are no more of them."""

from datetime import UTC, datetime, timedelta

from bot.conversation.appointments import coming, keep_pushes, rule_of_series
from bot.conversation.buttons import CANCEL, UNDO, addressed
from bot.conversation.dialogue import Choice, Dialogue, Move, Say, ask, done, link, stay
from bot.conversation.dialogues.after_treatment import ask_ended
from bot.conversation.dialogues.reminders import asked_back, chosen
from bot.conversation.scheduling import rule_told
from bot.conversation.turn import Turn
from bot.practice.schedule import Rule, next_due, to_instant
from bot.store.tables import TherapySession
from bot.texts import At, Text, t
from bot.understanding.times import AfterSession, Moment, NotUnderstood, Question, Recurring, read_when

session_ = Dialogue("session")

_ENDED = frozenset(("ended", "end", "over", "finished"))


@session_.command("session")
def start(turn: Turn) -> Move:
    """`/session [when|ended]`."""
    if turn.text.lower().strip(" .!") in _ENDED:
        return ask_ended(turn)
    if turn.text:
        return _heard(turn, turn.text)
    rows = coming(turn.store, turn.person.id, turn.now)
    for row, at in rows:
        turn.say(Say(_line(turn, row, at), (_buttons(row),)))
    if rows:
        turn.say(Say(t("session.page"), ((link("brief:show", t("bring.see")),),)))
        ended = link("session:0:ended", t("session.ended_button"))
        return done(t("session.end"), buttons=((link("session:0:new", t("session.add")), ended),))
    return _ask_when(t("session.none"))


@session_.step
def when(turn: Turn) -> Move:
    """When the next appointment is, and whether it comes again."""
    if turn.press == "stop":
        return done(t("cancel.done"))
    return _heard(turn, chosen(turn))


@session_.press("session")
def pressed(turn: Turn) -> Move:
    """`session:<appointment>:change|week|delete`, or `session:0:new|ended`."""
    row_id, what = addressed(turn)
    if what == "new":
        return _ask_when(t("session.ask"))
    if what == "ended":
        return ask_ended(turn)
    row = turn.store.sessions.get(turn.person.id, row_id)
    if row is None:
        return stay(t("session.gone"))
    if what == "week":
        row.at = _other_week(turn, row) or row.at
        keep_pushes(turn.store, turn.person, turn.now)
        return _said_back(turn, row)
    if what == "change":
        turn.slots["replaces"] = row.id
        return _ask_when(t("session.ask"))
    turn.undoable("session_deleted", row.at.isoformat(), row.days, turn.store.sessions.read(row))
    turn.store.sessions.remove(row)
    keep_pushes(turn.store, turn.person, turn.now)
    return done(t("session.deleted"), buttons=((UNDO,),))


def _heard(turn: Turn, words: str) -> Move:
    read = read_when(words, now=turn.local_now, language=turn.person.language)
    if isinstance(read, NotUnderstood):
        return _ask_when(t(f"when.{read.reason}", words=turn.quote(read.words)))
    if isinstance(read, Question):
        said, rows = asked_back(turn, read)
        return ask(when, said, *rows)
    meant = read.rules[0]
    if len(read.rules) > 1 or isinstance(meant, AfterSession):
        return _ask_when(t("session.one_time"))
    return _kept(turn, meant)


def _kept(turn: Turn, meant: Recurring | Moment) -> Move:
    at = _first(turn, meant)
    if at is None or at <= turn.now:
        return _ask_when(t("when.past"))
    replaced = turn.store.sessions.get(turn.person.id, turn.slots.pop("replaces", 0))
    had = [replaced.at.isoformat(), replaced.days, turn.store.sessions.read(replaced)] if replaced else None
    if replaced is not None:
        turn.store.sessions.remove(replaced)
    days = meant.days if isinstance(meant, Recurring) else None
    row = turn.store.sessions.add(turn.person.id, at.astimezone(UTC), days)
    turn.undoable("session_added", row.id, had)
    keep_pushes(turn.store, turn.person, turn.now)
    return _said_back(turn, row)


def _first(turn: Turn, meant: Recurring | Moment) -> datetime | None:
    """When it is first: of "every second Tuesday" the nearest Tuesday, until told otherwise."""
    if isinstance(meant, Moment):
        return meant.at
    each = ";".join(part for part in meant.days.split(";") if not part.startswith("INTERVAL="))
    return next_due(Rule(each, meant.times, meant.starts), turn.zone, turn.now)


def _said_back(turn: Turn, row: TherapySession) -> Move:
    other = _other_week(turn, row)
    rather = (
        () if other is None else (link(f"session:{row.id}:week", t("session.week", at=At(other, turn.zone))),)
    )
    said = t("session.kept", line=_line(turn, row, row.at))
    return done(said, buttons=(rather, (link("brief:show", t("bring.see")), UNDO)))


def _other_week(turn: Turn, row: TherapySession) -> datetime | None:
    """The other week in which a series of every second week, or of more, may be meant to begin."""
    rule = rule_of_series(row, turn.person)
    parts = dict(part.split("=") for part in (row.days or "").split(";") if part)
    every = int(parts.get("INTERVAL", "1"))
    if rule is None or parts["FREQ"] != "WEEKLY" or every == 1:
        return None
    local = row.at.astimezone(turn.zone)
    later = to_instant(local.date() + timedelta(weeks=1), rule.times[0], turn.zone)
    if later <= turn.now + timedelta(weeks=every):
        return later
    return to_instant(local.date() - timedelta(weeks=every - 1), rule.times[0], turn.zone)


def _line(turn: Turn, row: TherapySession, at: datetime) -> Text:
    rule = rule_of_series(row, turn.person)
    if rule is None:
        return t("session.line", at=At(at, turn.zone))
    return t("session.line_series", rule=rule_told(rule, turn.zone), at=At(at, turn.zone))


def _ask_when(said: Text) -> Move:
    return ask(when, said, (CANCEL,))


def _buttons(row: TherapySession) -> tuple[Choice, ...]:
    return (
        link(f"session:{row.id}:change", t("button.change")),
        link(f"session:{row.id}:delete", t("button.delete")),
    )
