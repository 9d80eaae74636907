"""The ways in which sending fails. A platform's adapter turns its errors into these."""


class SendingFailed(Exception):
    """A message did not go out. The text is the adapter's own and holds no words of a person."""


class TryAgain(SendingFailed):
    """It surely did not go out; it may after `seconds` (0: whenever the sender likes)."""

    def __init__(self, reason: str, seconds: float = 0, *, everyone: bool = False) -> None:
        super().__init__(reason)
        self.seconds = seconds
        self.everyone = everyone


class Unsure(SendingFailed):
    """It may have gone out or not: the connection broke after it was handed over."""


class Gone(SendingFailed):
    """The account cannot be reached: blocked, deactivated, closed. Reminders rest until they write again."""


class Moved(SendingFailed):
    """The account lives at another address now."""

    def __init__(self, address: str) -> None:
        super().__init__("moved")
        self.address = address


class Refused(SendingFailed):
    """This message can never be sent."""
