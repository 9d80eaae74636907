"""Words for people: keys and arguments in the code, sentences in the catalogues of `locales/`.

A catalogue is a gettext file, `locales/<language>/LC_MESSAGES/limber.po`, found by its folder. A key that
a language lacks is worded in English. Placeholders are `{name}`; `{n}` chooses the plural form.
"""

import gettext
import html
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from functools import lru_cache, reduce
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LOCALES = Path(__file__).parent / "locales"
SOURCE_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Text:
    """Something to say: a key of the catalogues and its arguments.

    An argument may be a string, a number, another `Text`, or one of `At`, `Day`, `FullDay`, `Clock`,
    `Weekdays`, `Listing`, `Series`.
    """

    key: str
    args: Mapping[str, Any] = field(default_factory=dict)


def t(key: str, /, **args: Any) -> Text:
    """A `Text`, in short."""
    return Text(key, args)


def in_lines(lines: Iterable[Text]) -> Text:
    """One text of several, a line each; of at least one."""
    return reduce(lambda first, second: t("two_lines", first=first, second=second), lines)


@dataclass(frozen=True, slots=True)
class At:
    """An instant (aware), to be told as local day and time in a zone."""

    instant: datetime
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class Day:
    """A day, to be told with its weekday."""

    on: date


@dataclass(frozen=True, slots=True)
class FullDay:
    """A day, to be told with its year."""

    on: date


@dataclass(frozen=True, slots=True)
class Clock:
    """A local wall-clock time, told as HH:MM."""

    at: time


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Days of the week (0 Monday), told as "Monday and Friday"."""

    days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """Several things, told one after another with dots between."""

    items: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Several things, to be told as "a, b and c"."""

    items: tuple[Any, ...]


class Catalogues:
    """The sentences of every language there is a folder for."""

    def __init__(self, folder: Path = LOCALES) -> None:
        self._catalogues = {
            path.parent.parent.name: _Catalogue(path)
            for path in sorted(folder.glob("*/LC_MESSAGES/limber.po"))
        }

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes of the languages that there is a catalogue for."""
        return tuple(self._catalogues)

    def nearest(self, language: str | None, default: str = SOURCE_LANGUAGE) -> str:
        """The language to use for a platform's hint such as `pt-BR`."""
        for code in (language or "", (language or "").split("-")[0]):
            if code in self._catalogues:
                return code
        return default

    def html(self, text: Text, language: str) -> str:
        """The sentence with its arguments escaped, as a `Wire` wants it."""
        return self._words(text, language, _escape)

    def plain(self, text: Text, language: str) -> str:
        """The sentence as plain text, for labels and pictures."""
        return self._words(text, language, str)

    def messages(self, language: str) -> Mapping[str, str | tuple[str, ...]]:
        """The sentences of a language as they stand in its file; several where there are plural forms."""
        return self._catalogues[language].messages

    def has(self, key: str) -> bool:
        """Whether the source language has the key."""
        return key in self._catalogues[SOURCE_LANGUAGE].messages

    def _words(self, text: Text, language: str, escape: Callable[[str], str]) -> str:
        catalogue = self._catalogues.get(language)
        if catalogue is None or text.key not in catalogue.messages:
            catalogue, language = self._catalogues[SOURCE_LANGUAGE], SOURCE_LANGUAGE
        args = {name: self._told(value, language, escape) for name, value in text.args.items()}
        return catalogue.sentence(text.key, text.args.get("n")).format_map(args)

    def _told(self, value: Any, language: str, escape: Callable[[str], str]) -> str:
        if isinstance(value, Text):
            return self._words(value, language, escape)
        if isinstance(value, Series):
            return " · ".join(self._told(each, language, escape) for each in value.items)
        if isinstance(value, Listing):
            return format_list([self._told(each, language, escape) for each in value.items], locale=language)
        return escape(_worded(value, language))


class _Catalogue:
    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parent.parent.name)
        self.messages: dict[str, str | tuple[str, ...]] = {}
        for message in catalogue:
            key = message.id if isinstance(message.id, str) else message.id[0]
            forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
            if key and forms and all(forms):
                self.messages[key] = forms[0] if isinstance(message.id, str) else forms
        self._plural = gettext.c2py(catalogue.plural_expr)

    def sentence(self, key: str, n: object) -> str:
        sentence = self.messages[key]
        if isinstance(sentence, str):
            return sentence
        return sentence[self._plural(n if isinstance(n, int) else 1)]


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """The Babel locale of a language; English where Babel knows none."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(SOURCE_LANGUAGE)


def _worded(value: Any, language: str) -> str:
    locale = locale_of(language)
    if isinstance(value, At):
        local = value.instant.astimezone(value.zone)
        return (
            f"{format_date(local, 'EEE d MMM', locale=locale)}, {format_time(local, 'HH:mm', locale=locale)}"
        )
    if isinstance(value, Day):
        return format_date(value.on, "EEE d MMM", locale=locale)
    if isinstance(value, FullDay):
        return format_date(value.on, "d MMM yyyy", locale=locale)
    if isinstance(value, Weekdays):
        names = locale.days["format"]["wide"]
        return format_list([names[day] for day in value.days], locale=locale)
    if isinstance(value, float):
        return str(format_decimal(value, locale=locale))
    if isinstance(value, Clock):
        return format_time(value.at, "HH:mm", locale=locale)
    return str(value)


def _escape(words: str) -> str:
    return html.escape(words, quote=False)
