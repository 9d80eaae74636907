"""What is set, and changing it: one message edited in place, with Back on every screen."""

from collections.abc import Callable, Iterator
from datetime import time

from bot.conversation import hearing
from bot.conversation.buttons import UNDO, number_in
from bot.conversation.dialogue import Choice, Dialogue, Move, Rows, Say, ask, done, link, stay
from bot.conversation.scheduling import told
from bot.conversation.turn import Turn
from bot.practice.nudging import in_quiet_hours
from bot.store.reminders import rule_of
from bot.store.tables import Person, Reminder
from bot.texts import Clock, Listing, Text, t

settings_ = Dialogue("settings")

_NIGHTS = ("1320-420", "1260-480", "1380-420")
_DAY_ENDS = (0, 120, 180, 240, 300, 360)
_PICTURES = ("light", "dark")
_A_DAY = 24 * 60


@settings_.command("settings")
def start(turn: Turn) -> Move:
    """`/settings`: everything that is set, with a way to change each."""
    said, rows = _main(turn)
    return stay(said, *rows)


@settings_.press("set")
def pressed(turn: Turn) -> Move:
    """`set:<screen>`, or `set:<screen>=<value>`: sets it and shows the screen as it is then."""
    screen, _, value = (turn.incoming.press or "").partition(":")[2].partition("=")
    if screen not in _SCREENS:
        return stay(t("help.old_button"))
    if value == "own" and screen == "quiet":
        return ask(quiet_typed, t("settings.quiet_ask"), (link("set:quiet", t("button.back")),))
    if value and not _set(turn, screen, value):
        return stay(t("help.old_button"))
    said, rows = _SCREENS[screen](turn)
    return _in_place(turn, said, rows)


@settings_.step
def quiet_typed(turn: Turn) -> Move:
    """Quiet hours as people type them."""
    meant = hearing.quiet(turn, turn.text)
    if meant is None:
        return ask(quiet_typed, t("settings.quiet_again"), (link("set:quiet", t("button.back")),))
    start, end = (each.hour * 60 + each.minute for each in meant)
    _change(turn, "quiet_hours", (start, end))
    said, rows = _quiet(turn)
    return done(said, buttons=rows)


def quiet_told(person: Person, key: str = "settings.quiet") -> Text:
    """The quiet hours in words."""
    if person.quiet_from is None or person.quiet_to is None:
        return t(f"{key}_none")
    return t(f"{key}_from", start=_clock(person.quiet_from), end=_clock(person.quiet_to))


def falls_silent(person: Person, row: Reminder) -> bool:
    """Whether a reminder has times that the quiet hours leave out."""
    rule = rule_of(row)
    if rule is None or "COUNT=1" in rule.days or person.quiet_from is None or person.quiet_to is None:
        return False
    start, end = _wall(person.quiet_from), _wall(person.quiet_to)
    return any(in_quiet_hours(wall, start, end) for wall in rule.times)


def set_back(person: Person, name: str, value: object) -> None:
    """Sets one thing, as `_change` did before or as it was before that."""
    if name == "quiet_hours":
        person.quiet_from, person.quiet_to = value if isinstance(value, list | tuple) else (None, None)
    else:
        setattr(person, name, value)


def _main(turn: Turn) -> tuple[Text, Rows]:
    person = turn.person
    said = t(
        "settings.text",
        zone=person.zone,
        country=person.country or t("settings.unset"),
        language=person.language,
        previews=_previews_told(turn),
        quiet=quiet_told(person),
        again=_switch(person.repeats),
        rhythm=_switch(person.rhythm),
        day_end=_clock(person.day_ends_at),
    )
    return said, (
        (_to("quiet"), _to("times")),
        (_to("again"), _to("lock")),
        (_to("day"), _to("rhythm")),
        (_to("picture"), link("c:language", t("button.change_language"))),
        (link("c:timezone", t("button.change_zone")), link("c:country", t("button.change_country"))),
        (link("c:privacy", t("button.privacy")),),
    )


def _quiet(turn: Turn) -> tuple[Text, Rows]:
    nights = [tuple(int(each) for each in night.split("-")) for night in _NIGHTS]
    choices = [
        _value("quiet", night, t("settings.hours", start=_clock(start), end=_clock(end)))
        for night, (start, end) in zip(_NIGHTS, nights, strict=True)
    ]
    own = () if turn.incoming.taps_only else (_value("quiet", "own", t("settings.quiet_own")),)
    said = t("settings.quiet_screen", now=quiet_told(turn.person, "settings.quiet_now"))
    silent = [row for row in turn.store.reminders.of(turn.person.id) if falls_silent(turn.person, row)]
    if silent:
        rules = Listing(tuple(told(row, turn.zone) for row in silent))
        said = t("two_lines", first=said, second=t("settings.quiet_covers", rules=rules))
    return said, (
        tuple(choices[:2]),
        (*choices[2:], *own),
        (_value("quiet", "none", t("settings.quiet_off")), *_back()),
    )


