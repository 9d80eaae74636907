"""Which part of an answer decides, whether it tells of something that was, and of which day."""

from datetime import date, datetime, timedelta

from bot.understanding.comparisons import without_comparisons
from bot.understanding.lexicon import lexicon
from bot.understanding.outcomes import Outcome, outcomes
from bot.understanding.phrases import phrases
from bot.understanding.scanner import Token

FURTHEST_BACK = 14
"""Days that an answer may look back."""
_SHORTEST_DAY = 5
_ALSO_NUMBERS = frozenset(("segunda", "terca", "quarta", "quinta", "sexta"))
_UNIT_DAYS = {2: 1, 3: 7, 4: 30, 5: 14}
_LEAP_YEAR = 2000
_TOLD_EARLY = 200
"""Characters in which a day is told; further on, it is part of a story."""


def deciding_clause(words: str, language: str) -> str:
    """ "Didn't want to, but did it": what follows the but; "did it, even though": what comes before.

    The whole text where neither part tells of a practice.
    """
    kinds = phrases(language)
    turn = kinds["turn"].pattern.search(words)
    if turn is None:
        return words
    first, last = words[: turn.start()], words[turn.end() :]
    part = last if kinds["turn"].values[turn.group()] == "last" else first
    return part if outcomes(part, language).named == {Outcome.DONE} else words


def is_unreal(words: str, language: str) -> bool:
    """Whether it is wished for, supposed or meant of something else: "should have done it"."""
    return words.rstrip().endswith("?") or phrases(language)["unreal"].pattern.search(words) is not None


def days_back(words: str, now: datetime, language: str) -> int | None:
    """How many days back a practice is told of, 0 or less; None for a day that cannot be meant."""
    kinds, words = phrases(language), without_comparisons(words, language)
    found = kinds["day"].all_in(words)
    if found:
        return int(found[0])
    ago = _ago(words[:_TOLD_EARLY], language)
    if ago is not None:
        return -ago if ago <= FURTHEST_BACK else None
    tokens = lexicon(language).tokens(words[:_TOLD_EARLY])
    some_day = kinds["some_day"].pattern.search(words[:_TOLD_EARLY]) is not None
    if some_day or any(map(_is_no_day, tokens)) or _names_a_month(tokens, language):
        return None
    days = [_day(tokens, index, words, now.date(), language) for index in range(len(tokens))]
    named = [day for day in days if day is not None]
    if not named:
        return 0
    if len(set(named)) > 1:
        return None
    back = (named[0] - now.date()).days
    return back if -FURTHEST_BACK <= back <= 0 else None


def _ago(words: str, language: str) -> int | None:
    """The days of "four days ago", "vor einer Woche"."""
    kind = phrases(language)["ago"]
    for match in kind.pattern.finditer(words):
        told = kind.values[match.group()]
        near = words[match.end() :] if told == "before" else words[: match.start()]
        tokens = lexicon(language).tokens(near)
        pair = tokens[:2] if told == "before" else tokens[-2:]
        if len(pair) == 2 and pair[0].kind in ("number", "one") and pair[1].kind == "unit":
            days = pair[0].value * _UNIT_DAYS.get(pair[1].value, 0)
            return days or None
    return None


def is_hindered(words: str, language: str) -> bool:
    """ "Would have done it but fell asleep": what was wished, and after a but nothing that was done."""
    kinds = phrases(language)
    turn = kinds["turn"].pattern.search(words)
    if turn is None or kinds["turn"].values[turn.group()] != "last":
        return False
    wished = kinds["wished"].pattern.search(words[: turn.start()]) is not None
    after = outcomes(words[turn.end() :], language)
    return wished and not after.named & {Outcome.DONE, Outcome.TINY, Outcome.PARTLY, Outcome.LATER}


def is_broken_off(words: str, language: str) -> bool:
    """ "Started but the phone rang", "commencé puis arrêté": begun, then stopped, or a but."""
    kinds = phrases(language)
    begun = kinds["begun"].pattern.search(words)
    if begun is None or words.rstrip().endswith("?"):
        return False
    rest = words[begun.end() :]
    turn = kinds["turn"].pattern.search(rest)
    but = turn is not None and kinds["turn"].values[turn.group()] == "last"
    return but or kinds["stopped"].pattern.search(rest) is not None


def _day(tokens: list[Token], index: int, words: str, today: date, language: str) -> date | None:
    """The day that a token names: a date, or a weekday after a word such as "on"; one to come for "next"."""
    token, before = tokens[index], tokens[index - 1].written if index else ""
    if before in phrases(language)["on_the"].values and _is_monthday(tokens, index):
        return _last_monthday(token.value, today)
    leading = phrases(language)["on"].values
    led = before in leading or token.written.split()[0] in leading
    if not led and not (_is_surely_a_day(token) and token.written in words):
        return None
    if token.kind in ("date", "slash"):
        return _date(token, today)
    if token.kind not in ("weekday", "weekly"):
        return None
    around = tokens[max(index - 1, 0) : index] + tokens[index + 1 : index + 2]
    if any(each.kind in ("next", "nextweek") for each in around):
        return today + timedelta(days=1)
    return date.fromordinal(today.toordinal() - ((today.weekday() - token.value) % 7 or 7))


def _is_monthday(tokens: list[Token], index: int) -> bool:
    """Whether a number, or "20th", is a day of the month: not an hour, not so many times."""
    token, after = tokens[index], [each.kind for each in tokens[index + 1 : index + 2]]
    counts = token.kind in ("number", "ordinal") and token.written[0].isdigit() and 1 <= token.value <= 31
    return counts and not {"unit", "hours", "oclock", "half", "month", "number"} & set(after)


def _last_monthday(day: int, today: date) -> date:
    """The last day up to today that has that number."""
    found = today
    while found.day != day:
        found -= timedelta(days=1)
    return found


def _is_surely_a_day(token: Token) -> bool:
    """ "fait lundi"; short forms and the Portuguese "sexta" are other words too."""
    named = token.kind in ("weekday", "weekly") and len(token.written) >= _SHORTEST_DAY
    return named and token.written not in _ALSO_NUMBERS


def _names_a_month(tokens: list[Token], language: str) -> bool:
    """ "In October", which may have been any day of it."""
    kinds = [token.kind for token in tokens]
    leading = phrases(language)["in_month"].values
    pairs = zip(tokens, kinds[1:], strict=False)
    return any(kind == "month" and token.written.split()[-1] in leading for token, kind in pairs)


def _is_no_day(token: Token) -> bool:
    """ "31/2" is a date of no year."""
    month, day = token.value % 10_000 // 100, token.value % 100
    return token.kind == "date" and _day_of(_LEAP_YEAR, month, day) is None


def _date(token: Token, today: date) -> date | None:
    """The last such date up to today, or that of the year that is told; "3/4" with the day first."""
    year, monthday = divmod(token.value, 10_000)
    month, day = divmod(monthday, 100) if token.kind == "date" else reversed(divmod(token.value, 100))
    years = (year,) if year and token.kind == "date" else (today.year, today.year - 1)
    found = (_day_of(each, month, day) for each in years)
    return next((each for each in found if each is not None and each <= today), None)


def _day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
