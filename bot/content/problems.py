"""Mistakes in content files, each told in a sentence that someone who does not program can act on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

_SENTENCES = {
    "missing": "is missing; add it",
    "string_type": "must be text in quotes, not {given}",
    "int_type": "must be a whole number without quotes, such as 5, not {given}",
    "bool_type": "must be true or false without quotes, not {given}",
    "tuple_type": 'must be a list in square brackets, such as ["one", "two"], not {given}',
    "list_type": "must be written as [[tables]], one for each entry, not {given}",
    "dict_type": "must be a [table] with names and values, not {given}",
    "model_type": "must be a [table] with names and values, not {given}",
    "too_short": "has fewer than the {min_length} entries it needs; add some",
    "too_long": "has more than the {max_length} entries it may have; remove some",
    "string_too_short": "is empty; write something in the quotes",
    "string_too_long": "is {size} characters long and may have {max_length} at most; shorten it",
    "string_pattern_mismatch": "is {given}; use small letters, digits and underscores, such as box_breathing",
    "literal_error": "is {given}; write one of {expected}",
    "greater_than_equal": "is {given}; {ge} is the least",
    "less_than_equal": "is {given}; {le} is the most",
    "value_error": "{error}",
}
_LONGEST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: the file, the entry in it (such as "skill tipp"), its field, and what would be right."""

    file: str
    entry: str
    field: str
    sentence: str

    def __str__(self) -> str:
        """The whole sentence, its place first."""
        place = ", ".join(part for part in (self.file, self.entry, self.field) if part)
        return f"{place}: {self.sentence}."


class ContentError(Exception):
    """Content files have mistakes; `problems` lists all that were found. Limber does not start with them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


def problems_of(failed: ValidationError, file: str, entry: str, known: Collection[str]) -> list[Problem]:
    """Return the mistakes that validation found in an entry whose fields may be those `known`."""
    errors = failed.errors(include_url=False)
    return [_problem(error, file, entry, known) for error in errors if not _follows(error, errors)]


def _follows(error: ErrorDetails, errors: Sequence[ErrorDetails]) -> bool:
    """Tell whether a list is called too short because of entries that are wrong and were not counted."""
    place = error["loc"]
    within = [each for each in errors if len(each["loc"]) > len(place) and each["loc"][: len(place)] == place]
    return error["type"] == "too_short" and bool(within)


def _problem(error: ErrorDetails, file: str, entry: str, known: Collection[str]) -> Problem:
    place = error["loc"]
    if error["type"] == "extra_forbidden":
        return Problem(file, entry, _field(place), _unknown(str(place[-1]), known))
    details: dict[str, Any] = {"given": _shown(error["input"]), "size": len(str(error["input"]))}
    kind = f"string_{error['type']}" if isinstance(error["input"], str) else error["type"]
    sentence = _SENTENCES.get(kind) or _SENTENCES.get(error["type"], "cannot be used; {msg}")
    return Problem(
        file, entry, _field(place), sentence.format(msg=error["msg"], **details, **error.get("ctx", {}))
    )


def _field(place: Sequence[int | str]) -> str:
    parts = [f"entry {part + 1}" if isinstance(part, int) else part for part in place if part != "[key]"]
    return ", ".join(parts)


def _unknown(name: str, known: Collection[str]) -> str:
    near = get_close_matches(name, known, 1)
    if near:
        return f"is not a known field; write {near[0]} if that is what you mean, else remove it"
    return "is not a known field; remove it or correct its spelling"


def _shown(value: object) -> str:
    shown = repr(value) if isinstance(value, str) else str(value)
    return shown if len(shown) <= _LONGEST_SHOWN else shown[: _LONGEST_SHOWN - 3] + "..."
