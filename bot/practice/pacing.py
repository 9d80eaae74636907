"""The timeline of a timed step: when a message is edited in place, and what it says then."""

from collections.abc import Sequence
from dataclasses import dataclass

CLOSEST = 3
"""Seconds between two edits, at least: well inside what platforms allow one chat."""

MOST = 40
"""Edits of one step, at most."""

_STRETCH = 30


@dataclass(frozen=True, slots=True)
class Frame:
    """One edit: seconds from the start to when it is shown, its phases, and seconds it stands.

    `left` is what remains of the whole step in seconds when it is shown.
    """

    at: int
    phases: tuple[str, ...]
    seconds: int
    left: int


def timeline(beats: Sequence[tuple[str, int]], rounds: int = 1) -> list[Frame]:
    """Return the edits for `rounds` of (phase, seconds), in order.

    Beats shorter than 3 s share an edit with those after them, as do all beats where there would be more
    than 40 edits; a long stay is told every 30 s, so that the person sees it is still going on.
    """
    pieces = [piece for beat in list(beats) * rounds for piece in _pieces(*beat)]
    total = sum(seconds for _, seconds in pieces)
    shortest = CLOSEST
    while len(joined := _joined(pieces, shortest)) > MOST:
        shortest += 1
    frames, at = [], 0
    for phases, seconds in joined:
        frames.append(Frame(at, phases, seconds, total - at))
        at += seconds
    return frames


def _pieces(phase: str, seconds: int) -> list[tuple[str, int]]:
    """A beat, or a long one in stretches of 30 s; what is left over comes first."""
    first = seconds % _STRETCH
    rest = [(phase, _STRETCH)] * (seconds // _STRETCH)
    return [(phase, first), *rest] if first else rest


def _joined(pieces: Sequence[tuple[str, int]], shortest: int) -> list[tuple[tuple[str, ...], int]]:
    """Pieces put together until each stands at least `shortest` seconds; a short end joins the last."""
    joined: list[tuple[tuple[str, ...], int]] = []
    phases: tuple[str, ...] = ()
    seconds = 0
    for phase, lasts in pieces:
        phases = phases if phases[-1:] == (phase,) else (*phases, phase)
        seconds += lasts
        if seconds >= shortest:
            joined.append((phases, seconds))
            phases, seconds = (), 0
    if phases and joined:
        before, lasted = joined.pop()
        joined.append(((*before, *phases), lasted + seconds))
    elif phases:
        joined.append((phases, seconds))
    return joined
