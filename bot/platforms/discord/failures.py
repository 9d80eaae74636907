"""What Discord's errors mean for a message that was on its way.

Messages are sent under a nonce that Discord enforces: sent again within minutes, a message that did arrive
is not doubled. So a broken connection, too, means "try again" here.
"""

import aiohttp
import discord

from bot.delivery.failures import Gone, Refused, SendingFailed, TryAgain

UNKNOWN_MESSAGE = 10008
_NOBODY_THERE = (10003, 10013, 50033)
_CLOSED = (50001, 50007, 50278)
_OPENED_TOO_FAST, _FLAGGED_AS_SPAM, _NO_CODE = 40003, 20026, 0
_REST = 60.0


def failure_of(error: Exception) -> SendingFailed:
    """The failure that an error of discord.py, or of the connection, stands for."""
    if isinstance(error, discord.RateLimited):
        return TryAgain("rate limit", error.retry_after)
    if isinstance(error, discord.HTTPException):
        return _refusal(error)
    if isinstance(error, aiohttp.ClientError | OSError):
        return TryAgain("network")
    return Refused(type(error).__name__)


def _refusal(error: discord.HTTPException) -> SendingFailed:
    if error.status == 429 or error.code in (_OPENED_TOO_FAST, _FLAGGED_AS_SPAM):
        return TryAgain("rate limit", _REST, everyone=True)
    if error.status >= 500:
        return TryAgain("server error")
    if error.code in _CLOSED + _NOBODY_THERE:
        return Gone("closed" if error.code in _CLOSED else "nobody there")
    if error.status == 401 or (error.status == 403 and error.code == _NO_CODE):
        return TryAgain("not let in", _REST, everyone=True)
    return Refused(f"refused with code {error.code}")
