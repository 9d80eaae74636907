"""Ratings from 0 to 10 in a text, before and after: "7 to 4", "nerves from 8 down to 5", "8/10"."""

import re
from collections.abc import Mapping
from enum import StrEnum

_UNITS = r"(?!\s*(?:min|h\b|hr|hour|stunde|heure|hora|x\b|times|%|:|\.\d|am\b|pm\b|/(?!10\b)))"
_NUMBER = rf"(?:an? |eine[rn]? |une? |una |uma? )?(-?\d{{1,3}})(?:\s?/\s?10)?{_UNITS}"
_SEPARATED = (
    r"\s*(?:->|→|=>|➜|down to|up to|then to|then|to|auf eine|(?:herunter|runter|hoch|gesunken|gefallen) auf"
    r"|runter bis|auf|bis|hasta|a un|a una|a um|para|pra|ate|descend a|jusqu'a|a|à)\s*"
)
_ENDS = (
    r"(?=\s*(?:$|[^\w\s]|(?:and|but|after|afterwards|now|then|so|with|because|today|out of"
    r"|runter|gesunken|gefallen|zuruck|down|und|aber|jetzt|danach|heute|y|pero|ahora|et|mais|maintenant|e|mas|agora)\b))"
)
"""What may follow a pair of ratings; "1 to 2 rounds" is none."""
_PAIR = re.compile(rf"(?<![\d:.,/]){_NUMBER}{_SEPARATED}{_NUMBER}(?![\d:]){_ENDS}")
_NOW_WAS = re.compile(
    rf"{_NUMBER},? (?:now|jetzt|ahora|maintenant|agora)\b\D{{0,12}}?(?:was|war|era|estaba|etait)"
    rf"\s+{_NUMBER}"
)
_DOWN_FROM = re.compile(rf"(?:down|up)\s+to\s+{_NUMBER}\s+from\s+{_NUMBER}")
_APART = (
    re.compile(
        rf"\b(?:before|pre|vorher|antes|avant)\b\D{{0,4}}{_NUMBER}\D{{1,6}}?"
        rf"(?:after|post|afterwards|nachher|danach|despues|apres|depois)\b\D{{0,4}}{_NUMBER}"
    ),
    re.compile(
        rf"{_NUMBER}\s*(?:before|vorher|davor|antes|avant)\b\D{{1,12}}?{_NUMBER}\s*(?:after|afterwards|nachher|danach|despues|apres|depois)\b"
    ),
    re.compile(
        rf"\b(?:was|war|era|estaba|etait|before|vorher|antes|avant)\s+(?:at |en |bei |em )?{_NUMBER}\D{{1,4}}"
        rf"(?:now|jetzt|ahora|maintenant|agora)\D{{0,9}}?{_NUMBER}"
    ),
)
"""Before and after, each named: "before 7, after 4", "was 7, now 4"."""
_FROM_ONLY = re.compile(rf"(?:down|up)\s+from\s+{_NUMBER}(?!\s*to)")
_DOWN_TO = re.compile(
    rf"(?:down to|runter auf|gesunken auf|bajo a|descendu a|caiu para|caiu pra) {_NUMBER}(?![\d:])"
)
_HOURS_OF = re.compile(
    r"\b(?:appointment|meeting|class|lecture|shift|open|opens|busy|free|at work|on call|termin|besprechung"
    r"|arbeit|unterricht|cita|reunion|clase|turno|trabajo|rendez-vous|rdv|cours|consulta|reuniao|aula|steps?|pages?"
    r"|parts?|exercises?|chapters?|schritte?|seiten?|pasos?|paginas?|etapes?|passos?"
    r"|trabalho|plantao)\b"
    r"[^.,;!?]{0,20}\d"
    r"|\b(?:session|therapy|sitzung|therapie|sesion|terapia|seance|sessao)\s+"
    r"(?:is |was |ist )?(?:from|von|de|das)\s\d"
)
"""From when to when something is, not how bad it was."""
_OF_TEN = re.compile(
    r"(?<![\d:.,/])(-?\d{1,3})\s?(?:/|out of|von|de|sur)\s?10(?!\d|\s*(?:min|atem|breath|resp))"
)
_WORD = re.compile(r"[^\W\d_]+")
_MEASURE = re.compile(r"([^\W\d_]{3,20})\s*(?:was|is|went|from|at|:|von|de|del|du)?\s*$")


_FEELING = re.compile(
    r"\b(?:anx|stress|nerv|tens|mood|fear|panic|worr|pain|sad|anger|urge|crav|angst|anspannung|unruhe"
    r"|stimmung|ansied|miedo|angoiss|peur|medo|down\b|level)"
)
"""Words by which numbers that are spelt out are ratings: not "worked from nine to five"."""


class Problem(StrEnum):
    """What has to be asked before anything is logged."""

    RATING_OUT_OF_RANGE = "rating_out_of_range"


def ratings(
    words: str, numbers: Mapping[str, int] | None = None
) -> tuple[int | None, int | None, str | None, Problem | None]:
    """Before, after, what was rated, and what has to be asked; `words` are folded.

    `numbers` are words for numbers, read where feelings are named beside them: "from seven down to four".
    """
    if _HOURS_OF.search(words):
        return None, None, None, None
    if numbers is not None and _FEELING.search(words):
        words = _WORD.sub(lambda match: str(numbers.get(match.group(), match.group())), words)
    for pattern, first, second in (
        (_DOWN_FROM, 2, 1),
        (_NOW_WAS, 2, 1),
        *((each, 1, 2) for each in _APART),
        (_PAIR, 1, 2),
    ):
        match = pattern.search(words)
        if match is not None:
            return _checked(int(match[first]), int(match[second]), _measure(words, match.start()))
    match = _FROM_ONLY.search(words)
    if match is not None:
        return _checked(int(match[1]), None, _measure(words, match.start()))
    match = _OF_TEN.search(words) or _DOWN_TO.search(words)
    if match is not None:
        return _checked(None, int(match[1]), _measure(words, match.start()))
    return None, None, None, None


def _checked(
    before: int | None, after: int | None, measure: str | None
) -> tuple[int | None, int | None, str | None, Problem | None]:
    if any(value is not None and not 0 <= value <= 10 for value in (before, after)):
        return None, None, measure, Problem.RATING_OUT_OF_RANGE
    return before, after, measure, None


def _measure(words: str, start: int) -> str | None:
    match = _MEASURE.search(words[:start])
    return match[1] if match is not None else None
