"""A client of discord.py, logged in: one that spreads over shards where Discord asks for more than one."""

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

import discord
import yarl
from discord.gateway import DiscordWebSocket

from bot.platforms.discord.asking import TROUBLE

_LONGEST_LIMIT = 60.0

Listener = Callable[..., Coroutine[Any, Any, Any]]


class TokenRefused(Exception):
    """Discord does not know the token."""


async def logged_in(
    token: str, listeners: Sequence[Listener], offer: Callable[[discord.Client], Awaitable[None]]
) -> discord.Client:
    """`listeners` are called by the library, by their names; `offer` offers what there is.

    Raises `TokenRefused`, or one of `TROUBLE` where Discord is out of reach.
    """
    client = _client_of(discord.Client)
    try:
        await _prepare(client, token, listeners)
        shards, gateway, _ = await client.http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
        if shards > 1:
            await client.close()
            client = _client_of(discord.AutoShardedClient)
            await _prepare(client, token, listeners)
        await offer(client)
    except discord.LoginFailure:
        await client.close()
        raise TokenRefused from None
    except TROUBLE:
        await client.close()
        raise
    return client


async def _prepare(client: discord.Client, token: str, listeners: Sequence[Listener]) -> None:
    for listener in listeners:
        client.event(listener)
    await client.login(token)


def _client_of(kind: type[discord.Client]) -> discord.Client:
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    return kind(
        intents=discord.Intents(dm_messages=True),
        allowed_mentions=discord.AllowedMentions.none(),
        max_messages=None,
        max_ratelimit_timeout=_LONGEST_LIMIT,
        chunk_guilds_at_startup=False,
        member_cache_flags=discord.MemberCacheFlags.none(),
    )
