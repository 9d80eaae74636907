"""Facts on their way from the words of a message to the picture beside them."""

from collections import OrderedDict
from secrets import token_urlsafe

MOST = 32
"""So many wait at once; of more, the oldest are forgotten, and their pictures read the record again."""


class Handing:
    """What words were just told from, in memory alone: taken once, by the ticket that the message holds.

    So a record of years is read once for both, and the two agree. Where the sender is another process, or
    sends again, there is nothing to take.
    """

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, object] = OrderedDict()

    def give(self, found: object) -> str:
        """Keeps the facts; returns the ticket they are taken by."""
        ticket = token_urlsafe(9)
        self._waiting[ticket] = found
        while len(self._waiting) > MOST:
            self._waiting.popitem(last=False)
        return ticket

    def take(self, ticket: str) -> object | None:
        """Returns the facts of a ticket, the first time it is asked for them here."""
        return self._waiting.pop(ticket, None)
