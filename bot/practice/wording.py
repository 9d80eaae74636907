"""Which authored text a nudge uses: a seeded shuffle without early repeats (EVIDENCE 4.2)."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

NO_REPEAT = 10
"""Sends before a wording may come again."""


class NoWordingError(LookupError):
    """No template can be filled: keep at least one without placeholders."""


@dataclass(frozen=True, slots=True)
class Template:
    """One authored text by its key, and the placeholders it cannot do without."""

    key: str
    needs: frozenset[str] = frozenset()


def first_wording(templates: Sequence[Template], known: Collection[str], recent: Sequence[str]) -> str:
    """Return the first wording, in the order given, that can be filled and is none of the last ten used.

    The first that can be filled where all were used; see `choose_wording`.
    """
    fillable = [template.key for template in templates if template.needs <= frozenset(known)]
    if not fillable:
        raise NoWordingError(f"none of {len(templates)} templates can be filled from {sorted(known)}")
    return next((key for key in fillable if key not in recent[-NO_REPEAT:]), fillable[0])


def choose_wording(
    templates: Sequence[Template], known: Collection[str], recent: Sequence[str], seed: str, place: int
) -> str:
    """Return the key of the next wording for a person.

    `known` are the placeholders that can be filled, `recent` the keys used so far, latest last, `seed` the
    person's, `place` a number that grows from nudge to nudge, such as that of the day. Templates come in an
    order shuffled anew each round of as many places as there are templates; those that lack a placeholder
    are passed over, and so are the last ten used. Where so few can be filled that all were used lately, the
    one used longest ago.

    Raises NoWordingError where none can be filled.
    """
    fillable = {template.key for template in templates if template.needs <= frozenset(known)}
    if not fillable:
        raise NoWordingError(f"none of {len(templates)} templates can be filled from {sorted(known)}")
    lately = recent[-NO_REPEAT:]
    order = _order([template.key for template in templates], seed, place)
    for key in order:
        if key in fillable and key not in lately:
            return key
    return next(key for key in _longest_ago(lately) if key in fillable)


def _order(keys: Sequence[str], seed: str, place: int) -> list[str]:
    """Return this round's shuffle, turned so that it begins at the place in the round."""
    turn, first = divmod(place, len(keys))
    shuffled = sorted(keys, key=lambda key: hashlib.sha256(f"{seed}:{turn}:{key}".encode()).digest())
    return shuffled[first:] + shuffled[:first]


def _longest_ago(lately: Sequence[str]) -> list[str]:
    return list(reversed(dict.fromkeys(reversed(lately))))
