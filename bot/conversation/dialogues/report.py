"""A report for the therapist: ticked, told in words, made; nothing is in it that was not ticked."""

from collections.abc import Callable
from typing import Any

from bot.conversation.dialogue import Choice, Dialogue, Move, Rows, Say, link, stay
from bot.conversation.homes import protects
from bot.conversation.naming import namer
from bot.conversation.report_words import BarrierNamer, overview_of, span_of
from bot.conversation.reporting import FIRST_TICKS, Period, Report, Tick, report_of
from bot.conversation.turn import Turn
from bot.store.plans import OpenPlan
from bot.texts import FullDay, Listing, Text, in_lines, t

report_ = Dialogue("report")

_SHARED = ("report", "export")
_LISTED = 5
_PER_ROW = 2


@report_.command("report")
def start(turn: Turn) -> Move:
    """`/report`: the list of what may be in it."""
    return Move((_listed(turn, Period.FOUR_WEEKS, FIRST_TICKS),), stay=True)


@report_.press("rp")
def pressed(turn: Turn) -> Move:
    """`rp:<period>:<ticks>:<what>`: another period, a tick more or less, a look at it, or the report."""
    _, named, letters, what = [*(turn.incoming.press or "").split(":"), "", "", "", ""][:4]
    if named not in tuple(Period):
        return stay(t("help.old_button"))
    period, ticks = Period(named), tuple(each for each in Tick if each in letters)
    if what == "see":
        return _in_place(turn, _previewed(turn, period, ticks))
    if what == "make":
        return _made(turn, period, ticks)
    if what in tuple(Period):
        period = Period(what)
    elif what in tuple(Tick):
        ticks = tuple(each for each in Tick if (each in ticks) != (each == what))
    return _in_place(turn, _listed(turn, period, ticks))


def _listed(turn: Turn, period: Period, ticks: tuple[Tick, ...]) -> Say:
    """The tick list; it always stands in one message."""
    prefix = f"rp:{period}:{''.join(ticks)}:"
    periods = [link(prefix + each, _ticked(t(f"report.period_{each}"), each is period)) for each in Period]
    offered = [each for each in Tick if each is not Tick.PASSED_ON or protects(turn.incoming.platform)]
    parts = [(link(prefix + each, _ticked(t(f"report.tick_{each}"), each in ticks)),) for each in offered]
    see = (link(prefix + "see", t("report.see")),)
    said = t("report.ask")
    shared = _shared_before(turn)
    if shared is not None:
        said = t("two_lines", first=said, second=shared)
    return Say(said, (*_rows(periods), *parts, see))


def _ticked(what: Text, ticked: bool) -> Text:
    return t("report.on" if ticked else "report.off", what=what)


def _previewed(turn: Turn, period: Period, ticks: tuple[Tick, ...]) -> Say:
    found = report_of(turn.store, turn.person, period, ticks, turn.now)
    lines = [t("report.preview", span=span_of(found))]
    for section in overview_of(found, _namer(turn), _barrier(turn)):
        lines.append(t("report.heading", title=section.title))
        lines += [t("report.line", words=line) for line in section.lines[:_LISTED]]
    said = in_lines([*lines, _appendix(found)])
    prefix = f"rp:{period}:{''.join(ticks)}:"
    return Say(said, ((link(prefix + "make", t("report.make")), link(prefix + "list", t("report.change"))),))


def _made(turn: Turn, period: Period, ticks: tuple[Tick, ...]) -> Move:
    turn.store.people.note(turn.person, "report", turn.now)
    asked: dict[str, Any] = {"kind": "report", "period": str(period), "ticks": "".join(ticks)}
    asked["neutral"] = _is_neutral(turn)
    held = Tick.PASSED_ON not in ticks and protects(turn.incoming.platform)
    said = t("report.here_protected" if held else "report.here")
    return Move((Say(said, document=asked),), stay=True, quiet=True)


def _is_neutral(turn: Turn) -> bool:
    """Whether skills go by neutral names in it: it passes through a platform of taps alone."""
    return turn.incoming.taps_only and not turn.wordless


def _namer(turn: Turn) -> Callable[[OpenPlan], str]:
    return namer(turn.library.content, turn.person.language, discreet=turn.incoming.taps_only)


def _appendix(found: Report) -> Text:
    counts = {
        "goals": len(found.goals),
        "practices": len(found.occasions),
        "reflections": len(found.reflections),
        "slip_words": len(found.slip_words),
        "predictions": len(found.predictions),
    }
    told = tuple(t(f"report.count_{name}", n=count) for name, count in counts.items() if count)
    return t("report.appendix", parts=Listing(told)) if told else t("report.no_appendix")


def _shared_before(turn: Turn) -> Text | None:
    """What was made before, and when: each report and export, newest last."""
    rows = [row for row in turn.store.people.noted(turn.person.id) if row.kind in _SHARED][-_LISTED:]
    if not rows:
        return None
    told = (t(f"report.shared_{row.kind}", day=FullDay(row.at.astimezone(turn.zone).date())) for row in rows)
    return t("report.shared", parts=Listing(tuple(told)))


def _in_place(turn: Turn, say: Say) -> Move:
    """In the place of the list that was pressed."""
    pressed_on = turn.incoming.pressed
    edits = pressed_on.message_ref if pressed_on is not None else None
    return Move((Say(say.text, say.buttons, edits=edits),), stay=True, quiet=True)


def _barrier(turn: Turn) -> BarrierNamer:
    def name(barrier_id: str) -> str:
        found = turn.library.content.barrier(barrier_id, turn.person.language)
        return found.label if found is not None else barrier_id

    return name


def _rows(choices: list[Choice]) -> Rows:
    return tuple(tuple(choices[start : start + _PER_ROW]) for start in range(0, len(choices), _PER_ROW))
