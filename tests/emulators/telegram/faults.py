"""Ways in which calls go wrong on demand, and Telegram's limits on sending."""

import math
import random
from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import Enum

from tests.emulators.telegram.errors import (
    BLOCKED,
    DEACTIVATED,
    ApiError,
    bad_request,
    forbidden,
    migrated,
    too_many_requests,
)

SENDING = frozenset({"sendMessage", "sendPhoto", "sendDocument"})
FALLIBLE = SENDING | {
    "editMessageText",
    "editMessageCaption",
    "editMessageReplyMarkup",
    "deleteMessage",
    "answerCallbackQuery",
    "sendChatAction",
}


class Ending(Enum):
    """How the bot learns of a fault."""

    ANSWER = "an answer"
    RESET = "a connection reset"
    HANG = "no answer at all, until the bot gives up"


@dataclass(frozen=True)
class Fault:
    """One way to fail. `accepted` says whether the call took effect all the same."""

    ending: Ending
    error: ApiError | None = None
    accepted: bool = False

    @classmethod
    def flood(cls, retry_after: int) -> "Fault":
        """429, to be repeated after so many seconds."""
        return cls(Ending.ANSWER, too_many_requests(retry_after))

    @classmethod
    def server_error(cls, status: int = 500) -> "Fault":
        """500 or 502, as from an overloaded server."""
        words = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable"}
        return cls(Ending.ANSWER, ApiError(status, words[status]))

    @classmethod
    def blocked(cls) -> "Fault":
        """403: the person has blocked the bot."""
        return cls(Ending.ANSWER, forbidden(BLOCKED))

    @classmethod
    def deactivated(cls) -> "Fault":
        """403: the person has deleted their account."""
        return cls(Ending.ANSWER, forbidden(DEACTIVATED))

    @classmethod
    def unsendable(cls) -> "Fault":
        """400: this message can never be sent."""
        return cls(Ending.ANSWER, bad_request("message is too long"))

    @classmethod
    def migrated(cls, new_chat_id: int) -> "Fault":
        """400: the group has become a supergroup with a new id."""
        return cls(Ending.ANSWER, migrated(new_chat_id))

    @classmethod
    def reset(cls, *, accepted: bool) -> "Fault":
        """The connection is reset, before the call took effect or (`accepted`) after."""
        return cls(Ending.RESET, accepted=accepted)

    @classmethod
    def hang(cls, *, accepted: bool = False) -> "Fault":
        """No answer comes, whether or not the call took effect."""
        return cls(Ending.HANG, accepted=accepted)


@dataclass
class _Planned:
    fault: Fault
    left: int
    methods: Collection[str]
    chat_id: int | None

    def meets(self, method: str, chat_id: object) -> bool:
        return self.left > 0 and method in self.methods and self.chat_id in (None, chat_id)


@dataclass
class Faults:
    """Which calls fail, and how: first what was planned, in order, then by chance."""

    _planned: list[_Planned] = field(default_factory=list)
    _chance: float = 0.0
    _kinds: Sequence[Fault] = ()
    _random: random.Random = field(default_factory=lambda: random.Random(0))
    _methods: Collection[str] = FALLIBLE

    def next(
        self,
        fault: Fault,
        count: int = 1,
        *,
        methods: Collection[str] = FALLIBLE,
        chat_id: int | None = None,
    ) -> None:
        """Fail the next `count` calls of these methods (to this chat)."""
        self._planned.append(_Planned(fault, count, methods, chat_id))

    def randomly(
        self, chance: float, kinds: Sequence[Fault], *, seed: int, methods: Collection[str] = FALLIBLE
    ) -> None:
        """Fail each call of these methods with this chance (0-1), in one of these ways."""
        self._chance, self._kinds, self._methods = chance, kinds, methods
        self._random = random.Random(seed)

    def clear(self) -> None:
        """Fail no more."""
        self._planned.clear()
        self._chance = 0.0

    def pick(self, method: str, chat_id: object) -> Fault | None:
        """The fault that this call meets, None where it goes well."""
        for planned in self._planned:
            if planned.meets(method, chat_id):
                planned.left -= 1
                return planned.fault
        if method in self._methods and self._random.random() < self._chance:
            return self._random.choice(self._kinds)
        return None


@dataclass(frozen=True)
class Rate:
    """So many messages in any so many seconds."""

    count: int
    seconds: float


@dataclass
class FloodLimits:
    """Telegram's limits on messages; None stands for no limit.

    The defaults are the published ones: 30 a second in all (1000 with paid broadcasts), about one a
    second in a chat with short bursts allowed, 20 a minute in a group. Refused messages do not count.
    """

    overall: Rate | None = Rate(30, 1.0)
    paid: Rate | None = Rate(1000, 1.0)
    per_chat: Rate | None = Rate(3, 3.0)
    per_group: Rate | None = Rate(20, 60.0)
    _sent: dict[object, deque[float]] = field(default_factory=dict)

    def check(self, at: float, chat_id: int, *, is_group: bool, is_paid: bool) -> None:
        """Count a message sent at this monotonic time. Raises ApiError (429) where it is one too many."""
        rates = {
            "all": self.paid if is_paid else self.overall,
            chat_id: self.per_group if is_group else self.per_chat,
        }
        wait = max(self._wait(key, rate, at) for key, rate in rates.items())
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        for key in rates:
            self._sent.setdefault(key, deque()).append(at)

    def _wait(self, key: object, rate: Rate | None, at: float) -> float:
        if rate is None:
            return 0.0
        sent = self._sent.setdefault(key, deque())
        while sent and sent[0] <= at - rate.seconds:
            sent.popleft()
        if len(sent) < rate.count:
            return 0.0
        return sent[-rate.count] + rate.seconds - at
