"""What is said at once keeps the limits, and obeys a platform that asks for a pause."""

import time

from bot.conversation.messages import Attachment, Wire
from bot.delivery.failures import Gone, SendingFailed, TryAgain, Unsure
from bot.delivery.limits import Limits
from bot.delivery.voice import Voice


class Platform:
    """Takes messages, once the failures it was told are over; remembers when it was asked."""

    platform = "telegram"

    def __init__(self, *failures: SendingFailed) -> None:
        self.failures = list(failures)
        self.asked: list[float] = []
        self.taken: list[str] = []

    async def carry(self, address: str, wire: Wire, attachment: Attachment | None, key: str) -> str:
        self.asked.append(time.monotonic())
        if self.failures:
            raise self.failures.pop(0)
        self.taken.append(wire.text)
        return key

    async def busy(self, address: str) -> None:
        """Nobody looks."""


async def test_it_waits_for_the_limit_of_the_platform() -> None:
    platform = Platform()
    limits = Limits(2, time.monotonic)
    for chat in ("1", "2"):
        limits.end(limits.begin(chat, urgent=False))
    began = time.monotonic()

    await Voice(platform, limits).say("7", [Wire("numbers")])

    assert platform.taken == ["numbers"]
    assert platform.asked[0] - began >= 0.9


async def test_what_it_says_counts_for_the_sender() -> None:
    limits = Limits(10, time.monotonic, (1, 3.0))

    await Voice(Platform(), limits).say("7", [Wire("numbers")])

    assert limits.chat_opens_in("7") > 2


async def test_a_429_is_obeyed_by_it_and_by_the_sender() -> None:
    platform = Platform(TryAgain("flood control", 1))
    limits = Limits(10, time.monotonic)

    await Voice(platform, limits).say("7", [Wire("numbers")])

    assert platform.taken == ["numbers"]
    assert platform.asked[1] - platform.asked[0] >= 1


async def test_it_is_said_again_once_where_it_may_not_have_arrived() -> None:
    platform = Platform(Unsure("reset"), Unsure("reset"))

    await Voice(platform, None).say("7", [Wire("numbers"), Wire("more")])

    assert platform.taken == ["more"]
    assert len(platform.asked) == 3


async def test_nobody_is_there() -> None:
    platform = Platform(Gone("blocked"))

    await Voice(platform, None).say("7", [Wire("numbers")])

    assert len(platform.asked) == 1
