"""When someone may be in danger: numbers first, no questions, no promise that anyone is reading."""

from datetime import timedelta

from bot.conversation.dialogue import Dialogue, Move, Rows, Say, link, stay
from bot.conversation.turn import Turn
from bot.safety.detection import Card, Category, Detection, detect
from bot.safety.lines import CountryHelp, Line
from bot.texts import Listing, Text, t

crisis = Dialogue("crisis")

REST = timedelta(hours=24)
_SHOWN = 4


@crisis.command("crisis", "sos")
def lines(turn: Turn) -> Move:
    """`/crisis`: the lines, in any state, before consent too."""
    return _card(turn, Text("crisis.open"), None)


@crisis.step
def heard(turn: Turn) -> Move:
    """Words that sound like danger. They are not kept; ordinary nudges rest for a day."""
    found = detect(turn.incoming.text or "") or Detection(Card.B, Category.SUICIDE)
    turn.person.quiet_until = turn.now + REST
    if found.card is Card.A:
        return _card(turn, t(f"crisis.a_{found.category}"), found.category)
    return _card(turn, t("crisis.b"), found.category)


@crisis.press("h")
def more(turn: Turn) -> Move:
    """`h:not_me`: taken without argument; `h:resume`: nudges come again."""
    if turn.press == "resume":
        turn.person.quiet_until = None
        return stay(t("crisis.resumed"))
    return stay(t("crisis.not_me"))


def _card(turn: Turn, opening: Text, category: Category | None) -> Move:
    kind = "abuse" if category is Category.HARMED else None
    found = turn.library.lines.for_country(turn.person.country, kind=kind)
    footer = t("crisis.footer") if category is not None else t("crisis.footer_open")
    card = t("crisis.card", opening=opening, emergency=_emergency(found), lines=_lines(found), footer=footer)
    buttons: Rows = ((link("c:country", t("button.change_country")),),)
    if category is not None:
        buttons = (
            (link("h:not_me", t("crisis.button_not_me")), link("h:resume", t("crisis.button_resume"))),
            *buttons,
        )
    return Move((Say(card, buttons),), stay=True, quiet=True)


def _emergency(found: CountryHelp) -> Text:
    if not found.emergency:
        return t("crisis.emergency_unknown")
    return t("crisis.emergency", numbers=Listing(found.emergency))


def _lines(found: CountryHelp) -> Text:
    told = [_line(line) for line in found.lines[:_SHOWN]]
    told.extend(t("crisis.directory", name=each.name, url=each.url) for each in found.directories[:1])
    text = told[0]
    for each in told[1:]:
        text = t("two_lines", first=text, second=each)
    return text


def _line(line: Line) -> Text:
    ways = []
    if line.phone:
        ways.append(t("crisis.call", number=line.phone))
    if line.text:
        ways.append(t("crisis.text", number=line.text))
    if line.chat_url:
        ways.append(t("crisis.chat", url=line.chat_url))
    return t("crisis.line", name=line.name, ways=Listing(tuple(ways)), hours=line.hours)
