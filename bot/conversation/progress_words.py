"""Progress in words: the one thing worth knowing first, then the numbers that the picture shows too."""

from collections.abc import Callable, Iterator

from bot.conversation.overview import EVERYTHING, Overview
from bot.practice.insight import FEW, RISING, Kind, Worth, eased, worth_knowing
from bot.practice.progress import Rhythm
from bot.practice.record import Occasion
from bot.practice.summary import Summary
from bot.practice.together import Together
from bot.store.plans import OpenPlan
from bot.texts import Day, Series, Text, in_lines, t

_ENOUGH_PLANNED = 3
_QUOTED = 160
_LONGEST_NAME = 60

Namer = Callable[[OpenPlan], str]
"""What a plan's skill is called: in its own name, or, where that is to stay private, in a neutral one."""


def headline(found: Overview, name: Namer) -> Text:
    """The one sentence; of a part of the practice, with what part it is."""
    said = _worth(found, worth_knowing(found.facts), name)
    part = part_named(found, name)
    return said if part is None else t("progress.of", name=part, said=said)


def details(found: Overview, name: Namer, *, own_words: bool = True) -> list[Text]:
    """Everything else that is true and useful to say; with little data, little."""
    said = worth_knowing(found.facts).kind
    lines = [line for kind, line in _details(found, name) if kind is not said]
    if own_words and found.learning is not None:
        lines.append(t("progress.learning", words=shortened(found.learning)))
    return lines


def told(found: Overview, name: Namer, *, own_words: bool = True) -> Text:
    """The sentence with all the details under it."""
    lines = [headline(found, name), *details(found, name, own_words=own_words)]
    return in_lines(lines)


def part_named(found: Overview, name: Namer) -> str | None:
    """The skill or goal that is told of; None for all practice."""
    if found.scope == EVERYTHING:
        return None
    return found.goal[:_LONGEST_NAME] if found.goal is not None else name(found.plans[0])


def window_told(summary: Summary) -> Text:
    """The stretch of time, such as "the last 30 days"."""
    return t(f"progress.window_{summary.window}")


def shortened(words: str) -> str:
    """Own words as they are quoted: in one line, the beginning of long ones."""
    words = " ".join(words.split())
    return words if len(words) <= _QUOTED else f"{words[:_QUOTED]}…"


def _worth(found: Overview, worth: Worth, name: Namer) -> Text:
    facts = found.facts
    if worth.kind is Kind.NOTHING:
        return t("progress.none")
    if worth.kind is Kind.FIRST and facts.first_day is not None:
        return t("progress.first", when=Day(facts.first_day))
    if worth.kind is Kind.CHANGE:
        return _change(facts.summary)
    if worth.kind is Kind.CONFIDENCE and found.confident_in is not None:
        skill = name(found.confident_in)
        return t("progress.confidence_grew", skill=skill, window=window_told(facts.summary), **worth.args)
    return t(f"progress.{worth.kind}", window=window_told(facts.summary), **worth.args)


def _details(found: Overview, name: Namer) -> Iterator[tuple[Kind | None, Text]]:
    facts, summary = found.facts, found.facts.summary
    window = window_told(summary)
    if summary.days_practised:
        yield Kind.DAYS, t("progress.days", n=summary.days_practised, window=window)
    if summary.recent.planned >= _ENOUGH_PLANNED and 2 * summary.recent.practised >= summary.recent.planned:
        yield Kind.PLANNED, t("progress.planned", kept=summary.recent.practised, n=summary.recent.planned)
    if len(counted(summary)) > 1:
        yield None, t("progress.outcomes", parts=Series(tuple(counted(summary))))
    if summary.minutes:
        yield None, t("progress.minutes", n=summary.minutes)
    if facts.uses:
        yield Kind.REAL, t("progress.real", n=facts.uses, window=window)
    if facts.ever >= FEW:
        yield from _measures(found, name)
    elif facts.ever:
        yield None, t("progress.few_next")


def counted(summary: Summary) -> list[Text]:
    """How often each outcome that counts as practice was logged."""
    kinds = [each for each in Occasion if each.practised and summary.outcomes.get(each)]
    return [t(f"progress.count_{each}", n=summary.outcomes[each]) for each in kinds]


def _measures(found: Overview, name: Namer) -> Iterator[tuple[Kind | None, Text]]:
    facts, summary = found.facts, found.facts.summary
    if summary.momentum is not None:
        level = t(f"progress.momentum_{summary.momentum.level}")
        yield None, t("progress.momentum", level=level, arrow=t(f"progress.{summary.momentum.arrow}"))
    if summary.strength is not None:
        yield None, t("progress.strength", level=t(f"progress.strength_{summary.strength.level}"))
    if found.rhythm is not None:
        yield None, _rhythm(found.rhythm)
    if summary.change is not None:
        yield Kind.CHANGE, _change(summary)
    if facts.growth is not None and found.confident_in is not None:
        skill, growth = name(found.confident_in), facts.growth
        readings = {"before": growth.first.value, "after": growth.latest.value}
        yield Kind.CONFIDENCE, t("progress.confidence", skill=skill, **readings)
    if facts.together is not None:
        yield None, _together(facts.together)


def _rhythm(rhythm: Rhythm) -> Text:
    """The run of planned days; where it has ended, the best one and how often there was practice at all."""
    if rhythm.current:
        return t("progress.rhythm", n=rhythm.current)
    return t("progress.rhythm_best", best=rhythm.best, n=rhythm.practised)


def _change(summary: Summary) -> Text:
    """Eased by so many points; where it did not, only that it hasn't shifted (EVIDENCE 2.1)."""
    points = eased(summary)
    if points is None or points <= 0:
        return t("progress.change_none")
    n = int(points) if points.is_integer() else 2
    return t("progress.change_up" if summary.measure in RISING else "progress.change", points=points, n=n)


def _together(found: Together) -> Text:
    """Two medians with their counts, and that this is no cause."""
    sign = 1 if found.measure in RISING else -1
    return t(
        f"progress.together_{found.contrast}",
        one=sign * found.with_it + 0.0,
        times=found.times,
        other=sign * found.without + 0.0,
        others=found.other_times,
    )
