"""Words that may be meant in several ways: "3/5", "a few", "8 or 9"."""

from datetime import date, datetime

from bot.understanding.asking import Asking
from bot.understanding.grammar import alternatives
from bot.understanding.lexicon import lexicon
from bot.understanding.meaning import Asked, Declined, Question, Reason
from bot.understanding.scanner import Token

_HOURS = frozenset(("clock", "hour", "number", "clockword", "part"))
_JOINING = frozenset(("and", "through", "between"))
_CLOCKS = frozenset(("clock", "hour", "number", "clockword"))
_SETTLED = frozenset(("half", "part", "oclock"))
"""Kinds of words after which an hour has no minutes."""
_HABITS = frozenset(("part", "habit", "perhaps_habit", "dayset", "day", "tonight", "everydays", "weekly"))
_INTERJECTION = 2
"""The value of a "no" that may stand for itself, as "nein" and "non" do, beside "nicht" and "pas"."""
_CONTRAST = 2
"""The value of a "but" that only follows a "not", as "sondern" and "sino" do."""
_DENYING = frozenset(("not", "except"))
_LITTLE = frozenset(("filler", "article", "and"))
_LOOSE, _DAYS = (8, 15), ("unit", 2)
_FEW = ("2", "3", "4")
_DAY_WORDS = frozenset(
    ("dayset", "workdays", "weekday", "weekly", "everydays", "every", "day", "tonight", "date")
)
_SINGLE_DAYS = frozenset(("day", "weekday", "weekly", "tonight", "date"))
_THE_WEEK = ("dayset", 1)
_OF_THE_WEEKEND = frozenset(
    (("dayset", 2), *((kind, day) for kind in ("weekday", "weekly") for day in (5, 6)))
)


def either(tokens: list[Token], asking: Asking) -> Question | None:
    """Which of them is meant; None where each word has one meaning. Raises Declined."""
    return _date(tokens, asking) or _loose_week(tokens, asking) or _word(tokens, asking)


def _date(tokens: list[Token], asking: Asking) -> Question | None:
    """ "3/5": in English, the third of May or the fifth of March."""
    if asking.language.split("-")[0].lower() != "en":
        return None
    slashes = [token for token in tokens if token.kind == "slash"]
    if len(slashes) > 1:
        raise Declined(Reason.UNSUPPORTED, slashes[1].written)
    for index, token in enumerate(tokens):
        if token.kind == "slash":
            first, second = divmod(token.value, 100)
            days = [_coming_date(asking.now, *each) for each in ((first, second), (second, first))]
            if not any(days):
                raise Declined(Reason.IMPOSSIBLE, token.written)
            texts = [" ".join(_replaced(tokens, index, f"{day}")) for day in days if day is not None]
            return asking.question(Asked.WHICH_DAYS, [asking.option(text) for text in texts])
    return None


def _loose_week(tokens: list[Token], asking: Asking) -> Question | None:
    """ "In acht Tagen", "dans quinze jours": a week or two to most, a day more to others; not in English."""
    if asking.language.split("-")[0].lower() == "en":
        return None
    for at, (ahead, number, unit) in enumerate(zip(tokens, tokens[1:], tokens[2:], strict=False)):
        loose = number.value in _LOOSE and number.kind == "number" and number.written.isalpha()
        if loose and ahead.kind == "relative" and (unit.kind, unit.value) == _DAYS:
            texts = [" ".join(_replaced(tokens, at + 1, f"{number.value - less}")) for less in (1, 0)]
            return asking.question(Asked.WHICH_DAYS, [asking.option(text) for text in texts])
    return None


