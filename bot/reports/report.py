"""The report for the therapist, laid out for paper."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, tzinfo

from bot.content.loader import Content
from bot.conversation.naming import namer
from bot.conversation.report_words import definitions_of, overview_of, span_of
from bot.conversation.reporting import Report
from bot.reports.paper import Bars, Block, Paper
from bot.store.tables import Person, Practice
from bot.texts import FullDay, Text, t
from bot.understanding.places import zone_of

Plain = Callable[[Text], str]


def paper_of(
    report: Report, person: Person, content: Content, plain: Plain, *, neutral: bool = False
) -> Paper:
    """The pages: an overview, and an appendix of what was ticked. If `neutral`, skills have neutral names."""
    return _Laying(report, person, content, plain, neutral=neutral).paper()


class _Laying:
    def __init__(
        self, report: Report, person: Person, content: Content, plain: Plain, *, neutral: bool
    ) -> None:
        self._report, self._person, self._content, self._plain = report, person, content, plain
        self._name = namer(content, person.language, discreet=neutral)
        self._zone: tzinfo = zone_of(person.zone)

    def paper(self) -> Paper:
        return Paper(
            title=self._plain(t("report.title")),
            subtitle=self._plain(span_of(self._report)),
            language=self._person.language,
            footer=self._plain(t("report.footer")),
            overview=tuple(self._overview()),
            appendix=tuple(block for block in self._appendix() if block.lines or len(block.rows) > 1),
        )

    def barrier(self, barrier_id: str) -> str:
        found = self._content.barrier(barrier_id, self._person.language)
        return found.label if found is not None else barrier_id

    def _overview(self) -> list[Block]:
        sections = overview_of(self._report, self._name, self.barrier)
        blocks = [
            Block(self._plain(each.title), tuple(f"• {self._plain(line)}" for line in each.lines))
            for each in sections
        ]
        blocks[0] = Block(blocks[0].title, blocks[0].lines, bars=self._bars())
        skills = self._skills()
        definitions = tuple(self._plain(line) for line in definitions_of(self._report))
        measures = Block(self._plain(t("report.measures")), definitions, small=True)
        return [*blocks, *([skills] if len(skills.rows) > 1 else []), measures]

    def _bars(self) -> Bars | None:
        bars = self._report.bars
        if not bars:
            return None
        by_week = all(bar.out_of <= 7 for bar in bars)
        return Bars(
            tuple(bar.days / bar.out_of for bar in bars),
            self._day(bars[0].first),
            self._day(bars[-1].first),
            self._plain(t("report.bars_week" if by_week else "report.bars_month")),
        )

    def _skills(self) -> Block:
        head = tuple(self._plain(t(f"report.col_{name}")) for name in ("skill", "times", "days", "latest"))
        rows = [
            (self._name(line.plan), str(line.practices), str(line.days), self._day(line.latest))
            for line in self._report.skills
        ]
        return Block(self._plain(t("report.skills")), rows=(head, *rows), columns=(0.5, 0.14, 0.14, 0.22))

    def _appendix(self) -> list[Block]:
        report = self._report
        goals = Block(self._plain(t("report.goals")), tuple(f"• {each}" for each in report.goals))
        return [goals, self._practices(), self._reflections(), self._slips(), self._predictions()]

    def _practices(self) -> Block:
        names = ("day", "skill", "outcome", "minutes", "ratings")
        rows = [self._practice(row) for row in self._report.occasions]
        return self._list("report.practices", names, rows, (0.18, 0.38, 0.2, 0.1, 0.14))

    def _practice(self, row: Practice) -> tuple[str, ...]:
        plan = self._report.names.get(row.plan_id or 0)
        skill = self._name(plan) if plan is not None else ""
        ratings = " → ".join("–" if each is None else str(each) for each in (row.before, row.after))
        outcome = self._plain(t(f"outcome.{row.outcome}"))
        told = outcome if row.times == 1 else self._plain(t("report.counted", what=outcome, n=row.times))
        rated = row.before is not None or row.after is not None
        return self._day(row.day), skill, told, str(row.minutes or ""), ratings if rated else ""

    def _reflections(self) -> Block:
        rows = [
            (self._day(day), self._plain(t(f"report.kind_{kind}")), words)
            for day, kind, words in self._report.reflections
        ]
        return self._list("report.reflections", ("day", "kind", "words"), rows, (0.18, 0.2, 0.62))

    def _slips(self) -> Block:
        rows = []
        for row, words in self._report.slip_words:
            parts = (words.situation, words.state, words.before, words.if_then, words.helped)
            told = self._plain(t("report.rode" if row.ridden_out else "report.habit"))
            rows.append((self._day(row.day), told, " · ".join(part for part in parts if part)))
        return self._list("report.slip_words", ("day", "kind", "words"), rows, (0.18, 0.2, 0.62))

    def _predictions(self) -> Block:
        rows = []
        for row, words in self._report.predictions:
            expected, came = _both(words.expects, row.expected), _both(words.happened, row.experienced)
            rows.append((self._day(self._local(row.at)), words.step, expected, came))
        names = ("day", "step", "expected", "came")
        return self._list("report.predictions", names, rows, (0.16, 0.28, 0.28, 0.28))

    def _list(
        self, title: str, names: tuple[str, ...], rows: Sequence[tuple[str, ...]], columns: tuple[float, ...]
    ) -> Block:
        head = tuple(self._plain(t(f"report.col_{name}")) for name in names)
        return Block(self._plain(t(title)), rows=(head, *rows), columns=columns)

    def _local(self, at: datetime) -> date:
        return at.astimezone(self._zone).date()

    def _day(self, day: date) -> str:
        return self._plain(t("report.date", day=FullDay(day)))


def _both(words: str, number: int | None) -> str:
    return " · ".join(part for part in (words, "" if number is None else str(number)) if part)
