"""The ways in: links that lead a newcomer to this Limber."""

from dataclasses import dataclass


@dataclass
class Doors:
    """Under what names platforms know the bot: set once a platform is connected, None until then."""

    telegram: str | None = None

    def link(self, code: str) -> str | None:
        """A link that opens the chat and brings a code along; None where no platform has such links."""
        return f"https://t.me/{self.telegram}?start={code}" if self.telegram else None
