"""Refusals of the Bot API, in Telegram's own words as far as they are known."""

from dataclasses import dataclass, field


@dataclass(eq=False)
class ApiError(Exception):
    """An answer with `ok: false`; `parameters` is Telegram's ResponseParameters."""

    status: int
    description: str
    parameters: dict[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.status} {self.description}"


def bad_request(reason: str) -> ApiError:
    """The caller's mistake: 400."""
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """The person or chat does not want the bot: 403."""
    return ApiError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> ApiError:
    """Two ways of getting updates at once: 409."""
    return ApiError(409, f"Conflict: {reason}")


def too_many_requests(retry_after: int) -> ApiError:
    """Flood control: 429; `retry_after` in whole seconds."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})


def migrated(new_chat_id: int) -> ApiError:
    """The group has become a supergroup with another id: 400."""
    error = bad_request("group chat was upgraded to a supergroup chat")
    error.parameters["migrate_to_chat_id"] = new_chat_id
    return error


BLOCKED = "bot was blocked by the user"
DEACTIVATED = "user is deactivated"
KICKED = "bot was kicked from the group chat"
NEVER_STARTED = "bot can't initiate conversation with a user"
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
