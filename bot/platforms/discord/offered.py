"""What is offered as a slash command; plain data, so that it can be made without loading the library."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SlashCommand:
    """A command to offer. Texts are by language; "" is for every language without one of its own.

    `words` says what may follow the command, `file` which file; None where nothing may. With `completed`,
    the words are completed while they are typed. `names` are what it is called in other languages.
    """

    name: str
    description: Mapping[str, str]
    words: Mapping[str, str] | None = None
    completed: bool = False
    file: Mapping[str, str] | None = None
    names: Mapping[str, str] | None = None
