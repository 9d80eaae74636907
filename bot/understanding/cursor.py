"""A place in a list of tokens, from which the parts of the grammar take what they understand."""

from collections.abc import Collection, Iterable
from datetime import date
from functools import cache

from bot.understanding.scanner import Token


@cache
def _either(kinds: str) -> frozenset[str]:
    return frozenset(kinds.split("|"))


class Cursor:
    """Reads from left to right; a part that does not understand what follows sets `at` back."""

    def __init__(self, tokens: list[Token], today: date) -> None:
        self.tokens = tokens
        self.today = today
        self.at = 0

    def left(self) -> bool:
        """Whether any token is left."""
        return self.at < len(self.tokens)

    def token(self) -> Token:
        """The next token; there is one."""
        return self.tokens[self.at]

    def next(self, *kinds: str) -> list[Token] | None:
        """The next tokens, if they are of these kinds ("a|b": one of them)."""
        end = self.at + len(kinds)
        if end > len(self.tokens):
            return None
        for place, kind in enumerate(kinds, self.at):
            if self.tokens[place].kind not in _either(kind):
                return None
        return self.tokens[self.at : end]

    def taken(self, *kinds: str) -> list[Token] | None:
        """The next tokens, if they are of these kinds, which are then behind."""
        found = self.next(*kinds)
        if found is not None:
            self.at += len(found)
        return found

    def follows(self, ahead: int, kinds: Collection[str]) -> bool:
        """Whether the token so many places ahead is of these kinds."""
        return any(token.kind in kinds for token in self.tokens[self.at + ahead : self.at + ahead + 1])

    def since(self, start: int) -> list[Token]:
        """What was taken since a place."""
        return self.tokens[start : self.at]


def written(tokens: Iterable[Token]) -> str:
    """Tokens as they were written."""
    return " ".join(token.written for token in tokens)
