"""What platforms show around the conversation: their menus of commands, and the words of the page."""

from bot.conversation.dialogues import COMPLETED, LISTED_COMMANDS, NEUTRAL_ARGUMENTS, WORDED
from bot.platforms.discord.offered import SlashCommand
from bot.platforms.local.page import PAGE_WORDS
from bot.texts import Catalogues, t

TAKES_FILE = frozenset(("import",))
"""Commands that a file may be given with, where words are taken: a record holds words."""


def page_words(catalogues: Catalogues, language: str) -> dict[str, str]:
    """The strings of the local page, in a language."""
    language = catalogues.nearest(language)
    return {"lang": language, **{key: catalogues.plain(t(f"page.{key}"), language) for key in PAGE_WORDS}}


def commands(catalogues: Catalogues) -> dict[str, list[tuple[str, str]]]:
    """The commands to offer, with what they do, by language; "" for everyone else's."""
    listed = {
        language: [(name, catalogues.plain(t(f"command.{name}"), language)) for name in LISTED_COMMANDS]
        for language in catalogues.languages
    }
    return {"": listed["en"], **{language: each for language, each in listed.items() if language != "en"}}


def slash_commands(catalogues: Catalogues, free_text: bool) -> list[SlashCommand]:
    """The commands with their texts in each language; words may follow where the catalogue says which."""
    return [
        SlashCommand(
            name,
            _in_each(catalogues, _described(catalogues, name, free_text)),
            _in_each(catalogues, f"argument.{name}") if _takes_words(catalogues, name, free_text) else None,
            completed=name in COMPLETED,
            file=_in_each(catalogues, "argument.file") if free_text and name in TAKES_FILE else None,
            names=_names(catalogues, name),
        )
        for name in LISTED_COMMANDS
        if free_text or name not in WORDED
    ]


def _names(catalogues: Catalogues, name: str) -> dict[str, str]:
    """What a command is called in languages that have a word of their own for it."""
    key = f"command.{name}.name"
    return {
        language: catalogues.plain(t(key), language)
        for language in catalogues.languages
        if key in catalogues.messages(language)
    }


def _described(catalogues: Catalogues, name: str, free_text: bool) -> str:
    taps = f"command.{name}_taps"
    return taps if not free_text and catalogues.has(taps) else f"command.{name}"


def _takes_words(catalogues: Catalogues, name: str, free_text: bool) -> bool:
    return catalogues.has(f"argument.{name}") and (free_text or name in NEUTRAL_ARGUMENTS)


def _in_each(catalogues: Catalogues, key: str) -> dict[str, str]:
    texts = {language: catalogues.plain(t(key), language) for language in catalogues.languages}
    return {"": texts.pop("en"), **texts}
