"""Interactions: slash commands and presses, and how the bot answers them."""

import time

from aiohttp import web

from tests.emulators.discord.contents import check_commands, checked_choices
from tests.emulators.discord.errors import ApiError, invalid_form, not_found
from tests.emulators.discord.messages import UNKNOWN_MESSAGE, Messages, Upload
from tests.emulators.discord.state import Asked, Channel, Json, State

COMMAND, COMPONENT, AUTOCOMPLETE = 2, 3, 4
MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, CHOICES = 4, 5, 6, 7, 8
IN_SERVER, IN_DIRECT_MESSAGES = 0, 1
UNKNOWN_INTERACTION, UNKNOWN_WEBHOOK, ALREADY_ACKNOWLEDGED = 10062, 10015, 40060
PATIENCE = 3.0


class Interactions:
    """What people ask for by commands and buttons."""

    def __init__(self, state: State, messages: Messages) -> None:
        self._state = state
        self._messages = messages

    def set_commands(self, commands: list[Json]) -> list[Json]:
        """Replace the bot's commands. Raises ApiError where they cannot be."""
        check_commands(commands)
        ids = {"application_id": self._state.application_id, "version": "1"}
        self._state.commands = [{"id": self._state.snowflake(), **ids, **each} for each in commands]
        return self._state.commands

    def begin(self, kind: int, person: Json, locale: str, channel: Channel, data: Json, **more: Json) -> Json:
        """A new interaction's JSON; it waits for an answer from now on."""
        number = self._state.snowflake()
        token = f"interaction-{number}"
        inside = {"member": member_json(person), "guild_id": str(channel.guild_id)}
        where = {"user": person} if channel.guild_id is None else inside
        interaction = {
            "id": number,
            "application_id": self._state.application_id,
            "type": kind,
            "data": data,
            "token": token,
            "version": 1,
            "locale": locale,
            "channel_id": str(channel.id),
            "channel": channel.json,
            "context": IN_DIRECT_MESSAGES if channel.guild_id is None else IN_SERVER,
            "attachment_size_limit": 10 * 1024 * 1024,
            "entitlements": [],
            "authorizing_integration_owners": {"1": person["id"]},
            "app_permissions": "0",
            **where,
            **more,
        }
        self._state.asked[token] = Asked(interaction, channel, time.monotonic())
        return interaction

    async def respond(self, request: web.Request, body: Json, uploads: list[Upload]) -> Json | None:
        """The first answer, within three seconds."""
        asked = self._state.asked.get(request.match_info["token"])
        if asked is None or time.monotonic() - asked.at > PATIENCE:
            raise not_found(UNKNOWN_INTERACTION, "interaction")
        if asked.waited is not None:
            raise ApiError(400, ALREADY_ACKNOWLEDGED, "Interaction has already been acknowledged.")
        self._begin_answer(asked, body, uploads)
        asked.waited = time.monotonic() - asked.at
        asked.answered.set()
        if request.query.get("with_response") not in ("1", "true"):
            return None
        told = {
            "id": asked.json["id"],
            "type": asked.json["type"],
            "response_message_loading": asked.is_thinking,
        }
        return {"interaction": told}

    async def follow_up(self, request: web.Request, body: Json, uploads: list[Upload]) -> Json:
        """A further message; the first one takes the place of "thinking"."""
        asked = self._answered(request)
        message = self._messages.write(asked.channel, body, uploads)
        if asked.is_thinking:
            asked.is_thinking, asked.original = False, message.id
        return message.json

    async def original(self, request: web.Request, body: Json, uploads: list[Upload]) -> Json:
        """The first answer, as it stands."""
        asked = self._answered(request)
        if asked.original is None:
            raise not_found(UNKNOWN_MESSAGE, "Message")
        return asked.channel.messages[asked.original].json

    async def edit_original(self, request: web.Request, body: Json, uploads: list[Upload]) -> Json:
        """The first answer, changed, or said at last."""
        asked = self._answered(request)
        if asked.is_thinking:
            return await self.follow_up(request, body, uploads)
        if asked.original is None:
            raise not_found(UNKNOWN_MESSAGE, "Message")
        message = asked.channel.messages[asked.original]
        return self._messages.change(asked.channel, message, body, uploads).json

    async def delete_original(self, request: web.Request, body: Json, uploads: list[Upload]) -> None:
        """The first answer, or "thinking", taken away."""
        asked = self._answered(request)
        if not asked.is_thinking and asked.original is None:
            raise not_found(UNKNOWN_MESSAGE, "Message")
        if asked.original is not None:
            del asked.channel.messages[asked.original]
        asked.is_thinking, asked.original = False, None

    def _begin_answer(self, asked: Asked, body: Json, uploads: list[Upload]) -> None:
        kind, data = body.get("type"), body.get("data") or {}
        pressed = asked.json["type"] == COMPONENT
        if (kind == CHOICES) != (asked.json["type"] == AUTOCOMPLETE):
            raise invalid_form(f"type: {kind} does not answer this")
        if kind == CHOICES:
            asked.choices = checked_choices(data.get("choices") or [])
        elif kind == MESSAGE:
            asked.original = self._messages.write(asked.channel, data, uploads).id
        elif kind == DEFERRED_MESSAGE:
            asked.is_thinking = True
        elif kind == UPDATE and pressed:
            message = asked.channel.messages[int(asked.json["message"]["id"])]
            self._messages.change(asked.channel, message, data, uploads)
        elif not (kind == DEFERRED_UPDATE and pressed):
            raise invalid_form(f"type: {kind} does not answer this")

    def _answered(self, request: web.Request) -> Asked:
        asked = self._state.asked.get(request.match_info["token"])
        if asked is None or asked.is_forgotten or asked.waited is None:
            raise not_found(UNKNOWN_WEBHOOK, "Webhook")
        return asked


def member_json(person: Json) -> Json:
    """Someone in a server, as Discord describes them."""
    return {
        "user": person,
        "roles": [],
        "joined_at": "2026-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
        "permissions": "0",
    }
