"""Where the person is: their time zone, and the country whose crisis lines they see."""

from dataclasses import replace

from bot.conversation.dialogue import Choice, Dialogue, Move, answer, ask, done, link, stay
from bot.conversation.scheduling import reschedule
from bot.conversation.turn import Turn
from bot.texts import Clock, Text, t
from bot.understanding.places import Place, PlaceNotFound, PlaceQuestion, find_place, place_at, zone_of

place = Dialogue("place")


@place.command("timezone")
def start(turn: Turn) -> Move:
    """`/timezone <place>`."""
    if turn.text:
        return _heard(turn)
    return ask(where, question(turn), *hints(turn), asks_place=True)


@place.step
def where(turn: Turn) -> Move:
    """A place, typed, shared or chosen."""
    if turn.press == "stop":
        return done(t("cancel.done"))
    return _heard(turn)


@place.command("country")
def country(turn: Turn) -> Move:
    """`/country <name>`: whose crisis lines to show."""
    if turn.text:
        return _country_heard(turn)
    return ask(which_country, t("country.ask"), (answer("stop", t("button.cancel")),))


@place.step
def which_country(turn: Turn) -> Move:
    """A country, typed or chosen."""
    if turn.press == "stop":
        return done(t("cancel.done"))
    return _country_heard(turn)


def country_named(turn: Turn) -> str | None:
    """The country whose name, or whose city's, was typed; None for none, or for several."""
    words = turn.text.strip()
    if len(words) == 2 and words.upper() in turn.library.lines.countries():
        return words.upper()
    found = find_place(words) if words else None
    options = (found,) if isinstance(found, Place) else getattr(found, "options", ())
    codes = {each.country for each in options if each.country}
    return codes.pop() if len(codes) == 1 else None


def question(turn: Turn) -> Text:
    """Where the person is, with what is known so far."""
    return t("place.ask", clock=Clock(turn.local_now.time()), zone=turn.person.zone)


def hints(turn: Turn) -> tuple[tuple[Choice, ...], ...]:
    """The zone the platform knows of, as a button, and a way out."""
    hinted = turn.incoming.zone
    rows: tuple[tuple[Choice, ...], ...] = ((answer("stop", t("button.cancel")),),)
    if hinted and isinstance(find_place(hinted), Place):
        clock = Clock(turn.now.astimezone(zone_of(hinted)).time())
        rows = ((answer(hinted, t("place.hint", zone=hinted, clock=clock)),), *rows)
    return rows


def understood(turn: Turn) -> Place | PlaceQuestion | PlaceNotFound:
    """The place that was typed, shared or chosen."""
    if turn.incoming.place is not None:
        return place_at(*turn.incoming.place)
    found = find_place(turn.press or turn.text)
    name = turn.slots.get("places", {}).get(turn.press)
    return replace(found, name=name) if isinstance(found, Place) and name else found


def settle(turn: Turn, found: Place) -> Text:
    """Moves the person's clock, and every reminder with it; says what time it is there now."""
    person = turn.person
    turn.undoable("zone", person.zone, person.zone_known)
    person.zone, person.zone_known = found.zone, True
    if person.country is None and found.country:
        person.country = found.country
    reschedule(turn)
    key = "place.set_fixed" if found.fixed_offset else "place.set"
    return t(key, place=found.name, clock=Clock(turn.local_now.time()))


def which(turn: Turn, found: PlaceQuestion | PlaceNotFound) -> tuple[Text, tuple[tuple[Choice, ...], ...]]:
    """The question that is left, with the likeliest answers first."""
    options = found.options if isinstance(found, PlaceQuestion) else found.nearest
    turn.slots["places"] = {each.zone: each.name for each in options}
    rows = tuple((_option(turn, each),) for each in options[:6])
    if isinstance(found, PlaceQuestion):
        return t("place.which"), rows
    if rows:
        return t("place.perhaps", words=turn.quoted), rows
    return t("place.not_found", words=turn.quoted), rows


def _heard(turn: Turn) -> Move:
    found = understood(turn)
    if isinstance(found, Place):
        buttons = ((link("c:timezone", t("button.change")), link("c:undo", t("button.undo"))),)
        return done(settle(turn, found), buttons=buttons)
    said, rows = which(turn, found)
    return ask(where, said, *rows, (answer("stop", t("button.cancel")),), asks_place=True)


def _option(turn: Turn, found: Place) -> Choice:
    clock = Clock(turn.now.astimezone(zone_of(found.zone)).time())
    return answer(found.zone, t("place.option", place=found.name, clock=clock))


def _country_heard(turn: Turn) -> Move:
    code = country_named(turn)
    if code is None:
        said = t("country.not_found", words=turn.quoted)
        return ask(which_country, said, (answer("stop", t("button.cancel")),))
    turn.person.country = code
    said = t("country.set", code=code)
    return done(said) if turn.party.talk.row.step == which_country.name else stay(said)
