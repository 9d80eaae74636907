"""What errors of the Bot API mean for a message that was on its way."""

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.delivery.failures import Gone, Moved, Refused, SendingFailed, TryAgain, Unsure
from bot.platforms.telegram.transport import NotWritten

_NOBODY_THERE = ("chat not found", "user is deactivated", "peer_id_invalid")


def failure_of(error: TelegramError) -> SendingFailed:
    """The failure that an error stands for."""
    if isinstance(error, RetryAfter):
        return TryAgain("flood control", seconds_of(error))
    if isinstance(error, Forbidden):
        return Gone("forbidden")
    if isinstance(error, ChatMigrated):
        return Moved(str(error.new_chat_id))
    if isinstance(error, BadRequest):
        nobody = any(words in error.message.lower() for words in _NOBODY_THERE)
        return Gone("chat not found") if nobody else Refused("bad request")
    if isinstance(error, NetworkError):
        return _network_failure(error)
    return Refused(type(error).__name__)


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    after = error.retry_after
    return float(after) if isinstance(after, int) else after.total_seconds()


def _network_failure(error: NetworkError) -> SendingFailed:
    """Tried again where it surely did not go out: nothing was written, or the answer was an error."""
    cause = error.__cause__
    if isinstance(cause, NotWritten) or (cause is None and not isinstance(error, TimedOut)):
        return TryAgain("network")
    return Unsure(type(cause or error).__name__)