def _word(tokens: list[Token], asking: Asking) -> Question | None:
    """How many are "a few", does "werktags" mean Saturday too, which of "8 or 9", or "8, actually 9"?"""
    kinds = [token.kind for token in tokens]
    if "few" in kinds:
        texts = [" ".join(_replaced(tokens, kinds.index("few"), number)) for number in _FEW]
        return asking.question(Asked.WHICH_TIME, [asking.option(text) for text in texts])
    if "workdays" in kinds:
        return _workdays(tokens, kinds.index("workdays"), asking)
    if kinds.count("or") > 1:
        raise Declined(Reason.UNSUPPORTED)
    if "or" in kinds:
        return _one_of(tokens, kinds.index("or"), asking)
    doubts = [
        index for index, kind in enumerate(kinds) if kind == "doubt" and _is_between_hours(kinds, index)
    ]
    if not doubts and (_is_taken_back(tokens) or _is_told_twice(tokens)):
        raise Declined(Reason.UNSUPPORTED, tokens[-1].written)
    return _one_of(tokens, doubts[0], asking) if doubts else None


def _workdays(tokens: list[Token], index: int, asking: Asking) -> Question:
    words = lexicon(asking.language)
    ends = [(words.word("weekday", 0), words.word("weekday", last)) for last in (4, 5)]
    texts = [" ".join(_replaced(tokens, index, " - ".join(each))) for each in ends]
    return asking.question(Asked.WHICH_DAYS, [each for text in texts for each in asking.options(text)])


def _one_of(tokens: list[Token], middle: int, asking: Asking) -> Question:
    texts = alternatives(day_first(tokens, asking.now), middle, asking.now.date())
    return asking.question(Asked.WHICH_TIME, [each for text in texts for each in asking.options(text)])


def _is_between_hours(kinds: list[str], index: int) -> bool:
    """ "8pm, actually 9pm", not "tomorrow, maybe 9pm"."""
    return not _HOURS.isdisjoint(kinds[:index]) and not _HOURS.isdisjoint(kinds[index:])


def _is_taken_back(tokens: list[Token]) -> bool:
    """ "6pm, hmm 7pm actually": two hours that no word joins, and a second thought behind them."""
    hours = [at for at, token in enumerate(tokens) if token.kind in _CLOCKS]
    if tokens[-1].kind != "doubt" or len(hours) < 2:
        return False
    between = tokens[hours[-2] : hours[-1]]
    return not any(token.kind in _JOINING and token.written != "," for token in between)


def _is_told_twice(tokens: list[Token]) -> bool:
    """ "Tmrw 3pm / tmrw 7pm": a day that is told on both sides of a slash is one to choose on."""
    return any(
        any(kind in _SINGLE_DAYS for kind, _ in _days_of(tokens[:at]) & _days_of(tokens[at:]))
        for at, token in enumerate(tokens)
        if (token.kind, token.written) == ("and", "/")
    )


def settled(tokens: list[Token]) -> list[Token]:
    """What the words around settle: "unas 2 horas" is two, "werktags, am Wochenende" no Saturday."""
    tokens = _second_thoughts(_contrasted(_without_tag(tokens)))
    if any(token.kind == "or" for token in tokens):
        tokens = [token for token in tokens if token.kind != "unsure"]
    tokens = _without_minutes(tokens)
    weekend = any((token.kind, token.value) in _OF_THE_WEEKEND for token in tokens)
    followed = [*(token.kind for token in tokens[1:]), ""]
    return [
        Token("dayset", 1, token.written) if token.kind == "workdays" and weekend else token
        for token, after in zip(tokens, followed, strict=True)
        if token.kind != "few" or after not in ("number", "halfhour", "hour")
    ]


def _is_chatter(token: Token) -> bool:
    return token.kind == "filler" and token.written[0].isalpha()


def _without_tag(tokens: list[Token]) -> list[Token]:
    """ "19 Uhr, oder?", "7pm, no?": a word that only asks whether that is right."""
    tag = [token.kind for token in tokens[-2:]]
    asks = len(tag) == 2 and tag[0] in ("or", "not") and tokens[-1].written == "?"
    return tokens[:-2] if asks else tokens


