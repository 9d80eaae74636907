"""A report in words: the same lines stand before it is made and on its first page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.conversation.reporting import Report, SkillLine
from bot.practice.insight import RISING
from bot.store.plans import OpenPlan
from bot.texts import FullDay, Listing, Text, t

Namer = Callable[[OpenPlan], str]
BarrierNamer = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines."""

    title: Text
    lines: tuple[Text, ...]


def overview_of(report: Report, name: Namer, barrier: BarrierNamer) -> tuple[Section, ...]:
    """What a therapist looks for, in its order; a section without anything true to say is left out."""
    sections = (
        Section(t("report.how_often"), tuple(_how_often(report))),
        Section(t("report.changed"), tuple(_changed(report, name))),
        Section(t("report.to_ask"), tuple(_to_ask(report))),
        Section(t("report.in_the_way"), tuple(_in_the_way(report, barrier))),
        Section(t("report.slips"), tuple(_slips(report))),
    )
    return tuple(each for each in sections if each.lines)


def span_of(report: Report) -> Text:
    """The days it is about."""
    key = "report.span_session" if report.since_session else "report.span"
    return t(key, first=FullDay(report.first), last=FullDay(report.last))


def definitions_of(report: Report) -> tuple[Text, ...]:
    """How each measure that is told was reached."""
    lines = [t("report.def_practice"), t("report.def_day")]
    if report.kept.planned:
        lines.append(t("report.def_planned"))
    if report.change is not None:
        lines.append(t("report.def_change"))
    if any(line.confidence or line.automaticity for line in report.skills):
        lines.append(t("report.def_scales"))
    if report.recovery is not None and report.recovery.back_within is not None:
        lines.append(t("report.def_back"))
    return tuple(lines)


def scales_of(line: SkillLine, name: Namer) -> Iterator[Text]:
    """How the scales of one skill moved, from the first reading to the latest."""
    for kind, grown in (("confidence", line.confidence), ("automaticity", line.automaticity)):
        if grown is not None:
            args = {"before": _short(grown.first.value), "after": _short(grown.latest.value)}
            yield t(f"report.{kind}", skill=name(line.plan), **args)


def _short(value: float) -> str:
    return f"{round(value, 1):g}"


def _how_often(report: Report) -> Iterator[Text]:
    length = (report.last - report.first).days + 1
    if not report.practices:
        yield t("report.none")
        return
    yield t("report.practised", n=report.practices, days=t("report.days", n=report.days), length=length)
    if report.kept.planned:
        yield t("report.kept", kept=report.kept.practised, n=report.kept.planned)
    if report.minutes:
        yield t("report.minutes", n=report.minutes)
    if report.real:
        yield t("report.real", n=report.real)


def _changed(report: Report, name: Namer) -> Iterator[Text]:
    if report.change is not None:
        better = report.change if report.measure in RISING else -report.change
        way = "better" if better > 0 else "level" if not better else "harder"
        measure = t(f"report.measure_{report.measure}" if report.measure else "report.measure_distress")
        yield t(f"report.change_{way}", measure=measure, points=f"{abs(better):g}", n=report.rated)
    elif report.rated:
        yield t("report.change_few", n=report.rated)
    for line in report.skills:
        yield from scales_of(line, name)


def _to_ask(report: Report) -> Iterator[Text]:
    if report.bring is None:
        return
    yield from (t("report.line", words=each) for each in report.bring)
    if not report.bring:
        yield t("report.nothing_to_ask")


def _in_the_way(report: Report, barrier: BarrierNamer) -> Iterator[Text]:
    told = tuple(t("report.counted", what=barrier(each), n=count) for each, count in report.barriers[:5])
    if told:
        yield t("report.barriers", barriers=Listing(told))


def _slips(report: Report) -> Iterator[Text]:
    if report.recovery is None:
        return
    if report.slips:
        yield t("report.came_back", n=report.slips)
    if report.recovery.back_within is not None:
        yield t("report.back", n=report.recovery.back_within)
    if report.recovery.ridden_out:
        yield t("report.rode_out", n=report.recovery.ridden_out)
