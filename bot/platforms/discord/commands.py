"""Slash commands, made of the table of commands that every platform has."""

from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from typing import Any

import discord
from discord import app_commands

from bot.platforms.discord.offered import SlashCommand

_IN_SERVERS_TOO = ("start", "help")
_EVERYONE_ELSE = ""

Run = Callable[[discord.Interaction, str, str], Awaitable[None]]


def tree_of(client: discord.Client, commands: Iterable[SlashCommand], run: Run) -> app_commands.CommandTree:
    """The commands, in direct messages; `run` gets the interaction, the command's name and the words.

    The way in is offered in servers too, where it says where to go.
    """
    tree = app_commands.CommandTree(client)
    for each in commands:
        tree.add_command(_command(each, run))
    return tree


class Wording(app_commands.Translator):
    """Gives Discord the texts of each language that we have."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        """The text in that language; None for every language without one of its own."""
        texts: Mapping[str, str] = string.extras.get("texts", {})
        return texts.get(locale.value) or texts.get(locale.value.split("-")[0])


def _command(offered: SlashCommand, run: Run) -> app_commands.Command[Any, ..., None]:
    callback = _bare(offered.name, run) if offered.words is None else _worded(offered, run)
    return app_commands.Command(
        name=offered.name,
        description=_text(offered.description),
        callback=callback,
        allowed_contexts=app_commands.AppCommandContext(
            dm_channel=True, guild=offered.name in _IN_SERVERS_TOO, private_channel=False
        ),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
    )


def _bare(name: str, run: Run) -> Callable[..., Coroutine[Any, Any, None]]:
    async def called(interaction: discord.Interaction) -> None:
        await run(interaction, name, "")

    return called


def _worded(offered: SlashCommand, run: Run) -> Callable[..., Coroutine[Any, Any, None]]:
    @app_commands.describe(words=_text(offered.words or {}))
    async def called(interaction: discord.Interaction, words: str = "") -> None:
        await run(interaction, offered.name, words)

    return called


def _text(texts: Mapping[str, str]) -> app_commands.locale_str:
    return app_commands.locale_str(texts[_EVERYONE_ELSE], texts=texts)