def _contrasted(tokens: list[Token]) -> list[Token]:
    """ "Weekdays 8am but weekends 10am" is the one and the other; "daily but sundays" leaves days out."""
    tokens = _without_the_denied(tokens)
    return [
        Token(_but(tokens, at), 0, token.written) if token.kind == "but" else token
        for at, token in enumerate(tokens)
    ]


def _without_the_denied(tokens: list[Token]) -> list[Token]:
    """ "Not tuesdays but thursdays 8pm" is thursdays, where no days are told before the "not"."""
    kinds = [token.kind for token in tokens]
    at = kinds.index("but") if "but" in kinds else 0
    denied = next((index for index, kind in enumerate(kinds[:at]) if kind in _DENYING), None)
    if denied is None or _days_of(tokens[:denied]) or not _days_of(tokens[at:]):
        return tokens
    between = {kind for kind in kinds[denied + 1 : at] if kind not in _LITTLE}
    return tokens[:denied] + tokens[at + 1 :] if between and between <= _DAY_WORDS else tokens


def _but(tokens: list[Token], at: int) -> str:
    """What kind of word a "but" is."""
    kinds = [token.kind for token in tokens]
    sides = _days_of(tokens[:at]), _days_of(tokens[at:])
    apart = {_THE_WEEK} in sides and any(side and side <= _OF_THE_WEEKEND for side in sides)
    if tokens[at].value == _CONTRAST or "not" in kinds[:at] or (apart and _is_between_hours(kinds, at)):
        return "and"
    return "except" if tokens[at].value else "unknown"


def _days_of(tokens: list[Token]) -> set[tuple[str, int]]:
    return {(token.kind, token.value) for token in tokens if token.kind in _DAY_WORDS}


def _second_thoughts(tokens: list[Token]) -> list[Token]:
    """ "8pm, no, 9pm": a no between two hours denies one or takes back the other, so it is asked about.

    In "8pm no, 9pm" it belongs to the hour before.
    """
    kinds = [token.kind for token in tokens]
    return [
        Token("doubt", 0, token.written)
        if token.kind == "not"
        and token.value == _INTERJECTION
        and _is_between_hours(kinds, at)
        and (kinds[at - 1] == "and" or kinds[at + 1] != "and")
        else token
        for at, token in enumerate(tokens)
    ]


def _without_minutes(tokens: list[Token]) -> list[Token]:
    """ "E 10" may be minutes, but in "entre 8 e 10", "8am e 10pm" is an hour; "so um 8" may be Sunday."""
    between = any(token.kind == "between" for token in tokens)
    before = [Token("mark", 0, "."), *tokens]
    return [
        part
        for earlier, token in zip(before, tokens, strict=False)
        for part in _parted(token, settled=between or earlier.kind in _SETTLED, earlier=earlier)
    ]


def _parted(token: Token, *, settled: bool, earlier: Token) -> list[Token]:
    conjunction, _, number = token.written.partition(" ")
    if token.kind == "unclear" and number.isdigit() and settled:
        return [Token("and", 0, conjunction), Token("number", int(number), number)]
    around = token.kind == "around" and (earlier.kind in _HABITS or _is_chatter(earlier))
    return [Token("filler", 0, token.written)] if around else [token]


def day_first(tokens: list[Token], now: datetime) -> list[Token]:
    """Dates such as 4/7 read with the day first."""
    read = []
    for token in tokens:
        day = _coming_date(now, *divmod(token.value, 100)) if token.kind == "slash" else None
        value = day.year * 10_000 + day.month * 100 + day.day if day is not None else 0
        read.append(Token("date", value, token.written) if day is not None else token)
    return read


def _coming_date(now: datetime, day: int, month: int) -> date | None:
    """The next such date; None where this year or the next has none."""
    try:
        days = [date(year, month, day) for year in (now.year, now.year + 1)]
    except ValueError:
        return None
    return next(each for each in days if each >= now.date())


def _replaced(tokens: list[Token], index: int, words: str) -> list[str]:
    return [words if place == index else token.written for place, token in enumerate(tokens)]
