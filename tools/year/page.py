"""The page of a year: a head of counts, chapters by month, the days that matter in full, the rest counted."""

import html
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from tools.year import counts
from tools.year.acts import Script
from tools.year.record import Moment, Record

_ROUTINE = re.compile(
    r"^(Logged: |All right, not today|Fine\. It's logged|Kept with it|Noted\. That|Thanks, that's noted"
    r"|I'll be back|When shall I come back|<b>.*</b> of late, |What makes it a"
    r"|<b>.*</b>: if you needed it|\d+ weeks ago you said|A week ago you said"
    r"|Your week is ready|A short page to look over|Anything from today that is worth)"
)
"""What Limber says on a day like others."""
_QUESTIONS = re.compile(r"^<b>.*</b>( of late, 1 of|: if you needed it).*", re.DOTALL)
_SHOWN_ROWS = 2
"""How often a set of buttons is shown before it is taken as known."""
_MANY = 11

HEAD = """# A year with Limber

This page is generated, not written: `python -m tools.a_year docs/a-year.md` lets one made-up person live
through a year with the real engine, nudger and outbox over a clock that is moved, and writes down what was
said. What she does is a script (`tools/year/nora.py`); every word of Limber's is what it says today. A test
keeps the page current.

Nora is 34 and lives in Leeds. She worries a great deal, sees a therapist every second Tuesday, and is often
tired. Days that were like the ones before are counted in one line.

"""


def page(script: Script, record: Record) -> str:
    """The page, in Markdown."""
    lines = [HEAD + _head(script, record)]
    shown: Counter[tuple[tuple[str, ...], ...]] = Counter()
    for (_, month), days in itertools.groupby(
        record.days().items(), key=lambda each: (each[0].year, each[0].month)
    ):
        found = list(days)
        lines.append(f"## {found[0][0]:%B %Y}" if month else "")
        lines += _chapter(script, record, found, shown)
    return "\n\n".join(lines) + "\n"


def _chapter(
    script: Script,
    record: Record,
    days: Sequence[tuple[date, list[Moment]]],
    shown: Counter[tuple[tuple[str, ...], ...]],
) -> Iterator[str]:
    for matters, group in itertools.groupby(days, key=lambda each: _matters(script, *each)):
        found = list(group)
        if not matters:
            yield _folded(record, found)
            continue
        for day, moments in found:
            yield f"### {_day(day)}"
            yield from _conversation(record, moments, shown)


def _matters(script: Script, day: date, moments: Sequence[Moment]) -> bool:
    """Whether a day is shown in full: told so by the script, or something was said that is not usual."""
    if any(since <= day <= until for since, until in script.whole):
        return True
    if day in {event.day for event in script.events} | {each.day for each in script.nudged}:
        return True
    return any(not each.hers and not _usual(each) for each in moments)


def _usual(moment: Moment) -> bool:
    if counts.is_nudge(moment):
        return "Did it" in itertools.chain(*moment.buttons)
    return bool(_ROUTINE.match(moment.words)) and "\n\n" not in moment.words.partition("?")[2]


def _folded(record: Record, days: Sequence[tuple[date, list[Moment]]]) -> str:
    """A stretch of days as one line of what can be counted."""
    moments = [moment for _, each in days for moment in each]
    how = counts.answered(record, moments)
    parts = [_many(how.sent, "nudge")] if how.sent else []
    parts += [f"{how.one_tap} answered in one tap"] if how.one_tap else []
    parts += [f"{how.one_message} in one message"] if how.one_message else []
    parts += [f"{how.more_steps} in more than one step"] if how.more_steps else []
    parts += [f"{how.left} left unanswered"] if how.left else []
    others = sum(each.pushed and not counts.is_nudge(each) for each in moments)
    parts += [_many(others, "other message")] if others else []
    unprompted = sum(each.hers and each.nudge is None and each.kind == "says" for each in moments)
    parts += [f"{_many(unprompted, 'message')} of hers unprompted"] if unprompted else []
    asked = sum(bool(_QUESTIONS.match(each.words)) and not each.replaced for each in moments if not each.hers)
    parts += [_many(asked, "short check-in")] if asked else []
    first, last = days[0][0], days[-1][0]
    span = _day(first) if first == last else f"{_day(first)} to {_day(last)}"
    return f"*{span}: {', '.join(parts)}.*"


