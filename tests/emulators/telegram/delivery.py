"""The methods that decide how updates reach the bot: polling or webhook."""

from urllib.parse import urlsplit

from tests.emulators.telegram.errors import WEBHOOK_ACTIVE, bad_request, conflict
from tests.emulators.telegram.state import Json, State
from tests.emulators.telegram.webhook import Webhook

_DEFAULT_CONNECTIONS = 40
_DEFAULT_LIMIT = 100
_SECRET_CHARACTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


class Delivery:
    """The bot's choice between getUpdates and a webhook; one at a time.

    `retry_delay` is the pause, in seconds, before a webhook is offered a refused update again.
    """

    def __init__(self, state: State, retry_delay: float) -> None:
        self._state = state
        self._retry_delay = retry_delay
        self.webhook: Webhook | None = None

    async def stop(self) -> None:
        """Stop pushing; what was not taken waits."""
        if self.webhook is not None:
            await self.webhook.stop()
            self.webhook = None

    async def get_updates(self, _: State, given: Json) -> list[Json]:
        if self.webhook is not None:
            raise conflict(WEBHOOK_ACTIVE)
        self._choose_kinds(given)
        updates = self._state.updates
        return await updates.poll(
            given.get("offset", 0), given.get("limit", _DEFAULT_LIMIT), given.get("timeout", 0)
        )

    async def set_webhook(self, _: State, given: Json) -> bool:
        if not given["url"]:
            return await self.delete_webhook(self._state, {})
        _check_target(given)
        await self.stop()
        self._choose_kinds(given)
        if given.get("drop_pending_updates"):
            self._state.updates.forget()
        connections = given.get("max_connections", _DEFAULT_CONNECTIONS)
        self.webhook = Webhook(given["url"], given.get("secret_token"), connections, self._retry_delay)
        self.webhook.start(self._state.updates, lambda: self._state.timestamp)
        return True

    async def delete_webhook(self, _: State, given: Json) -> bool:
        await self.stop()
        if given.get("drop_pending_updates"):
            self._state.updates.forget()
        return True

    async def get_webhook_info(self, _: State, __: Json) -> Json:
        info: Json = {"url": "", "has_custom_certificate": False}
        info["pending_update_count"] = len(self._state.updates.pending_ids)
        if self._state.updates.allowed:
            info["allowed_updates"] = self._state.updates.allowed
        if self.webhook is None:
            return info
        info |= {"url": self.webhook.url, "max_connections": self.webhook.max_connections}
        if self.webhook.last_error is not None:
            info["last_error_date"], info["last_error_message"] = self.webhook.last_error
        return info

    def _choose_kinds(self, given: Json) -> None:
        if "allowed_updates" in given:
            self._state.updates.allowed = given["allowed_updates"]


def _check_target(given: Json) -> None:
    target = urlsplit(given["url"])
    is_local = target.scheme == "http" and target.hostname in ("127.0.0.1", "localhost")
    if target.scheme != "https" and not is_local:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not set(given.get("secret_token", "")) <= _SECRET_CHARACTERS:
        raise bad_request("secret token contains unallowed characters")
