"""Authored texts with placeholders, filled with a person's own words so that the sentence reads right."""

import re
from collections.abc import Mapping

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_STOPS = ".!?"


def placeholders(text: str) -> frozenset[str]:
    """Return the names of the placeholders that `text` cannot do without."""
    return frozenset(_PLACEHOLDER.findall(text))


def has_stray_brace(text: str) -> bool:
    """Tell whether a brace in `text` belongs to no placeholder."""
    return bool(re.search(r"[{}]", _PLACEHOLDER.sub("", text)))


def fill(text: str, values: Mapping[str, str]) -> str | None:
    """Return `text` with its placeholders filled, or None where one has no value.

    A value that begins a sentence gets a capital; one that is a sentence of its own gets its full stop, and
    one inside a sentence loses it. Braces in values stay as they are.
    """
    if not all(values.get(name, "").strip() for name in placeholders(text)):
        return None
    return _PLACEHOLDER.sub(lambda found: _fitted(found, values[found[1]].strip()), text)


def _fitted(found: re.Match[str], value: str) -> str:
    before, after = found.string[: found.start()], found.string[found.end() :]
    if not before or before.rstrip()[-1:] in _STOPS:
        value = value[0].upper() + value[1:]
    if _sentence_ends(after):
        return value if value[-1] in _STOPS else f"{value}."
    return value.rstrip(_STOPS) or value


def _sentence_ends(after: str) -> bool:
    return not after or (after[0] == " " and after[1:2].isupper())
