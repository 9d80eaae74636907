"""The words of a card with people to talk to: numbers first, and plainly what is not there."""

from bot.safety.detection import Card, Category, Detection
from bot.safety.lines import CountryHelp, CrisisLines, Line
from bot.texts import Listing, Text, in_lines, t

SHOWN = 4
_ABUSE, _YOUTH = "abuse", "youth"


def help_for(lines: CrisisLines, country: str | None, found: Detection | None) -> CountryHelp:
    """Whom to show, for what was heard: lines for that come first."""
    return lines.for_country(country, kind=_kind(found))


def card(found: CountryHelp, heard: Detection | None) -> Text:
    """What somebody asked for, or, where something was `heard`, what that calls for."""
    return t(
        "crisis.card",
        opening=_opening(found, heard),
        emergency=_emergency(found),
        lines=_lines(found, _kind(heard)),
        footer=_footer(found, heard),
    )


def youth_card(found: CountryHelp) -> Text:
    """For who is too young for Limber: whom to talk to instead."""
    emergency, lines = _emergency(found), _lines(found, _YOUTH)
    return t("crisis.young", emergency=emergency, lines=lines, footer=_footer(found, None))


def has_more(found: CountryHelp) -> bool:
    """Whether a card leaves some of it out."""
    return len(found.lines) > SHOWN or len(found.directories) > 1


def all_lines(found: CountryHelp) -> Text:
    """Every line of the country, and every directory."""
    told = [_line(line) for line in found.lines]
    told.extend(t("crisis.directory", name=each.name, url=each.url) for each in found.directories)
    return t("crisis.all", emergency=_emergency(found), lines=in_lines(told))


def _kind(heard: Detection | None) -> str | None:
    if heard is None:
        return None
    if heard.minor:
        return _YOUTH
    return _ABUSE if heard.category is Category.HARMED else None


def _opening(found: CountryHelp, heard: Detection | None) -> Text:
    if heard is None:
        return t("crisis.open")
    if heard.card is Card.B:
        return t("crisis.b")
    if heard.category in (Category.MEDICAL, Category.HARMING):
        return t(f"crisis.a_{heard.category}", number=_number(found))
    return t(f"crisis.a_{heard.category}")


def _number(found: CountryHelp) -> Text:
    if not found.emergency:
        return t("crisis.local_number")
    return t("words", words=found.emergency[0])


def _emergency(found: CountryHelp) -> Text:
    if not found.emergency:
        return t("crisis.emergency_unknown")
    return t("crisis.emergency", numbers=Listing(found.emergency))


def _lines(found: CountryHelp, kind: str | None) -> Text:
    told = [_line(line) for line in found.lines[:SHOWN]]
    told.extend(t("crisis.directory", name=each.name, url=each.url) for each in found.directories[:1])
    if kind is not None and not any(line.kind == kind for line in found.lines):
        told.insert(0, t(f"crisis.no_{kind}_line"))
    return in_lines(told)


def _footer(found: CountryHelp, heard: Detection | None) -> Text:
    footer = t("crisis.footer", number=_number(found))
    return footer if heard is None else t("two_lines", first=footer, second=t("crisis.footer_heard"))


def _line(line: Line) -> Text:
    ways = []
    if line.phone:
        ways.append(t("crisis.call", number=line.phone))
    if line.text:
        ways.append(t("crisis.text", number=line.text))
    if line.chat_url:
        ways.append(t("crisis.chat", url=line.chat_url))
    if not line.hours:
        return t("crisis.line_no_hours", name=line.name, ways=Listing(tuple(ways)))
    return t("crisis.line", name=line.name, ways=Listing(tuple(ways)), hours=line.hours)
