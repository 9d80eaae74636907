"""How one short question is asked: each answer is a text that is understood by itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.understanding.meaning import Asked, Declined, NotUnderstood, Option, Question, Reading, Understood


@dataclass(frozen=True, slots=True)
class Asking:
    """When and in which language is asked; `read` reads a text as an answer would be read."""

    now: datetime
    language: str
    read: Callable[[str], Reading]

    def option(self, text: str) -> Option | NotUnderstood:
        """A text as an answer; where it may itself be meant in two ways, the first."""
        read = self.read(text)
        if isinstance(read, Question):
            return Option(read.options[0].text, read.options[0].means)
        return Option(text, read.rules) if isinstance(read, Understood) else read

    def options(self, text: str) -> Sequence[Option | NotUnderstood]:
        """A text as an answer, or all its answers where it may itself be meant in two ways."""
        read = self.read(text)
        return read.options if isinstance(read, Question) else (self.option(text),)

    def question(self, kind: Asked, found: Sequence[Option | NotUnderstood]) -> Question:
        """The question with those answers that are understood. Raises Declined where none is."""
        options = tuple(each for each in found if isinstance(each, Option))
        if options:
            return Question(kind, options)
        declined = next(each for each in found if isinstance(each, NotUnderstood))
        raise Declined(declined.reason, declined.words)
