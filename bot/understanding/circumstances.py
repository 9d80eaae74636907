"""What tells why at that hour, or what one does then: "9pm once the kids are down", "i'm a nurse so 4pm".

Such a clause is set aside where it holds no time, day or interval, and an hour is told beside it. The words
that begin one are those of `openings`.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.understanding.cursor import written
from bot.understanding.lexicon import Lexicon, lexicon
from bot.understanding.openings import Opening, Openings, openings
from bot.understanding.scanner import Token, scanned

_ENDS = frozenset(",.;!?()–—…:")
_PICTURES = ("So", "Sk")
_HOURS = frozenset(("clock", "hour", "clockword"))
_COUNTED = frozenset(("ordinal", "month"))
_UNITS = frozenset(("unit", "hours"))
_HOURLY = _HOURS | {"number", "oclock", "half", "every", "later"}
_SMALL = frozenset(
    ("filler", "article", "of", "and", "through", "span", "oclock", "move", "doubt", "starting", "not")
)
_TIMELESS = _SMALL | {"unknown", "unclear", "own", "one", "relative"}
_DAYS = frozenset(("every", "dayset", "weekday", "weekly", "everydays", "weeks", "tonight", "day"))
_PARTS = frozenset(("part", "habit", "perhaps_habit"))
_COUNTING = frozenset(("number", "ordinal", "few"))
_BINDING = frozenset(("and", "or", "not", "except", "unclear", "if", "starting", "span", "through"))
_TIED = _BINDING | {"unit", "halfhour", "part", "weekday", "few", "doubt"}
_LENGTHS = _BINDING | {"unit", "halfhour", "few"}
_DAY, _WEEK = 2, 3
_MAY_BE_LENGTH = 3
_OCCASIONS = (1230, 2200)
_NONE = Token("mark", 0, ".")
_EXPLAINING = (Opening.REASON, Opening.THEREFORE)
_REMARKS = (Opening.STATEMENT, *_EXPLAINING)
_AFTER_MARK = (Opening.STATEMENT,)
_BEFORE_HOURS = (Opening.MEANWHILE, Opening.WHOLE, Opening.PLACE)
_BEFORE_DAYS = (Opening.EVENT, *_BEFORE_HOURS)
_VERBAL = (Opening.REASON, Opening.MEANWHILE)
_FOLLOWED = frozenset(Opening) - {Opening.WHOLE, Opening.THEREFORE}


@dataclass(frozen=True, slots=True)
class Rest:
    """A text without its circumstances, and what these say of the time that is left.

    `single` where they tell of something that is once, so the time must be; `parts` are the parts of the day
    that they name, which the time must be in; `remarked` where each is a remark or tells why.
    """

    text: str
    remarked: bool
    single: bool
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Clause:
    """What begins a clause, what it says, what is told before it, and where it ends."""

    kind: Opening
    opened: list[Token]
    said: list[Token]
    before: list[Token]
    end: int


def without_circumstances(text: str, language: str) -> Rest | None:
    """The text without its circumstances; None where it has none beside an hour."""
    words = lexicon(language)
    if not _tells_hour(words.tokens(text)):
        return None
    reader = _Reader(words, openings(language))
    reader.read(scanned(text.replace(" - ", ", ").replace("\n", ". ")))
    if not reader.asides or not _tells_hour(reader.words.tokens(written(reader.rest))):
        return None
    single = any(reader.known.tells_single(aside.kind, aside.opened, aside.said) for aside in reader.asides)
    parts = (part for aside in reader.asides for part in _parts_told(aside, reader.words))
    remarked = all(aside.kind in _REMARKS for aside in reader.asides)
    return Rest(written(reader.rest), remarked, single, tuple(parts))


class _Reader:
    """Reads from left to right, what is no aside into `rest`."""

    def __init__(self, words: Lexicon, known: Openings) -> None:
        self.words, self.known = words, known
        self.rest: list[Token] = []
        self.asides: list[_Clause] = []
        self._read: dict[str, list[Token]] = {}

    def read(self, scanned_text: list[Token]) -> None:
        raw = self.known.spelled(scanned_text, self.words.known)
        at = 0
        while at < len(raw):
            clause = next(filter(self._is_aside, self._clauses(raw, at)), None)
            if clause is None:
                self.rest.append(raw[at])
                at += 1
                continue
            self.asides.append(clause)
            self.rest = _without_comma(clause.before)
            ended = not self.rest and clause.end < len(raw) and _is_end(raw[clause.end])
            at = clause.end + int(ended)

    def _tokens(self, raw: Sequence[Token]) -> list[Token]:
        text = written(raw)
        if text not in self._read:
            self._read[text] = self.words.tokens(text)
        return self._read[text]

    def _clauses(self, raw: list[Token], at: int) -> Iterator[_Clause]:
        """The clauses that may begin at a place."""
        for kind, start in self.known.begun(raw, at):
            if kind is Opening.THEREFORE:
                yield from self._premise(start)
            end = next(
                (place for place in range(start, len(raw)) if self._ends(kind, raw, place, start)), len(raw)
            )
            told = Opening.REASON if kind is Opening.THEREFORE else kind
            end = self._before_time(told, raw[:end], start)
            clause = _Clause(told, raw[at:start], raw[start:end], self.rest, end)
            says_how = kind is not Opening.THEREFORE or self._says_how_it_is(raw, start)
            if says_how and (kind not in _AFTER_MARK or self._stands_apart(clause)):
                yield clause

    def _says_how_it_is(self, raw: list[Token], start: int) -> bool:
        return any(kind is Opening.STATEMENT for kind, _ in self.known.begun(raw, start))

    def _ends(self, kind: Opening, raw: list[Token], place: int, start: int) -> bool:
        """Whether a clause ends at a mark, or where another begins; a reason is told in several."""
        if _is_end(raw[place]):
            return True
        first = start + int(kind is not Opening.WHOLE)
        if kind in _EXPLAINING or place < first or raw[place].written not in self.known.conjunctions:
            return False
        return not any(end > place for _, end in self.known.begun(raw, place - 1))

    def _premise(self, end: int) -> Iterator[_Clause]:
        """What "so" follows from, where no hour is told yet: all from where somebody says how it is."""
        if _tells_hour(self._tokens(self.rest)):
            return
        if self.asides and self._says_nothing(self.rest):
            yield _Clause(Opening.THEREFORE, [], [], self.rest, end)
        marks = [place for place, token in enumerate(self.rest[:-1]) if _is_end(token)]
        for start in range(marks[-1] + 1 if marks else 0, len(self.rest)):
            apart = start == 0 or _is_end(self.rest[start - 1]) or self._says_nothing(self.rest[:start])
            if apart and self._says_how_it_is(self.rest, start):
                yield _Clause(Opening.THEREFORE, [], self.rest[start:], self.rest[:start], end)
                return

    def _stands_apart(self, clause: _Clause) -> bool:
        """Whether a statement begins the text or follows a mark; or says that it is so at the hour told."""
        if not clause.before or _is_end(clause.before[-1]) or self._says_nothing(clause.before):
            return True
        return self.known.ends_then(clause.said) and self._tells_hour_last(clause.before)

    def _tells_hour_last(self, before: list[Token]) -> bool:
        return self._tokens(before)[-1].kind in {"half", "oclock", *_HOURS}

    def _says_nothing(self, before: list[Token]) -> bool:
        return all(token.kind == "filler" for token in self._tokens(before))

    def _before_time(self, kind: Opening, raw: list[Token], start: int) -> int:
        """Where a clause ends: at a mark, or before the time that it is beside."""
        tokens = self._tokens(self.known.without_harmless(raw[start:]))
        if kind not in _BEFORE_DAYS or self._is_timeless(kind, tokens):
            return len(raw)
        told = _tells_hour(self._tokens(self.rest))
        if not told and kind not in _BEFORE_HOURS:
            return len(raw)
        end = next(
            end
            for end in range(len(raw) - 1, start - 1, -1)
            if self._is_timeless(kind, self._tokens(self.known.without_harmless(raw[start:end])))
        )
        following = self._tokens(raw[end:])
        if told and (_tells_hour(following) or following[0].kind not in _DAYS):
            return len(raw)
        last = end
        while end > start and self.words.tokens(raw[end - 1].written)[0].kind in _SMALL:
            end -= 1
        tied = any(token.kind == "of" for token in self._tokens(raw[end:last]))
        return len(raw) if tied else end

    def _is_aside(self, clause: _Clause) -> bool:
        """Whether a clause says nothing of the time."""
        if clause.kind in _FOLLOWED and not clause.said and not self._is_whole(clause):
            return False
        if self._is_tied(clause) or not self.known.allows(clause.kind, clause.opened, clause.said):
            return False
        begun = self._tokens(clause.opened)
        tokens = self._tokens(self.known.without_harmless(clause.opened + clause.said))
        left = [token for token in tokens if token not in begun]
        if clause.kind is Opening.STATEMENT and self._begins_with_part(clause, left):
            return False
        return self._is_timeless(clause.kind, left)

    def _begins_with_part(self, clause: _Clause, said: list[Token]) -> bool:
        """ "The nights i work": some days alone, and no remark about the hour."""
        words = {token.written for token in [*clause.opened, *clause.said]}
        if clause.opened[-1].written not in self.known.determiners:
            return False
        return any(_names_part(token) and token.written.split()[-1] in words for token in said[:1])

    def _is_whole(self, clause: _Clause) -> bool:
        """Whether the words that begin a clause say it all: "no trabajo", "quando acordo"."""
        if clause.kind is Opening.STATEMENT:
            return len(clause.opened) > 1
        verbal = clause.kind in _VERBAL and len(clause.opened) > 1
        return verbal and (clause.opened[-1].written,) not in self.words.phrases

    def _is_tied(self, clause: _Clause) -> bool:
        """Whether what comes before binds a clause to itself: "but not when …", "two hours after …"."""
        if clause.kind is Opening.THEREFORE:
            ending = self._tokens(clause.said)[-1:]
            return any(token.kind in ("not", "unclear") for token in ending)
        told = self._tokens(clause.before)
        opened = self._tokens(clause.opened)
        both = self._tokens(clause.before + clause.opened)
        if any(token.kind == "unclear" for token in {*both} - {*told, *opened}):
            return True
        earlier, last = [_NONE, _NONE, *(token for token in told if token.kind != "filler")][-2:]
        if clause.kind is Opening.EVENT and _is_short(earlier if last.kind in ("oclock", "hours") else last):
            return True
        if last.kind == "part" and earlier.kind in _HOURLY:
            return False
        from_now = clause.kind is Opening.MEANWHILE and any(token.kind == "relative" for token in told)
        return last.kind in (_BINDING if from_now else _ties(clause.kind)) and last.written not in _ENDS

    def _is_timeless(self, kind: Opening, tokens: Sequence[Token]) -> bool:
        """No time, day or interval; "once …" is no single time."""
        rest = [*tokens[int(bool(tokens) and tokens[0].kind == "once") :]]
        around = zip([_NONE, *rest], rest, [*rest[1:], _NONE], strict=False)
        return all(self._tells_no_time(kind, *each) for each in around)

    def _tells_no_time(self, kind: Opening, before: Token, token: Token, after: Token) -> bool:
        """ "I am" is no morning, "my week" no interval; of parts it is looked later whether they agree."""
        if token.kind in _TIMELESS or (kind is not Opening.PLACE and _names_part(token)):
            return True
        if token.written == "am" and before.written.split()[-1] == "i":
            return True
        if token.kind in _COUNTING and not token.written[0].isdigit():
            told_last = token.kind == "ordinal" and after is _NONE
            return token.value <= 1 and (told_last or after.kind in ("unknown", "filler"))
        words = (before.written.split()[-1], *token.written.split())[-2:]
        unit = self.words.phrases.get((words[-1],), ("", 0))
        own = words[0] in self.known.determiners and unit[0] == "unit" and unit[1] in (_DAY, _WEEK)
        whole = token.kind == "unit" and token.value == _DAY and before.kind not in ("one", "number")
        if kind is Opening.PLACE:
            return False
        return (own and (token.kind == "unit" or kind is Opening.PURPOSE)) or whole


def is_delayed(tokens: Sequence[Token], language: str) -> bool:
    """ "2h après la douche": how long after something that Limber does not know of."""
    known = openings(language)
    return any(
        "h" in hour.written and _is_short(hour) and after.kind == "filler" and known.begins_event(after)
        for hour, after in pairwise(tokens)
    )


def _ties(kind: Opening) -> frozenset[str]:
    """The kinds of tokens that bind a clause to what comes before."""
    if kind is Opening.EVENT:
        return _TIED
    return _LENGTHS if kind is Opening.MEANWHILE else _BINDING


def _parts_told(clause: _Clause, words: Lexicon) -> Iterator[int]:
    """The parts of the day that a clause names, lunch and bedtime; a reason may tell of any other."""
    if clause.kind in _EXPLAINING:
        return
    for token in words.tokens(written(clause.opened + clause.said)):
        if _names_part(token):
            yield token.value


def _names_part(token: Token) -> bool:
    """Whether a token is a part of the day, lunch or bedtime."""
    return token.kind in _PARTS or (token.kind == "clockword" and token.value in _OCCASIONS)


def _is_end(token: Token) -> bool:
    """Whether a token ends a clause: a mark, or a picture."""
    if token.written in _ENDS:
        return True
    return token.kind == "mark" and unicodedata.category(token.written) in _PICTURES


def _is_short(token: Token) -> bool:
    """ "2h" or "1h30", which before "after the shower" may be how long."""
    hours = token.value // 100 if token.kind == "clock" else token.value
    return token.kind in ("number", "hour", "clock") and hours <= _MAY_BE_LENGTH


def _tells_hour(tokens: list[Token]) -> bool:
    """Whether an hour, or how long from now, is told; a number that counts days is none."""
    after = [*(token.kind for token in tokens[1:]), ""]
    return any(
        token.kind in _HOURS
        or token.kind == "halfhour"
        or (token.kind == "number" and following not in _COUNTED)
        or (token.kind == "one" and following in _UNITS)
        for token, following in zip(tokens, after, strict=False)
    )


def _without_comma(tokens: list[Token]) -> list[Token]:
    return tokens[:-1] if tokens and tokens[-1].written in _ENDS - {"."} else tokens
