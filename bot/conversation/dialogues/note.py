"""Words that nobody asked for: understood where they are plain, kept as a note otherwise, never dropped."""

import re

from bot.conversation import hearing
from bot.conversation.dialogue import Dialogue, Move, done, link
from bot.conversation.dialogues import coming_back, log, place, reminders
from bot.conversation.dialogues.correcting import second_thoughts
from bot.conversation.recording import reflect
from bot.conversation.turn import Turn
from bot.texts import Clock, Text, t
from bot.understanding.answers import Outcome
from bot.understanding.places import Place, find_place, zone_of
from bot.understanding.times import Question, Recurring, Understood

note = Dialogue("note")

_LIVES_IN = re.compile(r"^(?:hi,? )?(?:i'?m|i am|i live|we live|we'?re|we are)(?: now)? in \S", re.IGNORECASE)
_ELSEWHERE = "no"
_LONGEST_PLACE = 60
_LONGEST_NAME = 50
_SHORTEST_RULE = 5
"""Letters of a text that may be a reminder nobody asked for: "8" alone is none."""
_BRIEF = 60
"""Letters up to which an outcome alone says that it was a practice."""


@note.step
def unasked(turn: Turn) -> Move:
    """Takes what nobody asked for."""
    if turn.incoming.place is not None:
        return done(t("note.place_unasked"))
    if not turn.text:
        return done(t("note.nothing"))
    return plain(turn) or _kept(turn)


@note.press("here")
def moved(turn: Turn) -> Move:
    """`here:<zone>`: the place that was named is where the person is; `here:no`: it is not."""
    named = (turn.incoming.press or "").partition(":")[2]
    if named == _ELSEWHERE:
        return done(t("note.place_stays"))
    found = find_place(named)
    if not isinstance(found, Place):
        return done(t("note.place_unasked"))
    return done(place.settle(turn, found), buttons=((link("c:undo", t("button.undo")),),))


def plain(turn: Turn) -> Move | None:
    """What is plain whatever was asked: a greeting, second thoughts, a reminder, a place, a practice."""
    ways = (_aside, second_thoughts, _reminder, _place, _practice)
    return next((move for way in ways if (move := way(turn)) is not None), None)


def greeted(turn: Turn) -> Text | None:
    """What is said to a greeting or thanks, which are nobody's notes; None for other words."""
    meant = hearing.aside(turn, turn.text)
    return t(f"note.{meant}") if meant is not None else None


def _aside(turn: Turn) -> Move | None:
    said = greeted(turn)
    if said is None:
        return None
    if coming_back.spoken_of(turn.silence):
        said = t("note.hello_again")
    ways = (link("c:log", t("button.log_practice")), link("c:practice", t("button.practice")))
    return done(said, buttons=() if said.key == "note.thanks" else (ways,))


def _reminder(turn: Turn) -> Move | None:
    """ "every day at 8": a rule that comes again is nothing but a reminder."""
    read = hearing.when(turn, hearing.plan_named(turn, turn.text)[1])
    rules = read.rules if isinstance(read, Understood) else ()
    asked = read.options[0].means if isinstance(read, Question) and read.options else ()
    if any(isinstance(rule, Recurring) for rule in (*rules, *asked)) and len(turn.text) > _SHORTEST_RULE:
        return reminders.heard(turn, turn.text)
    return None


def _place(turn: Turn) -> Move | None:
    """ "I'm in Bombay": asked before the clock moves."""
    if len(turn.text) > _LONGEST_PLACE or not _LIVES_IN.match(turn.text):
        return None
    found = find_place(turn.text)
    if isinstance(found, Place) and found.zone != turn.person.zone:
        clock = Clock(turn.now.astimezone(zone_of(found.zone)).time())
        said = t("note.place", place=found.name, clock=clock)
        yes = link(f"here:{_found_by(found)}", t("note.place_yes"))
        return done(said, buttons=((yes, link(f"here:{_ELSEWHERE}", t("button.no_thanks"))),))
    return None


def _found_by(found: Place) -> str:
    """What finds the place again: its name, where that is short and names no other, else its zone."""
    again = find_place(found.name)
    plain = isinstance(again, Place) and again.zone == found.zone
    return found.name if plain and len(found.name.encode()) <= _LONGEST_NAME else found.zone


def _practice(turn: Turn) -> Move | None:
    """ "did it, 5 min": a practice, where an outcome is named and there is a plan it can belong to."""
    read = log.understood(turn)
    named = read.outcome in (Outcome.DONE, Outcome.TINY, Outcome.PARTLY) and not read.inferred
    parts = (read.minutes, read.before, read.after, read.skill)
    told = any(part is not None for part in parts) or len(turn.text) < _BRIEF
    if not named or not told or read.problem is not None or log.plan_for(turn, read.skill) is None:
        return None
    return log.heard(turn)


def _kept(turn: Turn) -> Move:
    if not reflect(turn, turn.text, turn.today):
        return done(t("words.not_kept"), buttons=((link("c:log", t("button.log_practice")),),))
    return done(
        t("note.kept"),
        buttons=((link("c:log", t("button.log_practice")), link("c:undo", t("button.undo"))),),
    )
