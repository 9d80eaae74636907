"""The record of what the bot has called, and when."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.emulators.telegram.faults import SENDING


@dataclass
class Call:
    """One call of the bot.

    `at` is its arrival by the monotonic clock, in seconds. `status` is the HTTP status it was answered
    with, None where it got no answer (yet). `accepted` says whether it took effect.
    """

    at: float
    method: str
    parameters: dict[str, Any] = field(default_factory=dict)
    status: int | None = None
    description: str = ""
    accepted: bool = False


def max_in_window(
    calls: Sequence[Call],
    seconds: float = 1.0,
    *,
    methods: Collection[str] = SENDING,
    chat_id: int | None = None,
) -> int:
    """The most calls of these methods (to this chat) that arrived within any `seconds`."""
    times = sorted(
        call.at
        for call in calls
        if call.method in methods and chat_id in (None, call.parameters.get("chat_id"))
    )
    most = first = 0
    for last, at in enumerate(times):
        while times[first] <= at - seconds:
            first += 1
        most = max(most, last - first + 1)
    return most
