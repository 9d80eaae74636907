"""What of Limber a process does."""

from enum import Enum


class Role(Enum):
    """`web`, `worker` and `discord` share a PostgreSQL; `run` does everything."""

    RUN = "run"
    WEB = "web"
    WORKER = "worker"
    DISCORD = "discord"

    @property
    def serves(self) -> bool:
        """Whether it serves health, figures, webhooks and the local page."""
        return self in (Role.RUN, Role.WEB)

    @property
    def works(self) -> bool:
        """Whether it nudges and sends, and asks Telegram for updates where there is no webhook."""
        return self in (Role.RUN, Role.WORKER)

    @property
    def speaks_discord(self) -> bool:
        """Whether it holds the connection to Discord's gateway, of which there is one."""
        return self in (Role.RUN, Role.DISCORD)
