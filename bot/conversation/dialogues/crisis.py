"""When someone may be in danger: numbers first, no questions, no promise that anyone is reading."""

from dataclasses import replace
from datetime import datetime, time, timedelta, tzinfo

from bot.conversation import cards
from bot.conversation.buttons import UNDO
from bot.conversation.consents import AFTER_CARD
from bot.conversation.dialogue import Dialogue, Move, Rows, Say, link, stay
from bot.conversation.dialogues.staying_well import own_page
from bot.conversation.recording import reflect
from bot.conversation.turn import Turn
from bot.practice.schedule import to_instant
from bot.safety.detection import Card, Category, Detection, Sound, detect
from bot.store.people import UNKEPT
from bot.texts import t

crisis = Dialogue("crisis")

REST = timedelta(hours=24)
_DAY, _MORNING = (time(9), time(21)), time(10)
HELD = timedelta(hours=1)
"""How long words wait for a choice, before they are discarded."""
NEXT_DAY = AFTER_CARD
"""The consent, and the kind of reminder, of the look-in on the day after a card."""


@crisis.command("crisis", "sos")
def lines(turn: Turn) -> Move:
    """`/crisis`: the own page, the lines, in any state, before consent too."""
    own = own_page(turn)
    if own is not None:
        turn.say(Say(own))
    found = cards.help_for(turn.library.lines, turn.person.country, None)
    return Move((Say(cards.card(found, None), _buttons(cards.has_more(found))),), stay=True, quiet=True)


@crisis.step
def heard(turn: Turn) -> Move:
    """Words that sound like danger: numbers, then the choice whether to keep them. Nudges rest for a day."""
    heard_ = detect(turn.text) or Detection(Card.B, Category.SUICIDE)
    turn.person.quiet_until = turn.now + REST
    _look_in_tomorrow(turn)
    found = cards.help_for(turn.library.lines, turn.person.country, heard_)
    said = Say(cards.card(found, heard_), _buttons(cards.has_more(found), about_them=True))
    own = own_page(turn)
    page = [Say(own)] if own is not None else []
    urgent = heard_.card is Card.A and heard_.category is Category.MEDICAL
    says = [said, *page] if urgent else [*page, said]
    return Move((*says, *_choice(turn)), stay=True, quiet=True)


def beside(turn: Turn) -> list[Say]:
    """Help named beside the answer, where words sound faintly like danger; nothing else changes."""
    sound = _sound(turn)
    if sound is Sound.FAINT:
        return [Say(t("crisis.beside"), ((link("c:crisis", t("button.crisis")),),))]
    return [Say(t("crisis.under"))] if sound is Sound.SLIGHT and turn.incoming.taps_only else []


def under(turn: Turn, move: Move) -> Move:
    """The answer with a line that names help under it, where words sound slightly like danger.

    Where only taps are taken, answers have wordings that repeat no words, so the line stands `beside`.
    """
    answer = next((say for say in move.says if not say.beat), None)
    if answer is None or turn.incoming.taps_only or _sound(turn) is not Sound.SLIGHT:
        return move
    told = replace(answer, text=t("two_lines", first=answer.text, second=t("crisis.under")))
    return replace(move, says=tuple(told if say is answer else say for say in move.says))


def _sound(turn: Turn) -> Sound | None:
    """How danger sounds in the words of an update, if at all."""
    heard_ = detect(turn.text) if turn.incoming.text is not None else None
    return heard_.sound if heard_ is not None else None


@crisis.press("h")
def more(turn: Turn) -> Move:
    """`h:<what>`, the buttons of a card. "Not me" is taken without argument."""
    if turn.press == "keep":
        return _kept(turn)
    if turn.press == "discard":
        _let_go(turn)
        return stay(t("crisis.discarded"))
    if turn.press == "resume":
        turn.person.quiet_until = None
        return stay(t("crisis.resumed"))
    if turn.press == "more":
        return stay(cards.all_lines(cards.help_for(turn.library.lines, turn.person.country, None)))
    if turn.press == "better":
        return stay(t("crisis.day_better"))
    if turn.press == "same":
        return stay(t("crisis.day_same"), (link("c:crisis", t("button.crisis")),))
    return stay(t("crisis.not_me"))


def next_day() -> Say:
    """The look-in that was asked for beforehand; nothing of the answer is kept."""
    return Say(
        t("crisis.next_day"),
        (
            (link("h:better", t("crisis.day_button_better")), link("h:same", t("crisis.day_button_same"))),
            (link("c:crisis", t("button.crisis")),),
        ),
    )


def forget_look_in(turn: Turn) -> None:
    """No look-in is waiting any more."""
    for row in turn.store.reminders.of(turn.person.id, NEXT_DAY):
        turn.store.reminders.remove(row)


def _buttons(more_lines: bool, *, about_them: bool = False) -> Rows:
    country = link("c:country", t("button.change_country"))
    ways = (link("h:more", t("crisis.button_more")), country) if more_lines else (country,)
    if not about_them:
        return (ways,)
    not_me = (link("h:not_me", t("crisis.button_not_me")), link("h:resume", t("crisis.button_resume")))
    return not_me, ways


def _choice(turn: Turn) -> tuple[Say, ...]:
    """Asks whether to keep what was written; until then, and for a short while, it waits sealed."""
    if not turn.agreed:
        return ()
    if turn.incoming.taps_only or not turn.keeps_words:
        return (Say(t("crisis.not_kept")),)
    turn.party.talk.aside[UNKEPT] = turn.text
    turn.party.talk.row.held_until = turn.now + HELD
    choice = (link("h:discard", t("crisis.button_discard")), link("h:keep", t("crisis.button_keep")))
    return (Say(t("crisis.keep_or_discard"), (choice,)),)


def _kept(turn: Turn) -> Move:
    until = turn.party.talk.row.held_until
    words = _let_go(turn)
    if words is None or until is None or until <= turn.now or not reflect(turn, words, turn.today):
        return stay(t("crisis.gone"))
    return Move((Say(t("note.kept"), ((UNDO,),)),), stay=True, quiet=True)


def _let_go(turn: Turn) -> str | None:
    turn.party.talk.row.held_until = None
    words: str | None = turn.party.talk.aside.pop(UNKEPT, None)
    return words


def _look_in_tomorrow(turn: Turn) -> None:
    if NEXT_DAY in turn.consents:
        forget_look_in(turn)
        at = by_day(turn.now + REST, turn.zone)
        turn.store.reminders.add(turn.person.id, NEXT_DAY, None, at, turn.now, None)


def by_day(at: datetime, zone: tzinfo) -> datetime:
    """This time, or the next morning where it is evening or night there."""
    local = at.astimezone(zone)
    if _DAY[0] <= local.time() < _DAY[1]:
        return at
    day = local.date() if local.time() < _DAY[0] else local.date() + timedelta(days=1)
    return to_instant(day, _MORNING, zone)
