"""Progress in words: the one thing worth knowing first, then the numbers that the picture shows too."""

from bot.conversation.overview import Overview
from bot.practice.summary import Summary
from bot.texts import Day, Text, t

_ENOUGH_PLANNED = 3
_QUOTED = 160


def told(found: Overview) -> Text:
    """All that is true and useful to say; with little data, little."""
    lines = [_headline(found), *_details(found)]
    text = lines[0]
    for line in lines[1:]:
        text = t("two_lines", first=text, second=line)
    return text


def headline(summary: Summary) -> Text:
    """The sentence on top: practice on planned days where there were some, else on days."""
    if summary.recent.planned >= _ENOUGH_PLANNED:
        return t("progress.planned", kept=summary.recent.practised, n=summary.recent.planned)
    return t("progress.days", n=summary.days_practised, window=window_told(summary))


def window_told(summary: Summary) -> Text:
    """The stretch of time, such as "the last 30 days"."""
    return t(f"progress.window_{summary.window}")


def _headline(found: Overview) -> Text:
    if found.ever == 1 and found.first_day is not None:
        return t("progress.first", when=Day(found.first_day))
    return headline(found.summary)


def _details(found: Overview) -> list[Text]:
    summary = found.summary
    lines = []
    if summary.recent.planned >= _ENOUGH_PLANNED:
        lines.append(t("progress.days", n=summary.days_practised, window=window_told(summary)))
    if summary.minutes:
        lines.append(t("progress.minutes", n=summary.minutes))
    if found.ever > 1:
        lines.extend(_measures(summary))
    if found.learning is not None:
        words = found.learning if len(found.learning) <= _QUOTED else f"{found.learning[:_QUOTED]}…"
        lines.append(t("progress.learning", words=words))
    return lines


def _measures(summary: Summary) -> list[Text]:
    lines = []
    if summary.momentum is not None:
        level = t(f"progress.momentum_{summary.momentum.level}")
        lines.append(t("progress.momentum", level=level, arrow=t(f"progress.{summary.momentum.arrow}")))
    if summary.strength is not None:
        lines.append(t("progress.strength", level=t(f"progress.strength_{summary.strength.level}")))
    if summary.change is not None:
        lines.append(_change(summary.change))
    return lines


def _change(points: float) -> Text:
    """Eased by so many points; where it did not, only that it hasn't shifted (EVIDENCE 2.1)."""
    eased = -points
    return t("progress.change", points=f"{eased:g}") if eased > 0 else t("progress.change_none")
