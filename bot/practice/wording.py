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


def choose_wording(
    templates: Sequence[Template], known: Collection[str], recent: Sequence[str], seed: str, sent: int
) -> str:
    """Return the key of the next wording for a person.

    `known` are the placeholders that can be filled, `recent` the keys used so far, latest last, `seed` the
    person's, `sent` how many nudges they have had. Templates come in an order shuffled anew each round of
    as many sends as there are templates; those that lack a placeholder are passed over, and so are the
    last ten used. Where so few can be filled that all were used lately, the one used longest ago.

    Raises NoWordingError where none can be filled.
    """
    fillable = {template.key for template in templates if template.needs <= frozenset(known)}
    if not fillable:
        raise NoWordingError(f"none of {len(templates)} templates can be filled from {sorted(known)}")
    lately = recent[-NO_REPEAT:]
    order = _order([template.key for template in templates], seed, sent)
    for key in order:
        if key in fillable and key not in lately:
            return key
    return next(key for key in _longest_ago(lately) if key in fillable)


def _order(keys: Sequence[str], seed: str, sent: int) -> list[str]:
    """Return this round's shuffle, turned so that it begins at this send's place in the round."""
    turn, place = divmod(sent, len(keys))
    shuffled = sorted(keys, key=lambda key: hashlib.sha256(f"{seed}:{turn}:{key}".encode()).digest())
    return shuffled[place:] + shuffled[:place]


def _longest_ago(lately: Sequence[str]) -> list[str]:
    return list(reversed(dict.fromkeys(reversed(lately))))