def _conversation(
    record: Record, moments: Sequence[Moment], shown: Counter[tuple[tuple[str, ...], ...]]
) -> Iterator[str]:
    for moment in moments:
        clock = f"{moment.at.astimezone(record.zone):%H:%M}"
        if moment.hers:
            yield _hers(clock, moment)
            continue
        said = [f"> **{clock}** {_text(moment.words)}"]
        if moment.shown:
            said.append(f"> *({_plain(moment.shown)})*")
        shown[moment.buttons] += 1
        if moment.buttons and (shown[moment.buttons] <= _SHOWN_ROWS or _is_new(moment)):
            said.append("> " + " ".join(f"`{label}`" for row in _short(moment.buttons) for label in row))
        yield "\n>\n".join(said)


def _is_new(moment: Moment) -> bool:
    return not _usual(moment) and not moment.pushed


def _short(rows: tuple[tuple[str, ...], ...]) -> Iterator[tuple[str, ...]]:
    """Rows of buttons; a scale from 0 to 10 is one."""
    for row in rows:
        yield ("0", "…", "10") if len(row) == _MANY else row


def _hers(clock: str, moment: Moment) -> str:
    if moment.kind == "taps":
        return f"{clock} Nora taps `{moment.words}`"
    if moment.kind == "edits":
        return f"{clock} Nora edits that to: {_plain(moment.words)}"
    return f"{clock} Nora: {_plain(moment.words)}"


def _text(words: str) -> str:
    """Limber's words: bold stays bold, lines stay lines."""
    marked = words.replace("<b>", "\0").replace("</b>", "\0")
    return _plain(html.unescape(marked)).replace("\0", "**").replace("\n", "  \n> ")


def _plain(words: str) -> str:
    return re.sub(r"([*_`<>\\\[\]])", r"\\\1", words)


def _day(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"


def _many(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _head(script: Script, record: Record) -> str:
    pushed, nudges = record.pushed(), [each for each in record.pushed() if counts.is_nudge(each)]
    how = counts.answered(record, nudges)
    days = counts.by_day(record)
    span = (record.day(record.moments[-1]) - record.day(record.moments[0])).days + 1
    quiet = span - sum(days.values())
    told = ", ".join(f"{days[number]} with {_words(number)}" for number in sorted(days))
    hers = Counter(each.kind for each in record.moments if each.hers)
    off = (counts.at_night(record), counts.while_paused(record, script), record.after_a_card())
    night, paused, after_card = (len(each) for each in off)
    lines = (
        f"{_many(span, 'day')}: {quiet} on which Limber said nothing unasked, {told}.",
        f"At most {max(days)} messages a day unasked; {len(nudges)} in all about a plan, "
        f"{len(pushed) - len(nudges)} about something else.",
        f"Of the {len(nudges)}, {how.one_tap} were answered in one tap, {how.one_message} in one message, "
        f"{how.more_steps} in more than one step, {how.left} not at all.",
        f"Unasked at night (22:00 to 07:00 on her clock): {night}. While paused: {paused}. Within 24 hours "
        f"of a card with crisis lines ({len(record.cards())} in the year): {after_card}.",
        f"At another local time than she chose: {len(counts.off_time(record, script))}, through both changes "
        f"of the clocks; {counts.asked_again(record)} came later because she had asked for that.",
        f"Texts: {counts.wordings(record)}; repeated within ten: {len(counts.early_repeats(record))}.",
        f"Nora wrote {_many(hers['says'], 'message')} and tapped {hers['taps']} times.",
    )
    return "\n".join(f"- {line}" for line in lines)


def _words(number: int) -> str:
    return {1: "one", 2: "two", 3: "three"}.get(number, str(number))
