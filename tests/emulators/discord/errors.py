"""Refusals of Discord's API, with the codes its documentation lists."""

from dataclasses import dataclass, field


@dataclass(eq=False)
class ApiError(Exception):
    """An answer of status 400 and above; `code` is Discord's own number for what was wrong."""

    status: int
    code: int
    message: str
    extra: dict[str, object] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.status} {self.code} {self.message}"


def invalid_form(reason: str) -> ApiError:
    """The body is not as it should be: 50035."""
    return ApiError(400, 50035, f"Invalid Form Body: {reason}")


def unauthorized() -> ApiError:
    """The token is wrong or missing."""
    return ApiError(401, 0, "401: Unauthorized")


def cannot_send() -> ApiError:
    """The person takes no direct messages of the bot: 50007."""
    return ApiError(403, 50007, "Cannot send messages to this user")


def not_found(code: int, what: str) -> ApiError:
    """There is no such thing (any more)."""
    return ApiError(404, code, f"Unknown {what}")


def rate_limited(seconds: float, *, is_global: bool = False) -> ApiError:
    """Too many requests, as Discord's own limiter says it."""
    headers = {"Via": "1.1 google", "Retry-After": str(max(1, round(seconds)))}
    if is_global:
        headers["X-RateLimit-Global"] = "true"
    else:
        headers |= {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": f"{seconds:.3f}"}
    extra: dict[str, object] = {"retry_after": seconds, "global": is_global}
    return ApiError(429, 0, "You are being rate limited.", extra, headers)


def shut_out() -> ApiError:
    """The proxy before the API refuses a caller that broke the limits too often: no `Via`."""
    return ApiError(429, 0, "You are being blocked from accessing our API temporarily.")
