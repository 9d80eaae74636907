"""The weekly review: which question is asked, and what easier and more come to."""

from collections.abc import Sequence
from datetime import date

QUESTIONS = 5
"""Wordings of the one question, one after another by the week."""

_MOST, _LEAST = 7, 1


def question_of(day: date) -> int:
    """Return which wording a week asks, from 1: another each week, the same on all its days."""
    return (day.toordinal() + 6) // 7 % QUESTIONS + 1


def adjusted(target: int, more: bool) -> int:
    """Return practised days a week, 1 to 7, after one step up or down."""
    return min(_MOST, target + 1) if more else max(_LEAST, target - 1)


def of_the_week(learned: Sequence[str]) -> str | None:
    """Return the learning to quote: the latest that says something, None where none was written."""
    said = [words for words in learned if len(words.split()) > 1] or list(learned)
    return said[-1] if said else None
