"""Ways in which calls go wrong on demand, and Discord's limit on messages in a channel."""

import time
from collections import deque
from dataclasses import dataclass, field

from tests.emulators.discord.errors import ApiError, cannot_send, rate_limited, shut_out


@dataclass(frozen=True)
class Fault:
    """One way to fail. `accepted` says whether the call took effect all the same.

    Without an `error`, the connection is reset.
    """

    error: ApiError | None = None
    accepted: bool = False

    @classmethod
    def limited(cls, seconds: float, *, is_global: bool = False) -> "Fault":
        """429, to be repeated after so many seconds."""
        return cls(rate_limited(seconds, is_global=is_global))

    @classmethod
    def shut_out(cls) -> "Fault":
        """429 from the proxy before the API."""
        return cls(shut_out())

    @classmethod
    def server_error(cls, status: int = 503, *, accepted: bool = False) -> "Fault":
        """A failure of Discord's own."""
        return cls(ApiError(status, 0, "server error"), accepted)

    @classmethod
    def closed(cls) -> "Fault":
        """403: the person takes no direct messages."""
        return cls(cannot_send())

    @classmethod
    def refusal(cls, status: int, code: int) -> "Fault":
        """Any refusal, by its status and Discord's own number."""
        return cls(ApiError(status, code, "refused"))

    @classmethod
    def reset(cls, *, accepted: bool) -> "Fault":
        """The connection is reset, before the call took effect or (`accepted`) after."""
        return cls(accepted=accepted)


@dataclass
class Faults:
    """Which calls fail, and how, in the order planned."""

    _planned: list[tuple[str, Fault]] = field(default_factory=list)

    def next(self, fault: Fault, count: int = 1, *, call: str = "create_message") -> None:
        """Fail the next `count` calls of this name."""
        self._planned.extend([(call, fault)] * count)

    def pick(self, call: str) -> Fault | None:
        """The fault that this call meets, None where it goes well."""
        for index, (name, fault) in enumerate(self._planned):
            if name == call:
                del self._planned[index]
                return fault
        return None


@dataclass
class Limit:
    """So many messages in a channel in any so many seconds; more are refused with 429."""

    count: int = 5
    seconds: float = 5.0
    _sent: dict[int, deque[float]] = field(default_factory=dict)

    def take(self, channel_id: int) -> dict[str, str]:
        """Count a message; the headers that tell what is left. Raises ApiError where it is one too many."""
        now = time.monotonic()
        sent = self._sent.setdefault(channel_id, deque())
        while sent and sent[0] <= now - self.seconds:
            sent.popleft()
        if len(sent) >= self.count:
            raise rate_limited(sent[0] + self.seconds - now)
        sent.append(now)
        reset = sent[0] + self.seconds - now
        return {
            "X-RateLimit-Limit": str(self.count),
            "X-RateLimit-Remaining": str(self.count - len(sent)),
            "X-RateLimit-Reset": f"{time.time() + reset:.3f}",
            "X-RateLimit-Reset-After": f"{reset:.3f}",
            "X-RateLimit-Bucket": "messages",
        }
