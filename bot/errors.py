"""The tree of errors that can be told to a person.

An error carries a key of the catalogue and its arguments; words are chosen where it is shown, in the
reader's language. Arguments are numbers, dates and our own terms, never what a person wrote, so that an
error may be logged.
"""

from datetime import date, time

Argument = str | int | float | date | time


class LimberError(Exception):
    """Something went wrong that a person can be told about.

    `key` names a message of the catalogue, `arguments` fill its placeholders. `str()` of an error is the
    key alone.
    """

    def __init__(self, key: str, /, **arguments: Argument) -> None:
        super().__init__(key)
        self.key = key
        self.arguments = arguments


class InvalidInputError(LimberError):
    """What a person gave cannot be used as it is; the message says what would be right."""


class OutdatedError(LimberError):
    """What a person points at is gone, has changed since, or is not theirs."""


class UnavailableError(LimberError):
    """A part that is needed does not answer now; trying again later makes sense."""