def _again(turn: Turn) -> tuple[Text, Rows]:
    state = "on" if turn.person.repeats else "off"
    return t(f"settings.again_{state}"), (_on_or_off("again", turn.person.repeats), _back())


def _rhythm(turn: Turn) -> tuple[Text, Rows]:
    state = "on" if turn.person.rhythm else "off"
    return t(f"settings.rhythm_{state}"), (_on_or_off("rhythm", turn.person.rhythm), _back())


def _day(turn: Turn) -> tuple[Text, Rows]:
    choices = [_value("day", str(each), t("settings.clock", clock=_clock(each))) for each in _DAY_ENDS]
    said = t("settings.day_screen", clock=_clock(turn.person.day_ends_at))
    return said, (tuple(choices[:3]), tuple(choices[3:]), _back())


def _lock(turn: Turn) -> tuple[Text, Rows]:
    if turn.incoming.taps_only:
        return t("previews.always_discreet"), (_back(),)
    state = "full" if turn.person.full_text else "discreet"
    other = "plain" if turn.person.full_text else "full"
    return t(f"settings.lock_{state}"), ((_value("lock", other, t(f"settings.lock_to_{other}")),), _back())


def _picture(turn: Turn) -> tuple[Text, Rows]:
    shown = t(f"settings.picture_{turn.person.theme or 'unset'}")
    choices = tuple(_value("picture", each, t(f"settings.picture_to_{each}")) for each in _PICTURES)
    return t("settings.picture_screen", now=shown), (choices, _back())


def _times(turn: Turn) -> tuple[Text, Rows]:
    """Where the times of nudges are set: weekdays and weekends may have their own."""
    found = turn.store.reminders.of(turn.person.id)
    rules = Listing(tuple(told(row, turn.zone) for row in found))
    said = t("settings.times", rules=rules) if found else t("settings.times_none")
    add = link("c:remind", t("button.add_reminder"))
    return said, ((link("c:reminders", t("button.reminders")), add), _back())


_SCREENS: dict[str, Callable[[Turn], tuple[Text, Rows]]] = {
    "main": _main,
    "quiet": _quiet,
    "again": _again,
    "rhythm": _rhythm,
    "day": _day,
    "lock": _lock,
    "picture": _picture,
    "times": _times,
}


def _set(turn: Turn, screen: str, value: str) -> bool:
    """Sets what a button of a screen offers; False for any other value."""
    for name, offered, meant in _offered(screen):
        if offered == value:
            _change(turn, name, meant)
            return True
    return False


def _offered(screen: str) -> Iterator[tuple[str, str, object]]:
    """What can be tapped: the setting, the value on the button, and what it means."""
    if screen == "quiet":
        yield "quiet_hours", "none", None
        for night in _NIGHTS:
            yield "quiet_hours", night, tuple(number_in(each) for each in night.split("-"))
    if screen in ("again", "rhythm"):
        name = "repeats" if screen == "again" else "rhythm"
        yield from ((name, "on", True), (name, "off", False))
    if screen == "lock":
        yield from (("full_text", "full", True), ("full_text", "plain", False))
    if screen == "day":
        yield from (("day_ends_at", str(each), each) for each in _DAY_ENDS)
    if screen == "picture":
        yield from (("theme", each, each) for each in _PICTURES)


def _change(turn: Turn, name: str, value: object) -> None:
    person = turn.person
    had: object = getattr(person, name, None)
    if name == "quiet_hours":
        had = (person.quiet_from, person.quiet_to) if person.quiet_from is not None else None
    turn.undoable("setting", name, had)
    set_back(person, name, value)


def _in_place(turn: Turn, said: Text, rows: Rows) -> Move:
    pressed_on = turn.incoming.pressed
    edits = pressed_on.message_ref if pressed_on is not None else None
    return Move((Say(said, rows, edits=edits),), stay=True, quiet=True)


def _previews_told(turn: Turn) -> Text:
    full = turn.person.full_text and not turn.incoming.taps_only
    return t("settings.previews_full" if full else "settings.previews_discreet")


def _switch(on: bool) -> Text:
    return t("settings.on" if on else "settings.off")


def _on_or_off(screen: str, on: bool) -> tuple[Choice, ...]:
    return (_value(screen, "off" if on else "on", t("settings.turn_off" if on else "settings.turn_on")),)


def _to(screen: str) -> Choice:
    return link(f"set:{screen}", t(f"settings.to_{screen}"))


def _value(screen: str, value: str, label: Text) -> Choice:
    return link(f"set:{screen}={value}", label)


def _back() -> tuple[Choice, ...]:
    return UNDO, link("set:main", t("button.back"))


def _clock(minutes: int) -> Clock:
    return Clock(_wall(minutes))


def _wall(minutes: int) -> time:
    return time(*divmod(minutes % _A_DAY, 60))
