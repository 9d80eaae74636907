"""Slash commands, made of the table of commands that every platform has."""

from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from typing import Any

import discord
from discord import app_commands

from bot.conversation.messages import Completion
from bot.platforms.discord.offered import SlashCommand

_IN_SERVERS_TOO = ("start", "help")
_EVERYONE_ELSE = ""

_MOST_CHOICES, _LONGEST_CHOICE = 25, 100

Run = Callable[[discord.Interaction, str, str, discord.Attachment | None], Awaitable[None]]
Complete = Callable[[discord.Interaction, str, str], Awaitable[list[Completion]]]
Choices = list[app_commands.Choice[str]]


def tree_of(
    client: discord.Client, commands: Iterable[SlashCommand], run: Run, complete: Complete
) -> app_commands.CommandTree:
    """The commands, in direct messages.

    `run` gets the interaction, the command's name, the words and the file; `complete` the words so far. The
    way in is offered in servers too, where it says where to go.
    """
    tree = app_commands.CommandTree(client)
    for each in commands:
        tree.add_command(_command(each, run, complete))
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


def _command(offered: SlashCommand, run: Run, complete: Complete) -> app_commands.Command[Any, ..., None]:
    return app_commands.Command(
        name=app_commands.locale_str(offered.name, texts=offered.names or {}),
        description=_text(offered.description),
        callback=_callback(offered, run, complete),
        allowed_contexts=app_commands.AppCommandContext(
            dm_channel=True, guild=offered.name in _IN_SERVERS_TOO, private_channel=False
        ),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
    )


def _callback(
    offered: SlashCommand, run: Run, complete: Complete
) -> Callable[..., Coroutine[Any, Any, None]]:
    if offered.file is not None:
        return _with_file(offered.name, offered.file, run)
    if offered.words is None:
        return _bare(offered.name, run)
    worded = _worded(offered.name, offered.words, run)
    return _completed(offered.name, worded, complete) if offered.completed else worded


def _bare(name: str, run: Run) -> Callable[..., Coroutine[Any, Any, None]]:
    async def called(interaction: discord.Interaction) -> None:
        await run(interaction, name, "", None)

    return called


def _worded(name: str, words: Mapping[str, str], run: Run) -> Callable[..., Coroutine[Any, Any, None]]:
    described = words

    @app_commands.describe(words=_text(described))
    async def called(interaction: discord.Interaction, words: str = "") -> None:
        await run(interaction, name, words, None)

    return called


def _with_file(name: str, file: Mapping[str, str], run: Run) -> Callable[..., Coroutine[Any, Any, None]]:
    described = file

    @app_commands.describe(file=_text(described))
    async def called(interaction: discord.Interaction, file: discord.Attachment | None = None) -> None:
        await run(interaction, name, "", file)

    return called


def _completed(
    name: str, called: Callable[..., Coroutine[Any, Any, None]], complete: Complete
) -> Callable[..., Coroutine[Any, Any, None]]:
    async def offered(interaction: discord.Interaction, current: str) -> Choices:
        found = await complete(interaction, name, current)
        return [
            app_commands.Choice(name=each.shown[:_LONGEST_CHOICE], value=each.words)
            for each in found[:_MOST_CHOICES]
            if len(each.words) <= _LONGEST_CHOICE
        ]

    return app_commands.autocomplete(words=offered)(called)


def _text(texts: Mapping[str, str]) -> app_commands.locale_str:
    return app_commands.locale_str(texts[_EVERYONE_ELSE], texts=texts)
